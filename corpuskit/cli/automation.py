"""``corpuskit automation``: ready files for programs that call audits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from corpuskit.cli.console import put, say, table
from corpuskit.errors import UsageError

KindName = Annotated[
    str | None, typer.Argument(help="github-actions, gitlab-ci, pre-commit, airflow, kubernetes, docker; without: what each is.", show_default=False)
]
PathsAndOptions = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files or folders as the audit will see them; after --, options of corpuskit audit.",
        show_default=False,
        metavar="PATH... [-- OPTION...]",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", help="File to write, never overwritten (default: print it).", show_default=False)]
Every = Annotated[
    str | None,
    typer.Option("--every", help="daily, weekly, monthly, or five cron fields (default: Mondays at 03:17, off peak).", show_default=False),
]
At = Annotated[str | None, typer.Option("--at", help="Time of day for daily, weekly and monthly, HH:MM (default: 03:17).", show_default=False)]
TimeZone = Annotated[str | None, typer.Option("--tz", help="Time zone such as Asia/Tokyo (default: that of this machine).", show_default=False)]
Reports = Annotated[str, typer.Option("--reports", help="Folder of the reports, as the audit will see it.", show_default=False)]
Language = Annotated[str, typer.Option("--lang", help="Language of the comments and of the reports: en or ja.")]
_OFF_PEAK = "03:17"


def automation_command(
    kind: KindName = None,
    paths: PathsAndOptions = None,
    out: Out = None,
    every: Every = None,
    at: At = None,
    tz: TimeZone = None,
    reports: Reports = "",
    lang: Language = "en",
) -> int:
    """Print or write a ready file that audits by itself: GitHub Actions, GitLab CI, pre-commit, Airflow, Kubernetes, Docker.

    Example: corpuskit automation github-actions documents --tz Asia/Tokyo -- --fail-on warning
    """
    from corpuskit.audit import AUTOMATIONS, Wanted, check_options, cron_expression, example, time_zone, write_atomically

    if kind is None:
        put(table(("kind", "what", "file"), [(one.name, one.summary, one.file) for one in AUTOMATIONS.values()]))
        return 0
    chosen = AUTOMATIONS[kind]
    if lang not in ("en", "ja"):
        raise UsageError(f"--lang {lang}: unknown. Valid: en, ja.")
    if out is not None and out.exists():
        raise UsageError(f"{out} exists already and is not overwritten. Give --out another file, or print it and take over what you need.")
    documents, options = _divided(paths or [])
    named = every in ("daily", "weekly", "monthly") or (every is None and at is not None)
    wanted = Wanted(
        documents=documents,
        options=options,
        every=cron_expression(every or "weekly", (at or _OFF_PEAK) if named else at) if every or at else Wanted.every,
        zone=time_zone(tz).key,
        reports=reports,
        language="ja" if lang == "ja" else "en",
    )
    text = example(chosen, wanted, Path.cwd(), datetime.now(UTC).date())
    if options:
        check_options(documents or (chosen.documents,), options, Path.cwd())
    if out is None:
        put(text)
    else:
        write_atomically(out, text.encode())
        say(f"wrote {out}; it belongs at {chosen.file}")
    return 0


def _divided(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide paths from options: these begin with the first word that looks like one."""
    first = next((place for place, word in enumerate(words) if word.startswith("-")), len(words))
    return tuple(words[:first]), tuple(words[first:])
