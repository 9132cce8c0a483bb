"""The ring language: messages whose intention is known exactly.

It is that of H. Jiang (arXiv 2304.09960): six intentions in a ring, each a Markov chain on three letters of its own; ambiguity is
added to every transition. With letters spread over all intentions from the start, the exact posterior of every message is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Start = Literal["own", "uniform"]

INTENTIONS = 6
LETTERS = 3
"""Letters of one intention's own block."""

ALPHABET = INTENTIONS * LETTERS
STEPS = 20
MATRIX_SEED = 1713
"""Seed of the transition matrices in the published simulation."""


@dataclass(frozen=True, eq=False)
class RingMessages:
    """Messages of the ring language.

    Attributes
    ----------
    letters : array of int, shape (n, steps + 1)
        Letters 0..17 of each message.
    intentions : array of int, shape (n,)
        Intention 0..5 that wrote it.
    posterior : array, shape (n, 6)
        Probability of each intention given the transitions (the first letter is not scored; under a uniform start it tells nothing).
    """

    letters: NDArray[np.int64]
    intentions: NDArray[np.int64]
    posterior: NDArray[np.float64]

    @property
    def error(self) -> float:
        """Share of messages whose most probable intention is not the true one."""
        return float((self.posterior.argmax(axis=1) != self.intentions).mean())

    @property
    def expected_error(self) -> float:
        """Mean of ``1 - max posterior``: the Bayes error under a uniform start, with less noise than :attr:`error`."""
        return float(1 - self.posterior.max(axis=1).mean())

    @property
    def expected_disagreement(self) -> float:
        """Mean of ``1 - sum posterior^2``: how often two people who draw an intention from the posterior disagree."""
        return float(1 - (self.posterior**2).sum(axis=1).mean())

    @property
    def conditional_entropy(self) -> float:
        """Entropy of the intention given the message, in bits: mean of ``-sum posterior log2 posterior``."""
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(self.posterior > 0, -self.posterior * np.log2(self.posterior), 0.0)
        return float(terms.sum(axis=1).mean())

    def texts(self) -> list[str]:
        """Write the messages in the letters a to r."""
        return ["".join(chr(97 + letter) for letter in row) for row in self.letters]


def ring_matrices(ambiguity: float, seed: int = MATRIX_SEED) -> NDArray[np.float64]:
    """Make the transition matrices.

    Each intention has a 3 x 3 matrix of uniform numbers with rows scaled to 1, placed on its own block of an 18 x 18 zero matrix; ``ambiguity`` is
    then added to every entry and rows are scaled again.

    Parameters
    ----------
    ambiguity : float
        Added to every entry; 0 gives a language without ambiguity.
    seed : int
        Seed of NumPy's legacy generator.

    Returns
    -------
    array, shape (6, 18, 18)
        Row-stochastic, except for rows of letters outside the own block when the ambiguity is 0.
    """
    random = np.random.RandomState(seed)
    matrices = np.zeros((INTENTIONS, ALPHABET, ALPHABET))
    for intention in range(INTENTIONS):
        block = slice(intention * LETTERS, (intention + 1) * LETTERS)
        own = random.rand(LETTERS, LETTERS)
        matrices[intention, block, block] = own / own.sum(axis=1, keepdims=True)
    matrices += ambiguity
    totals = matrices.sum(axis=2, keepdims=True)
    return np.asarray(np.divide(matrices, totals, out=np.zeros_like(matrices), where=totals > 0))


def chernoff_coefficient(ambiguity: float, steps: int = STEPS) -> float:
    """Give the factor by which each further message of the same intention shrinks the error in the long run, under a uniform start.

    Formula: ``max_{i<j} min_l sum_x q_i(x)^l q_j(x)^(1-l)`` (Chernoff 1952); the sum over all messages is ``1' M^steps 1 / 18`` with
    ``M = P_i^l P_j^(1-l)`` entry by entry, minimised over l = .01 .. .99.

    Parameters
    ----------
    ambiguity : float
        Above 0.
    steps : int
        Transitions of a message.
    """
    matrices = ring_matrices(ambiguity)
    weights = np.linspace(0.01, 0.99, 99)
    worst = 0.0
    for one in range(INTENTIONS):
        for other in range(one):
            sums = []
            for weight in weights:
                reached = np.full(ALPHABET, 1 / ALPHABET)
                both = matrices[one] ** weight * matrices[other] ** (1 - weight)
                for _ in range(steps):
                    reached = reached @ both
                sums.append(float(reached.sum()))
            worst = max(worst, min(sums))
    return worst


def ring_messages(
    n: int, ambiguity: float, start: Start = "uniform", steps: int = STEPS, seed: int = 0, prior: NDArray[np.float64] | None = None
) -> RingMessages:
    """Draw messages with intentions that are equally frequent, as along the ring in the long run, or as frequent as ``prior`` says.

    Parameters
    ----------
    n : int
        Number of messages.
    ambiguity : float
        See :func:`ring_matrices`; above 0 under a uniform start.
    start : {"own", "uniform"}
        Whether the first letter is drawn from the intention's own block, as published (then the true posterior error is 0, because that letter gives
        the intention away, and the published ambiguity ignores it), or from all 18.
    steps : int
        Transitions after the first letter.
    seed : int
        Seed of the draws.
    prior : array, shape (6,), optional
        Probability of each intention; the posterior takes it into account.

    Returns
    -------
    RingMessages
    """
    random = np.random.default_rng(seed)
    matrices = ring_matrices(ambiguity)
    reach = matrices.cumsum(axis=2)
    intentions = random.integers(INTENTIONS, size=n) if prior is None else random.choice(INTENTIONS, n, p=prior)
    letters = np.zeros((n, steps + 1), dtype=np.int64)
    letters[:, 0] = random.integers(ALPHABET, size=n) if start == "uniform" else intentions * LETTERS + random.integers(LETTERS, size=n)
    with np.errstate(divide="ignore"):
        logs = np.log(matrices)
    with np.errstate(divide="ignore"):
        scores = np.zeros((n, INTENTIONS)) if prior is None else np.tile(np.log(prior), (n, 1))
    for step in range(steps):
        now = letters[:, step]
        limits = reach[intentions, now]
        draws = random.random(n) * limits[:, -1]
        letters[:, step + 1] = (draws[:, None] >= limits).sum(axis=1)
        scores += logs[:, now, letters[:, step + 1]].T
    scores -= scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    return RingMessages(letters, intentions, weights / weights.sum(axis=1, keepdims=True))
