"""How long all estimators take on many labelled tables: twenty of 2,000 messages each, drawn from the public tasks; on all cores and on one."""

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
    peak = max(run.peak for run in runs)
    lines = ["| what | median s |", "|---|---|"]
    for name in runs[0].result:
        lines.append(f"| {name} | {statistics.median(run.result[name] for run in runs):.1f} |")
    return [*lines, "", f"{TABLES} tables of {MESSAGES} messages, peak of the process alone {peak / 1e6:,.0f} MB"]


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
    from corpuskit.counts import Job, count_corpus
    from corpuskit.estimators import EstimatorOptions, estimate_each
    from corpuskit.ingest import find_files
    from corpuskit.tasks import cues

    stats = count_corpus(find_files([place]), Job(cues=cues())).partial.stats
    options = EstimatorOptions(today="2026-01-01")
    on_all = timed(lambda: estimate_each(stats, options))
    alone = timed(lambda: estimate_each(stats, options, jobs=1))
    if on_all.result != alone.result:
        raise AssertionError("results depend on the number of processes")
    return on_all._replace(result={"all estimators, processes on all cores": on_all.seconds, "all estimators, one process": alone.seconds})
