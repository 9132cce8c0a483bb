"""How fast text is cut into tokens, against spaCy's own pipeline: the same tokens first, then seconds and memory, each in a process of its own."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import tempfile
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.harness import HEAD, Run, apart, on_one_core, rows, timed

JAPANESE_SHARE = 5
"""One of so many Japanese documents is cut, because spaCy's Japanese pipeline takes a minute for all."""


def measure(folder: Path, rounds: int) -> list[str]:
    """Check and time both languages on ``en.jsonl.gz`` and ``ja.jsonl.gz`` of a folder and lay out the result as Markdown."""
    with tempfile.TemporaryDirectory() as kept:
        lines = [apart(_english_identity, folder, Path(kept)), apart(_japanese_identity, folder), ""]
        lines += HEAD
        english = {
            "spaCy pipe, tokens counted": _english_spacy,
            "corpuskit, nothing learned": _english,
            "corpuskit, nothing learned, 2 processes, numbers of both made one": _english_two,
            "corpuskit, table of an earlier run, loading included": partial(_english, kept=Path(kept)),
        }
        japanese = {
            "spaCy pipe (mode A), tokens counted": _japanese_spacy,
            "corpuskit (mode A), 1 thread": partial(_japanese, threads=1),
            "corpuskit (mode A), 2 threads": partial(_japanese, threads=2),
        }
        lines += [*rows("English", english, (folder,), rounds), *rows("Japanese", japanese, (folder,), rounds)]
    return lines


def _seconds(cut: Callable[[], int]) -> Run:
    """Take the time alone: numbers of tokens differ by white space, and identity is shown apart."""
    return timed(cut)._replace(result=None)


def _texts(folder: Path, language: str) -> list[str]:
    with gzip.open(folder / f"{language}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _japanese_lines(folder: Path) -> list[str]:
    return [line for text in _texts(folder, "ja")[::JAPANESE_SHARE] for line in text.splitlines() if line.strip()]


def _blank(language: str) -> Any:
    import spacy

    warnings.simplefilter("ignore")
    return spacy.blank(language)


def _tokenizer(name: str, **options: Any) -> Any:
    from corpuskit.text import TOKENIZERS, TextOptions

    return TOKENIZERS[name].load(TextOptions(**options))


def _english_spacy(folder: Path) -> Run:
    on_one_core()
    texts, nlp = _texts(folder, "en"), _blank("en")
    return _seconds(lambda: sum(len(document) for document in nlp.pipe(texts)))


def _english(folder: Path, kept: Path | None = None) -> Run:
    on_one_core()
    texts, tokenizer = _texts(folder, "en"), _tokenizer("spacy")

    def cut() -> int:
        if kept is not None and not tokenizer.load(kept):
            raise RuntimeError("the table of the earlier run was not taken")
        return int(tokenizer.cut(texts).types.size)

    return _seconds(cut)


def _english_two(folder: Path) -> Run:
    """Cut halves in two processes that have loaded the tokenizer, and bring the numbers of both into one order."""
    texts = _texts(folder, "en")
    half = len(texts) // 2
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"), initializer=_load_english) as processes:
        list(processes.map(_cut_english, [["a"], ["b"]]))

        def cut() -> int:
            numbers: dict[tuple[str, int], int] = {}
            tokens = 0
            for types, kinds in processes.map(_cut_english, [texts[:half], texts[half:]]):
                of_kind = np.array([numbers.setdefault(kind, len(numbers)) for kind in kinds], np.uint32)
                tokens += int(of_kind[types].size)
            return tokens

        return _seconds(cut)


_loaded: list[Any] = []


def _load_english() -> None:
    _loaded.append(_tokenizer("spacy"))


def _cut_english(texts: list[str]) -> tuple[Any, list[tuple[str, int]]]:
    tokenizer = _loaded[0]
    types = tokenizer.cut(texts).types
    return types, list(zip(tokenizer.types.forms, tokenizer.types.traits, strict=True))


def _japanese_spacy(folder: Path) -> Run:
    on_one_core()
    lines, nlp = _japanese_lines(folder), _blank("ja")
    return _seconds(lambda: sum(len(document) for document in nlp.pipe(lines)))


def _japanese(folder: Path, threads: int) -> Run:
    if threads == 1:
        on_one_core()
    lines, tokenizer = _japanese_lines(folder), _tokenizer("sudachi", japanese_mode="A", threads=threads)
    return _seconds(lambda: int(tokenizer.cut(lines).types.size))


def _english_identity(folder: Path, kept: Path) -> str:
    """Compare every document, and keep what was learned for the runs that begin with it."""
    texts, nlp, tokenizer = _texts(folder, "en"), _blank("en"), _tokenizer("spacy")
    differing = tokens = 0
    for text in texts:
        spans = [text[span.start : span.end] for span in tokenizer.spans(text)]
        cut = tokenizer.cut([text])
        forms = [tokenizer.types.forms[number] for number in cut.types.tolist()]
        differing += spans != [token.text for token in nlp.tokenizer(text) if not token.text.isspace()] or forms != _forms(spans)
        tokens += len(spans)
    tokenizer.save(kept)
    return f"English: {len(texts):,} documents, {tokens:,} tokens, {differing} documents differ from spaCy's (white space left out)."


def _forms(spellings: list[str]) -> list[str]:
    from corpuskit.text.normalization import form_of

    return [form_of(spelling) for spelling in spellings]


def _japanese_identity(folder: Path) -> str:
    lines, nlp = _japanese_lines(folder), _blank("ja")
    one, two = (_tokenizer("sudachi", japanese_mode="A", threads=threads) for threads in (1, 2))
    alone, together = one.cut(lines), two.cut(lines)
    same = alone.types.tolist() == together.types.tolist() and alone.lengths.tolist() == together.lengths.tolist() and one.types == two.types
    differing = sum(
        [line[span.start : span.end] for span in one.spans(line)] != [token.text for token in nlp(line) if not token.is_space] for line in lines
    )
    threads = "equal" if same else "DIFFERENT"
    return f"Japanese: {len(lines):,} lines, {differing} differ from spaCy's (white space left out); results of 1 and 2 threads are {threads}."
