"""The first ``corpuskit.toml``: what an audit found, with the open questions to the owners beside it, each with what counts until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from corpuskit.report import AuditReport, Phrasebook, phrasebook
from corpuskit.tasks import OWNER_QUESTIONS, OwnerQuestion, Rulebook, Task, TaskAssessment, assumed_answers, toml_value

ASKED_EACH = ("owner", "max_error", "impact", "reversible", "audience", "data", "autonomy", "conditions")
"""Answers that are laid out for every task; because these set its tier and tolerance, and the others are explained once above."""


def first_configuration(report: AuditReport, rulebook: Rulebook, language: Literal["en", "ja"]) -> str:
    """Write a configuration that changes nothing yet: every answer is commented out and shows the value that counts until somebody gives it.

    Parameters
    ----------
    report : AuditReport
        Of the folder.
    rulebook : Rulebook
        Tasks that it was audited with.
    language : {"en", "ja"}
        Of the comments.

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
        *_questions(book),
        "",
    ]
    for task in report.tasks:
        lines += [*_task(task, rulebook.tasks[task.catalogue_id], book), ""]
    if not report.tasks:
        lines += [f"# {book.label('init_no_task')}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


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
