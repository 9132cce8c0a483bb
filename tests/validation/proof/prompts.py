"""Text of the ring language as a model learns it, prompts of messages with one intention, and what a perfect reader expects next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpuskit.synthetic import RingMessages, ring_matrices, ring_messages

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

INTENTIONS, LETTERS, ALPHABET = 6, 3, 18
NEWLINE = ALPHABET
SYMBOLS = ALPHABET + 1
STAY = 0.5
"""Probability that the next message of the text has the intention of the one before; otherwise it has the next of the ring, as published."""


def messages_of(n: int, ambiguity: float, seed: int) -> RingMessages:
    """Draw messages as the protocol says: first letter of all 18, but of the own block without ambiguity, where others have no successor."""
    return ring_messages(n, ambiguity, start="uniform" if ambiguity > 0 else "own", seed=seed)


def ring_text(n: int, ambiguity: float, seed: int) -> Integers:
    """Write messages whose intentions follow the ring, each ended by a newline.

    Messages are independent given their intention, so they are drawn first and put in the order that the chain of intentions asks for.

    Returns
    -------
    array of int, shape (n, 22)
        Letters 0 to 17 and the newline, 18.
    """
    random = np.random.default_rng([seed, 1])
    moved = np.concatenate([[random.integers(INTENTIONS)], random.random(n - 1) >= STAY])
    wanted = np.cumsum(moved) % INTENTIONS
    most = np.bincount(wanted, minlength=INTENTIONS).max()
    pool = messages_of(int(INTENTIONS * (most + 5 * np.sqrt(most) + 10)), ambiguity, seed)
    letters = np.full((n, pool.letters.shape[1] + 1), NEWLINE, dtype=np.int64)
    for intention in range(INTENTIONS):
        places = np.flatnonzero(wanted == intention)
        letters[places, :-1] = pool.letters[np.flatnonzero(pool.intentions == intention)[: len(places)]]
    return letters


@dataclass(frozen=True, eq=False)
class Prompts:
    """Messages of one intention, and the first letter of a further one.

    Attributes
    ----------
    letters : array of int, shape (n, most, 22)
        The messages, with their newlines. A prompt of m messages has the last m of them, so prompts of different length end alike.
    first : array of int, shape (n,)
        First letter of the further message; the letter after it is asked about.
    intentions : array of int, shape (n,)
        The one intention of all of it.
    posterior : array, shape (n, most, 6)
        Posterior of each message alone under equally frequent intentions: its likelihoods, scaled to 1.
    matrices : array, shape (6, 18, 18)
        Transitions.
    """

    letters: Integers
    first: Integers
    intentions: Integers
    posterior: Floats
    matrices: Floats

    @property
    def truth(self) -> Floats:
        """Distribution of the next letter under the true intention, shape (n, 19)."""
        return self._next(np.eye(INTENTIONS)[self.intentions])

    def written(self, m: int) -> Integers:
        """Give the letters of the prompts of ``m`` messages, shape (n, 22 m + 1)."""
        n = len(self.first)
        return np.concatenate([self.letters[:, self.letters.shape[1] - m :].reshape(n, -1), self.first[:, None]], axis=1)

    def mixture(self, m: int, ring: bool) -> Floats:
        """Give the exact posterior mixture over intentions of the next letter's distributions, shape (n, 19).

        Parameters
        ----------
        m : int
            Messages of the prompt.
        ring : bool
            True: intentions change from message to message as in the text (forward algorithm, equally frequent at the start), which is what a perfect
            learner of the text expects. False: all messages are known to have one intention, as the theorems suppose.
        """
        change = STAY * np.eye(INTENTIONS) + (1 - STAY) * np.roll(np.eye(INTENTIONS), 1, axis=1) if ring else np.eye(INTENTIONS)
        weights = np.full((len(self.first), INTENTIONS), 1 / INTENTIONS)
        for message in range(self.letters.shape[1] - m, self.letters.shape[1]):
            weights = weights * self.posterior[:, message]
            weights = (weights / weights.sum(axis=1, keepdims=True)) @ change
        return self._next(weights)

    def _next(self, weights: Floats) -> Floats:
        """Mix the next letter's distributions; under a start of the own block the first letter is evidence, else it is none."""
        possible = self.matrices[:, self.first, :].sum(axis=2).T
        weights = weights * possible
        weights = weights / weights.sum(axis=1, keepdims=True)
        mixed = np.einsum("ni,inj->nj", weights, self.matrices[:, self.first, :])
        return np.concatenate([mixed, np.zeros((len(mixed), 1))], axis=1)


def draw_prompts(n: int, ambiguity: float, seed: int, most: int = 4) -> Prompts:
    """Draw ``n`` prompts whose intentions are equally frequent."""
    each = np.bincount(np.arange(n) % INTENTIONS, minlength=INTENTIONS)
    needed = int(each.max()) * (most + 1)
    pool = messages_of(int(INTENTIONS * (needed + 5 * np.sqrt(needed) + 10)), ambiguity, seed)
    rows = [np.flatnonzero(pool.intentions == intention)[: size * (most + 1)].reshape(-1, most + 1) for intention, size in enumerate(each)]
    chosen, intentions = np.concatenate(rows), np.repeat(np.arange(INTENTIONS), each)
    letters = np.concatenate([pool.letters, np.full((len(pool.letters), 1), NEWLINE)], axis=1)
    return Prompts(
        letters[chosen[:, :most]], pool.letters[chosen[:, most], 0], intentions, pool.posterior[chosen[:, :most]], ring_matrices(ambiguity)
    )


def divergence(truth: Floats, model: Floats) -> Floats:
    """Give KL(truth || model) of each row in nats; infinite where the model rules out what can happen."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(truth > 0, truth * (np.log(truth) - np.log(model)), 0.0)
    return np.asarray(terms.sum(axis=1), dtype=float)
