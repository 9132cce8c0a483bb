"""``corpuskit explain``: one number, task, finding, control or rule of a report, with all that it rests on."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpuskit.cli.console import Json, put, table
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.report import AuditReport

Language = Literal["en", "ja"]
ReportFile = Annotated[Path, typer.Argument(metavar="REPORT", help="report.json, or a record of the history.", show_default=False)]
Identifier = Annotated[str | None, typer.Argument(metavar="ID", help="Id in the report; default: list all ids.", show_default=False)]
InLanguage = Annotated[str | None, typer.Option("--lang", help="Language to explain in: en or ja (default: that of the report).", show_default=False)]
MOST_CLOSE = 5
CELLS = 80
"""Cells of a line, as wide as a terminal that nobody has changed; a wider one is no easier to read."""


def explain_command(report: ReportFile, identifier: Identifier = None, language: InLanguage = None, as_json: Json = False) -> int:
    """Show one number or verdict of a report: what it means, formula, value and limits, paper, and the lines of documents it rests on.

    Example: corpuskit explain reports/documents-2026-11-29.json language_ambiguity@labels:tickets.csv#category
    """
    from corpuskit.audit import load_report
    from corpuskit.report import explain, localise, phrasebook, things, to_plain

    found = load_report(report)
    known = things(found)
    if identifier is None:
        listed = [(kind, id) for id, (kind, _) in known.items()]
        put(json.dumps({"ids": [id for _, id in listed], "exit_code": 0}, ensure_ascii=False, indent=1) if as_json else table(("what", "id"), listed))
        return 0
    if identifier not in known:
        close = get_close_matches(identifier, known, n=MOST_CLOSE, cutoff=0.4)
        near = f" Near it: {', '.join(close)}." if close else ""
        raise UsageError(f"{report}: nothing with the id {identifier!r}.{near} `corpuskit explain {report}` lists all ids.")
    kind, thing = known[identifier]
    if as_json:
        put(json.dumps({"kind": kind, kind: thing.model_dump(mode="json"), "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    book = phrasebook(_language(language, found))
    put(to_plain(explain(localise(found, book.language), identifier, book), book, CELLS))
    return 0


def _language(chosen: str | None, report: AuditReport) -> Language:
    """Give the language to explain in."""
    if chosen is None:
        return report.run.language
    known: dict[str, Language] = {"en": "en", "ja": "ja"}
    if chosen not in known:
        raise UsageError(f"--lang {chosen}: unknown. Valid: {', '.join(known)}.")
    return known[chosen]
