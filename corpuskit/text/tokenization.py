"""The door of floor 2: documents enter one by one, batches of columns leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpuskit.ingest import Document
from corpuskit.text.boilerplate import Boilerplate
from corpuskit.text.columns import Batch
from corpuskit.text.cues import Cue, CueSearch
from corpuskit.text.languages import LANGUAGES
from corpuskit.text.options import TextOptions
from corpuskit.text.table import TokenTable
from corpuskit.text.tokenizers import TOKENIZERS, Tokenizer


def tokenize(
    documents: Iterable[Document], options: TextOptions, cues: Sequence[Cue] = (), boilerplate: Boilerplate = frozenset()
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

    Yields
    ------
    TokenTable
        About ``options.batch_bytes`` of text each; none for no documents.

    Raises
    ------
    MissingDependency
        When the first text of a language comes and its tokenizer or dictionary is not installed.
    """
    search = CueSearch(cues)
    loaded: dict[str, Tokenizer] = {}

    def tokenizer_of(language: str) -> Tokenizer:
        if language not in loaded:
            loaded[language] = TOKENIZERS[LANGUAGES[language].tokenizer].load(options)
        return loaded[language]

    batch, size = Batch(search, boilerplate), 0
    for document in documents:
        batch.add(document)
        size += sum(_bytes(section.text) for section in document.sections)
        if size >= options.batch_bytes:
            yield batch.table(tokenizer_of)
            batch, size = Batch(search, boilerplate), 0
            for tokenizer in loaded.values():
                tokenizer.renew()
    if not batch.empty:
        yield batch.table(tokenizer_of)


def _bytes(text: str) -> int:
    """Bytes in UTF-8, about: characters beyond ASCII count 3."""
    return len(text) if text.isascii() else 3 * len(text)
