"""How fast files are read: documents and megabytes per second by format, with one worker and with two."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from pathlib import Path

from corpuskit.ingest import Document, ReadOptions, read

FEWEST = 3
"""Files of a format below which no rate is given; because one file says nothing about a format."""


def measure(folders: list[Path], rounds: int) -> list[str]:
    """Read the folders ``rounds`` times with one and with two workers, alternately, and lay out the medians as Markdown."""
    files: dict[str, list[tuple[Path, int]]] = defaultdict(list)
    for item in read(folders):
        if isinstance(item, Document):
            files[item.source.reader].append((_path(folders, item.id), item.source.bytes))
    lines = [
        "| format | files | MB | documents/s, 1 worker | MB/s, 1 worker | documents/s, 2 workers | MB/s, 2 workers |",
        "|---|---|---|---|---|---|---|",
    ]
    everything = [entry for entries in files.values() for entry in entries]
    for name, entries in [*sorted(files.items()), ("all", everything)]:
        if len(entries) < FEWEST:
            continue
        size = sum(size for _, size in entries) / 1e6
        one, two = _alternate([path for path, _ in entries], rounds)
        rates = [f"{len(entries) / seconds:,.0f} | {size / seconds:,.2f}" for seconds in (one, two)]
        lines.append(f"| {name} | {len(entries)} | {size:,.1f} | {rates[0]} | {rates[1]} |")
    return lines


def _alternate(paths: list[Path], rounds: int) -> tuple[float, float]:
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for jobs in taken:
            taken[jobs].append(_seconds(paths, jobs))
    return statistics.median(taken[1]), statistics.median(taken[2])


def _seconds(paths: list[Path], jobs: int) -> float:
    """Time to read all files, the start of the workers included, as an audit has it."""
    begun = time.perf_counter()
    for _ in read(paths, ReadOptions(jobs=jobs)):
        pass
    return time.perf_counter() - begun


def _path(folders: list[Path], identifier: str) -> Path:
    top = folders[0].parent if len(folders) > 1 else folders[0]
    return next(path for path in (top / identifier, *(folder / identifier for folder in folders)) if path.exists())
