"""The outcomes of a pilot, as plain sequences, and what they show: rate, slices, threshold, agreement of the people, flips between repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from corpuskit.errors import UsageError
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.decisions.comparison import Paired, compare_paired, holm
from corpuskit.estimators.decisions.prediction_powered import Powered, prediction_powered
from corpuskit.estimators.decisions.rates import Rate, error_rate
from corpuskit.estimators.decisions.selective import Threshold, conformal_bound, conformal_threshold, learn_then_test, risk_coverage
from corpuskit.estimators.labels.agreement import Agreement, Scale, cohen_kappa, krippendorff_alpha
from corpuskit.estimators.labels.double_coding import least_error
from corpuskit.estimators.resampling import effective_size

MOST_POINTS = 100
"""Points of a risk-coverage curve that are kept, because a chart of a page has no room for more."""


@dataclass(frozen=True)
class Outcomes:
    """Cases of one system, each judged.

    Attributes
    ----------
    wrong : sequence of bool
        Whether the system was wrong; an answer that it withheld counts as wrong.
    weights : sequence of float, optional
        How many cases of the work each stands for.
    clusters : sequence of str, optional
        Equal for cases that are not independent.
    confidence : sequence of float, optional
        Higher is surer.
    slices : mapping of str to sequence of str
        Name of a division of the cases to the part that each case is in; empty where unknown.
    """

    wrong: Sequence[bool]
    weights: Sequence[float] | None = None
    clusters: Sequence[str] | None = None
    confidence: Sequence[float] | None = None
    slices: Mapping[str, Sequence[str]] = field(default_factory=dict)


class SliceRate(NamedTuple):
    """The error of one part of the cases; ``p`` of "its error is at most the tolerance", held together with the other parts (Holm)."""

    division: str
    part: str
    rate: Rate
    p: float


class HumanAgreement(NamedTuple):
    """What two blind labels of the same cases say.

    Attributes
    ----------
    n : int
        Cases with two labels.
    disagreement : float
        Share labelled differently.
    interval : tuple of float
        Of the disagreement, exact at the number of independent cases.
    least_error : tuple of float
        Least error against one person's labels: at the disagreement seen, and at the lower and upper end of its interval.
    kappa, alpha : Agreement or None
        Cohen's and Krippendorff's coefficients.
    """

    n: int
    disagreement: float
    interval: tuple[float, float]
    least_error: tuple[float, float, float]
    kappa: Agreement | None
    alpha: Agreement | None


def rate_of(outcomes: Outcomes, level: float = 0.95, alpha: float = 0.05) -> Rate | None:
    """Give the error; see :func:`~corpuskit.estimators.decisions.rates.error_rate`."""
    return error_rate(np.array(outcomes.wrong, bool), _weights(outcomes), _numbers(outcomes.clusters), level, alpha)


def slices_of(outcomes: Outcomes, tolerance: float, level: float = 0.95, alpha: float = 0.05) -> tuple[SliceRate, ...]:
    """Give the error of every part of every division, the worst first, with the exact p-value of "at most the tolerance" after Holm.

    Formula: ``P(Bin(n*, tolerance) >= errors)`` at the number of independent cases.
    """
    wrong, weights, clusters = np.array(outcomes.wrong, bool), _weights(outcomes), _numbers(outcomes.clusters)
    found: list[tuple[str, str, Rate, float]] = []
    for division, parts in outcomes.slices.items():
        names = np.array(parts, dtype=object)
        for part in sorted(set(parts) - {""}):
            inside = np.flatnonzero(names == part)
            rate = error_rate(
                wrong[inside], None if weights is None else weights[inside], None if clusters is None else clusters[inside], level, alpha
            )
            if rate is not None:
                found.append((division, part, rate, _p_of_at_most(rate, tolerance)))
    adjusted = holm(np.array([p for *_, p in found]))
    rows = [SliceRate(division, part, rate, float(p)) for (division, part, rate, _), p in zip(found, adjusted, strict=True)]
    return tuple(sorted(rows, key=lambda row: (-row.rate.value, row.division, row.part)))


def _p_of_at_most(rate: Rate, tolerance: float) -> float:
    n = max(1, round(rate.effective_n))
    errors = min(n, round(rate.value * n))
    return 1.0 if errors == 0 else float(bdtrc(errors - 1, n, tolerance))


def threshold_of(outcomes: Outcomes, tolerance: float, alpha: float = 0.05, level: float = 0.95) -> Threshold | None:
    """Choose the lowest confidence from which answers can be served; of each cluster its first case is tested, so that cases are independent.

    See :func:`~corpuskit.estimators.decisions.selective.learn_then_test`. None without confidences, or where no share can be served; and for cases of
    unequal weight, because the exact test counts cases and would speak of the sample, not of the work.
    """
    if outcomes.confidence is None or outcomes.weights is not None:
        return None
    chosen = np.arange(len(outcomes.wrong)) if outcomes.clusters is None else _first_of_each(outcomes.clusters)
    return learn_then_test(np.array(outcomes.confidence, float)[chosen], np.array(outcomes.wrong, bool)[chosen], tolerance, alpha, level)


class Controlled(NamedTuple):
    """A threshold at which wrong answers that are served, for each case of all traffic, stay below the tolerance on average over pilots.

    Attributes
    ----------
    confidence : float
        Serve from here.
    coverage : float
        Share of the pilot's cases that is served.
    risk, bound : float
        Wrong answers served for each case, and the bound on it for the next case.
    """

    confidence: float
    coverage: float
    risk: float
    bound: float


def controlled_of(outcomes: Outcomes, tolerance: float) -> Controlled | None:
    """Choose the lowest confidence by conformal risk control; see :func:`~corpuskit.estimators.decisions.selective.conformal_threshold`.

    Documents count by their first case, so that cases are exchangeable. None without confidences, with unequal weights, or with too few cases.
    """
    if outcomes.confidence is None or outcomes.weights is not None or not len(outcomes.wrong):
        return None
    chosen = np.arange(len(outcomes.wrong)) if outcomes.clusters is None else _first_of_each(outcomes.clusters)
    confidence, losses = np.array(outcomes.confidence, float)[chosen], np.array(outcomes.wrong, float)[chosen]
    threshold = conformal_threshold(confidence, losses, tolerance)
    if threshold is None or not np.isfinite(threshold):
        return None
    served = confidence >= threshold
    risk = float(losses[served].sum() / len(losses))
    return Controlled(threshold, float(served.mean()), risk, conformal_bound(risk, len(losses)))


def prediction_powered_rate(audited: Sequence[bool], judged_audited: Sequence[float], judged: Sequence[float]) -> Powered | None:
    """Estimate the error of all cases from audits and a judge; see :func:`~corpuskit.estimators.decisions.prediction_powered.prediction_powered`."""
    return prediction_powered(np.array(audited, float), np.array(judged_audited, float), np.array(judged, float))


def curve_of(outcomes: Outcomes) -> tuple[tuple[float, float, float], ...]:
    """Give threshold, share served and error of the served ones, at most 100 points; nothing without confidences or with weights."""
    if outcomes.confidence is None or outcomes.weights is not None or not len(outcomes.wrong):
        return ()
    curve = risk_coverage(np.array(outcomes.confidence, float), np.array(outcomes.wrong, bool))
    kept = np.unique(np.linspace(0, len(curve) - 1, min(MOST_POINTS, len(curve))).astype(np.int64))
    return tuple((float(a), float(b), float(c)) for a, b, c in curve[kept])


def agreement_of(
    first: Sequence[str], second: Sequence[str], clusters: Sequence[str] | None = None, level: float = 0.95, scale: Scale = "nominal"
) -> HumanAgreement | None:
    """Compare two blind labels of the same cases; a case counts where both are there.

    Formula of the least error: :func:`~corpuskit.estimators.labels.double_coding.least_error`. ``scale`` is that of Krippendorff's alpha; on any but
    the nominal one labels are numbers.

    Raises
    ------
    UsageError
        A label is no number where the scale asks for numbers.
    """
    both = [place for place, pair in enumerate(zip(first, second, strict=True)) if all(pair)]
    if not both:
        return None
    names = sorted({first[place] for place in both} | {second[place] for place in both})
    if scale != "nominal":
        names.sort(key=lambda name: _as_number(name, scale))
    codes = {name: code for code, name in enumerate(names)}
    one, two = (np.array([codes[labels[place]] for place in both], np.int64) for labels in (first, second))
    groups = None if clusters is None else _numbers([clusters[place] for place in both])
    differing = float((one != two).mean())
    independent = float(len(both)) if groups is None else effective_size(np.bincount(groups).astype(float))
    interval = clopper_pearson(differing * independent, independent, level)
    least = (differing, *interval)
    return HumanAgreement(
        len(both),
        differing,
        interval,
        (least_error(least[0], len(names)), least_error(least[1], len(names)), least_error(least[2], len(names))),
        cohen_kappa(one, two, groups, level),
        krippendorff_alpha(
            np.stack([one, two], axis=1), groups, level, scale, None if scale == "nominal" else np.array([_as_number(name, scale) for name in names])
        ),
    )


def _as_number(label: str, scale: Scale) -> float:
    try:
        return float(label)
    except ValueError as error:
        raise UsageError(f"The scale {scale!r} needs numbers as labels; {label!r} is none. Use the nominal scale.") from error


def compare(first_wrong: Sequence[bool], second_wrong: Sequence[bool], level: float = 0.95) -> Paired | None:
    """Compare two systems on the same cases; see :func:`~corpuskit.estimators.decisions.comparison.compare_paired`."""
    return compare_paired(np.array(first_wrong, bool), np.array(second_wrong, bool), level)


def holm_of(p: Sequence[float]) -> list[float]:
    """Hold p-values together; see :func:`~corpuskit.estimators.decisions.comparison.holm`."""
    return [float(value) for value in holm(np.array(p, float))]


def flips_of(answers: Sequence[Sequence[str]], level: float = 0.95) -> tuple[float, tuple[float, float], int] | None:
    """Give the share of cases whose answer was not the same in every repeat, its exact interval, and the cases that were repeated.

    None where none was.
    """
    repeated = [set(given) for given in answers if len(given) > 1]
    if not repeated:
        return None
    changed = sum(len(given) > 1 for given in repeated)
    return changed / len(repeated), clopper_pearson(changed, len(repeated), level), len(repeated)


def _weights(outcomes: Outcomes) -> NDArray[np.float64] | None:
    return None if outcomes.weights is None else np.array(outcomes.weights, float)


def _numbers(clusters: Sequence[str] | None) -> NDArray[np.int64] | None:
    return None if clusters is None else np.unique(np.array(clusters, dtype=str), return_inverse=True)[1].astype(np.int64)


def _first_of_each(clusters: Sequence[str]) -> NDArray[np.int64]:
    return np.sort(np.unique(np.array(clusters, dtype=str), return_index=True)[1]).astype(np.int64)
