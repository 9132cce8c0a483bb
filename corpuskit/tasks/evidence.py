"""What was measured that bears on one task: estimates, findings and points of its own table or of its documents' language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from corpuskit.counts import BY_NAME, CorpusStats
from corpuskit.estimators import Estimate, Estimates, Series
from corpuskit.finding import Finding
from corpuskit.tasks.discovery import Found

OF_NO_PERSON = ("corporate_number", "api_key", "private_key")
"""Types that the search counts and that concern a firm or a machine: they make no document personal."""


@dataclass(frozen=True)
class Measured:
    """All that was measured of a corpus, by name."""

    estimates: Mapping[str, Estimate]
    series: Mapping[str, Series]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, estimates: Estimates) -> Measured:
        """Index estimates and series by id."""
        return cls({item.id: item for item in estimates.estimates}, {item.id: item for item in estimates.series}, estimates.findings)

    def defined(self, name: str) -> Estimate | None:
        """Give an estimate that has a value; None for one without, and for one that is not there."""
        found = self.estimates.get(name)
        return found if found is not None and found.value is not None else None

    def rows(self, name: str) -> tuple[tuple[str | int | float, ...], ...]:
        """Give the rows of a series; none where it is not there."""
        return self.series[name].rows if name in self.series else ()


@dataclass(frozen=True)
class TaskEvidence:
    """What bears on one found task.

    Attributes
    ----------
    found : Found
    stats : CorpusStats
    measured : Measured
        Of the whole corpus; the properties pick what concerns this task.
    with_lost_pages : frozenset of str
        Documents of the corpus with pages that gave no text, or none that can be read.
    """

    found: Found
    stats: CorpusStats
    measured: Measured
    with_lost_pages: frozenset[str] = frozenset()

    @cached_property
    def members(self) -> frozenset[str]:
        """Ids of the task's documents."""
        return frozenset(self.found.members)

    @cached_property
    def language(self) -> str:
        """The language that most of the task's documents are in; mixed ones count as Japanese, because only there Japanese is mixed with English."""
        languages = self.stats.documents.filter(pl.col("document").is_in(self.found.members))["language"].to_list()
        counted = Counter("ja" if language == "mixed" else language for language in languages)
        return min(counted, key=lambda language: (-counted[language], language)) if counted else "en"

    def of_table(self, measure: str) -> Estimate | None:
        """Give an estimate of the task's own labels."""
        return self.measured.estimates.get(f"{measure}@{self.found.table}") if self.found.table else None

    def of_language(self, measure: str) -> Estimate | None:
        """Give an estimate of the task's language."""
        return self.measured.estimates.get(f"{measure}@lang:{self.language}")

    @property
    def agreement(self) -> Estimate | None:
        """Kappa of those who labelled the same cases: of all of them where that is defined, else of two."""
        of_all = self.of_table("fleiss_kappa")
        return of_all if of_all is not None and of_all.value is not None else self.of_table("cohen_kappa")

    @cached_property
    def error(self) -> Estimate | None:
        """The error that bears on the task: a pilot's result (grade A) first, else that of its own labels or of retrieval in its language.

        Of labels it is the error with all of them, extrapolated; the error on the labels at hand is too high where they are few.
        """
        piloted = self.measured.estimates.get(f"pilot_error@task:{self.found.id}")
        if piloted is not None:
            return piloted
        kind = self.found.task.kind
        if self.found.table and kind == "classify":
            attainable = self.of_table("attainable_error")
            return attainable if attainable is not None and attainable.value is not None else self.of_table("language_ambiguity")
        if kind == "retrieve":
            return self.measured.estimates.get(f"retrieval_ambiguity@task:{self.found.id}") or self.of_language("retrieval_ambiguity")
        return None

    @cached_property
    def fields(self) -> Estimate | None:
        """How often the name of a field leads to one value: no error of extraction, so it is told beside the verdict and moves nothing."""
        return self.of_language("field_ambiguity") if self.found.task.kind == "extract" else None

    @cached_property
    def coverage(self) -> Estimate | None:
        """Coverage of new documents, or that of single words where there are too few documents to tell.

        Documents have words of their own, so the coverage of single words is too high for the next document, and its interval does not hold the
        truth (reports/validation/estimators.md).
        """
        of_documents = self.of_language("coverage_of_new_documents")
        return of_documents if of_documents is not None and of_documents.value is not None else self.of_language("coverage")

    @cached_property
    def least_error(self) -> float | None:
        """The lower bound of any system's error against these labels, from double coding; None where nobody coded twice."""
        bound = self.of_table("double_coding_ambiguity")
        return bound.interval[0] if bound is not None and bound.value is not None and bound.interval else None

    def missing_mass(self, allowed: float) -> float | None:
        """Give the upper end of the unseen share of running text, when it is above what is allowed."""
        if self.coverage is None or self.coverage.value is None:
            return None
        unseen = 1 - (self.coverage.interval[0] if self.coverage.interval else self.coverage.value)
        return unseen if unseen > allowed else None

    def personal_share(self, counts_from: float) -> float | None:
        """Give the share of the task's documents with personal data, when it counts."""
        of_persons = self.stats.personal_data.filter((pl.col("count") > 0) & ~pl.col("type").is_in(OF_NO_PERSON))
        holding = set(of_persons["document"].to_list())
        share = len(self.members & holding) / len(self.members) if self.members else 0.0
        return share if share > 0 and share >= counts_from else None

    def labels_per_class(self) -> float | None:
        """Give the labelled cases divided by the labels; None where the task has no table."""
        values = self.label_values()
        return None if values is None else len(values) / max(1, values.n_unique())

    def table_rows(self) -> int | None:
        """Count the cases of the task's table: the labelled rows, of a table without labels all; None where its cases are documents."""
        if not self.found.rows_of:
            return None
        values = self.label_values()
        rows = self.stats.sections.filter((pl.col("document") == self.found.rows_of) & (pl.col("kind") == "row"))
        return rows.height if values is None else len(values)

    def label_values(self) -> pl.Series | None:
        """Give the labels of the task's table, or the places of its documents, one for each case that has one; None where there are no labels."""
        if self.found.labels:
            return pl.Series([label for label in self.found.labels if label])
        document = self.found.rows_of
        if not document or self.found.table.startswith(BY_NAME):
            return None
        column = self.found.table.removeprefix(f"labels:{document}#")
        return self.stats.labels.filter((pl.col("document") == document) & (pl.col("column") == column))["value"]

    def related(self) -> tuple[str, ...]:
        """Give the ids of all estimates that are shown with the task, the error first."""
        shown = (
            self.error,
            self.of_table("language_ambiguity"),
            self.of_table("double_coding_ambiguity"),
            self.of_table("soft_label_ambiguity"),
            self.agreement,
            self.coverage,
            self.of_table("definition_ambiguity"),
            self.of_table("unlabelled_definition_ambiguity"),
            self.of_language("rare_in_public_words"),
            self.fields,
        )
        return tuple(dict.fromkeys(item.id for item in shown if item is not None))
