"""How time and memory grow with the corpus: folders of text files of doubling size, counted from nothing without a cache.

Memory is that of the process that gathers; the result is measured in memory and as saved Parquet. Words that are rare in the text get other names in
each copy, so that vocabulary and pairs keep growing as they do in real text.
"""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.harness import Run, apart, timed

RARE = 5
_WORD = re.compile(r"[a-z]{4,}")


def measure(folder: Path, sizes: list[int]) -> list[str]:
    """Count about so many megabytes of ``en.jsonl.gz`` each, and lay out the result as Markdown."""
    lines = ["| MB | documents | tokens | s | MB/s | s, doubled | peak MB | result MB | saved MB | peak - result MB |", "|" + "---|" * 10]
    before = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            written = apart(_write, folder, Path(made), size)
            run = apart(_count, Path(made))
        documents, tokens, result, saved = run.result
        doubled = f"{run.seconds / before:.2f}" if before else ""
        before = run.seconds
        sizes_of = f"{run.peak / 1e6:,.0f} | {result / 1e6:,.0f} | {saved / 1e6:,.0f} | {(run.peak - result) / 1e6:,.0f}"
        rate = written / 1e6 / run.seconds
        lines.append(f"| {written / 1e6:,.0f} | {documents:,} | {tokens:,} | {run.seconds:.0f} | {rate:.2f} | {doubled} | {sizes_of} |")
    return lines


def _write(folder: Path, place: Path, size: int) -> int:
    with gzip.open(folder / "en.jsonl.gz", "rt", encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    counts: dict[str, int] = {}
    for text in texts:
        for word in _WORD.findall(text):
            counts[word] = counts.get(word, 0) + 1
    rare = {word for word, count in counts.items() if count < RARE}
    written = copy = 0
    while True:
        for number, text in enumerate(texts):
            data = (_WORD.sub(partial(_renamed, rare, copy), text) if copy else text).encode()
            target = place / f"{copy:04}" / f"{number // 100:03}" / f"{number:05}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written += len(data)
            if written >= size * 1_000_000:
                return written
        copy += 1


def _renamed(rare: set[str], copy: int, found: re.Match[str]) -> str:
    word = found[0]
    return word + "abcdefghijklmnopqrstuvwxyz"[copy % 26] * (1 + copy // 26) if word in rare else word


def _count(place: Path) -> Run:
    from corpuskit.counts import Job, count_corpus, save
    from corpuskit.counts.gathering import nbytes
    from corpuskit.ingest import find_files
    from corpuskit.tasks import cues

    files = find_files([place])
    run = timed(lambda: count_corpus(files, Job(cues=cues())).partial.stats)
    stats: Any = run.result
    with tempfile.TemporaryDirectory() as made:
        save(stats, Path(made) / "counts")
        saved = sum(path.stat().st_size for path in (Path(made) / "counts").iterdir())
    return run._replace(result=(stats.documents.height, int(stats.terms["frequency"].sum()), nbytes(stats), saved))
