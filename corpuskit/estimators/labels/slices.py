"""Is the error the same everywhere? Error by parts of a table: language, folder, month, length of the message."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import LabelledSample
from corpuskit.estimators.resampling import effective_size
from corpuskit.finding import Evidence, Finding

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

FEWEST_MESSAGES = 30
"""Messages that a slice needs, because with fewer the interval of its error spans more than a third of all rates."""

FEWEST_WRONG = 10
"""Messages that must be judged wrongly in all, because the errors of slices differ by chance alone where there are hardly any."""

MOST_SLICES = 20
"""Slices shown at most, the largest ones first; because a reader looks through no more, and each further test makes the others weaker."""

MOST_FINDINGS = 3
"""Slices reported as findings at most, because the worst ones are worked on first."""


class Slice(NamedTuple):
    """Messages of one kind: ``kind`` says what tells them apart (``length``, ``language``, ``source``, ``month``)."""

    kind: str
    name: str
    chosen: Flags


class SliceError(NamedTuple):
    """The error of a slice, with its exact interval, the error of the rest, and the p-value after Holm's correction."""

    slice: Slice
    error: float
    interval: tuple[float, float]
    rest: float
    n: int
    p_value: float


def length_quarters(lengths: Integers) -> list[Slice]:
    """Cut messages into quarters by their number of words; equal lengths are never parted, so there may be fewer than four."""
    ends = np.unique(np.quantile(lengths, [0.25, 0.5, 0.75, 1.0], method="inverted_cdf").astype(np.int64)) if len(lengths) else np.zeros(0, np.int64)
    starts = [0, *(int(end) + 1 for end in ends[:-1])]
    if len(ends) < 2:
        return []
    return [
        Slice("length", f"{start}–{end}" if start < end else str(end), (lengths >= start) & (lengths <= end))
        for start, end in zip(starts, ends.tolist(), strict=True)
    ]


def slices_of(sample: LabelledSample) -> list[Slice]:
    """Give the slices of a sample that have enough messages and leave enough others; at most :data:`MOST_SLICES`, the largest first."""
    messages, chosen = sample.messages, sample.chosen
    lengths = np.asarray(messages.term_counts.sum(axis=1)).ravel()[chosen].astype(np.int64)
    found = length_quarters(lengths)
    for kind, values in messages.facets.items():
        own = np.array(values, dtype=object)[chosen]
        found += [Slice(kind, value, np.asarray(own == value, np.bool_)) for value in sorted(set(own.tolist()) - {""})]
    usable = [each for each in found if FEWEST_MESSAGES <= each.chosen.sum() <= len(chosen) - FEWEST_MESSAGES]
    return sorted(usable, key=lambda each: (-int(each.chosen.sum()), each.kind, each.name))[:MOST_SLICES]


def fisher_exact(first_wrong: int, first: int, second_wrong: int, second: int) -> float:
    """Give the two-sided p-value that two rates are equal: the chance of all tables no more likely than this one, its margins given.

    Reference: Fisher 1935. Formula: sum of hypergeometric probabilities ``C(a+b, x) C(c+d, m-x) / C(n, m)`` up to that of the observed table.
    """
    wrong = first_wrong + second_wrong
    x = np.arange(max(0, wrong - second), min(first, wrong) + 1)

    def ways(n: int, k: Floats | Integers | int) -> Floats:
        return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0))

    logs = ways(first, x) + ways(second, wrong - x) - ways(first + second, wrong)
    observed = logs[int(first_wrong - x[0])]
    return float(min(np.exp(logs[logs <= observed + 1e-7]).sum(), 1.0))


def holm(p_values: Floats) -> Floats:
    """Correct p-values for their number: ``max over smaller ones of (m - rank) p``, at most 1. Reference: Holm 1979. Shape as given."""
    order = np.argsort(p_values, kind="stable")
    steps = np.maximum.accumulate((len(p_values) - np.arange(len(p_values))) * p_values[order])
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(steps, 1.0)
    return corrected


def slice_errors(slices: list[Slice], wrong: Flags, groups: Integers, level: float = 0.95) -> list[SliceError]:
    """Compare the error of each slice with that of all other messages.

    Copies and near copies count as one: counts are scaled to the number of independent messages (Kish 1965) and rounded for the test. Two-sided
    exact test (Fisher 1935), corrected for the number of slices (Holm 1979); exact interval (Clopper and Pearson 1934).

    Parameters
    ----------
    slices : list of Slice
    wrong : array of bool, shape (n,)
        Whether the message was judged wrongly by a classifier that did not see it.
    groups : array of int, shape (n,)
        Groups of copies and near copies.
    level : float

    Returns
    -------
    list of SliceError
        Empty where fewer than :data:`FEWEST_WRONG` messages are wrong.
    """
    if not slices or wrong.sum() < FEWEST_WRONG:
        return []
    measured = []
    for each in slices:
        inside, outside = (_worth(wrong[part], groups[part]) for part in (each.chosen, ~each.chosen))
        measured.append((inside, outside, fisher_exact(*_rounded(*inside), *_rounded(*outside))))
    corrected = holm(np.array([p_value for _, _, p_value in measured]))
    return [
        SliceError(each, inside[0], clopper_pearson(inside[0] * inside[1], inside[1], level), outside[0], int(each.chosen.sum()), float(p_value))
        for each, (inside, outside, _), p_value in zip(slices, measured, corrected, strict=True)
    ]


def _worth(wrong: Flags, groups: Integers) -> tuple[float, float]:
    """Give the error and how many independent messages it rests on."""
    return float(wrong.mean()), effective_size(np.unique(groups, return_counts=True)[1].astype(float))


def _rounded(rate: float, worth: float) -> tuple[int, int]:
    return round(rate * worth), max(round(worth), 1)


def slice_series(subject: str, found: list[SliceError]) -> tuple[Series, ...]:
    """Tabulate the errors of slices, kinds together; nothing where there is no slice."""
    if not found:
        return ()
    rows = tuple(
        (each.slice.kind, each.slice.name, each.error, *each.interval, each.n)
        for each in sorted(found, key=lambda each: (each.slice.kind, _by_number(each.slice.name)))
    )
    columns = ("kind", "slice", "error", "low", "high", "n")
    return (Series(id=f"slice_error@{subject}", name="slice_error", subject=subject, columns=columns, rows=rows),)


def _by_number(name: str) -> tuple[int, str]:
    """Sort lengths by number and other names by themselves."""
    start = name.split("–")[0]
    return (int(start) if start.isdecimal() else 0, name)


def slice_findings(sample: LabelledSample, found: list[SliceError], level: float = 0.95) -> tuple[Finding, ...]:
    """Report the slices whose error is higher than that of the rest by more than chance, the worst first."""
    messages = sample.messages
    higher = [each for each in found if each.p_value < 1 - level and each.error > each.rest]
    return tuple(
        Finding(
            id=f"slice_error_higher@{messages.subject}:{each.slice.kind}={each.slice.name}",
            level="warning",
            code="slice_error_higher",
            parameters={
                "column": messages.column,
                "kind": each.slice.kind,
                "slice": each.slice.name,
                "error": each.error,
                "rest": each.rest,
                "n": each.n,
            },
            evidence=(Evidence(document=messages.document),),
        )
        for each in sorted(higher, key=lambda each: (-(each.error - each.rest), each.slice.kind, each.slice.name))[:MOST_FINDINGS]
    )
