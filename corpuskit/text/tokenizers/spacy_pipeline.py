"""English tokens from a trained spaCy pipeline that the user has installed: the term is the lemma (invoices, invoice), which needs the context.

Nothing is downloaded. Every token goes through a model, so this takes many times as long as ``spacy.blank("en")``
(:mod:`corpuskit.text.tokenizers.spacy_english`), where the term is the word as written. Lines are tagged one by one. Parsing and named entities
are left out: no count uses them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import xxhash

from corpuskit.errors import ConfigurationError, MissingDependency
from corpuskit.text.normalization import form_of
from corpuskit.text.options import TextOptions
from corpuskit.text.sentences import cut_to_bytes, traits_of
from corpuskit.text.table import TokenizerInfo
from corpuskit.text.tokenizers.english_chunks import LONGEST
from corpuskit.text.tokenizers.tokenizer import NOMINAL, Cut, Span, Types

_UNUSED = ("parser", "senter", "ner", "entity_linker", "entity_ruler", "span_ruler", "spancat", "textcat", "textcat_multilabel")
_NOUNS = frozenset({"NOUN", "PROPN"})
_QUOTES = frozenset({'"', "'"})
_TRIAL = "The invoices were paid."
_MOST_BYTES = 50_000
"""Bytes of text that the model gets at once; because it holds about a kilobyte for each token."""

_LONG_RUN = re.compile(rf"\S{{{LONGEST + 1}}}")
_PARTS = re.compile(rf"\S{{{LONGEST}}}|(?:(?!\S{{{LONGEST}}}).)+")


@lru_cache(maxsize=1)
def pipeline_version(name: str) -> str:
    """Name a pipeline with its version and a digest of its files, so that counts made with another one are told apart.

    Raises
    ------
    MissingDependency
        It is not installed.
    ConfigurationError
        It is not for English.
    """
    return _version_of(_load(name))


def _version_of(pipeline: Any) -> str:
    digest = xxhash.xxh3_64()
    folder = Path(pipeline.path)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{pipeline.meta['lang']}_{pipeline.meta['name']} {pipeline.meta['version']} {digest.hexdigest()[:8]}"


def _load(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingDependency("English text needs spaCy: pip install spacy") from error
    try:
        pipeline = spacy.load(name, exclude=list(_UNUSED))
    except (OSError, ImportError, ValueError) as error:  # not installed; needs another package; made by another version
        raise MissingDependency(
            f"The spaCy pipeline {name!r} (text.english_pipeline) cannot be loaded: {str(error).splitlines()[0]} "
            f"Install it with: python -m spacy download {name}; or take the setting out."
        ) from error
    if pipeline.lang != "en":
        raise ConfigurationError(f"text.english_pipeline: {name!r} is for {pipeline.lang!r}. Name one for English, such as en_core_web_sm.")
    return pipeline


class SpacyPipeline:
    """A trained pipeline, of which the lemmas are used.

    Parameters
    ----------
    options : TextOptions
        ``english_pipeline``: name of an installed package or a folder.
    """

    def __init__(self, options: TextOptions) -> None:
        self._pipeline = _load(options.english_pipeline)
        if not self._pipeline(_TRIAL).has_annotation("LEMMA"):
            raise ConfigurationError(f"text.english_pipeline: {options.english_pipeline!r} gives no lemmas. Name a pipeline with a lemmatizer.")
        self._most = options.cached_chunks
        self.info = TokenizerInfo(name="spacy", version=metadata.version("spacy"), mode=f"lemmas of {_version_of(self._pipeline)}")
        self._start()

    def _start(self) -> None:
        self.types = Types()
        self._numbers: dict[tuple[str, str, bool, bool], int] = {}

    def renew(self) -> None:
        """Start anew when more distinct tokens are remembered than the options allow."""
        if len(self.types.forms) > self._most:
            self._start()

    def load(self, folder: Path) -> bool:  # noqa: ARG002, what every tokenizer takes
        """Take over nothing: a lemma depends on its sentence."""
        return False

    def save(self, folder: Path) -> None:
        """Leave nothing."""

    def cut(self, lines: Sequence[str]) -> Cut:
        """Cut lines into tokens."""
        types = array("I")
        lengths = np.zeros(len(lines), np.int64)
        with self._forgetting():
            for number, _, document in self._documents(lines):
                before = len(types)
                types.extend(self._type(token) for token in document if not token.is_space)
                lengths[number] += len(types) - before
        return Cut(np.array(types, np.uint32), lengths)

    def spans(self, line: str) -> list[Span]:
        """Cut one line and keep the places."""
        with self._forgetting():
            return [
                Span(offset + token.idx, offset + token.idx + len(token), _form(token))
                for _, offset, document in self._documents([line])
                for token in document
                if not token.is_space
            ]

    def _forgetting(self) -> Any:
        """Let spaCy forget the strings of the texts, from the version on that can."""
        return self._pipeline.memory_zone() if hasattr(self._pipeline, "memory_zone") else nullcontext()

    def _documents(self, lines: Sequence[str]) -> Iterator[tuple[int, int, Any]]:
        """Give the pieces of all lines, tagged: number of the line, place in the line, document of spaCy."""
        pieces = ((piece, (number, offset)) for number, line in enumerate(lines) for offset, piece in _pieces(line))
        for document, (number, offset) in self._pipeline.pipe(pieces, as_tuples=True):
            yield number, offset, document

    def _type(self, token: Any) -> int:
        opening = token.text in _QUOTES and _opens_a_run(token)
        key = (token.text, token.lemma_, opening, token.pos_ in _NOUNS)
        number = self._numbers.get(key)
        if number is None:
            traits = traits_of(token.text, "en", opening) | (NOMINAL if key[3] else 0)
            number = self._numbers[key] = self.types.add(_form(token), traits)
        return number


def _opens_a_run(token: Any) -> bool:
    """Tell whether a token stands after a blank or at the beginning, and before a token without one."""
    if token.whitespace_ or token.i + 1 == len(token.doc) or token.nbor(1).is_space:
        return False
    return token.i == 0 or bool(token.nbor(-1).whitespace_) or bool(token.nbor(-1).is_space)


def _form(token: Any) -> str:
    return form_of("".join(token.lemma_.split()) or token.text)


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """Divide a line where it is too long for the model or has a run of characters that is too long for spaCy's rules."""
    parts = _PARTS.findall(line) if len(line) > LONGEST and _LONG_RUN.search(line) else [line]
    offset = 0
    for piece in chain.from_iterable(cut_to_bytes(part, _MOST_BYTES, "en") for part in parts):
        yield offset, piece
        offset += len(piece)
