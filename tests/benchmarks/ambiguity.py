"""How long all estimators take on many labelled tables: twenty of 2,000 messages each, drawn from the public tasks; no engine, one process."""

from __future__ import annotations

import csv
import gzip
import json
import random
import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.harness import Run, apart, timed

TASKS = ("banking77", "clinc150", "chabsa_polarity", "unfair_tos", "jnli", "sms_spam", "jcommonsensemorality", "cuad_clause_type")
TABLES, MESSAGES = 20, 2000


def measure(folder: Path, rounds: int) -> list[str]:
    """Estimate on the tables, and lay out seconds and memory as Markdown."""
    with tempfile.TemporaryDirectory() as made:
        _write(folder, Path(made))
        runs = [apart(_estimate, Path(made)) for _ in range(rounds)]
    median, peak = statistics.median(run.seconds for run in runs), max(run.peak for run in runs)
    each = {name: statistics.median(run.result[name] for run in runs) for name in runs[0].result}
    lines = [
        "| what | median s |",
        "|---|---|",
        f"| all estimators, {TABLES} tables of {MESSAGES} messages, peak {peak / 1e6:,.0f} MB | {median:.1f} |",
    ]
    slowest = sorted(each, key=each.__getitem__, reverse=True)[:8]
    return [*lines, *(f"| {name} | {each[name]:.1f} |" for name in slowest)]


def _write(folder: Path, place: Path) -> None:
    draw = random.Random(0)
    for number in range(TABLES):
        name = TASKS[number % len(TASKS)]
        with gzip.open(folder / name / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
            rows = [json.loads(line) for line in stream]
        draw.shuffle(rows)
        with (place / f"{number:02}_{name}.csv").open("w", newline="", encoding="utf-8") as target:
            writer = csv.writer(target)
            writer.writerow(["text", "category"])
            writer.writerows((row["text"], row["label"]) for row in rows[:MESSAGES])


def _estimate(place: Path) -> Run:
    import time

    from threadpoolctl import threadpool_limits

    from corpuskit.counts import Job, count_corpus
    from corpuskit.estimators import ESTIMATORS, EstimatorOptions, Inputs
    from corpuskit.ingest import find_files
    from corpuskit.tasks import cues

    stats = count_corpus(find_files([place]), Job(cues=cues())).partial.stats
    options = EstimatorOptions(today="2026-01-01")
    inputs, seconds = Inputs(stats, options), {}

    def all_of_them() -> None:
        with threadpool_limits(1):  # as an audit does
            for name, estimator in ESTIMATORS.items():
                begun = time.perf_counter()
                estimator.function(inputs, options)
                seconds[name] = time.perf_counter() - begun

    run = timed(all_of_them)
    return run._replace(result=seconds)
