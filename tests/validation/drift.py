"""How often do two random halves of one corpus raise an alarm of drift?

``python -m tests.validation.drift FOLDER [FOLDER ...] [--splits 100]``. Rows of tables and other documents are dealt on two halves at random; texts
that are equal are dealt together.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from corpuskit.counts import CorpusStats
from corpuskit.estimators.drift.language_drift import Drift, compare_units
from corpuskit.estimators.drift.units import Units
from tests.validation.discovery import stats_of


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--splits", type=int, default=100)
    given = parser.parse_args()
    head = ["folder", "texts", "splits", "with any alarm", "measures compared", "smallest p over all"]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for folder in given.folders:
        stats = stats_of(folder)
        texts = sorted(Units.of(stats).texts)
        alarms, smallest, compared = 0, 1.0, 0
        for split in range(given.splits):
            found = _split(stats, texts, split)
            alarms += any(one.alarm for one in found)
            smallest = min([smallest, *(one.p for one in found)])
            compared = max(compared, len(found))
        lines.append(f"| {folder.name} | {len(texts)} | {given.splits} | {alarms} | {compared} | {smallest:.4f} |")
        sys.stderr.write(lines[-1] + "\n")
    sys.stdout.write("\n".join(lines) + "\n")


def _split(stats: CorpusStats, texts: list[int], seed: int) -> tuple[Drift, ...]:
    """Compare two random halves."""
    order = np.random.default_rng(seed).permutation(len(texts))
    halves = [frozenset(texts[place] for place in part) for part in np.array_split(order, 2)]
    return compare_units(Units.of(stats, halves[1]), Units.of(stats, halves[0]), seed)


if __name__ == "__main__":
    main()
