"""Build a TokenTable from lists of tokens, for tests of counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
import xxhash
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, CountOptions, count
from corpuskit.text import FEATURES, TokenizerInfo, TokenTable
from corpuskit.text import table as schemas
from corpuskit.text.boilerplate import count_lines, line_hash

PUNCTUATION = set(",.;:!?、。")
UNITS = {"出張旅費": ["出張", "旅費"], "労働者": ["労働", "者"], "人々": ["人", "人"]}
"""The shorter units of some words, as a tokenizer would know them."""
TOKENIZER = TokenizerInfo(name="list", version="1")


@dataclass(frozen=True)
class Part:
    """A section: paragraphs of sentences of tokens. Each paragraph is a line; ``dates`` are the document's date of effect and of expiry, ``fields``
    cue, type and hash of values, ``message_columns`` of the first part those of the document."""

    paragraphs: Sequence[Sequence[Sequence[str]]] = ()
    heading: Sequence[str] = ()
    language: str = "en"
    kind: str = "body"
    labels: Mapping[str, str] = field(default_factory=dict)
    signals: Sequence[str] = ()
    notices: Sequence[str] = ()
    fields: Sequence[tuple[str, str, int]] = ()
    text_hash: int | None = None
    month: int | None = None
    dates: tuple[str, str] = ("", "")
    message_columns: str = ""

    @property
    def lines(self) -> list[list[str]]:
        return [[token for sentence in paragraph for token in sentence] for paragraph in self.paragraphs]

    @property
    def text(self) -> str:
        return " ".join(token for paragraph in self.paragraphs for sentence in paragraph for token in sentence)


def sentence(*tokens: str, **options: object) -> Part:
    return Part(paragraphs=[[list(tokens)]], **options)  # type: ignore[arg-type]


def message(text: str, labels: Mapping[str, str] | None = None, language: str = "en", month: int | None = None) -> Part:
    return Part(paragraphs=[[text.split()]], kind="row", labels=labels or {}, language=language, month=month)


@dataclass
class _Rows:
    tokens: list[tuple[int, int, int, int, int, bool]] = field(default_factory=list)
    terms: dict[tuple[str, str], int] = field(default_factory=dict)
    paragraph: int = 0
    sentence: int = 0

    def add(self, section: int, tokens: Sequence[str], start: int, language: str, heading: bool) -> int:
        for offset, form in enumerate(tokens):
            term = self.terms.setdefault((language, form), len(self.terms))
            self.tokens.append((section, self.paragraph, self.sentence, start + offset, term, heading, False))
        self.sentence += 1
        return start + len(tokens)


def batch(documents: Mapping[str, Sequence[Part]]) -> TokenTable:
    """Make a batch; documents and terms are numbered in the order they come."""
    rows = _Rows()
    sections, labels, signals, personal, notices, fields = [], [], [], [], [], []
    features = []
    for document, parts in documents.items():
        personal.append((document, "email", len(parts)))
        for ordinal, part in enumerate(parts):
            number = len(sections)
            hashed = part.text_hash if part.text_hash is not None else xxhash.xxh3_64_intdigest(part.text.encode())
            sections.append((number, document, ordinal, part.language, part.kind, f"row {ordinal + 1}", hashed, part.month))
            labels += [(number, column, value) for column, value in part.labels.items()]
            signals += [(document, number, "task", "body", cue, 1, cue) for cue in part.signals]
            notices += [(document, number, kind, 1, f"… {kind} …") for kind in part.notices]
            fields += [(document, number, cue, kind, value, 10 * ordinal, "line") for cue, kind, value in part.fields]
            features.append(part.text if part.labels else "")
            rows.add(number, part.heading, 0, part.language, True)
            rows.paragraph += 1
            place = 0
            for paragraph in part.paragraphs:
                for tokens in paragraph:
                    place = rows.add(number, tokens, place, part.language, False)
                rows.paragraph += 1
        signals.append((document, None, "task", "path", "cue", 1, document))
    languages = sorted({part.language for parts in documents.values() for part in parts})
    return TokenTable(
        documents=pl.DataFrame(
            [
                (
                    *(name, parts[0].language if parts else "other", "text", name, 10, sum(len(p.text) for p in parts), "2024-01-01", name, "", b""),
                    *(
                        xxhash.xxh3_64_intdigest(_whole(parts).encode()),
                        name,
                        "",
                        *(parts[0].dates if parts else ("", "")),
                        "metadata",
                        "",
                        parts[0].message_columns if parts else "",
                    ),
                )
                for name, parts in documents.items()
            ],
            schema=schemas.DOCUMENT_SCHEMA,
            orient="row",
        ),
        sections=pl.DataFrame(sections, schema=schemas.SECTION_SCHEMA, orient="row"),
        tokens=pl.DataFrame(rows.tokens, schema=schemas.TOKEN_SCHEMA, orient="row"),
        terms=pl.DataFrame(
            [
                (number, language, form, form not in PUNCTUATION, form in ("the", "of"), UNITS.get(form))
                for (language, form), number in rows.terms.items()
            ],
            schema=schemas.TERM_SCHEMA,
            orient="row",
        ),
        labels=pl.DataFrame(labels, schema=schemas.LABEL_SCHEMA, orient="row"),
        signals=pl.DataFrame(signals, schema=schemas.SIGNAL_SCHEMA, orient="row"),
        personal_data=pl.DataFrame(personal, schema=schemas.PERSONAL_SCHEMA, orient="row"),
        lines=_lines(documents),
        notices=pl.DataFrame(notices, schema=schemas.NOTICE_SCHEMA, orient="row"),
        fields=pl.DataFrame(fields, schema=schemas.FIELD_SCHEMA, orient="row"),
        features=_letters(features),
        tokenizers=dict.fromkeys(languages, TOKENIZER),
    )


def _whole(parts: Sequence[Part]) -> str:
    return " ".join(part.text for part in parts)


def _lines(documents: Mapping[str, Sequence[Part]]) -> pl.DataFrame:
    """Count the paragraphs as lines, with the words of each."""
    hashes, sections, words, names = [], [], [], []
    for document, parts in documents.items():
        for part in parts:
            for line in part.lines if part.kind != "row" else ():
                hashes.append(line_hash(" ".join(line)))
                sections.append(len(names))
                words.append(sum(token not in PUNCTUATION for token in line))
            names.append(document)
    return count_lines(hashes, sections, np.array(words, np.int64), names)


def counted(documents: Mapping[str, Sequence[Part]], **options: object) -> CorpusStats:
    return count(batch(documents), CountOptions(**options))  # type: ignore[arg-type]


def _letters(texts: Sequence[str]) -> csr_matrix:
    entries = [(row, ord(letter)) for row, text in enumerate(texts) for letter in text]
    where = ([row for row, _ in entries], [column for _, column in entries])
    return csr_matrix((np.ones(len(entries), np.float32), where), shape=(len(texts), FEATURES))
