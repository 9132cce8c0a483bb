"""What the commands share on the screen: progress, tables, the cache folder, option declarations."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from corpuskit.errors import UsageError

Paths = Annotated[list[Path], typer.Argument(help="Files or folders.", show_default=False)]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Configuration file; default: corpuskit.toml here, if there is one.", show_default=False)
]
Definitions = Annotated[
    Path | None, typer.Option("--definitions", help="CSV file with the columns category and (optional) description.", show_default=False)
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of everything drawn at random (default 0).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Processes that read and count (default: one for each core, at most 8).", show_default=False)
]
Remove = Annotated[
    list[str] | None,
    typer.Option(
        "--remove",
        help=(
            "Leave out of the counts (repeatable): duplicates (all but one of equal texts), near_duplicates (all but the newest of texts alike; "
            "forms that differ only in what was filled in are lost), versions, outdated, boilerplate."
        ),
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing on stderr except errors.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar (automatic where stderr is no terminal).")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither read nor write the caches.")]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", help="Folder of the caches of text, counts and estimates; default: the user's cache folder.", show_default=False),
]
TextColumn = Annotated[
    list[str] | None, typer.Option("--text-column", help="Column of a table that holds the messages (repeatable: joined).", show_default=False)
]
LabelColumn = Annotated[list[str] | None, typer.Option("--label-column", help="Column that holds the label (repeatable).", show_default=False)]

Dictionary = Annotated[
    Path | None,
    typer.Option(
        "--dictionary",
        help="CSV file of the company's terms: columns term and variants (separated by |); `corpuskit terms` suggests some.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        help="Encoding of text files without a byte order mark, such as cp932 (default: found per file; XML, EPUB and notebooks say theirs).",
        show_default=False,
    ),
]

Progress = Callable[[str, int, int, str], None]
REMOVABLE = ("boilerplate", "duplicates", "near_duplicates", "outdated", "versions")
STAGES = {"read": "Reading", "clean": "Cleaning", "estimate": "Estimating", "assess": "Assessing", "report": "Writing"}


def cache_folder(chosen: Path | None, none: bool) -> Path | None:
    """Give the folder of the caches, or None."""
    if none:
        return None
    if chosen is not None:
        return chosen
    from platformdirs import user_cache_path

    return user_cache_path("corpuskit") / "extraction"


def read_overrides(
    text_columns: Sequence[str] | None,
    label_columns: Sequence[str] | None,
    second: str | None = None,
    jobs: int | None = None,
    encoding: str | None = None,
) -> dict[str, Any]:
    """Give the part of the settings that the options of reading set."""
    return {
        "text_columns": list(text_columns) if text_columns else None,
        "label_columns": list(label_columns) if label_columns else None,
        "second_label_column": second,
        "jobs": jobs,
        "encoding": encoding,
    }


def dictionary_overrides(dictionary: Path | None) -> dict[str, str | None]:
    """Give the part of the settings of text that ``--dictionary`` sets."""
    return {"dictionary": None if dictionary is None else str(dictionary)}


def removal_overrides(remove: Sequence[str] | None) -> dict[str, str]:
    """Give the part of the settings that ``--remove`` sets.

    Raises
    ------
    UsageError
        What is to be removed is none of the things that can be.
    """
    wanted = [name.strip() for given in remove or () for name in given.split(",") if name.strip()]
    for name in wanted:
        if name not in REMOVABLE:
            raise UsageError(f"--remove {name}: unknown. Valid: {', '.join(REMOVABLE)}.")
    return dict.fromkeys(wanted, "remove")


@contextmanager
def progress_display(quiet: bool, off: bool) -> Iterator[Progress]:
    """Show counts and the time left on stderr, if it is a terminal.

    Yields a function of (stage, done, total, what).
    """
    if quiet or off or not sys.stderr.isatty():
        yield _say_nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with Bar(*columns, console=console, transient=True) as bar:
        rows: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int, what: str) -> None:
            if stage not in rows:
                for row in rows.values():
                    bar.update(row, completed=bar.tasks[row].total or 0, what="")
                rows[stage] = bar.add_task(STAGES.get(stage, stage), total=total, what="")
            room = max(10, console.width - 62)
            bar.update(rows[stage], completed=done, total=total, what=what if len(what) <= room else "…" + what[-room + 1 :])

        yield show


def _say_nothing(stage: str, done: int, total: int, what: str) -> None:
    """Report no progress."""


def say(text: str, quiet: bool = False) -> None:
    """Write a line to stderr."""
    if not quiet:
        sys.stderr.write(text + "\n")


def put(text: str) -> None:
    """Write the result to stdout. A reader that has gone changes nothing: what was found still decides the exit code."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        write_to_nowhere()


def write_to_nowhere() -> None:
    """Let the rest of stdout go nowhere: that ``| head`` has seen enough is no failure of ours."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Lay out a table for a terminal of 40 columns or more: each column as wide as its content, and cut where the screen is too narrow.

    Japanese characters count as two cells.
    """
    from rich.cells import cell_len, set_cell_size

    content = [tuple(columns), *(tuple(row) for row in rows)]
    widths = _fitted([max(cell_len(row[index]) for row in content) for index in range(len(columns))], max(40, _width()) - 2 * (len(columns) - 1))
    lines = []
    for row in content:
        cells = []
        for index, (value, width) in enumerate(zip(row, widths, strict=True)):
            cut = value if cell_len(value) <= width else set_cell_size(value, width - 1).rstrip() + "…"
            padding = " " * (width - cell_len(cut))
            cells.append(padding + cut if index in right else cut + padding)
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def _fitted(widths: list[int], room: int) -> list[int]:
    """Shrink columns until they have room together: the last one to 10 cells, then whichever is the widest."""
    fitted = list(widths)
    fitted[-1] = max(min(10, fitted[-1]), fitted[-1] - max(0, sum(fitted) - room))
    while sum(fitted) > room and max(fitted) > 2:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return int(os.environ.get("COLUMNS", "100"))
