"""Does the bound of two coders hold on real double coding? ``python -m tests.validation.double_coding FILE``.

``FILE`` holds one JSON object a line with ``annotator_labels`` of three people. In each draw 200 items get a random pair of their three labels. The
truth, 1 less the mean largest share of the three labels, is biased down with three people, so larger draws, whose bound is narrower than that bias,
would not be a fair test.

Beside it stands the bound of these three people's own labels: two different ones of m people differ m/(m-1) times as often as a label differs from
another of the m, itself among them, so with ``D' = D (m-1)/m`` the error against one of the m is between ``h(D')`` and ``D'``.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators import clopper_pearson, least_error
from corpuskit.estimators.labels.agreement import krippendorff_alpha

DRAWS, ITEMS = 500, 200


class Held(NamedTuple):
    """How often the bound of two coders held: draws, those in which it held, the truth, the mean bound, the mean disagreement, items in a draw, and
    the draws in which the bound of these people's own labels held."""

    draws: int
    held: int
    truth: float
    bound: tuple[float, float]
    disagreement: float
    items: int
    held_of_people: int


def main() -> None:
    with gzip.open(Path(sys.argv[1]), "rt", encoding="utf-8") as stream:
        given = [json.loads(line)["annotator_labels"] for line in stream]
    rows = [labels for labels in given if len(labels) == 3 and all(labels)]
    codes, names = coded(rows)
    found = held_bounds(codes, len(names))
    alpha = krippendorff_alpha(codes)
    told = "" if alpha is None else f"; alpha of all three {alpha.value:.3f}"
    sys.stdout.write(
        f"{len(rows):,} items ({len(given) - len(rows)} without three labels left out), {len(names)} labels{told}\n"
        f"truth {found.truth:.4f}; the bound holds it in {found.held} of {found.draws} draws of {found.items}; "
        f"mean bound {found.bound[0]:.3f} to {found.bound[1]:.3f}; the bound of these people's own labels holds it in {found.held_of_people}\n"
    )


def coded(rows: Sequence[Sequence[str]]) -> tuple[NDArray[np.int64], list[str]]:
    """Number labels, shape (items, people), and give their names, sorted. Every item has as many labels."""
    names = sorted({label for labels in rows for label in labels})
    return np.array([[names.index(label) for label in labels] for labels in rows], np.int64), names


def held_bounds(codes: NDArray[np.int64], classes: int, draws: int = DRAWS, items: int = ITEMS, seed: int = 0) -> Held:
    """Give random pairs of the labels of some items to the bound, again and again, and hold it against the error of the best decoder.

    Parameters
    ----------
    codes : array of int, shape (n, people)
        Labels 0 .. K-1; at least two people.
    classes : int
        Number of labels K.
    draws, items, seed : int
        Items are drawn without replacement, all of them where there are fewer.
    """
    size, people = min(items, len(codes)), codes.shape[1]
    truth = 1 - float(np.mean([np.bincount(row).max() / people for row in codes]))
    random, held, of_people, ends, differing, own = np.random.default_rng(seed), 0, 0, [], 0, (people - 1) / people
    for _ in range(draws):
        chosen = codes[random.choice(len(codes), size, replace=False)]
        pairs = np.take_along_axis(chosen, np.argsort(random.random(chosen.shape), axis=1)[:, :2], axis=1)
        unlike = int((pairs[:, 0] != pairs[:, 1]).sum())
        low, high = clopper_pearson(float(unlike), float(size))
        bound = least_error(low, classes), high
        ends.append(bound)
        differing += unlike
        held += bound[0] <= truth <= bound[1]
        of_people += least_error(own * low, classes) <= truth <= own * high
    low, high = np.mean(ends, axis=0)
    return Held(draws, held, truth, (float(low), float(high)), differing / (draws * size), size, of_people)


if __name__ == "__main__":
    main()
