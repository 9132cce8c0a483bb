"""Do pilots keep their risks: how often a system at the tolerance passes, and how often one that errs as expected does?

``python -m tests.validation.pilots [--runs 2000]``. Every pilot is drawn, judged by :func:`~corpuskit.estimators.rate_of`, and passes where the exact
upper bound lies within the tolerance, as ``corpuskit pilot evaluate`` decides. Alike cases are beta-binomial within documents.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators import Outcomes, acceptance_plan, anytime_plan, certified_after, rate_of

SETTINGS = ((0.10, 0.05), (0.05, 0.02), (0.05, 0.01), (0.02, 0.005))
ALIKE = (0.0, 0.1, 0.3)
SIZES = (2, 5, 10, 25)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=2000)
    runs = parser.parse_args().runs
    head = ["tolerance", "expected", "n", "errors", "cases a document", "correlation", "passed at the tolerance", "passed as expected", "exact power"]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for tolerance, expected in SETTINGS:
        made = acceptance_plan(tolerance, expected)
        for size, alike in [(1, 0.0), *((size, alike) for alike in ALIKE[1:] for size in SIZES)]:
            false, power = (_passed(rate, tolerance, made.n, size, alike, runs) for rate in (tolerance, expected))
            exact = f"{made.power:.3f}" if size == 1 else "–"
            lines.append(f"| {tolerance} | {expected} | {made.n} | {made.max_errors} | {size} | {alike} | {false:.3f} | {power:.3f} | {exact} |")
            sys.stderr.write(lines[-1] + "\n")
    head = ["tolerance", "expected", "cases in half of the pilots", "in 80 %", "on average", "certified at the tolerance, to 5,000 cases"]
    lines += ["", f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for tolerance, expected in SETTINGS:
        looked = anytime_plan(tolerance, expected)
        random = np.random.default_rng(1)
        false = np.mean([certified_after((random.random(5000) < tolerance).astype(float), tolerance) is not None for _ in range(runs)])
        mean = "–" if looked.expected_n is None else f"{looked.expected_n:.0f}"
        lines.append(f"| {tolerance} | {expected} | {looked.half} | {looked.most} | {mean} | {false:.3f} |")
    sys.stdout.write("\n".join(lines) + "\n")


def _passed(rate: float, tolerance: float, n: int, size: int, alike: float, runs: int) -> float:
    """Give the share of the pilots that pass."""
    random = np.random.default_rng(size)
    documents = np.repeat(np.arange(-(-n // size)), size)[:n]
    names = None if size == 1 else [str(document) for document in documents]
    passed = 0
    for _ in range(runs):
        rates = _rates(random, rate, documents, alike)
        found = rate_of(Outcomes((random.random(n) < rates).tolist(), clusters=names))
        passed += found is not None and found.upper <= tolerance
    return passed / runs


def _rates(random: np.random.Generator, rate: float, documents: NDArray[np.int64], alike: float) -> NDArray[np.float64]:
    """Give each case the error of its document; one for all where cases are not alike."""
    if not alike:
        return np.full(len(documents), rate)
    return random.beta(rate * (1 - alike) / alike, (1 - rate) * (1 - alike) / alike, documents[-1] + 1)[documents]


if __name__ == "__main__":
    main()
