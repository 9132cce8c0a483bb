"""How long all estimators take on the counts of much text, and in how much memory: folders of text whose vocabulary keeps growing, counted and saved
first, then loaded again in a new process for each measurement.

Seconds are those of the processor, since other work may run beside. Memory is the highest of the process; a part of it is files that the counts are
mapped from, whose pages the system takes back when it needs them, so what the process alone holds is told too.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from tests.benchmarks import scale
from tests.benchmarks.harness import Run, apart, peak

SHOWN = 12
"""Estimators that are shown, the slowest ones."""

INTERVAL = 0.02
"""Seconds between looks at the memory that the process alone holds: of its highest mark the system keeps none."""


def measure(folders: list[Path], sizes: list[int], speed: Path) -> list[str]:
    """Estimate on saved counts in folders, or where none is given on those of about so many megabytes of ``en.jsonl.gz`` each."""
    if folders:
        return _laid_out({folder.name: apart(_estimate, folder) for folder in folders})
    runs = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            text, counts = Path(made) / "text", Path(made) / "counts"
            text.mkdir()
            written = apart(scale.write, speed, text, size)
            apart(_count, text, counts)
            runs[f"{written / 1e6:,.0f} MB"] = apart(_estimate, counts)
    return _laid_out(runs)


def _laid_out(runs: dict[str, Run]) -> list[str]:
    last = list(runs.values())[-1].result[0]
    slowest = sorted(last, key=last.__getitem__, reverse=True)[:SHOWN]
    lines = [f"| | {' | '.join(runs)} |", "|" + "---|" * (len(runs) + 1)]
    told = {
        "documents": [f"{run.result[1]['documents']:,}" for run in runs.values()],
        "terms": [f"{run.result[1]['terms']:,}" for run in runs.values()],
        "pairs by group": [f"{run.result[1]['entries']:,}" for run in runs.values()],
        "**all estimators, s**": [f"**{run.seconds:.1f}**" for run in runs.values()],
        "highest memory, MB": [f"{run.peak / 1e6:,.0f}" for run in runs.values()],
        "of the process alone, MB": [f"{run.result[1]['alone'] / 1e6:,.0f}" for run in runs.values()],
        **{name: [f"{run.result[0][name]:.1f}" for run in runs.values()] for name in slowest},
    }
    return [*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in told.items())]


def _count(text: Path, counts: Path) -> None:
    from corpuskit.counts import Job, count_corpus, save
    from corpuskit.ingest import find_files
    from corpuskit.tasks import cues

    save(count_corpus(find_files([text]), Job(cues=cues())).partial.stats, counts)


def _estimate(counts: Path) -> Run:
    from threadpoolctl import threadpool_limits

    from corpuskit.counts import give_back, load
    from corpuskit.estimators import ESTIMATORS, EstimatorOptions, Inputs
    from corpuskit.estimators.registry import LAST_READ

    stats, options = load(counts), EstimatorOptions(today="2026-01-01")
    inputs, seconds = Inputs(stats, options), {}
    watch = _Watch()
    with threadpool_limits(1):  # as an audit does
        for name, estimator in ESTIMATORS.items():
            begun = time.process_time()
            estimator.function(inputs, options)
            give_back(stats)
            inputs.forget(*LAST_READ.get(name, ()))
            seconds[name] = time.process_time() - begun
    facts = {
        "documents": stats.documents.height,
        "terms": stats.terms.height,
        "entries": sum(matrix.nnz for matrix in stats.cooccurrence),
        "alone": watch.stop(),
    }
    return Run(sum(seconds.values()), peak(), (seconds, facts))


class _Watch:
    """Looks at the memory that the process alone holds until it is stopped; 0 where the system does not say."""

    def __init__(self) -> None:
        self._highest, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Stop, and give the highest memory in bytes."""
        self._over.set()
        self._thread.join()
        return self._highest

    def _look(self) -> None:
        status = Path("/proc/self/status")
        while status.exists() and not self._over.wait(INTERVAL):
            lines = (line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
            self._highest = max(self._highest, *(int(line.split()[1]) * 1024 for line in lines), 0)
