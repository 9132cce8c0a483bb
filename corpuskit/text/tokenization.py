"""The door of floor 2: documents enter one by one, batches of columns leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from corpuskit.ingest import Document
from corpuskit.text.boilerplate import Boilerplate
from corpuskit.text.columns import Batch
from corpuskit.text.cues import Cue, CueSearch
from corpuskit.text.options import TextOptions
from corpuskit.text.table import TokenTable
from corpuskit.text.tokenizers import Tokenizer, load_tokenizer


class Tokenizers:
    """The tokenizers of one thread, each loaded when the first text of its language comes.

    Parameters
    ----------
    options : TextOptions
    memory : Path or None
        Folder with what an earlier run has learned about English words; read when English comes, written by :meth:`remember`. Changes no token.
    """

    def __init__(self, options: TextOptions, memory: Path | None = None) -> None:
        self.options = options
        self._memory = memory
        self._loaded: dict[str, Tokenizer] = {}

    def of(self, language: str) -> Tokenizer:
        """Give the tokenizer of a language.

        Raises
        ------
        MissingDependency
            It or its dictionary is not installed.
        ConfigurationError
            The user dictionary has two terms that it does not tell apart.
        """
        if language not in self._loaded:
            self._loaded[language] = load_tokenizer(language, self.options)
            if self._memory is not None:
                self._loaded[language].load(self._memory)
        return self._loaded[language]

    def renew(self) -> None:
        """Let each forget what it has seen if that has grown past its bound. Between batches only."""
        for tokenizer in self._loaded.values():
            tokenizer.renew()

    def remember(self) -> None:
        """Write what was learned to the folder of memory, if there is one and it is worth it.

        Raises
        ------
        OSError
            When the folder cannot be written to.
        """
        if self._memory is not None:
            for tokenizer in self._loaded.values():
                tokenizer.save(self._memory)


def tokenize(
    documents: Iterable[Document],
    options: TextOptions,
    cues: Sequence[Cue] = (),
    boilerplate: Boilerplate = frozenset(),
    tokenizers: Tokenizers | None = None,
) -> Iterator[TokenTable]:
    """Turn documents into batches of tokens, labels, signals of tasks, counts of personal data and signatures.

    Documents are read lazily and none is held longer than its batch. What leaves does not depend on where batches end,
    except for the numbers that hold within a batch only.

    Parameters
    ----------
    documents : iterable of Document
        From :func:`corpuskit.ingest.read`, ids distinct.
    options : TextOptions
        Length of Japanese tokens, size of batches.
    cues : sequence of Cue
        Words to look for in paths, titles, headings, bodies and column names.
    boilerplate : frozenset of (str, int)
        Source and hash of lines to leave out (:mod:`corpuskit.text.boilerplate`). Their tokens leave a gap; headings, signatures, cues and counts
        of personal data do not change.
    tokenizers : Tokenizers, optional
        Of this thread, made with these options, to be used again for the next documents; default: new ones.

    Yields
    ------
    TokenTable
        About ``options.batch_bytes`` of text each; none for no documents.

    Raises
    ------
    MissingDependency
        When the first text of a language comes and its tokenizer or dictionary is not installed.
    """
    search = _search(tuple(cues))
    loaded = tokenizers or Tokenizers(options)
    batch, size = Batch(search, boilerplate), 0
    for document in documents:
        batch.add(document)
        size += sum(_bytes(section.text) for section in document.sections)
        if size >= options.batch_bytes:
            yield batch.table(loaded.of)
            batch, size = Batch(search, boilerplate), 0
            loaded.renew()
    if not batch.empty:
        yield batch.table(loaded.of)


@lru_cache(maxsize=4)
def _search(cues: tuple[Cue, ...]) -> CueSearch:
    """Compile cues; kept, since the same ones are searched for in every part of a corpus."""
    return CueSearch(cues)


def _bytes(text: str) -> int:
    """Bytes in UTF-8, about: characters beyond ASCII count 3."""
    return len(text) if text.isascii() else 3 * len(text)
