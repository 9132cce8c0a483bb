"""How fast documents become counts, against the usual stack: spaCy's pipe, scikit-learn's CountVectorizer and a dictionary of windows."""

from __future__ import annotations

import gzip
import json
import tempfile
import warnings
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.harness import HEAD, Run, apart, on_one_core, rows, timed

WINDOW = 5


def measure(folder: Path, rounds: int) -> list[str]:
    """Compare on ``en.jsonl.gz`` of a folder and lay out the result as Markdown."""
    with tempfile.TemporaryDirectory() as kept:
        place = Path(kept)
        apart(_learn, folder, place)
        text_in = {"CountVectorizer, tokens cut by corpuskit": _vectorizer_text, "corpuskit": _matrix_text}
        ids_in = {"CountVectorizer, lists of tokens in": _vectorizer_lists, "corpuskit, token numbers in": _matrix_ids}
        whole = {
            "spaCy pipe, CountVectorizer, dictionary of windows": _usual_stack,
            "corpuskit, nothing learned": _core,
            "corpuskit, table of an earlier run": partial(_core, kept=place),
            "corpuskit, everything an audit counts (personal data, cues, copies ... too)": _everything,
        }
        lines = [*HEAD, *rows("document-term matrix, text in", text_in, (folder,), rounds)]
        lines += rows("document-term matrix, tokens in", ids_in, (folder,), rounds)
        return [*lines, *rows("tokens, matrix and pairs", whole, (folder,), rounds)]


def _texts(folder: Path) -> list[str]:
    with gzip.open(folder / "en.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _tokenizer() -> Any:
    from corpuskit.text import TOKENIZERS, TextOptions

    return TOKENIZERS["spacy"].load(TextOptions())


def _learn(folder: Path, place: Path) -> None:
    tokenizer = _tokenizer()
    tokenizer.cut(_texts(folder))
    tokenizer.save(place)


def _words(tokenizer: Any) -> Any:
    """Number of the term of each type, by form; -1 for what is no word."""
    from corpuskit.text.normalization import is_word

    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(form, len(numbers)) if is_word(form) else -1 for form in tokenizer.types.forms]), len(numbers)


def _tally(types: Any, per_text: Any, tokenizer: Any) -> Any:
    from corpuskit.counts.sparse import tally

    term_of, vocabulary = _words(tokenizer)
    term, row = term_of[types], np.repeat(np.arange(per_text.size), per_text)
    return tally(row[term >= 0], term[term >= 0], (per_text.size, vocabulary))


def _matrix_text(folder: Path) -> Run:
    on_one_core()
    texts, tokenizer = _texts(folder), _tokenizer()

    def work() -> Any:
        types, per_text = tokenizer.cut(texts)
        return _tally(types, per_text, tokenizer)

    return _shape_of(timed(work))


def _matrix_ids(folder: Path) -> Run:
    from corpuskit.counts.sparse import tally

    on_one_core()
    texts, tokenizer = _texts(folder), _tokenizer()
    types, per_text = tokenizer.cut(texts)
    term_of, vocabulary = _words(tokenizer)
    term, row = term_of[types], np.repeat(np.arange(per_text.size), per_text)
    term, row = term[term >= 0], row[term >= 0]
    return _shape_of(timed(lambda: tally(row, term, (per_text.size, vocabulary))))


def _forms(tokenizer: Any, text: str) -> list[str]:
    from corpuskit.text.normalization import is_word

    forms = tokenizer.types.forms
    return [form for form in map(forms.__getitem__, tokenizer.cut([text]).types.tolist()) if is_word(form)]


def _vectorizer_text(folder: Path) -> Run:
    from sklearn.feature_extraction.text import CountVectorizer

    on_one_core()
    texts, tokenizer = _texts(folder), _tokenizer()
    return _shape_of(timed(lambda: CountVectorizer(analyzer=partial(_forms, tokenizer)).fit_transform(texts)))


def _vectorizer_lists(folder: Path) -> Run:
    from sklearn.feature_extraction.text import CountVectorizer

    on_one_core()
    tokenizer = _tokenizer()
    lists = [_forms(tokenizer, text) for text in _texts(folder)]
    return _shape_of(timed(lambda: CountVectorizer(analyzer=_same).fit_transform(lists)))


def _same(tokens: list[str]) -> list[str]:
    return tokens


def _shape_of(run: Run) -> Run:
    return run._replace(result=(run.result.shape[0], run.result.nnz, int(run.result.sum())))


def _usual_stack(folder: Path) -> Run:
    """Cut each document, count its words, and pairs of words within it."""
    import spacy
    from sklearn.feature_extraction.text import CountVectorizer

    from corpuskit.text.normalization import form_of, is_word

    on_one_core()
    warnings.simplefilter("ignore")
    texts, nlp = _texts(folder), spacy.blank("en")

    def work() -> Any:
        documents: list[list[str]] = []
        pairs: Counter[tuple[str, str]] = Counter()
        for document in nlp.pipe(texts):
            forms = [form_of(token.text) for token in document if not token.text.isspace()]
            words = [(place, form) for place, form in enumerate(forms) if is_word(form)]
            documents.append([form for _, form in words])
            for later, (place, form) in enumerate(words):
                for before, other in words[max(0, later - WINDOW) : later]:
                    if place - before <= WINDOW:
                        pairs[(other, form) if other < form else (form, other)] += 1
        return CountVectorizer(analyzer=_same).fit_transform(documents), pairs

    run = timed(work)
    matrix, pairs = run.result
    return run._replace(result=(matrix.nnz, int(matrix.sum()), len(pairs), sum(pairs.values())))


def _core(folder: Path, kept: Path | None = None) -> Run:
    from corpuskit.counts.pair_counting import count_pairs

    on_one_core()
    texts, tokenizer = _texts(folder), _tokenizer()

    def work() -> Any:
        if kept is not None and not tokenizer.load(kept):
            raise RuntimeError("the table of the earlier run was not taken")
        types, per_text = tokenizer.cut(texts)
        term_of, vocabulary = _words(tokenizer)
        term = term_of[types]
        place = np.arange(types.size, dtype=np.int64) + np.repeat(np.arange(per_text.size), per_text) * WINDOW
        return _tally(types, per_text, tokenizer), count_pairs(place[term >= 0], term[term >= 0], vocabulary, WINDOW)

    run = timed(work)
    matrix, pairs = run.result
    return run._replace(result=(matrix.nnz, int(matrix.sum()), pairs.nnz, int(pairs.sum())))


def _everything(folder: Path) -> Run:
    from corpuskit.counts import count_documents
    from corpuskit.ingest import Document, Section, Source
    from corpuskit.tasks import cues
    from corpuskit.text import TextOptions, Tokenizers

    on_one_core()
    documents = [
        Document(f"{number:05}.txt", Source(f"{number}", f"{number}", len(text), "2024-01-01", "txt"), (Section(text),))
        for number, text in enumerate(_texts(folder))
    ]
    tokenizers = Tokenizers(TextOptions())
    tokenizers.of("en")
    run = timed(lambda: count_documents(documents, TextOptions(), cues(), tokenizers=tokenizers))
    return run._replace(result=None)
