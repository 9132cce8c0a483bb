"""Small corpora made of signals and labels, measured errors and rendered sentences, for tests of the task floor."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, CountOptions, count_nothing
from corpuskit.counts.stats import (
    STATS_DOCUMENT_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
)
from corpuskit.estimators import Estimate, Estimates, Series, clopper_pearson, computed
from corpuskit.finding import Finding, Message
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.tasks import TASKS, Assessment, OwnerAnswers, Task, TaskOptions, assess
from corpuskit.tasks.discovery import Found
from corpuskit.tasks.evidence import Measured, TaskEvidence
from corpuskit.text import Edition

LABELS = "labels:tickets.csv#queue"


@dataclass(frozen=True)
class Doc:
    """A document: signals as (task, place, cue, ordinal), and for a table the values of each label column by row."""

    name: str
    signals: Sequence[tuple[str, str, str, int | None]] = ()
    language: str = "en"
    sections: int = 1
    sha256: str = ""
    personal: int = 0
    characters: int = 10
    series: str = ""
    edition: str = ""
    effective: str = ""
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    message_columns: str = ""


def two_signals(task: str, name: str, path: str, body: str, **options: object) -> Doc:
    return Doc(name, [(task, "path", path, None), (task, "body", body, 0)], **options)  # type: ignore[arg-type]


def faqs(number: int, **options: object) -> list[Doc]:
    return [two_signals("faq_answer", f"faq/{place}.txt", "faq", "how do i", **options) for place in range(number)]


def tickets(rows: int = 60, name: str = "tickets.csv", columns: Sequence[str] = ("queue",), **options: object) -> Doc:
    values = ["hardware" if row % 2 else "network" for row in range(rows)]
    signals = [("ticket_routing", "path", "tickets", None), ("ticket_routing", "column", "assigned to", 0)]
    return Doc(name, signals, sections=rows, labels=dict.fromkeys(columns, values), **options)  # type: ignore[arg-type]


def corpus(*documents: Doc) -> CorpusStats:
    named = [(doc, doc.sha256 or hashlib.sha256(doc.name.encode()).hexdigest()) for doc in documents]
    sections = sum(doc.sections for doc in documents)
    return replace(
        count_nothing(CountOptions()),
        heading_terms=csr_matrix((sections, 0), dtype=np.int64),
        documents=_frame(
            [_document(doc, sha256) for doc, sha256 in named],
            STATS_DOCUMENT_SCHEMA,
        ),
        sections=_frame(
            [
                (doc.name, ordinal, doc.language, "row" if doc.message_columns else "body", "", ordinal, None)
                for doc in documents
                for ordinal in range(doc.sections)
            ],
            STATS_SECTION_SCHEMA,
        ),
        signals=_frame(
            [(doc.name, ordinal, task, place, cue, 1, f"… {cue} …") for doc in documents for task, place, cue, ordinal in doc.signals],
            STATS_SIGNAL_SCHEMA,
        ),
        labels=_frame(
            [(doc.name, row, column, value) for doc in documents for column, values in doc.labels.items() for row, value in enumerate(values)],
            STATS_LABEL_SCHEMA,
        ),
        personal_data=_frame([(doc.name, "email", doc.personal) for doc in documents], STATS_PERSONAL_SCHEMA),
    )


def _document(doc: Doc, sha256: str) -> tuple[object, ...]:
    marks = (doc.series, doc.edition, doc.effective, "", "file", "")
    return (doc.name, doc.language, "text", sha256, 10, doc.characters, "2024-01-01", "", "", 0, *marks, doc.message_columns, 5, 5, 0)


def versions(name: str = "rules/travel", **options: object) -> list[Doc]:
    """Two versions of one document in one folder, told apart by their numbers."""
    return [Doc(f"{name}_v{n}.txt", series=name, edition=str(Edition(number=(n, 0, 0))), **options) for n in (1, 2)]  # type: ignore[arg-type]


def _frame(rows: Sequence[tuple[object, ...]], schema: Mapping[str, object]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")  # type: ignore[arg-type]


def measured(name: str, errors: float, n: int, grade: str = "C") -> Estimate:
    """An error rate under ``measure@subject`` with its exact interval."""
    measure, subject = name.split("@", 1)
    return Estimate(
        id=name,
        measure=measure,
        subject=subject,
        value=errors / n,
        interval=clopper_pearson(errors, n),
        n=n,
        unit="messages",
        grade=grade,  # type: ignore[arg-type]
        method=computed("counted_in_full"),
        reference="Clopper and Pearson 1934",
    )


def assessed(documents: Sequence[Doc], *estimates: Estimate, answers: Mapping[str, OwnerAnswers] | None = None) -> Assessment:
    return assess(corpus(*documents), Estimates(estimates=estimates), TaskOptions(answers=dict(answers or {})))


def codes(messages: Sequence[Message]) -> list[str]:
    return [message.code for message in messages]


def said(message: Message) -> tuple[str, ...]:
    """The sentence in each language; fails when a sentence or a parameter of it is missing."""
    return tuple(phrasebook(language).message(message) for language in LANGUAGES)


def evidence_of(
    task: Task | str,
    documents: Sequence[Doc],
    *estimates: Estimate,
    series: Sequence[Series] = (),
    findings: Sequence[Finding] = (),
    table: str = "",
    id: str = "",
) -> TaskEvidence:
    """What bears on a task that was found in all of these documents."""
    entry = TASKS[task] if isinstance(task, str) else task
    found = Found(id or entry.id, entry, len(documents), tuple(sorted(doc.name for doc in documents)), (), table)
    measured_of = Measured.of(Estimates(estimates=estimates, series=tuple(series), findings=tuple(findings)))
    return TaskEvidence(found, corpus(*documents), measured_of)


def table_of(name: str, subject: str, *rows: tuple[str | int | float, ...]) -> Series:
    """A series with unnamed columns."""
    return Series(id=f"{name}@{subject}", name=name, subject=subject, columns=tuple("abcdefghijklm"[: len(rows[0])] if rows else ""), rows=rows)


def without_value(name: str, code: str = "undefined_no_labels", **parameters: str | float | int) -> Estimate:
    """An estimate that says why it has no value."""
    plain = measured(name, 1, 100).model_dump()
    return Estimate.model_validate({**plain, "value": None, "interval": None, "undefined_because": {"code": code, "parameters": parameters}})
