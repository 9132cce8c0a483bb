"""What the names of categories say about messages that nobody labelled: how each message reads, how firmly, and what competes.

Without labels the share of messages that names lead wrong is not identified. Two readings stand on either side of it where names speak of what
messages are about: the share whose nearest name is another one once only half of the messages are read with it (too low: what is wrong may be
firmly wrong), and the share of the reading that goes to names beside the nearest (too high: the reading is soft).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import stdtrit

from corpuskit.counts import UnlabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.category_names import name_features
from corpuskit.estimators.definitions.definition_space import DefinitionView, definition_view, leads_of_nearest, margins, written_alike
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.estimators.resampling import effective_size

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SHARPENED = 2.5
"""Power to which the shares of a reading are raised; because then one less the mean largest share lay .001 above the true share of messages led
wrong, in the mean over 60 made tables of 3 to 30 development classes of banking77 and clinc150 (mean distance .066); 2 gave .048 and 3 -.029
(``reports/validation/names_alone.md``)."""

CLOSE = 0.5
"""Share of the second name, as part of that of the nearest, from which a message is a close call between the two; because with .7 labels confused as
many of the competing pairs (.77 for .74), but 13 were found in place of 27."""

COMPETES = 0.25
"""Share of the messages of either name that are close calls with the other, from which the two compete; because of 27 such pairs in those 60 tables
20 drew a tenth or more of each other's messages, which one in 29 of all pairs does."""

HARDLY = 0.1
"""Upper end of a name's lead, in the messages nearest to it, below which it marks out hardly any of its own; because of 33 such names in those 60
tables 18 found less than half of their messages, which one in eight of all 798 names did."""

STRANGE = 0.5
"""Wording that a name shares with the messages that it draws, in that of messages with the name most like them, below which these may be another's;
because of 150 such names in 60 tables like those, each with a fifth more names of classes that no message belonged to, 104 were such and 127 found a
fifth or less of what they drew to be theirs; read again without them, .197 of the messages were led wrong for .245, which .4 and .6 lowered less
(``reports/validation/names_alone.md``)."""

FEWEST_INFORMED = 2
"""Names that share something with some but not all messages; because with fewer there is nothing to choose between."""

FEWEST_DRAWN = 10
"""Messages that a name draws, from which their wording is judged; because with fewer one or two of them decide."""

FEWEST_CLOSE = 10
"""Close calls that two names need to count as competing, because with fewer the share is uncertain by more than itself."""


@dataclass(frozen=True, eq=False)
class NamesAlone:
    """Messages read by the names of categories.

    Attributes
    ----------
    messages : UnlabelledMessages
    chosen : int64 array
        Positions in ``messages`` that are read.
    features : csr_matrix
        Their features.
    names : csr_matrix
        Features of the names with their descriptions.
    seed : int
    """

    messages: UnlabelledMessages
    chosen: Integers
    features: csr_matrix
    names: csr_matrix
    seed: int

    @property
    def n(self) -> int:
        """Number of messages that are read."""
        return len(self.chosen)

    @cached_property
    def groups(self) -> Integers:
        """Equal for copies and near copies."""
        return link_near_copies(self.features, self.messages.fold_groups[self.chosen]) if self.n else self.chosen

    @cached_property
    def effective_n(self) -> float:
        """How many independent messages they are worth."""
        return effective_size(np.bincount(self.groups).astype(float)) if self.n else 0.0

    @cached_property
    def view(self) -> DefinitionView:
        """The names among the messages."""
        return definition_view(self.features, self.names, seed=self.seed)

    @property
    def informed(self) -> int:
        """Number of names that share something with some but not all messages."""
        return int(self.view.informed.sum())

    @property
    def tells(self) -> bool:
        """Whether there is anything to choose between: at least :data:`FEWEST_INFORMED` such names."""
        return self.informed >= FEWEST_INFORMED

    @cached_property
    def nearest(self) -> Integers:
        """Number of the name nearest to each message, -1 where two are equally near."""
        return nearest_of(self.view)


def read_by_names(messages: UnlabelledMessages, most: int, seed: int = 0) -> NamesAlone:
    """Read messages by the names of the categories; of more than ``most`` as many, drawn at random."""
    chosen = np.arange(messages.n)
    if messages.n > most:
        chosen = np.sort(np.random.default_rng(seed).permutation(messages.n)[:most])
    names = name_features(messages.names, messages.description_features)
    return NamesAlone(messages, chosen, csr_matrix(messages.features[chosen]), names, seed)


def nearest_of(view: DefinitionView) -> Integers:
    """Give the name nearest to each message, -1 where two are equally near. Shape (n,)."""
    return np.where(margins(view.scores) > 0, view.scores.argmax(axis=1), -1).astype(np.int64)


def expected_error(reading: Floats) -> float:
    """Give the share of messages led wrong that the reading itself expects.

    Formula: ``1 - mean_i max_k r_ik^t / sum_j r_ij^t`` with t :data:`SHARPENED`. Model-relative: it knows nothing of what names leave out.

    Parameters
    ----------
    reading : array, shape (n, K)
        Shares of 1 for each message.
    """
    sharp = reading**SHARPENED
    return float(1 - (sharp.max(axis=1) / sharp.sum(axis=1)).mean())


def unsettled(read: NamesAlone) -> NDArray[np.bool_]:
    """Tell for each message whether its nearest name is another one, or none, once only a random half of the messages is read with it.

    Copies and near copies stay in one half. Shape (n,).
    """
    codes = np.unique(read.groups, return_inverse=True)[1]
    first = np.random.default_rng(read.seed).permutation(int(codes.max(initial=-1)) + 1)[codes] % 2 == 0
    found = np.ones(read.n, np.bool_)
    for half in (np.flatnonzero(first), np.flatnonzero(~first)):
        if len(half):
            alone = nearest_of(definition_view(csr_matrix(read.features[half]), read.names, seed=read.seed))
            found[half] = (alone != read.nearest[half]) | (alone < 0)
    return found


def between_readings(read: NamesAlone, level: float = 0.95) -> tuple[float, float]:
    """Give the interval between the two readings that stand beside the share led wrong, each widened by its exact interval.

    Low: lower end of the share of :func:`unsettled` messages; high: upper end of ``1 - mean_i max_k r_ik``, taken as a rate at the effective number
    of messages (Clopper and Pearson 1934). It held the true share in 59 of 60 made tables (:data:`SHARPENED`; mean width .44) and in 30 of 30 made
    of the report part's classes. In none of five did it where names spoke of something that messages do not spell (mood, logical relation, a field of
    the news), in another language than the messages, or where most messages belonged to "Other": there the true share lay above it.
    """
    worth = read.effective_n
    low = clopper_pearson(float(unsettled(read).mean()) * worth, worth, level)[0]
    return low, clopper_pearson(float(1 - read.view.reading.max(axis=1).mean()) * worth, worth, level)[1]


def leads_by_name(read: NamesAlone, level: float = 0.95) -> dict[int, tuple[float, float, float]]:
    """Give, for each name that shares something with messages, its mean lead in the messages nearest to it, and the interval.

    Leads are those of :func:`~corpuskit.estimators.definitions.definition_space.unlabelled_match`; Student's t at the effective number of these
    messages, cut at -1 and 1. It tells of other messages read with the same names, not of another reading.
    """
    found = {}
    for code, leads in enumerate(leads_of_nearest(read.view)):
        if not read.view.informed[code]:
            continue
        independent = max(len(leads) * read.effective_n / read.n, 2.0)
        error = float(leads.std(ddof=1)) / independent**0.5 if len(leads) > 1 else 1.0
        width = float(stdtrit(independent - 1, (1 + level) / 2)) * error
        middle = float(leads.mean())
        found[code] = (middle, max(middle - width, -1.0), min(middle + width, 1.0))
    return found


def shared_wording(read: NamesAlone) -> dict[int, float]:
    """Give, for each name that draws enough messages, how much wording they share with it, as part of what messages share with a name at all.

    Formula: mean over the messages nearest to name k of their cosine with it as written, over the mean of all messages of the largest such cosine. A
    name draws messages by what they have in common with others too; where hardly any of them is worded like it, they may belong to no category that
    is named, or to another one.
    """
    alike = written_alike(read.features, read.names)
    most = float(alike.max(axis=1).mean()) if read.n else 0.0
    drawn = np.bincount(read.nearest[read.nearest >= 0], minlength=alike.shape[1])
    enough = np.flatnonzero((drawn >= FEWEST_DRAWN) & read.view.informed)
    return {int(code): float(alike[read.nearest == code, code].mean()) / most for code in enough} if most > 0 else {}


@dataclass(frozen=True, slots=True)
class CloseCalls:
    """Messages between two names.

    Attributes
    ----------
    counts : int64 array, shape (K, K)
        Messages nearest to the first name for which the second is a close call; those equally near to both in both directions.
    tied : int64 array, shape (K, K)
        Those equally near to both, in both directions.
    drawn : int64 array, shape (K,)
        Messages nearest to each name, those equally near to two counted with either.
    """

    counts: Integers
    tied: Integers
    drawn: Integers

    def share(self) -> Floats:
        """Close calls as part of the messages nearest to the first name."""
        return np.asarray(self.counts / np.maximum(self.drawn, 1)[:, None])

    def competing(self) -> tuple[tuple[int, int, int, float], ...]:
        """Give the pairs of names that compete: both numbers, their close calls, and these as part of the messages of both; the most first."""
        share, both = self.share(), self.counts + self.counts.T - self.tied
        drawn = self.drawn[:, None] + self.drawn[None, :] - self.tied
        pairs = np.argwhere(np.triu((np.minimum(share, share.T) >= COMPETES) & (both >= FEWEST_CLOSE), 1)).tolist()
        found = [(a, b, int(both[a, b]), float(both[a, b] / drawn[a, b])) for a, b in pairs]
        return tuple(sorted(found, key=lambda pair: (-pair[3], pair[0], pair[1])))


def close_calls(read: NamesAlone) -> CloseCalls:
    """Count, for each two names, the messages nearest to the first that the second comes close to (:data:`CLOSE`)."""
    view, rows = read.view, np.arange(read.n)
    classes = view.reading.shape[1]
    first, second = _two_nearest(view.scores)
    even = read.nearest < 0
    shares = view.reading.copy()
    shares[rows, first] = -1.0
    second = np.where(even, second, shares.argmax(axis=1))
    close = even | (view.reading[rows, second] >= CLOSE * view.reading[rows, first])

    def counted(chosen: NDArray[np.bool_]) -> Integers:
        pairs = np.bincount(first[chosen] * classes + second[chosen], minlength=classes**2)
        return np.asarray(pairs, np.int64).reshape(classes, classes)

    tied, once = counted(even), counted(close & ~even)
    tied = tied + tied.T
    drawn = np.bincount(first[~even], minlength=classes) + tied.sum(axis=1)
    return CloseCalls(once + tied, tied, np.asarray(drawn, np.int64))


def _two_nearest(scores: Floats) -> tuple[Integers, Integers]:
    """Give the two names nearest to each message."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return order[:, 0].astype(np.int64), order[:, 1].astype(np.int64)
