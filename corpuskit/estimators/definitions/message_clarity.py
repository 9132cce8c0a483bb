"""What clarity is worth on a labelled table: the error of the clearer half against that of the other, the risk-coverage curve, the class."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.clarity import (
    ambiguity_class,
    category_clarity,
    clarity,
    error_of,
    halves,
    heard,
    language_reading,
    risk_coverage,
)
from corpuskit.estimators.definitions.definition_advice import LONGEST, worth_of_labels
from corpuskit.estimators.definitions.definition_space import DefinitionView, definition_match
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import LabelledSample
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Measure
from corpuskit.finding import Evidence, Finding

Floats = NDArray[np.float64]

REFERENCE = "El-Yaniv and Wiener 2010 (risk and coverage); Rocchio 1971; Clopper and Pearson 1934"
CLEAR = Measure("clear_half_error", "messages", "C", REFERENCE)
UNCLEAR = Measure("unclear_half_error", "messages", "C", REFERENCE)
OF_MESSAGES = {CLEAR: computed("error_of_upper_half"), UNCLEAR: computed("error_of_lower_half")}
OF_DOCUMENTS = {
    replace(CLEAR, unit="documents"): computed("error_of_upper_half_of_documents"),
    replace(UNCLEAR, unit="documents"): computed("error_of_lower_half_of_documents"),
}


def undefined_clarity(subject: str, n: int, unit: str, code: str, /, **parameters: float | int | str) -> Estimates:
    """Say why there is no error by clarity, in messages or documents."""
    halved = _halved(unit).items()
    return Estimates(estimates=tuple(measure.undefined(subject, n, method, code, **parameters) for measure, method in halved))


def _halved(unit: str) -> dict[Measure, Method]:
    return OF_MESSAGES if unit == "messages" else OF_DOCUMENTS


def clarity_of(sample: LabelledSample, view: DefinitionView, unit: str, options: EstimatorOptions) -> Estimates:
    """Measure how far clarity tells right answers from wrong ones, for a table (or folders) with enough labelled messages (documents)."""
    wrong: NDArray[np.bool_] = np.asarray(sample.crossed.predicted != sample.labels)
    language, read = language_reading(sample.crossed.scores), heard(view, sample.labels)
    clear, left_out = clarity(read, language), () if read is view else computed("names_left_out_of_clarity")
    subject, estimates = sample.messages.subject, []
    for (measure, method), rows in zip(_halved(unit).items(), halves(clear), strict=True):
        rate, low, high = error_of(rows, wrong, sample.groups, options.level)
        estimates.append(measure.given(subject, rate, len(rows), method + left_out + computed("exact_without_copies"), (low, high), options.level))
    points = risk_coverage(clear, wrong, sample.groups, options.level)
    curve = Series(
        id=f"risk_coverage@{subject}", name="risk_coverage", subject=subject, columns=("coverage", "error", "low", "high", "n"), rows=tuple(points)
    )
    series = (curve, _by_category(sample, view, read, language, options.level))
    return Estimates(estimates=tuple(estimates), series=series, findings=(_class_of(sample, points[-1].high),))


def _by_category(sample: LabelledSample, view: DefinitionView, read: DefinitionView, language: Floats, level: float) -> Series:
    """Tabulate for each category its clarity and its definition match, the least clear first.

    Intervals are those of a rate at the independent messages (Clopper and Pearson 1934): shares between 0 and 1 vary at most as much as a yes or no
    of the same mean, so they are wide rather than short.
    """
    subject, sizes, worth = sample.messages.subject, np.bincount(sample.labels, minlength=len(sample.names)), worth_of_labels(sample)
    clear = category_clarity(read, language, sample.labels)
    match = definition_match(view, sample.labels)

    def measured(share: float, independent: float) -> tuple[float, float, float]:
        return share, *clopper_pearson(share * independent, independent, level)

    rows = tuple(
        (sample.names[code], *measured(float(clear[code]), float(worth[code])), *measured(float(match[code]), float(worth[code])), int(sizes[code]))
        for code in np.lexsort((np.arange(len(clear)), clear))[:LONGEST].tolist()
    )
    columns = ("label", "clarity", "low", "high", "match", "match_low", "match_high", "n")
    return Series(id=f"category_clarity@{subject}", name="category_clarity", subject=subject, columns=columns, rows=rows)


def _class_of(sample: LabelledSample, high: float) -> Finding:
    code = f"messages_{ambiguity_class(high)}"
    messages = sample.messages
    return Finding(
        id=f"{code}@{messages.subject}",
        level="note",
        code=code,
        parameters={"column": messages.column, "high": high, "n": sample.n},
        evidence=(Evidence(document=messages.document),),
    )
