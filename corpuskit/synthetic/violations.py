"""What breaks the assumptions of the theory, done to messages on purpose, with the truth that follows where there is one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def with_label_noise(labels: Integers, classes: int, share: float, seed: int = 0) -> Integers:
    """Replace each label, with probability ``share``, by one drawn evenly from all classes (its own included)."""
    random = np.random.default_rng(seed)
    return np.where(random.random(len(labels)) < share, random.integers(classes, size=len(labels)), labels).astype(np.int64)


def error_with_label_noise(error: float, classes: int, share: float) -> float:
    """Give the Bayes error after :func:`with_label_noise`: ``R + r (1 - 1/K - R)``, exactly. Reference: Renggli et al. 2021."""
    return error + share * (1 - 1 / classes - error)


def repeated_posterior(posterior: Floats, times: int) -> tuple[Floats, Floats]:
    """Give the posterior of one message repeated, as it is and as someone believes who takes the copies for independent.

    Parameters
    ----------
    posterior : array, shape (n, intentions)
        Posterior of each message under equally frequent intentions.
    times : int
        How often the message is repeated.

    Returns
    -------
    right, believed : arrays, shape (n, intentions)
        Copies tell nothing new, so the right one is unchanged; the believed one is its power, scaled to 1: far too sure.
    """
    with np.errstate(divide="ignore"):
        logs = times * np.log(posterior)
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    return posterior, np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=float)


def near_copies(texts: Sequence[str], copies: int, alphabet: str = "abcdefghijklmnopqr", seed: int = 0) -> tuple[list[str], Integers]:
    """Follow every text by ``copies`` of itself with one letter changed.

    Returns
    -------
    texts : list of str
        Original, its copies, next original ...
    groups : array of int
        Number of the original of each.
    """
    random = np.random.default_rng(seed)
    made = []
    for text in texts:
        made.append(text)
        for _ in range(copies):
            place = int(random.integers(len(text)))
            made.append(text[:place] + alphabet[int(random.integers(len(alphabet)))] + text[place + 1 :])
    return made, np.repeat(np.arange(len(texts)), copies + 1).astype(np.int64)


def in_dialects(letters: Integers, sources: Integers, alphabet: int, seed: int = 0) -> Integers:
    """Give every source a language of its own: the letters of its messages are exchanged by a permutation that only this source uses.

    The posterior of a message given its source stays what it was; a model trained on other sources learns nothing about it.

    Parameters
    ----------
    letters : array of int, shape (n, length)
        Letters 0 .. alphabet-1.
    sources : array of int, shape (n,)
        Source 0 .. s-1 of each message.
    alphabet : int
        Number of letters.
    seed : int
        Seed of the permutations.
    """
    random = np.random.default_rng(seed)
    tables = np.array([random.permutation(alphabet) for _ in range(int(sources.max(initial=-1)) + 1)]).reshape(-1, alphabet)
    return np.asarray(tables[sources[:, None], letters], dtype=np.int64)
