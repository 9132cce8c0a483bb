"""Languages that part predictability from ambiguity: hard to foresee and unambiguous, easy to foresee and ambiguous."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class TemplateMessages:
    """Messages with two intentions.

    Attributes
    ----------
    texts : tuple of str
        The messages, words parted by spaces.
    intentions : array of int, shape (n,)
        Intention 0 or 1 of each.
    error : float
        Bayes error.
    entropy : float
        Entropy of a word given all before it, in nats, averaged over the words of a message.
    """

    texts: tuple[str, ...]
    intentions: NDArray[np.int64]
    error: float
    entropy: float


def forms_apart(n: int, words: int = 500, length: int = 8, seed: int = 0) -> TemplateMessages:
    """Draw messages of words that are all equally likely, each intention with words of its own: no ambiguity, and nothing can be foreseen.

    The first word costs ``log(2 words)`` nats, each later one ``log(words)``.
    """
    random = np.random.default_rng(seed)
    intentions = random.integers(2, size=n)
    drawn = random.integers(words, size=(n, length))
    texts = tuple(" ".join(f"{'ab'[intention]}{word}" for word in row) for intention, row in zip(intentions, drawn, strict=True))
    return TemplateMessages(texts, intentions.astype(np.int64), 0.0, float(np.log(words) + np.log(2) / length))


def one_form_shared(n: int, error: float = 0.4, length: int = 8, seed: int = 0) -> TemplateMessages:
    """Draw messages from two fixed sentences; each is meant otherwise than usual with probability ``error`` (below one half).

    Only the first word is open: ``log 2`` nats per message. The same words serve both intentions, so nothing inside a message resolves them.
    """
    random = np.random.default_rng(seed)
    form = random.integers(2, size=n)
    intentions = np.where(random.random(n) < error, 1 - form, form)
    sentences = [" ".join(f"{'pq'[which]}{word}" for word in range(length)) for which in range(2)]
    return TemplateMessages(tuple(sentences[which] for which in form), intentions.astype(np.int64), error, float(np.log(2) / length))
