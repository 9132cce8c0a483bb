"""Two real models of the ring language's text: a back-off n-gram model and a small neural network. Both give the distribution of the next letter."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.documents.predictability import absolute_discount
from tests.validation.proof.prompts import ALPHABET, SYMBOLS

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]

ORDER = 6
"""Letters of the longest n-gram that is tried; because on the development draws shorter ones had the least loss on held-out text of any size."""

HIDDEN, BATCH, RATE = 64, 512, 0.005
"""Hidden units, letters of a step, rate of learning; because on the development draws 128 units or smaller steps gained nothing on held-out text."""

MOST_PASSES, MOST_MESSAGES = 20, 180_000
"""Passes over the text, and messages read in all of them, at most: two passes over 90,000 take about a minute on one core."""

HELD_OUT, JUDGED = 0.1, 500
"""Share of the text that is not learned from, as published, and messages of it that decide when to stop."""

MEMORY = 4
"""Whole messages that the network remembers before the one under way: as many as the longest prompts have."""

LEAST = 1e-12
"""Least probability, as in single precision the softmax gives 0 for what it takes to be impossible."""

PAIRS = ALPHABET * ALPHABET
AT_ONCE = 1_000
"""Messages whose inputs are made at once: 90 MB."""


def parted(text: Integers) -> tuple[Integers, Integers]:
    """Part a text into the nine tenths that are learned from, and the first messages of the last tenth."""
    cut = len(text) - max(round(HELD_OUT * len(text)), 1)
    return text[:cut], text[cut : cut + JUDGED]


def loss_of(found: Floats, letters: Integers) -> float:
    """Give the mean ``-log p`` of letters in nats, shapes (n, 19) and (n,); probabilities below :data:`LEAST` count as that."""
    return -float(np.log(np.maximum(found[np.arange(len(letters)), letters], LEAST)).mean())


class BackOff:
    """Interpolated n-grams of letters with absolute discounting (Ney, Essen and Kneser 1994), as long as held-out text says.

    Formula: ``p(w|h) = (max(c(hw) - D, 0) + D T(h) p(w|h')) / c(h)`` with T(h) different letters seen after h, h' without its first letter, down to
    1/19, and ``D = n1 / (n1 + 2 n2)`` for each length. Counts of shorter n-grams are left as they are: Kneser and Ney 1995 count the letters that
    stand before them, and here all do. Counted on nine tenths of the text; the length is that with the least loss on messages of the last tenth.
    After the first letter of a message n letters reach n - 3 letters back into the message before, and never into an earlier one.

    Attributes
    ----------
    order : int
        Letters of the n-grams, the one that is foretold among them.
    loss : float
        Mean -log p on the held-out letters, in nats.
    """

    def __init__(self, text: Integers) -> None:
        """Count the n-grams of a text, shape (messages, 22), read as one row of letters."""
        known, judged = parted(text)
        letters = known.ravel()
        self.counts: list[tuple[Integers, Integers, float]] = []
        for length in range(1, ORDER + 1):
            windows = np.lib.stride_tricks.sliding_window_view(letters, length)
            codes, counts = np.unique(windows @ SYMBOLS ** np.arange(length)[::-1], return_counts=True)
            self.counts.append((codes, counts, absolute_discount(int((counts == 1).sum()), int((counts == 2).sum()))))
        windows = np.lib.stride_tricks.sliding_window_view(judged.ravel(), ORDER)
        losses = [loss_of(found, windows[:, -1]) for found in self._by_length(windows[:, :-1])]
        self.order, self.loss = int(np.argmin(losses)) + 1, float(min(losses))

    def next_letters(self, contexts: Integers) -> Floats:
        """Give the distribution after each context, shapes (n, length) and (n, 19); at least five letters are given."""
        return next(found for length, found in enumerate(self._by_length(contexts), 1) if length == self.order)

    def _by_length(self, contexts: Integers) -> Iterator[Floats]:
        found = np.full((len(contexts), SYMBOLS), 1 / SYMBOLS)
        before = np.zeros(len(contexts), dtype=np.int64)
        for length, (codes, counts, discount) in enumerate(self.counts):
            if length:
                before = before + contexts[:, -length] * SYMBOLS ** (length - 1)
            asked = before[:, None] * SYMBOLS + np.arange(SYMBOLS)
            places = np.searchsorted(codes, asked).clip(max=len(codes) - 1)
            seen = np.where(codes[places] == asked, counts[places], 0)
            total = seen.sum(axis=1, keepdims=True)
            freed = discount * (seen > 0).sum(axis=1, keepdims=True)
            found = np.where(total > 0, (np.maximum(seen - discount, 0) + freed * found) / np.maximum(total, 1), found)
            yield found


class Network:
    """One hidden layer (rectified linear units) over a summary of the letters so far, softmax over the next letter, trained with Adam.

    Inputs: how often each pair of letters stands in the message under way, in the message before it, and in the three before that (a third each);
    the last letter; the place in the message. That is enough to compute the exact posterior, as the likelihood of a message depends on its pairs
    alone; a transformer must find such a summary by itself. While it learns, each message is shown with 0 to 4 of the messages before it, drawn at
    random, as published training on blocks that begin anywhere does. After each pass over nine tenths of the text the loss on messages of the last
    tenth is measured; the last pass that lowered it is kept.
    """

    def __init__(self, text: Integers, seed: int = 0) -> None:
        """Learn from a text, shape (messages, 22)."""
        from sklearn.neural_network import MLPClassifier

        random = np.random.default_rng(seed)
        known, judged = parted(text)
        model = MLPClassifier((HIDDEN,), batch_size=BATCH, learning_rate_init=RATE, alpha=0.0, random_state=seed)
        self.model: Any = None
        self.passes, self.loss = 0, np.inf
        inputs, targets = _inputs(judged, _memories(judged, random)), judged.ravel()
        for _ in range(min(MOST_PASSES, max(MOST_MESSAGES // len(known), 1))):
            memories = _memories(known, random)
            for start in random.permutation(np.arange(0, len(known), AT_ONCE)):
                part = slice(start, start + AT_ONCE)
                model.partial_fit(_inputs(known[part], [bag[part] for bag in memories]), known[part].ravel(), classes=np.arange(SYMBOLS))
            loss = loss_of(model.predict_proba(inputs), targets)
            if loss >= self.loss:
                break
            self.model, self.loss, self.passes = deepcopy(model), loss, self.passes + 1

    def next_letters(self, contexts: Integers) -> Floats:
        """Give the distribution after prompts of whole messages and the first letter of another, shapes (n, 22 m + 1) and (n, 19)."""
        n, size = contexts.shape
        messages = contexts[:, :-1].reshape(n, size // 22, 22)
        bags = [_bag(messages[:, place]) for place in range(messages.shape[1])][::-1]
        nothing = np.zeros((n, PAIRS), np.float32)
        earlier = [nothing, *bags[1:MEMORY]]
        memory: list[Singles] = [bags[0] if bags else nothing, np.sum(earlier, axis=0) / np.float32(MEMORY - 1)]
        under_way = np.zeros((n, 22), dtype=np.int64)  # what stands behind the first letter is not looked at
        under_way[:, 0] = contexts[:, -1]
        inputs = _inputs(under_way, memory).reshape(n, 22, -1)[:, 1]
        return np.asarray(np.maximum(self.model.predict_proba(inputs), LEAST), dtype=float)


def _bag(messages: Integers) -> Singles:
    """Count the pairs of neighbouring letters of each message, shapes (n, 22) and (n, 324); pairs with the newline are none."""
    codes = messages[:, :-2] * ALPHABET + messages[:, 1:-1] + PAIRS * np.arange(len(messages))[:, None]
    return np.bincount(codes.ravel(), minlength=PAIRS * len(messages)).reshape(-1, PAIRS).astype(np.float32)


def _memories(text: Integers, random: np.random.Generator) -> list[Singles]:
    """Give the bag of the message before and a third of the sum of those of the three before that, of as many as each message is shown with."""
    bags = _bag(text)
    shown = np.minimum(random.integers(MEMORY + 1, size=len(text)), np.arange(len(text)))
    last, earlier = np.zeros_like(bags), np.zeros_like(bags)
    last[shown >= 1] = bags[np.flatnonzero(shown >= 1) - 1]
    for back in range(2, MEMORY + 1):
        rows = np.flatnonzero(shown >= back)
        earlier[rows] += bags[rows - back] / (MEMORY - 1)
    return [last, earlier]


def _inputs(messages: Integers, memory: list[Singles]) -> Singles:
    """Describe what is known before each letter of messages, shapes (n, 22) and (22 n, inputs)."""
    n, length = messages.shape
    rows = np.arange(n)
    under_way = np.zeros((n, length, PAIRS), np.float32)
    for place in range(2, length):
        under_way[rows, place, messages[:, place - 2] * ALPHABET + messages[:, place - 1]] = 1
    last = np.full((n, length), ALPHABET)
    last[:, 1:] = messages[:, :-1]
    parts = [
        under_way.cumsum(axis=1, dtype=np.float32),
        *(np.broadcast_to(bag[:, None], (n, length, PAIRS)) for bag in memory),
        np.eye(SYMBOLS, dtype=np.float32)[last],
        np.broadcast_to(np.eye(length, dtype=np.float32), (n, length, length)),
    ]
    return np.concatenate(parts, axis=2).reshape(n * length, -1)
