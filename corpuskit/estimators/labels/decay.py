"""Curves that decay: how an error falls with the words or examples seen, where it comes to rest, and when it reaches a tolerance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Form = Literal["exponential", "power"]

RESAMPLES = 1000
"""Resamples of a bootstrap; because the ends of a 95 % interval then rest on 25 resamples each."""

STEPS = 60
"""Rates tried in the first pass, and again between the neighbours of the best, which leaves less than a thousandth of the rate open."""

PLATEAU = 0.75
"""The curve is fitted from the first point below this share of the highest error, because before it rates of their own that soon die out bend it (and
greetings tell nothing): on the ring language t* came out at 41 of 43 from all points, at 42 from there. Points are weighted equally, because the
interval, where one was given, then held t* in .93 of 300 samples of 400 messages, and in .88 when they were weighted by their variance."""

FEWEST_POINTS = 4
"""Points below which no curve of three parameters is fitted, because three points are met exactly by any form."""

LARGEST_UNREACHABLE = 0.025
"""Share of resamples that may rest at or above the tolerance, because a 95 % interval leaves out as much on that side."""

FURTHEST = 2.0
"""No answer lies beyond so many times the longest length that was seen, because forms that agree on the data part soon after it."""

FLOOR_BIAS = 0.02
"""A floor is claimed only when its interval lies above this, because on a language without a floor fits found .005 to .017."""

AT_REST = 0.25
"""A floor is claimed only when what the curve has still to fall is at most this share of it, because on a slow language without any floor (e = .1)
fits up to 64 letters found one of .05 to .08 with half of it still to fall."""


class Fits(NamedTuple):
    """Fitted curves ``floor + drop * g(t)``, one for each row of errors, and their sums of squares."""

    floor: Floats
    drop: Floats
    rate: Floats
    squares: Floats


@dataclass(frozen=True, eq=False)
class Decay:
    """How errors fall with length.

    Attributes
    ----------
    exponential, power : Fits
        Both forms, the curve of all messages first, then those of the resamples. ``rate`` is rho of ``c + (a - c) rho^t``, or b of ``c + s t^-b``.
    longest : float
        Longest length seen.
    """

    exponential: Fits
    power: Fits
    longest: float

    @property
    def exponential_share(self) -> float:
        """Share of the resamples in which the exponential fits better."""
        return float(np.mean(self.exponential.squares[1:] <= self.power.squares[1:]))

    @property
    def form(self) -> Form:
        """The form that fits the curve of all messages better."""
        return "exponential" if self.exponential.squares[0] <= self.power.squares[0] else "power"

    @property
    def floors(self) -> Floats:
        """Floor of the better form, of all messages and of each resample."""
        return np.where(self.exponential.squares <= self.power.squares, self.exponential.floor, self.power.floor)

    def floor(self, level: float = 0.95) -> tuple[float, tuple[float, float]]:
        """Give the floor and its percentile interval."""
        return _with_interval(self.floors, level)

    def rests(self, level: float = 0.95) -> bool:
        """Tell whether a floor may be claimed: its interval lies above :data:`FLOOR_BIAS`, and the curve has come to rest on it."""
        value, (low, _) = self.floor(level)
        better = self.exponential if self.form == "exponential" else self.power
        shape = better.rate[0] ** self.longest if self.form == "exponential" else self.longest ** -better.rate[0]
        return bool(low > FLOOR_BIAS and better.drop[0] * shape <= AT_REST * value)

    def rho(self, level: float = 0.95) -> tuple[float, tuple[float, float]]:
        """Give the factor by which one more word (or example) shrinks what lies above the floor, and its percentile interval."""
        return _with_interval(self.exponential.rate, level)

    def lengths_to(self, tolerance: float) -> Floats:
        """Give the length at which each curve, in its better form, falls to the tolerance; infinite where it never does."""
        exponential = _reached(self.exponential, tolerance, "exponential")
        return np.where(self.exponential.squares <= self.power.squares, exponential, _reached(self.power, tolerance, "power"))


class Reached(NamedTuple):
    """When a curve reaches a tolerance: length and interval; without a length the share of resamples that reach it never, or too far away."""

    length: float | None
    interval: tuple[float, float] | None
    never: float
    beyond: float
    shortest: float


def fit_decay(lengths: Floats, errors: Floats, form: Form = "exponential") -> Fits:
    """Fit ``c + (a - c) rho^t`` or ``c + s t^-b`` by least squares to many rows of errors at once.

    For a given rate the other two parameters are a regression line, so only the rate is searched (variable projection, Golub and Pereyra 1973).
    Floors below 0 and curves that rise are not allowed.

    Parameters
    ----------
    lengths : array, shape (t,)
        Lengths above 0, ascending.
    errors : array, shape (rows, t)
    form : {"exponential", "power"}

    Returns
    -------
    Fits
        Arrays of shape (rows,).
    """
    spread = float(lengths[-1] / lengths[0])
    # slowest: hardly bent over the whole range; fastest: over after the first point
    slowest, fastest = (1 / lengths[-1], 1 / lengths[0]) if form == "exponential" else (1 / np.log(spread), 1.0)
    rates = np.geomspace(0.05 * slowest, 8.0 * fastest, STEPS)
    squares = np.stack([_line(_shape(lengths, np.full((1, 1), rate), form)[:, 0], errors)[2] for rate in rates])
    best = squares.argmin(axis=0)
    low, high = rates[np.maximum(best - 1, 0)], rates[np.minimum(best + 1, STEPS - 1)]
    finer = low[:, None] * (high / low)[:, None] ** np.linspace(0, 1, STEPS)
    shapes = _shape(lengths, finer, form)
    floor, drop, left = _line(shapes, errors[:, None, :])
    rows, place = np.arange(len(errors)), left.argmin(axis=1)
    rate = finer[rows, place]
    return Fits(floor[rows, place], drop[rows, place], np.exp(-rate) if form == "exponential" else rate, left[rows, place])


def _shape(lengths: Floats, rates: Floats, form: Form) -> Floats:
    """Give g(t), shape (rows, rates, t)."""
    return np.exp(-rates[:, :, None] * lengths) if form == "exponential" else lengths ** -rates[:, :, None]


def _line(shape: Floats, errors: Floats) -> tuple[Floats, Floats, Floats]:
    """Regress errors on the shape with floor and drop of at least 0; give both and the mean square. Broadcasts over leading axes."""
    mean, middle = shape.mean(axis=-1), errors.mean(axis=-1)
    centred = shape - mean[..., None]
    slope = (centred * errors).mean(axis=-1) / np.maximum((centred**2).mean(axis=-1), 1e-300)
    floor = middle - slope * mean
    through_zero = (shape * errors).mean(axis=-1) / (shape**2).mean(axis=-1)
    drop = np.where(slope < 0, 0.0, np.where(floor < 0, through_zero, slope))
    floor = np.where(slope < 0, middle, np.maximum(floor, 0.0))
    left = errors - floor[..., None] - drop[..., None] * shape
    return floor, drop, (left**2).mean(axis=-1)


def resampled_means(losses: Floats, groups: Integers, resamples: int = RESAMPLES, seed: int = 0) -> Floats:
    """Give the mean of each column of losses, then that of each resample of whole groups; the same groups in every column (paired).

    Formula: groups are drawn with replacement, as many as there are; the mean is the ratio of summed losses to drawn messages. Reference: Efron
    1979; Field and Welsh 2007 for clusters. For means and curves only (theory: statistics of rare types need the jackknife).

    Parameters
    ----------
    losses : array, shape (n, t)
        Loss of each message at each length.
    groups : array of int, shape (n,)
        Equal for messages that are no independent evidence.

    Returns
    -------
    array, shape (1 + resamples, t)
    """
    _, place = np.unique(groups, return_inverse=True)
    count = int(place.max()) + 1
    sums = np.stack([np.bincount(place, weights=column, minlength=count) for column in losses.T], axis=1)
    sizes = np.bincount(place, minlength=count).astype(float)
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=resamples).astype(float)
    weights = np.concatenate([np.ones((1, count)), drawn])
    return np.asarray((weights @ sums) / (weights @ sizes)[:, None])


def decaying_part(errors: Floats) -> int:
    """Give the place of the point from which errors decay. At least :data:`FEWEST_POINTS` points stay."""
    below = np.flatnonzero(errors < PLATEAU * errors.max())
    return min(int(below[0]) if len(below) else 0, max(len(errors) - FEWEST_POINTS, 0))


def decay_of(lengths: Floats, losses: Floats, groups: Integers, resamples: int = RESAMPLES, seed: int = 0) -> Decay:
    """Fit both forms to the decaying part of the mean losses, and again to every resample of whole groups of messages.

    Parameters
    ----------
    lengths : array, shape (t,)
        Lengths above 0, ascending, at least :data:`FEWEST_POINTS`.
    losses : array, shape (n, t)
        Loss of each message at each length: 0 or 1, or a probability.
    groups : array of int, shape (n,)
    """
    means = resampled_means(losses, groups, resamples, seed)
    start = decaying_part(means[0])
    part, rows = lengths[start:].astype(float), means[:, start:]
    return Decay(fit_decay(part, rows), fit_decay(part, rows, "power"), float(lengths[-1]))


def length_to(decay: Decay, tolerance: float, level: float = 0.95) -> Reached:
    """Give the length at which the error falls to the tolerance, ``t* = ln((tau - c) / (a - c)) / ln rho``, with a percentile interval.

    No length is given when the curve, or more than :data:`LARGEST_UNREACHABLE` of the resamples, reaches the tolerance never (infinite length) or
    only beyond :data:`FURTHEST` times the longest length. ``shortest`` is the lower end of the interval all the same.
    """
    found = decay.lengths_to(tolerance)
    never, limit = float(np.mean(np.isinf(found[1:]))), FURTHEST * decay.longest
    beyond = float(np.mean(found[1:] > limit))
    low, high = (float(end) for end in np.quantile(found[1:], [(1 - level) / 2, (1 + level) / 2], method="nearest"))
    if found[0] > limit or beyond > LARGEST_UNREACHABLE:
        return Reached(None, None, never, beyond, min(low, float(found[0])))
    value = float(found[0])
    return Reached(value, (min(low, value), max(high, value)), never, beyond, min(low, value))


def _reached(fits: Fits, tolerance: float, form: Form) -> Floats:
    share = np.divide(tolerance - fits.floor, fits.drop, out=np.zeros(len(fits.drop)), where=fits.drop > 0)
    # a curve that already begins below the tolerance reaches it at once
    share = np.where((fits.drop <= 0) & (tolerance > fits.floor), 1.0, np.minimum(share, 1.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        length = np.log(share) / np.log(fits.rate) if form == "exponential" else share ** (-1 / fits.rate)
    return np.where(share > 0, length, np.inf)


def _with_interval(values: Floats, level: float) -> tuple[float, tuple[float, float]]:
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2])
    return float(values[0]), (min(float(low), float(values[0])), max(float(high), float(values[0])))
