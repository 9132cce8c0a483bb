"""Clarity of each message: how surely the names of the categories and the language of the messages, read together, lead to one category.

Clarity ranks messages. It is no probability that an answer is right: what it is worth is shown by the error of the clearer messages against that of
the others, and by the risk-coverage curve.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.definition_space import DefinitionView, margins, mean_by_label, named_wrong
from corpuskit.estimators.resampling import effective_size

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
AmbiguityClass = Literal["unambiguous", "epsilon_ambiguous", "insufficient_evidence"]
Route = Literal["automate", "review", "person"]

STEPS = 10
"""Points of the risk-coverage curve, because with more of them intervals overlap from point to point."""

UNAMBIGUOUS = 0.05
"""Upper end of the error up to which messages count as unambiguous, because labels of well-kept
data sets are themselves wrong at about that rate (3.3 % on average, Northcutt and others 2021). Tasks may ask for less: their verdict judges that."""

DOMINANT = 0.5
"""Upper end of the error below which messages count as epsilon-ambiguous, because only below one half one intention outweighs all others together."""

LEADS_NOWHERE = float(np.nextafter(0.0, 1.0))
"""Smallest clarity above 0; because a clarity of 0 alone says that no category leads."""

STRIDE = 20
"""Steps in which the automated part is widened, because each step is a test and twentieths are as fine as anyone staffs."""


def language_reading(scores: Floats) -> Floats:
    """Turn cross-fitted scores of a classifier into shares of 1 for each message.

    Softmax of the scores in their standard deviation; a class without a score (-inf) has share 0, a message without any score equal shares.
    """
    known = np.isfinite(scores)
    spread = float(scores[known].std()) if known.any() else 0.0
    some = known.any(axis=1, keepdims=True)
    heights = np.where(some, scores / spread if spread > 1e-12 else np.where(known, 0.0, -np.inf), 0.0)
    return np.asarray(softmax(heights, axis=1))


def clarity(view: DefinitionView, language: Floats | None = None) -> Floats:
    """Give the clarity of each message, 0 to 1.

    The lead of the best category over the second in the reading by names; where there are labels, in the product of this reading and that of the
    language, scaled to sum 1, as of two independent readers. The label of the message itself is used by neither.

    Parameters
    ----------
    view : DefinitionView
        Reading by names, shape (n, K).
    language : array, shape (n, K), optional
        Reading by a classifier that did not see the message: :func:`language_reading`.

    Returns
    -------
    array, shape (n,)
        0 with fewer than two categories, and where two categories lead together.
    """
    return margins(view.reading if language is None else together(view, language))


def heard(view: DefinitionView, labels: Integers) -> DefinitionView:
    """Give the reading by names, or equal shares for every category where labels show that names are no reader to listen to.

    They are none where their nearest name errs at least as often as always naming the most frequent label; because in chabsa_polarity, jnli,
    unfair_tos and sib200_ja (development part, 200 and 1,500 labels), where they do, the right answers of a linear classifier were told from wrong
    ones at .73 (area under the curve, mean) without the names and at .69 with them.

    Parameters
    ----------
    view : DefinitionView
        Reading by names, shape (n, K).
    labels : array of int, shape (m,)
        Labels of the first m messages.
    """
    sizes = np.bincount(labels, minlength=view.reading.shape[1])
    if len(labels) == 0 or named_wrong(view.scores[: len(labels)], labels).mean() < 1 - sizes.max() / len(labels):
        return view
    return view._replace(reading=np.full(view.reading.shape, 1 / max(view.reading.shape[1], 1)))


def together(view: DefinitionView, language: Floats) -> Floats:
    """Give the product of the reading by names and that of the language, each message's shares scaled to sum 1 (zeros where the product is 0)."""
    both = view.reading * language
    whole = both.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(both, whole, out=np.zeros_like(both), where=whole > 0))


def category_clarity(view: DefinitionView, language: Floats, labels: Integers) -> Floats:
    """Give for each category how surely names and language, read together, lead its messages to it: the mean share of the category, 0 to 1.

    By this share categories are ranked; because it went with the right answers of sentence encoders by class at .62 and .55 where the sum of the
    ranks of definition match and of the lead of the language went at .57 and .54 (as for :func:`definition_match`).

    Parameters
    ----------
    view : DefinitionView
        Reading by names, shape (n, K).
    language : array, shape (n, K)
        Reading by a classifier that did not see the message: :func:`language_reading`.
    labels : array of int, shape (n,)

    Returns
    -------
    array, shape (K,)
        nan for a category without messages, or the only one.
    """
    classes = language.shape[1]
    if classes < 2:
        return np.full(classes, np.nan)
    return mean_by_label(together(view, language)[np.arange(len(labels)), labels], labels, classes)


class RiskPoint(NamedTuple):
    """Error among the clearest messages: their share, the error, its interval, how many they are."""

    coverage: float
    error: float
    low: float
    high: float
    n: int


def risk_coverage(clear: Floats, wrong: NDArray[np.bool_], groups: Integers, level: float = 0.95) -> tuple[RiskPoint, ...]:
    """Give the error among the clearest tenth, two tenths, and so on of the messages.

    References: El-Yaniv and Wiener 2010 (risk and coverage); exact intervals, Clopper and Pearson 1934, at the effective number of independent
    messages (Kish 1965). Messages of equal clarity stay in the order given. Points are not independent, each holds the one before.

    Parameters
    ----------
    clear : array, shape (n,)
    wrong : array of bool, shape (n,)
        Whether the answer for the message is wrong.
    groups : array of int, shape (n,)
        Equal for copies and near copies.
    level : float
    """
    order = np.argsort(-clear, kind="stable")
    sizes = sorted({round(len(order) * step / STEPS) for step in range(1, STEPS + 1)} - {0})
    return tuple(RiskPoint(size / len(order), *error_of(order[:size], wrong, groups, level), size) for size in sizes)


def error_of(chosen: Integers, wrong: NDArray[np.bool_], groups: Integers, level: float = 0.95) -> tuple[float, float, float]:
    """Give the error of some of the messages and its exact interval, copies counting as one; (nan, 0, 1) for none."""
    if len(chosen) == 0:
        return float("nan"), 0.0, 1.0
    rate, worth = float(wrong[chosen].mean()), _independent(groups[chosen])
    return rate, *clopper_pearson(rate * worth, worth, level)


def _independent(groups: Integers) -> float:
    return effective_size(np.unique(groups, return_counts=True)[1].astype(float))


def halves(clear: Floats) -> tuple[Integers, Integers]:
    """Give the rows of the clearer half and of the other half; the odd one belongs to the other half."""
    order = np.argsort(-clear, kind="stable").astype(np.int64)
    return order[: len(order) // 2], order[len(order) // 2 :]


def ambiguity_class(error_high: float | None) -> AmbiguityClass:
    """Name the class that a reader sees, from the upper end of an error rate against the labels.

    The error of any one method bounds the ambiguity from above, so a small one proves clarity. A large one proves nothing about the messages: a
    better method might do better. Then, and without labels, the evidence is insufficient.
    """
    if error_high is None or error_high >= DOMINANT:
        return "insufficient_evidence"
    return "unambiguous" if error_high <= UNAMBIGUOUS else "epsilon_ambiguous"


class Limits(NamedTuple):
    """Clarity from which messages are proposed for automation, and below which they go to a person; None where no message is."""

    automate: float | None
    person: float | None


def route_limits(clear: Floats, wrong: NDArray[np.bool_], groups: Integers, tolerance: float, level: float = 0.95) -> Limits:
    """Set the limits of the routes on labelled messages.

    Automate: the clearest part is widened by twentieths as long as the error of the part is below the tolerance by an exact test at
    ``1 - level``; the first part that fails ends it, which holds the probability of a wrong limit at ``1 - level``. It begins with the first part
    that would pass without an error. Person: the largest part at the
    other end in which answers are wrong at least as often as right. Reference: Learn then Test with fixed sequence, Angelopoulos and others 2021.

    Messages of equal clarity are never parted.

    Raises
    ------
    ValueError
        The tolerance is not between 0 and 1.
    """
    if not 0 < tolerance < 1:
        raise ValueError(f"The tolerance is {tolerance}; give a rate between 0 and 1, such as 0.05.")
    order = np.argsort(-clear, kind="stable")
    marks = np.unique(clear[order[[max(round(len(order) * step / STRIDE) - 1, 0) for step in range(1, STRIDE + 1)]]]) if len(order) else np.zeros(0)
    automate, person = None, None
    for mark in marks[::-1]:
        part = np.flatnonzero(clear >= mark)
        worth = _independent(groups[part])
        if clopper_pearson(0.0, worth, 2 * level - 1)[1] > tolerance:
            continue
        if clopper_pearson(float(wrong[part].mean()) * worth, worth, 2 * level - 1)[1] > tolerance:
            break
        automate = float(mark)
    for mark in marks:
        part = np.flatnonzero(clear < mark)
        if len(part) and wrong[part].mean() >= DOMINANT and (automate is None or mark <= automate):
            person = float(mark)
    return Limits(automate, person)


def route(clear: Floats, limits: Limits | None = None) -> tuple[tuple[int, Route], ...]:
    """Give each message its route, the clearest first.

    Without limits from labelled messages nothing is automated: a name that seems to fit proves nothing. Then messages that no category leads in go
    to a person, the rest to review.

    Parameters
    ----------
    clear : array, shape (n,)
    limits : Limits, optional
        From :func:`route_limits`.

    Returns
    -------
    tuple of (int, Route)
        Position in ``clear`` and route; messages of equal clarity in the order given.
    """
    chosen = limits or Limits(None, LEADS_NOWHERE)

    def of(value: float) -> Route:
        if chosen.automate is not None and value >= chosen.automate:
            return "automate"
        return "person" if chosen.person is not None and value < chosen.person else "review"

    return tuple((int(place), of(float(clear[place]))) for place in np.argsort(-clear, kind="stable"))
