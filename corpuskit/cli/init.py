"""``corpuskit init``: a first configuration from what stands in the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from corpuskit.cli.console import (
    CacheFolder,
    Encoding,
    Jobs,
    LabelColumn,
    NoCache,
    NoProgress,
    Paths,
    Quiet,
    TextColumn,
    cache_folder,
    progress_display,
    put,
    read_overrides,
)
from corpuskit.errors import UsageError

Out = Annotated[Path, typer.Option("--out", help="The file to write. Never overwritten.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the comments: en, ja or auto (that of most documents).")]


def init_command(
    paths: Paths,
    out: Out = Path("corpuskit.toml"),
    language: Language = "auto",
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    encoding: Encoding = None,
    jobs: Jobs = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Look at the documents and write a commented corpuskit.toml: tasks found, questions to their owners, and what counts until they answer.

    Example: corpuskit init ./documents
    """
    from corpuskit.audit import audit, first_configuration, load_settings, write_atomically

    if out.exists():
        raise UsageError(f"{out} exists already and is not overwritten. Give --out another file, or remove it first.")
    if language not in ("en", "ja", "auto"):
        raise UsageError(f"--lang {language}: unknown. Valid: en, ja, auto.")
    overrides = {"read": read_overrides(text_column, label_column, jobs=jobs, encoding=encoding), "output": {"language": language}}
    settings = load_settings(None, out.parent, overrides)
    with progress_display(quiet, no_progress) as progress:
        report = audit(paths, settings, cache=cache_folder(cache, no_cache), progress=progress)
    write_atomically(out, first_configuration(report, settings.tasks.rulebook, report.run.language, _seen_from(out, paths)).encode())
    tasks = len(report.tasks)
    put(f"wrote {out}: {tasks} {'task' if tasks == 1 else 'tasks'} found, every answer still open. Fill in what you know, then: corpuskit audit ...")
    return 0


def _seen_from(file: Path, paths: list[Path]) -> str:
    """Give the one audited folder as the configuration file would name it; empty where there are several, or it is no folder here."""
    if len(paths) != 1 or not paths[0].is_dir():
        return ""
    try:
        return Path(os.path.relpath(paths[0], file.parent)).as_posix()
    except ValueError:  # another drive
        return paths[0].absolute().as_posix()
