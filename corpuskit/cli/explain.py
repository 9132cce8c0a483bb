"""``corpuskit explain``: one number, task, finding, control or rule of a report, with all that it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import Json, put, table
from corpuskit.errors import InputError, RecordError, UsageError

if TYPE_CHECKING:
    from corpuskit.estimators import Estimate
    from corpuskit.finding import Evidence, Finding
    from corpuskit.report import AuditReport, Phrasebook
    from corpuskit.tasks import Control, Reference, TaskAssessment

    Explained = Estimate | TaskAssessment | Finding | Control | Reference

ReportFile = Annotated[Path, typer.Argument(metavar="REPORT", help="report.json, or a record of the history.", show_default=False)]
Identifier = Annotated[str | None, typer.Argument(metavar="ID", help="Id in the report; default: list all ids.", show_default=False)]
RECORD = ".record.json"
MOST_CLOSE = 5


def explain_command(report: ReportFile, identifier: Identifier = None, as_json: Json = False) -> int:
    """Show one number or verdict of a report: what it means, value and limits, method, reference, evidence.

    Example: corpuskit explain reports/documents-2026-11-29.json language_ambiguity@labels:tickets.csv#category
    """
    from corpuskit.report import phrasebook

    found = _read(report)
    things = _things(found)
    if identifier is None:
        listed = [(kind, id) for id, (kind, _) in things.items()]
        put(json.dumps({"ids": [id for _, id in listed], "exit_code": 0}, ensure_ascii=False, indent=1) if as_json else table(("what", "id"), listed))
        return 0
    if identifier not in things:
        close = get_close_matches(identifier, things, n=MOST_CLOSE, cutoff=0.4)
        near = f" Near it: {', '.join(close)}." if close else ""
        raise UsageError(f"{report}: nothing with the id {identifier!r}.{near} `corpuskit explain {report}` lists all ids.")
    kind, thing = things[identifier]
    if as_json:
        put(json.dumps({"kind": kind, kind: thing.model_dump(mode="json"), "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(_lines(thing, found, phrasebook(found.run.language))))
    return 0


def _read(path: Path) -> AuditReport:
    from pydantic import ValidationError

    from corpuskit.audit import load_record
    from corpuskit.report import AuditReport

    if not path.is_file():
        raise InputError(f"{path}: no such file. Give the .json file that `corpuskit audit` wrote.")
    if path.name.endswith(RECORD):
        return load_record(path)
    try:
        return AuditReport.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise RecordError(f"{path}: no report of this version of corpuskit ({error.error_count()} places differ). Audit again.") from error


def _things(report: AuditReport) -> dict[str, tuple[str, Explained]]:
    """Give everything that has an id, by id; a task under ``task:<id>`` too, as subjects name it."""
    things: dict[str, tuple[str, Explained]] = {task.id: ("task", task) for task in report.tasks}
    things |= {finding.id: ("finding", finding) for finding in report.findings}
    things |= {estimate.id: ("estimate", estimate) for estimate in report.estimates}
    things |= {control.id: ("control", control) for control in report.controls}
    things |= {reference.ref: ("rule", reference) for reference in report.references}
    return things


def _lines(thing: Explained, report: AuditReport, book: Phrasebook) -> Iterator[str]:
    from corpuskit.estimators import Estimate
    from corpuskit.finding import Finding
    from corpuskit.tasks import Control, TaskAssessment

    if isinstance(thing, Estimate):
        yield from _of_estimate(thing, book)
    elif isinstance(thing, TaskAssessment):
        yield from _of_task(thing, report, book)
    elif isinstance(thing, Finding):
        yield from (f"{thing.title} ({thing.level})", thing.fix, *_quotes(thing.evidence))
    elif isinstance(thing, Control):
        yield f"{thing.id} {thing.title[book.language]}"
        yield from (f"  {one.ref}: {_title(one, book)} ({one.checked_on})" for one in thing.references)
    else:
        yield f"{thing.ref}: {_title(thing, book)}"
        yield from (
            text
            for text in (
                thing.framework.get(book.language, ""),
                thing.note.get(book.language, ""),
                thing.applies_from,
                thing.source_url,
                thing.checked_on,
            )
            if text
        )


def _title(reference: Reference, book: Phrasebook) -> str:
    return reference.title_ja if book.language == "ja" and reference.title_ja else reference.title


def _of_estimate(estimate: Estimate, book: Phrasebook) -> Iterator[str]:
    yield f"{book.measure(estimate.measure)}: {book.estimate(estimate)}"
    if plain := book.plain(estimate.measure):
        yield plain
    if estimate.interval is not None:
        yield f"  {estimate.level:.0%} {book.interval(*estimate.interval, estimate.measure)}"
    yield f"  n = {estimate.n:,} {book.unit(estimate.unit)}; {book.label(f'grade_{estimate.grade}')}"
    yield f"  {estimate.method}"
    yield f"  {estimate.reference}"


def _of_task(task: TaskAssessment, report: AuditReport, book: Phrasebook) -> Iterator[str]:
    known = {estimate.id: estimate for estimate in report.estimates}
    yield f"{task.name[book.language]} ({task.id}): {book.label(f'verdict_{task.verdict}')}, {task.tier}"
    yield task.next_step.text
    for told in (task.reasons, task.tier_reasons, task.failure_modes, tuple(repair.action for repair in task.repairs), task.changes):
        if told:
            yield ""
        yield from (f"- {message.text}" for message in told)
    yield ""
    for id in task.estimates:
        if id in known:
            yield f"  {id}: {book.estimate(known[id])}"
    yield from _quotes(task.evidence)


def _quotes(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for one in evidence:
        yield f"  {one.document}" + (f": {one.quote}" if one.quote else "")
