"""How the time of counting pairs grows when the text doubles: the first 10, 20, 40 ... million tokens of one corpus, in one vocabulary.

Each measured run follows an unmeasured one in its process, which keeps the memory that it frees. A virtual machine may have given memory back to its
host, and pays for the first touch of it by the gigabyte: what large runs pay more often than small ones, and what says nothing of how counting grows.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.harness import Run, apart, keep_memory, on_one_core, timed
from tests.benchmarks.pairs import WINDOW, make_corpus

SMALLEST = 10_000_000


def measure(folder: Path, rounds: int, tokens: int) -> list[str]:
    """Count doubling parts of a corpus of about ``tokens`` tokens on one thread, and lay out the result as Markdown."""
    keep_memory()
    sizes = [SMALLEST * 2**power for power in range(20) if SMALLEST * 2**power <= tokens]
    with tempfile.TemporaryDirectory() as made:
        told = apart(make_corpus, folder, Path(made), tokens + SMALLEST // 2)
        runs: dict[int, list[Run]] = {size: [] for size in sizes}
        for _ in range(rounds):
            for size in sizes:
                runs[size].append(apart(_count, Path(made), size))
    lines = [told, "", "| tokens | distinct pairs | median s | min s | doubled: median [of minima] | peak MB |", "|" + "---|" * 6]
    before: tuple[float, float] | None = None
    for size, taken in runs.items():
        now = statistics.median(run.seconds for run in taken), min(run.seconds for run in taken)
        grown = f"{now[0] / before[0]:.2f} [{now[1] / before[1]:.2f}]" if before else ""
        before = now
        lines.append(f"| {size:,} | {taken[0].result:,} | {now[0]:.2f} | {now[1]:.2f} | {grown} | {max(run.peak for run in taken) / 1e6:,.0f} |")
    return lines


def _count(place: Path, size: int) -> Run:
    from corpuskit.counts.pair_counting import count_pairs

    on_one_core()
    with np.load(place / "ids.npz") as stored:
        term, sentence = stored["term"], stored["sentence"]
    vocabulary = int(term.max()) + 1
    term, sentence = term[:size].copy(), sentence[:size].copy()

    def count() -> Any:
        line = np.arange(term.size, dtype=np.int32) + sentence * np.int32(WINDOW)
        return count_pairs(line, term, vocabulary, WINDOW)

    count()
    run = timed(count)
    return run._replace(result=int(run.result.nnz))
