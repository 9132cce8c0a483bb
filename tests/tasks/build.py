"""Small corpora made of signals and labels, measured errors and rendered sentences, for tests of the task floor."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from corpuskit.counts import CorpusStats, CountOptions, count_nothing
from corpuskit.counts.stats import (
    STATS_DOCUMENT_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
)
from corpuskit.estimators import Estimate, Estimates, clopper_pearson
from corpuskit.finding import Message
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.tasks import Assessment, OwnerAnswers, TaskOptions, assess

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
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)


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
    return replace(
        count_nothing(CountOptions()),
        documents=_frame(
            [(doc.name, doc.language, "text", sha256, 10, 10, "2024-01-01", "", b"", 0, "", "", "", "", "file", 5, 5, 0) for doc, sha256 in named],
            STATS_DOCUMENT_SCHEMA,
        ),
        sections=_frame(
            [(doc.name, ordinal, doc.language, "body", "", ordinal) for doc in documents for ordinal in range(doc.sections)], STATS_SECTION_SCHEMA
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
        method="counted",
        reference="Clopper and Pearson 1934",
    )


def assessed(documents: Sequence[Doc], *estimates: Estimate, answers: Mapping[str, OwnerAnswers] | None = None) -> Assessment:
    return assess(corpus(*documents), Estimates(estimates=estimates), TaskOptions(answers=dict(answers or {})))


def codes(messages: Sequence[Message]) -> list[str]:
    return [message.code for message in messages]


def said(message: Message) -> tuple[str, ...]:
    """The sentence in each language; fails when a sentence or a parameter of it is missing."""
    return tuple(phrasebook(language).message(message) for language in LANGUAGES)
