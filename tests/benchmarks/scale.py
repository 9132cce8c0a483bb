"""How time and memory grow with the corpus: folders of text files of doubling size, counted from nothing without a cache.

Memory is that of the process that gathers, its highest while it counts; mapped pages of files are part of it. Beside it stands what the process holds
when the counts stand: memory of its own, and mapped pages, which are the system's to take back. The result is measured as saved Parquet, which the
highest memory is compared with. Words that are rare in the text get other names in each copy, so that vocabulary and pairs keep growing as they do in
real text.
"""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.harness import Run, apart, peak, timed

RARE = 5
_WORD = re.compile(r"[a-z]{4,}")


def measure(folder: Path, sizes: list[int]) -> list[str]:
    """Count about so many megabytes of ``en.jsonl.gz`` each, and lay out the result as Markdown."""
    columns = "MB | documents | tokens | s | MB/s | s, doubled | peak MB | own MB at the end | mapped MB at the end | peak with saving MB"
    lines = [f"| {columns} | saved MB | peak - saved MB |", "|" + "---|" * 12]
    before = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            written = apart(write, folder, Path(made), size)
            run = apart(_count, Path(made))
        documents, tokens, saved, own, mapped, saving = run.result
        doubled = f"{run.seconds / before:.2f}" if before else ""
        before = run.seconds
        sizes_of = " | ".join(f"{number / 1e6:,.0f}" for number in (run.peak, own, mapped, saving, saved, run.peak - saved))
        rate = written / 1e6 / run.seconds
        lines.append(f"| {written / 1e6:,.0f} | {documents:,} | {tokens:,} | {run.seconds:.0f} | {rate:.2f} | {doubled} | {sizes_of} |")
    return lines


def write(folder: Path, place: Path, size: int) -> int:
    """Write about so many megabytes of the texts to files, in copies with other names for rare words; give the bytes written."""
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
    from corpuskit.ingest import find_files
    from corpuskit.tasks import cues

    files = find_files([place])
    run = timed(lambda: count_corpus(files, Job(cues=cues())).partial.stats)
    own, mapped = _held("RssAnon"), _held("RssFile")
    stats: Any = run.result
    with tempfile.TemporaryDirectory() as made:
        save(stats, Path(made) / "counts")
        saved = sum(path.stat().st_size for path in (Path(made) / "counts").iterdir())
    saving = peak()
    return run._replace(result=(stats.documents.height, int(stats.terms["frequency"].sum()), saved, own, mapped, saving))


def _held(kind: str) -> int:
    """Give memory of this process of one kind in bytes, as Linux tells it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(kind))
