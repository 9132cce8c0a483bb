"""How fast co-occurrence is counted from word numbers and from a file of words, against GloVe's ``cooccur`` and a sparse product.

GloVe is built outside of this repository (``make`` in a checkout of stanfordnlp/GloVe) and its folder named by ``--glove``. The corpus is real text
made longer: its sentences shuffled and its words exchanged for others of about the same rank, so that new pairs keep coming.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.harness import HEAD, Run, apart, on_one_core, peak, rows, timed
from tests.benchmarks.words import read_words

WINDOW = 5
MINIMUM = 5
SPREAD = 0.15
"""Standard deviation by which the logarithm of a word's rank moves in each copy of the text."""


def measure(folder: Path, rounds: int, tokens: int, glove: Path | None) -> list[str]:
    """Compare on about ``tokens`` tokens made of ``en.jsonl.gz``, and lay out the result as Markdown."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        told = apart(make_corpus, folder, place, tokens)
        ids: dict[str, Any] = {} if glove is None else {"GloVe cooccur, text in, file out, 1 process": partial(_glove, glove, 1)}
        ids["sum of sparse products, 1 thread"] = _products
        ids["corpuskit, ids in, 1 thread"] = partial(_counted, 1)
        whole: dict[str, Any] = {} if glove is None else {"GloVe vocab_count and cooccur": partial(_glove_whole, glove)}
        whole["corpuskit, text in, file out, 1 thread"] = partial(_whole, 1)
        two: dict[str, Any] = {} if glove is None else {"GloVe cooccur, two halves side by side, not merged": partial(_glove, glove, 2)}
        two["corpuskit, ids in, 2 threads, merged"] = partial(_counted, 2)
        lines = [told, "", *HEAD, *rows("pairs, one", ids, (place,), rounds), *rows("pairs, two", two, (place,), rounds)]
        return [*lines, *rows("whole process", whole, (place,), rounds)]


def make_corpus(folder: Path, place: Path, tokens: int) -> str:
    """Write ``ids.npz`` (ranks by frequency, words below the minimum left out), ``words.txt`` (a sentence a line) and its halves."""
    term, sentence, vocabulary = _english(folder)
    rng = np.random.default_rng(0)
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    lengths = np.diff(np.append(starts, sentence.size))
    copies = []
    for copy in range(max(1, round(tokens / term.size))):
        order = rng.permutation(lengths.size) if copy else np.arange(lengths.size)
        long = lengths[order]
        chosen = np.repeat(starts[order] - (np.cumsum(long) - long), long) + np.arange(term.size)
        moved = np.argsort(np.argsort(np.log(np.arange(1, vocabulary + 1)) + (rng.normal(0, SPREAD, vocabulary) if copy else 0), kind="stable"))
        copies.append((moved[term[chosen]], np.repeat(np.arange(lengths.size), long) + copy * lengths.size))
    term, sentence = (np.concatenate([copy[axis] for copy in copies]) for axis in (0, 1))
    frequency = np.bincount(term, minlength=vocabulary)
    rank = np.argsort(np.argsort(-frequency, kind="stable"))
    kept = frequency[term] >= MINIMUM
    term, sentence = rank[term[kept]].astype(np.uint32), sentence[kept]
    np.savez(place / "ids.npz", term=term, sentence=sentence.astype(np.int32))
    _write_words(place, term, sentence)
    return f"{term.size:,} tokens, {int(term.max()) + 1:,} words, window {WINDOW}, minimum {MINIMUM}, within sentences."


def _english(folder: Path) -> tuple[Any, Any, int]:
    from corpuskit.text import TOKENIZERS, TextOptions
    from corpuskit.text.sentences import sentence_starts

    with gzip.open(folder / "en.jsonl.gz", "rt", encoding="utf-8") as stream:
        lines = [line for text in stream for line in json.loads(text)["text"].splitlines() if line.strip()]
    tokenizer = TOKENIZERS["spacy"].load(TextOptions())
    types, per_line = tokenizer.cut(lines)
    begins_line = np.zeros(types.size, np.bool_)
    begins_line[(np.cumsum(per_line) - per_line)[per_line > 0]] = True
    sentence = np.cumsum(sentence_starts(np.array(tokenizer.types.traits, np.uint8)[types], begins_line, "en")) - 1
    numbers: dict[str, int] = {}
    term = np.array([numbers.setdefault(form, len(numbers)) for form in tokenizer.types.forms])[types]
    rank = np.argsort(np.argsort(-np.bincount(term, minlength=len(numbers)), kind="stable"))
    return rank[term], sentence, len(numbers)


def _write_words(place: Path, term: Any, sentence: Any) -> None:
    words = np.array([f"w{number}" for number in range(int(term.max()) + 1)], dtype=object)
    ends = np.append(np.diff(sentence) != 0, [True])
    half = int(np.flatnonzero(ends)[np.searchsorted(np.flatnonzero(ends), term.size // 2)]) + 1
    with (place / "words.txt").open("w") as whole, (place / "half1.txt").open("w") as first, (place / "half2.txt").open("w") as second:
        for begin in range(0, term.size, 200_000):
            piece = words[term[begin : begin + 200_000]] + np.where(ends[begin : begin + 200_000], "\n", " ").astype(object)
            whole.write("".join(piece))
            cut = min(max(half - begin, 0), piece.size)
            first.write("".join(piece[:cut]))
            second.write("".join(piece[cut:]))


def _loaded(place: Path) -> tuple[Any, Any, int]:
    with np.load(place / "ids.npz") as stored:
        return stored["term"], stored["sentence"], int(stored["term"].max()) + 1


def _counted(threads: int, place: Path) -> Run:
    from corpuskit.counts.pair_counting import count_pairs

    if threads == 1:
        on_one_core()
    term, sentence, vocabulary = _loaded(place)

    def count() -> Any:
        # sentences stand further apart on the line than the window reaches
        line = np.arange(term.size, dtype=np.int32) + sentence * np.int32(WINDOW)
        return count_pairs(line, term, vocabulary, WINDOW, threads=threads)

    run = timed(count)
    return run._replace(result=_summary(run.result))


def _products(place: Path) -> Run:
    """Add up one product of shifted indicator matrices for each distance, in pieces, as one does with scipy alone."""
    from scipy.sparse import csr_matrix, triu

    on_one_core()
    term, sentence, vocabulary = _loaded(place)

    def count() -> Any:
        total = csr_matrix((vocabulary, vocabulary), dtype=np.int64)
        for begin in range(0, term.size, 4_000_000):
            piece, unit = term[begin : begin + 4_000_000], sentence[begin : begin + 4_000_000]
            before = slice(max(0, begin - WINDOW), begin)
            piece, unit, ahead = np.concatenate([term[before], piece]), np.concatenate([sentence[before], unit]), term[before].size
            for apart_by in range(1, WINDOW + 1):
                later = np.arange(max(ahead, apart_by), piece.size)
                later = later[unit[later] == unit[later - apart_by]]
                left, right = piece[later - apart_by], piece[later]
                ones = np.ones(later.size, np.int64)
                total += csr_matrix((ones, (np.minimum(left, right), np.maximum(left, right))), shape=total.shape)
        return triu(total, format="csr")

    run = timed(count)
    return run._replace(result=_summary(run.result))


def _summary(upper: Any) -> tuple[int, int]:
    return int(upper.nnz), int(upper.sum())


def _whole(threads: int, place: Path) -> Run:
    """Read words, number them by frequency, count pairs and save them: everything in one process."""
    if threads == 1:
        on_one_core()
    from corpuskit.counts.pair_counting import count_pairs

    def work() -> Any:
        term, line, vocabulary = _read(place / "words.txt")
        matrix = count_pairs(line, term, vocabulary, WINDOW, threads=threads)
        np.savez(place / "saved.npz", indptr=matrix.indptr, indices=matrix.indices, counts=matrix.data.astype(np.uint32))
        return matrix

    run = timed(work)
    return run._replace(result=_summary(run.result))


def _read(path: Path) -> tuple[Any, Any, int]:
    """Number the words of a file of sentences by frequency, and place them on a line."""
    word, sentence, known = read_words(path)
    frequency = np.bincount(word, minlength=known)
    rank = np.empty(known, np.uint32)
    rank[np.argsort(-frequency, kind="stable")] = np.arange(known, dtype=np.uint32)
    kept = frequency >= MINIMUM
    if not kept.all():
        word, sentence = word[kept[word]], sentence[kept[word]]
    return rank[word], np.arange(word.size, dtype=np.int32) + sentence * np.int32(WINDOW), int(kept.sum())


def _glove(glove: Path, processes: int, place: Path) -> Run:
    _run_glove([str(glove / "vocab_count"), "-min-count", str(MINIMUM), "-verbose", "0"], place / "words.txt", place / "vocabulary.txt")
    texts = [place / "words.txt"] if processes == 1 else [place / "half1.txt", place / "half2.txt"]
    begun = time.perf_counter()
    running = [_start_cooccur(glove, place, text) for text in texts]
    for process in running:
        process.wait()
    seconds = time.perf_counter() - begun
    records = np.fromfile(place / f"{texts[0].stem}.bin", np.dtype([("row", "<i4"), ("column", "<i4"), ("count", "<f8")])) if processes == 1 else None
    return Run(seconds, peak(), None if records is None else _of_records(records))


def _of_records(records: Any) -> tuple[int, int]:
    upper = records["row"] <= records["column"]
    equal = records["row"] == records["column"]
    # both directions are written, and an equal pair counts twice
    return int(upper.sum()), int(records["count"][upper].sum() - records["count"][equal].sum() / 2)


def _glove_whole(glove: Path, place: Path) -> Run:
    begun = time.perf_counter()
    _run_glove([str(glove / "vocab_count"), "-min-count", str(MINIMUM), "-verbose", "0"], place / "words.txt", place / "vocabulary.txt")
    _start_cooccur(glove, place, place / "words.txt").wait()
    return Run(time.perf_counter() - begun, peak(), None)


def _start_cooccur(glove: Path, place: Path, text: Path) -> subprocess.Popen[bytes]:
    options = ["-memory", "4", "-verbose", "0", "-symmetric", "1", "-distance-weighting", "0", "-window-size", str(WINDOW)]
    files = ["-vocab-file", str(place / "vocabulary.txt"), "-overflow-file", str(place / f"overflow-{text.stem}")]
    with text.open("rb") as source, (place / f"{text.stem}.bin").open("wb") as result:
        return subprocess.Popen([str(glove / "cooccur"), *options, *files], stdin=source, stdout=result, stderr=subprocess.DEVNULL)


def _run_glove(command: list[str], source: Path, result: Path) -> None:
    with source.open("rb") as reading, result.open("wb") as writing:
        subprocess.run(command, stdin=reading, stdout=writing, stderr=subprocess.DEVNULL, check=True, env=os.environ)
