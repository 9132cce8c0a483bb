"""Which source, or group of documents, moves a number too far to be passed over, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.inputs import Inputs
from corpuskit.finding import Evidence, Finding, Parameter

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOVED_ERRORS = 2.0
"""Standard errors beyond which a source is named, because the sampling of documents alone seldom moves a number so far."""

MOVED_PART = 0.1
"""Part of the number beyond which a source is named whatever the error, because a reader would draw another conclusion from a tenth."""

MOST_EVIDENCE = 5
"""Documents named as evidence, those with most words, because a reader checks a handful."""


def moves_most(value: float | None, without: Floats, error: float | None) -> int | None:
    """Give the part whose absence moves a number most, where it moves it by more than two standard errors or more than a tenth of it.

    Parameters
    ----------
    value : float or None
        The number on the whole, T.
    without : array, shape (s,)
        The number without each part; nan where undefined.
    error : float or None
        Standard error of T, where there is one.

    Returns
    -------
    int or None
        None where no part moves it so far, or where there are fewer than two parts.
    """
    usable = np.flatnonzero(np.isfinite(without))
    if value is None or len(without) < 2 or len(usable) == 0:
        return None
    changes = np.abs(value - without[usable])
    most = int(changes.argmax())
    far = changes[most] > MOVED_PART * abs(value) or (error is not None and changes[most] > MOVED_ERRORS * error)
    return int(usable[most]) if far else None


def makes_most_of_the_spread(without: Floats, number: int) -> bool:
    """Tell whether one part alone makes more than half of the sum of squares that a jackknife takes for spread.

    Asked of groups that documents were dealt to at random: where the number is near 0, a tenth of it is moved by chance alone, and among many groups
    none stands out then. A group that stands out makes the standard error, so two of them are never exceeded by it.
    """
    spread = np.square(without - np.nanmean(without))
    return bool(spread[number] > np.nansum(spread) / 2)


def told(code: str, subject: str, parameters: dict[str, Parameter], documents: Sequence[str]) -> Finding:
    """Make a note, no warning: that one source holds most of the text is no fault of it."""
    evidence = tuple(Evidence(document=document) for document in documents)
    return Finding(id=f"{code}@{subject}", level="note", code=code, parameters=parameters, evidence=evidence)


def largest_documents(inputs: Inputs, chosen: NDArray[np.bool_], sizes: Integers) -> list[str]:
    """Give the ids of the chosen documents with most words."""
    rows = np.flatnonzero(chosen & (sizes > 0))
    largest = rows[np.argsort(-sizes[rows], kind="stable")][:MOST_EVIDENCE]
    return [str(name) for name in inputs.stats.documents["document"][largest.tolist()]]
