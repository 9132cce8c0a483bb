"""The first ``corpuskit.toml``: what an audit found, with the open questions to the owners beside it, each with what counts until it is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Literal

from corpuskit.finding import Finding
from corpuskit.report import AuditReport, Phrasebook, phrasebook
from corpuskit.tasks import OWNER_QUESTIONS, OwnerQuestion, Rulebook, Task, TaskAssessment, assumed_answers, toml_value

ASKED_EACH = ("owner", "max_error", "impact", "reversible", "audience", "data", "autonomy", "conditions")
"""Answers that are laid out for every task; because these set its tier and tolerance, and the others are explained once above."""

FEWEST_DOCUMENTS = 3
"""Documents of a top folder that is proposed as a department; because a folder of one or two is a place to put things, not one where people work."""


def first_configuration(report: AuditReport, rulebook: Rulebook, language: Literal["en", "ja"], root: str = "") -> str:
    """Write a configuration that changes nothing yet: every answer is commented out and shows the value that counts until somebody gives it.

    Parameters
    ----------
    report : AuditReport
        Of the folder.
    rulebook : Rulebook
        Tasks that it was audited with.
    language : {"en", "ja"}
        Of the comments.
    root : str, optional
        The audited folder, as seen from the configuration file; empty: several were audited, or a file.

    Returns
    -------
    str
        Valid TOML, and still valid when any of the commented keys is taken in.
    """
    book = phrasebook(language)
    lines = [
        f"# {book.label('init_head', date=report.run.started_at[:10], files=report.corpus.files_read)}",
        f"# {book.label('init_how')}",
        "",
        "[output]",
        f'language = "{language}"',
        '# folder = "reports"',
        "",
        "[gate]",
        f"# {book.label('init_gate')}",
        '# fail_on = "error"',
        "",
        "[retention]",
        f"# {book.label('init_retention')}",
        "# reports = 52",
        "# records = 104",
        "",
        *_questions(book),
        "",
    ]
    for task in report.tasks:
        lines += [*_task(task, rulebook.tasks[task.catalogue_id], book), ""]
    if not report.tasks:
        lines += [f"# {book.label('init_no_task')}", ""]
    for finding in report.findings:
        if finding.code == "labels_from_places":
            lines += [*_filed(finding, book), ""]
    lines += [*_sources(root, book), "", *_departments(proposed_departments([one.id for one in report.lineage]) if root else (), root, book)]
    return "\n".join(lines).rstrip("\n") + "\n"


def proposed_departments(documents: Sequence[str]) -> tuple[str, ...]:
    """Give the top folders of documents (by their ids) that look like departments: at least two of them, each with some documents."""
    tops = Counter(parts[0] for document in documents if len(parts := PurePosixPath(document).parts) > 1)
    found = tuple(sorted(name for name, n in tops.items() if n >= FEWEST_DOCUMENTS))
    return found if len(found) > 1 else ()


def _filed(finding: Finding, book: Phrasebook) -> Iterator[str]:
    """Show how places that put documents into categories become the labels of a task."""
    yield f"# {book.label('init_filed', None, **finding.parameters)}"
    yield "#   [[tasks.declared]]"
    yield f"#   task = {toml_value('ticket_routing')}"
    yield f"#   filed_by = {toml_value(str(finding.parameters['place']))}"


def _sources(root: str, book: Phrasebook) -> Iterator[str]:
    """Show how several places become one corpus; indented, so that the block is taken in as a whole."""
    yield f"# {book.label('init_sources')}"
    yield "#   [[sources]]"
    yield f"#   name = {toml_value('tickets')}"
    yield f"#   path = {toml_value(root or 'documents')}"
    yield '#   include = ["*.csv"]  # exclude = ["old/**"]'
    yield '#   text_columns = ["body"]'
    yield '#   label_columns = ["queue"]'


def _departments(found: Sequence[str], root: str, book: Phrasebook) -> Iterator[str]:
    """Propose departments, or show how one is written."""
    yield f"# {book.label('init_departments_found' if found else 'init_departments', n=len(found))}"
    for place, name in enumerate(found or ("sales",)):
        if place:
            yield "#"
        yield "#   [[departments]]"
        yield f"#   name = {toml_value(name)}"
        yield f"#   path = {toml_value(str(PurePosixPath(root or 'documents') / name))}"
        yield "#   [departments.gate]"
        yield '#   fail_on = "error"'


def _in(book: Phrasebook, names: dict[str, str]) -> str:
    return names[book.language]


def _questions(book: Phrasebook) -> Iterator[str]:
    """Explain each question once."""
    yield f"# {book.label('init_questions')}"
    for question in OWNER_QUESTIONS:
        yield "#"
        yield f"# {question.key}: {_in(book, question.ask.model_dump())}"
        yield f"#   {_in(book, question.until.model_dump())}"
        for option in question.options:
            changes = f" - {_in(book, option.changes.model_dump())}" if option.changes is not None else ""
            yield f"#   {option.value}: {_in(book, option.label.model_dump())}{changes}"


def _task(task: TaskAssessment, entry: Task, book: Phrasebook) -> Iterator[str]:
    """Lay out the answers for one task."""
    yield f"# {_in(book, task.name)}: {book.label('init_task', documents=task.documents, tier=task.tier)}; {book.label(f'verdict_{task.verdict}')}"
    yield f"[tasks.answers.{toml_value(task.id)}]"
    assumed: dict[str, str | float | None] = {"owner": "", "max_error": task.tolerance.max_error, **assumed_answers(entry)}
    for question in OWNER_QUESTIONS:
        if question.key == "conditions":
            raising = [rule.condition for rule in entry.raise_to]
            if raising:
                yield f"# conditions = []  # {', '.join(raising)}"
        elif question.key in ASKED_EACH:
            yield _commented(question, assumed.get(question.key))


def _commented(question: OwnerQuestion, value: str | float | None) -> str:
    if value is None:  # a task whose usual measure is no error rate
        return f"# {question.key} = 0.05  # ?"
    options = ", ".join(option.value for option in question.options)
    return f"# {question.key} = {toml_value(value)}" + (f"  # {options}" if options else "")
