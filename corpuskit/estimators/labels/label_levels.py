"""Labels with levels ("Hardware > Printer > Paper"): how often is the predicted label right as far as a level?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import LabelledSample
from corpuskit.estimators.labels.label_sets import parts_of
from corpuskit.estimators.method import computed
from corpuskit.estimators.specification import Measure

Integers = NDArray[np.int64]
Paths = tuple[tuple[str, ...], ...]

BETWEEN_LEVELS = (">", "＞", "›", "::", "/", "／")
"""What stands between an upper and a lower level, the surest sign first."""

WITH_LEVELS = 0.9
"""Share of the messages whose label must have levels, because a stroke in a few names is a way of writing and no level."""

UPPER = Measure("upper_level_error", "messages", "C", "Silla and Freitas 2011; Clopper and Pearson 1934; Kish 1965")


def level_paths(names: tuple[str, ...], sizes: Integers) -> Paths | None:
    """Give the levels of each label, the uppermost first; None where the names have no levels.

    Names have levels where nine tenths of the messages carry a label with a sign such as ``>`` or ``/`` inside, and the parts before the first one
    are at least two and fewer than the labels.

    Parameters
    ----------
    names : tuple of str
    sizes : array of int, shape (names,)
        Messages with each label.
    """
    for separator in BETWEEN_LEVELS:
        paths = tuple(tuple(parts_of(name, separator)) for name in names)
        begun = all(name.split(separator)[0].strip() for name in names)
        deep = np.array([len(path) > 1 for path in paths])
        if begun and sizes[deep].sum() >= WITH_LEVELS * sizes.sum() > 0 and 2 <= len({path[0] for path in paths}) < len(names):
            return paths
    return None


def errors_by_level(sample: LabelledSample, predicted: Integers, level: float) -> tuple[tuple[Estimate, ...], tuple[Series, ...]]:
    """Measure how often the predicted label leaves the right path at each level, from the same predictions as the error of the label itself.

    Parameters
    ----------
    sample : LabelledSample
    predicted : array of int, shape (n,)
        Label that each message was given; -1 for none.
    level : float
        Confidence level.

    Returns
    -------
    (estimates, series)
        ``upper_level_error`` of the uppermost level and, where there are three levels or more, the series ``error_by_level`` of all of them: labels
        of a level, share of messages whose predicted label differs as far as this level, its exact interval, messages. A label that ends above a
        level stands there with its whole path, so that errors never fall from a level to the one below. Nothing where labels have no levels.
    """
    paths = level_paths(sample.names, np.bincount(sample.labels, minlength=len(sample.names)).astype(np.int64))
    if paths is None:
        return (), ()
    worth, rows = sample.effective_n, []
    for depth in range(1, max(map(len, paths)) + 1):
        fronts = {front: code for code, front in enumerate(sorted({path[:depth] for path in paths}))}
        code = np.array([fronts[path[:depth]] for path in paths])
        rate = float(((predicted < 0) | (code[np.maximum(predicted, 0)] != code[sample.labels])).mean())
        rows.append((depth, len(fronts), rate, *clopper_pearson(rate * worth, worth, level), sample.n))
    _, uppers, error, low, high, _ = rows[0]
    method = computed("under_another_upper_level", uppers=uppers) + computed("exact_at_messages", independent=worth)
    subject = sample.messages.subject
    estimate = UPPER.given(subject, error, sample.n, method, (low, high), level)
    columns = ("level", "labels", "error", "low", "high", "n")
    series = Series(id=f"error_by_level@{subject}", name="error_by_level", subject=subject, columns=columns, rows=tuple(rows))
    return (estimate,), ((series,) if len(rows) > 2 else ())
