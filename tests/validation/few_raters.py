"""Do the intervals from all pairs of two to nine raters hold, and what do further raters gain? ``python -m tests.validation.few_raters``.

Raters are drawn from made shares of labels, whose disagreement and smallest error are known. Each figure: share of 400 draws in which the 95 %
interval of the disagreement held the true one, and its mean width; the same of the bound [h(l), u] and the smallest error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators import clopper_pearson, least_error
from corpuskit.estimators.labels.double_coding import pairs_that_differ, worth_of_pairs

Floats = NDArray[np.float64]
Shares = Callable[[np.random.Generator, int], Floats]
DRAWS, KNOWN = 400, 400_000
PEOPLE, ITEMS = (2, 3, 5, 9), (60, 200)


def _mostly_clear(random: np.random.Generator, n: int) -> Floats:
    hard = random.random(n) < 0.15
    return np.where(hard[:, None], [0.5, 0.45, 0.05], [0.96, 0.02, 0.02])


def _line(random: np.random.Generator, n: int) -> Floats:
    place = random.random(n)
    return np.stack([np.maximum(place, 1 - place), np.minimum(place, 1 - place)], axis=1)


KINDS: dict[str, Shares] = {
    "four labels, shares from a Dirichlet distribution (.3)": lambda random, n: random.dirichlet(np.full(4, 0.3), n),
    "three labels, every seventh message between two": _mostly_clear,
    "two labels, .8 and .2 for every message": lambda _, n: np.tile([0.8, 0.2], (n, 1)),
    "two labels, shares even from 0 to 1": _line,
    "two labels, one message in thirty between them": lambda random, n: np.where(random.random((n, 1)) < 1 / 30, [0.5, 0.5], [1.0, 0.0]),
}


def main() -> None:
    random = np.random.default_rng(0)
    sys.stdout.write("| shares | raters | messages | disagreement held | width | bound held | width |\n|---|---|---|---|---|---|---|\n")
    for name, shares in KINDS.items():
        every = shares(random, KNOWN)
        truth = float((1 - (every**2).sum(axis=1)).mean()), float((1 - every.max(axis=1)).mean())
        for people in PEOPLE:
            for items in ITEMS:
                found = np.array([_draw(random, shares(random, items), people, *truth) for _ in range(DRAWS)], float).mean(axis=0)
                told = " | ".join(f"{one:.3f}" for one in found)
                sys.stdout.write(f"| {name} | {people} | {items} | {told} |\n")
                sys.stdout.flush()


def _draw(random: np.random.Generator, shares: Floats, people: int, disagreement: float, error: float) -> tuple[bool, float, bool, float]:
    votes = np.stack([random.multinomial(people, one) for one in shares]).astype(np.int64)
    differs = pairs_that_differ(votes)
    worth, rate = worth_of_pairs(differs, votes.sum(axis=1), float(len(shares))), float(differs.mean())
    low, high = clopper_pearson(rate * worth, worth)
    least = least_error(low, int((votes.sum(axis=0) > 0).sum()))
    return low <= disagreement <= high, high - low, least <= error <= high, high - least


if __name__ == "__main__":
    main()
