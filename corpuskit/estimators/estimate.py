"""The noun of floor 4: an estimate, which is a value with everything needed to trust or distrust it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corpuskit.estimators.method import Method
from corpuskit.finding import Message

Grade = Literal["A", "B", "C", "D", "E"]
"""A: pilot measured. B: two or more people labelled the same items. C: labels found in the data. D: structure. E: text alone, descriptive."""


class Estimate(BaseModel):
    """One measured number.

    Attributes
    ----------
    id : str
        ``measure@subject``.
    measure : str
        Name of the measure, such as ``coverage`` or ``language_ambiguity``.
    subject : str
        What it was measured on: ``corpus``, ``lang:ja``, ``labels:<path>#<column>``, ``task:<id>``, ``term:<term>``.
    value : float or None
        None exactly when ``undefined_because`` says why.
    interval : (float, float) or None
        At ``level``; None where none can be given (then ``method`` says so) or the value is undefined.
    n : int
        Sample size in ``unit`` ("tokens", "messages", "documents", "pairs").
    grade : Grade
        Evidence grade.
    method : tuple of Message
        How it was computed, part by part.
    reference : str
        The paper.
    undefined_because : Message or None
        Why there is no value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    measure: str
    subject: str
    value: float | None
    interval: tuple[float, float] | None = None
    level: float | None = 0.95
    n: int
    unit: str
    grade: Grade
    method: Method = Field(min_length=1)
    reference: str
    undefined_because: Message | None = None

    @model_validator(mode="after")
    def _value_or_reason(self) -> Self:
        if (self.value is None) == (self.undefined_because is None):
            raise ValueError(f"{self.id}: give either a value or the reason why there is none.")
        if self.value is not None and self.value != self.value:
            raise ValueError(f"{self.id}: NaN is not a value.")
        if self.id != f"{self.measure}@{self.subject}":
            raise ValueError(f"{self.id}: an id is measure@subject.")
        if self.interval is not None and not self.interval[0] <= self.interval[1]:
            raise ValueError(f"{self.id}: the interval {self.interval} is upside down.")
        return self


class Series(BaseModel):
    """Points to draw or tabulate, with the estimate they belong to.

    ``id`` is ``name@subject``; ``name`` is one of the names that the report floor has captions for: ``spectrum`` (k, number of types seen k times),
    ``coverage_growth`` (tokens, coverage), ``vocabulary_growth`` (documents, types), ``document_coverage_growth`` (documents, coverage of one more
    document), ``new_word_rate_growth`` (documents, new types for 1,000 words), ``sparsity_u_growth`` (pairs, U), ``character_noise`` (wrong
    characters, coverage, entropy, share of types seen once, types), ``label_error`` (one row per label: label, error rate,
    n, interval), ``confusions`` (label, taken for, count), ``confusion_matrix`` (the same, every cell of a grid), ``label_words`` (word, label,
    messages, every cell of a grid), ``confusion_words`` (the same, words, messages), ``slice_error`` (kind of slice, slice,
    error rate, interval, n), ``error_by_level`` (level, labels, error rate, interval, n), ``label_against_rest`` (label, error rate, interval,
    messages with it),
    ``top_pairs`` (term, term, count), ``rare_terms`` (term, documents, count), ``segmentations`` (one row per
    segmentation: its name, tokens, types, coverage of new documents, coverage, entropy, hapax share).
    ``columns`` names the columns; ``rows`` holds text or numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    subject: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
