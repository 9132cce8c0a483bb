"""Does the bound of two coders hold on real double coding? ``python -m tests.validation.double_coding FILE``.

``FILE`` holds one JSON object a line with ``annotator_labels`` of three people. In each draw 200 items get a random pair of their three labels. The
truth, 1 less the mean largest share of the three labels, is biased down with three people, so larger draws, whose bound is narrower than that bias,
would not be a fair test.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from corpuskit.estimators import clopper_pearson, least_error
from corpuskit.estimators.agreement import krippendorff_alpha

DRAWS, ITEMS = 500, 200


def main() -> None:
    with gzip.open(Path(sys.argv[1]), "rt", encoding="utf-8") as stream:
        given = [json.loads(line)["annotator_labels"] for line in stream]
    rows = [labels for labels in given if len(labels) == 3 and all(labels)]
    names = sorted({label for labels in rows for label in labels})
    codes = np.array([[names.index(label) for label in labels] for labels in rows])
    truth = 1 - float(np.mean([np.bincount(row).max() / 3 for row in codes]))
    random, held, ends = np.random.default_rng(0), 0, []
    for _ in range(DRAWS):
        items = codes[random.choice(len(codes), ITEMS, replace=False)]
        pairs = np.take_along_axis(items, np.argsort(random.random(items.shape), axis=1)[:, :2], axis=1)
        differing = int((pairs[:, 0] != pairs[:, 1]).sum())
        low, high = clopper_pearson(float(differing), float(ITEMS))
        bound = least_error(low, len(names)), high
        ends.append(bound)
        held += bound[0] <= truth <= bound[1]
    means = np.mean(ends, axis=0)
    alpha = krippendorff_alpha(codes)
    told = "" if alpha is None else f"; alpha of all three {alpha.value:.3f}"
    sys.stdout.write(
        f"{len(rows):,} items ({len(given) - len(rows)} without three labels left out), {len(names)} labels{told}\n"
        f"truth {truth:.4f}; the bound holds it in {held} of {DRAWS} draws of {ITEMS}; mean bound {means[0]:.3f} to {means[1]:.3f}\n"
    )


if __name__ == "__main__":
    main()
