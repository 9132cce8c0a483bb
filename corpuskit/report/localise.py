"""Localising: the same report with every sentence written out in one language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from corpuskit.errors import UsageError
from corpuskit.finding import Finding, Message
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import LANGUAGES, Language, Names, Phrasebook, phrasebook
from corpuskit.tasks import TaskAssessment


def localise(report: AuditReport, language: Language) -> AuditReport:
    """Fill the text of every message and the title and fix of every finding.

    Ids, codes, parameters and numbers stay as they are, so that reports in two languages differ in nothing but sentences. A sentence that the
    language file does not hold (a third party's estimator, say) does not end the audit: its code and parameters are shown in angle brackets,
    and :func:`unknown_sentences` lists it.

    Parameters
    ----------
    report : AuditReport
        In any language or none.
    language : {"en", "ja"}
        The language to write.

    Returns
    -------
    AuditReport
        A new report.

    Raises
    ------
    UnknownName
        There is no phrasebook for the language.
    """
    book = phrasebook(language)
    tasks = {task.id: name_of_task(task, language) for task in report.tasks}
    rules = {rule.ref: book.label("rule_checked", ref=rule.ref, date=rule.checked_on) for rule in report.references}
    names = Names(tasks=tasks, rules=rules)
    findings = tuple(_finding(finding, book, names) for finding in report.findings)
    names = Names(tasks, {item.id: item.title for item in findings}, {item.id: item.fix for item in findings}, rules)
    filled = {name: _walk(value, book, names) for name, value in report if name != "findings"}
    run = report.run.model_copy(update={"language": language})
    return report.model_copy(update={**filled, "findings": findings, "run": run})


def name_of_task(task: TaskAssessment, language: Language) -> str:
    """Name a task; where it was found in one labelled table, the name of the file (and column) follows, so that no two tasks read alike.

    Of a task whose labels are places the kind of place follows.
    """
    name = task.name.get(language) or task.name.get("en") or task.id
    table = task.id.removeprefix(task.catalogue_id).removeprefix("@").rsplit("/", 1)[-1]
    if not table:
        return name
    if any(id.endswith(f"@labels:{table}") for id in task.estimates) and phrasebook(language).has_label(f"place_{table}"):
        table = phrasebook(language).label(f"place_{table}")
    return f"{name}（{table}）" if language == "ja" else f"{name} ({table})"


def unknown_sentences(report: AuditReport) -> tuple[str, ...]:
    """List what the language files cannot say in this report: ``language: reason``, each once, sorted.

    Empty for every report made of what corpuskit itself emits; tests hold it to that.
    """
    told: set[str] = set()
    for language in LANGUAGES:
        book = phrasebook(language)
        for message in messages(report):
            told.update(_trouble(book, message))
        for finding in report.findings:
            told.update(_trouble(book, finding))
    return tuple(sorted(told))


def messages(value: object) -> Iterator[Message]:
    """Give every message in a model or a container of models, in order."""
    if isinstance(value, Message):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from messages(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from messages(inner)


def _trouble(book: Phrasebook, said: Message | Finding) -> Iterator[str]:
    try:
        if isinstance(said, Message):
            book.message(said)
        else:
            book.finding(said.code, said.parameters)
    except UsageError as error:
        yield f"{book.language}: {error}"


def _finding(finding: Finding, book: Phrasebook, names: Names) -> Finding:
    try:
        title, fix = book.finding(finding.code, finding.parameters, names)
    except UsageError:
        title, fix = _code_itself(finding.code, finding.parameters), ""
    return finding.model_copy(update={"title": title, "fix": fix})


def _walk(value: Any, book: Phrasebook, names: Names) -> Any:
    if isinstance(value, Message):
        try:
            text = book.message(value, names)
        except UsageError:
            text = _code_itself(value.code, value.parameters)
        return value.model_copy(update={"text": text})
    if isinstance(value, BaseModel):
        changed = {name: new for name, inner in value if (new := _walk(inner, book, names)) is not inner}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple):
        walked = tuple(_walk(inner, book, names) for inner in value)
        return walked if any(new is not old for new, old in zip(walked, value, strict=True)) else value
    return value


def _code_itself(code: str, parameters: dict[str, Any]) -> str:
    inside = " ".join([code, *(f"{key}={value}" for key, value in sorted(parameters.items()))])
    return f"⟨{inside}⟩"
