"""From documents to columns: collects the lines, facts and signals of a batch, then cuts all lines of a language at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl
import xxhash
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.ingest import Document, Section
from corpuskit.text.boilerplate import REMOVED, Boilerplate, count_lines, line_hash, source_of, words_per_line
from corpuskit.text.cues import CueSearch, Quotable
from corpuskit.text.duplicates import signature
from corpuskit.text.effective_dates import validity
from corpuskit.text.features import hashed_features, no_features
from corpuskit.text.field_cues import find_fields
from corpuskit.text.hidden_instructions import find_notices
from corpuskit.text.identification import count_scripts, identify_sections, language_of
from corpuskit.text.languages import LANGUAGES
from corpuskit.text.normalization import is_word, normalise
from corpuskit.text.personal_data import PERSONAL_DATA, Found, count_personal_data, find_personal_data, mask, pseudonym, redacted
from corpuskit.text.row_months import months_counted, row_months
from corpuskit.text.sentences import sentence_starts
from corpuskit.text.table import (
    DOCUMENT_SCHEMA,
    FEATURES,
    FIELD_SCHEMA,
    LABEL_SCHEMA,
    NOTICE_SCHEMA,
    PERSONAL_SCHEMA,
    SECTION_SCHEMA,
    SIGNAL_SCHEMA,
    TERM_SCHEMA,
    TOKEN_SCHEMA,
    TokenTable,
)
from corpuskit.text.tokenizers import NOMINAL, Tokenizer
from corpuskit.text.versions import version_of

_CUT_AS = {"en": "en", "ja": "ja", "mixed": "ja"}
"""Language whose tokenizer cuts a section. Text in neither language is not cut: its tokens would mean nothing."""


class Batch:
    """Documents on their way to a :class:`TokenTable`. ``add`` documents, then make the ``table``."""

    def __init__(self, search: CueSearch, boilerplate: Boilerplate = frozenset()) -> None:
        self._search = search
        self._boilerplate = boilerplate
        self._documents: list[tuple[Any, ...]] = []
        self._sections: list[tuple[Any, ...]] = []
        self._labels: list[tuple[int, str, str]] = []
        self._signals: list[tuple[Any, ...]] = []
        self._personal: list[tuple[str, str, int]] = []
        self._notices: list[tuple[Any, ...]] = []
        self._fields: list[tuple[Any, ...]] = []
        self._messages: dict[int, str] = {}
        self._lines: list[str] = []
        self._line_language: list[str] = []
        self._line_section: list[int] = []
        self._line_heading: list[bool] = []
        self._line_hash: list[int] = []
        self._line_removed: list[bool] = []

    @property
    def empty(self) -> bool:
        """Whether no document has been added."""
        return not self._documents

    def add(self, document: Document) -> None:
        """Take a document's sections, and everything else that needs its text."""
        first = len(self._sections)
        self._fields += [(document.id, first + one.section, *one[1:]) for one in find_fields(document.sections)]
        language, languages = identify_sections(section.text for section in document.sections)
        normal: list[str] = []
        personal: Counter[str] = Counter()
        previous: tuple[str, ...] = ()
        metadata = dict(document.metadata)
        title = metadata.get("title", "").strip() or next((section.heading[0] for section in document.sections if section.heading), "")
        columns: dict[str, int] = {}
        months = row_months(document.sections)
        for ordinal, (section, of_section) in enumerate(zip(document.sections, languages, strict=True)):
            number = len(self._sections)
            text = normalise(section.text)
            found = find_personal_data(section.text)
            personal.update(match.type for match in found)
            self._notices += [(document.id, number, one.type, one.count, one.quote) for one in find_notices(section.text, section.kind == "hidden")]
            if section.kind != "hidden":
                normal.append(text)
            self._sections.append(
                (
                    number,
                    document.id,
                    ordinal,
                    of_section,
                    section.kind,
                    section.locator,
                    xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass")),
                    months[ordinal],
                )
            )
            if section.heading and section.heading != previous and section.kind != "hidden":
                self._add_heading(section.heading[-1], number, _language_of_heading(section.heading[-1], of_section))
                if section.heading[-1] != title:
                    self._look_for_cues(document.id, number, "heading", section.heading[-1])
            previous = section.heading if section.kind != "hidden" else previous
            if section.kind == "hidden":
                continue  # no reader of the page sees it: it is no text of the company's, and neither a message nor a cue
            self._add_lines(redacted(section.text, found), number, of_section, None if section.kind == "row" else source_of(document.id))
            self._look_for_cues(document.id, number, "body", section.text, found)
            self._labels += [(number, column, pseudonym(value)) for column, value in section.labels]
            if section.kind == "row" or section.labels:
                self._messages[number] = section.text
            for column, _ in (*section.labels, *section.fields):
                columns.setdefault(column, number)
            personal += count_personal_data(_beside_the_text(section))
        self._look_for_cues(document.id, None, "path", document.id)
        self._look_for_cues(document.id, None, "title", title)
        for column, number in columns.items():
            self._look_for_cues(document.id, number, "column", column)
        self._personal += [(document.id, kind, personal[kind]) for kind in PERSONAL_DATA if personal[kind]]
        source = document.source
        text = " ".join(normal)
        series, edition = version_of(document.id, mask(title))
        valid = validity(document.sections)
        dated = metadata.get("modified") or metadata.get("created")
        self._documents.append(
            (
                document.id,
                language,
                source.reader,
                source.sha256,
                source.bytes,
                sum(len(section.text) for section in document.sections),
                dated or source.modified,
                mask(title),
                pseudonym(metadata.get("category", "")),
                signature(text, normalised=True),
                xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass")) if text else 0,
                series,
                edition,
                valid.effective,
                valid.expires,
                "metadata" if dated else "file",
                months_counted(months),
                metadata.get("text_columns", ""),
            )
        )

    def table(self, tokenizer_of: Callable[[str], Tokenizer]) -> TokenTable:
        """Cut the lines and lay everything out as columns."""
        tokens, terms, lines, tokenizers = self._tokens(tokenizer_of)
        return TokenTable(
            documents=_frame(self._documents, DOCUMENT_SCHEMA),
            sections=_frame(self._sections, SECTION_SCHEMA),
            tokens=tokens,
            terms=terms,
            labels=_frame(self._labels, LABEL_SCHEMA),
            signals=_frame(self._signals, SIGNAL_SCHEMA),
            personal_data=_frame(self._personal, PERSONAL_SCHEMA),
            notices=_frame(self._notices, NOTICE_SCHEMA),
            lines=lines,
            fields=_frame(self._fields, FIELD_SCHEMA),
            features=self._features(),
            tokenizers={language: tokenizer.info for language, tokenizer in tokenizers.items()},
        )

    def _add_heading(self, text: str, section: int, language: str) -> None:
        lines = [line for line in redacted(text, find_personal_data(text)).splitlines() if line and not line.isspace()]
        self._take([" ".join(lines)], [0], [False], section, language, heading=True)

    def _add_lines(self, text: str, section: int, language: str, source: str | None) -> None:
        """Take the lines of a text; ``source`` is None where they cannot be boilerplate."""
        lines = [line for line in text.splitlines() if line and not line.isspace()]
        hashes = [0] * len(lines) if source is None else [line_hash(line) for line in lines]
        self._take(lines, hashes, [(source, one) in self._boilerplate for one in hashes], section, language, heading=False)

    def _take(self, lines: list[str], hashes: list[int], removed: list[bool], section: int, language: str, heading: bool) -> None:
        cut_as = _CUT_AS.get(language)
        if cut_as is None:
            return
        self._lines += lines
        self._line_language += [cut_as] * len(lines)
        self._line_section += [section] * len(lines)
        self._line_heading += [heading] * len(lines)
        self._line_hash += hashes
        self._line_removed += removed

    def _look_for_cues(self, document: str, section: int | None, signal: str, text: str, found: list[Found] | None = None) -> None:
        if not self._search or not text:
            return
        quotable = Quotable(text, found)
        for hit in self._search.find(text):
            quote = quotable.around(hit.start, hit.end)
            self._signals.append((document, section, hit.cue.task, signal, hit.cue.text, hit.count, quote))

    def _features(self) -> csr_matrix:
        counts = np.zeros(len(self._sections) + 1, np.int64)
        if not self._messages:
            return no_features(len(self._sections))
        matrix = hashed_features(list(self._messages.values()))
        counts[np.array(list(self._messages)) + 1] = np.diff(matrix.indptr)
        return csr_matrix((matrix.data, matrix.indices, np.cumsum(counts)), shape=(len(self._sections), FEATURES))

    def _tokens(self, tokenizer_of: Callable[[str], Tokenizer]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, dict[str, Tokenizer]]:
        language_of_line = np.array(self._line_language, dtype="U8")
        removed = np.array(self._line_removed, np.bool_)
        lengths, words = np.zeros(len(self._lines), np.int64), np.zeros(len(self._lines), np.int64)
        cuts: list[tuple[str, Tokenizer, NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]] = []
        for language in LANGUAGES:
            rows = np.flatnonzero(language_of_line == language)
            if rows.size:
                tokenizer = tokenizer_of(language)
                types, per_line = tokenizer.cut([self._lines[row] for row in rows.tolist()])
                lengths[rows] = per_line
                words[rows] = words_per_line(tokenizer, types, per_line)
                cuts.append((language, tokenizer, rows, types, per_line))
        self._lines.clear()
        starts = np.cumsum(lengths) - lengths
        total = int(lengths.sum())
        terms = _Terms()
        term, begins, nominal = np.zeros(total, np.uint32), np.zeros(total, np.bool_), np.zeros(total, np.bool_)
        for language, tokenizer, rows, types, per_line in cuts:
            places = np.repeat(starts[rows] - (np.cumsum(per_line) - per_line), per_line) + np.arange(types.size)
            line_start = np.zeros(types.size, np.bool_)
            line_start[(np.cumsum(per_line) - per_line)[per_line > 0]] = True
            traits = np.array(tokenizer.types.traits, np.uint8)[types]
            begins[places] = sentence_starts(traits, line_start, language)
            nominal[places] = (traits & NOMINAL) != 0
            term[places] = terms.add(language, tokenizer, types, np.repeat(removed[rows], per_line))
        frame, rank = terms.frame()
        section = np.repeat(np.array(self._line_section, np.uint32), lengths)
        heading = np.repeat(np.array(self._line_heading, np.bool_), lengths)
        tokens = pl.DataFrame(
            {
                "section": section,
                "paragraph": np.repeat(np.arange(lengths.size, dtype=np.uint32), lengths),
                "sentence": np.cumsum(begins, dtype=np.uint32) - np.uint32(1) if total else np.zeros(0, np.uint32),
                "position": _positions(section, heading),
                "term": rank[term] if total else term,
                "heading": heading,
                "nominal": nominal,
            },
            schema=TOKEN_SCHEMA,
        )
        lines = count_lines(self._line_hash, self._line_section, words, [row[1] for row in self._sections])
        return tokens, frame, lines, {language: tokenizer for language, tokenizer, *_ in cuts}


class _Terms:
    """The terms of a batch; in the end numbered by language and form, whatever the tokenizers remember from earlier batches."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._units: dict[tuple[str, str], tuple[str, ...]] = {}

    def add(self, language: str, tokenizer: Tokenizer, types: NDArray[np.uint32], removed: NDArray[np.bool_]) -> NDArray[np.uint32]:
        """Give the number of each token's term; tokens of removed lines share one that is no word."""
        used = np.flatnonzero(np.bincount(types[~removed], minlength=len(tokenizer.types.forms)))
        forms = tokenizer.types.forms
        term_of = np.zeros(len(forms), np.uint32)
        term_of[used] = [self._numbers.setdefault((language, forms[row]), len(self._numbers)) for row in used.tolist()]
        numbers = term_of[types]
        self._take_units(language, tokenizer, used.tolist())
        if removed.any():
            numbers[removed] = self._numbers.setdefault((language, REMOVED), len(self._numbers))
        return numbers

    def _take_units(self, language: str, tokenizer: Tokenizer, used: list[int]) -> None:
        """Keep the units of terms that have any; of several types with one form the smallest, which no order of reading changes."""
        forms, units = tokenizer.types.forms, tokenizer.types.units
        for row in used if units else ():
            if (found := units.get(row)) is not None:
                key = (language, forms[row])
                self._units[key] = min(self._units.get(key, found), found)

    def frame(self) -> tuple[pl.DataFrame, NDArray[np.uint32]]:
        order = sorted(self._numbers)
        rank = np.zeros(len(order), np.uint32)
        rank[[self._numbers[key] for key in order]] = np.arange(len(order), dtype=np.uint32)
        rows = [
            (row, language, form, is_word(form), _is_stop(language, form), self._units.get((language, form)))
            for row, (language, form) in enumerate(order)
        ]
        return _frame(rows, TERM_SCHEMA), rank


def _positions(section: NDArray[np.uint32], heading: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Number the tokens of each section from 0; those of its heading apart from those of its text."""
    if not section.size:
        return np.zeros(0, np.uint32)
    index = np.arange(section.size)
    new = np.concatenate(([True], (section[1:] != section[:-1]) | (heading[1:] != heading[:-1])))
    return (index - np.maximum.accumulate(np.where(new, index, 0))).astype(np.uint32)


def _is_stop(language: str, form: str) -> bool:
    """Tell function words; Latin words in Japanese text are judged as English."""
    return form in LANGUAGES[language].stop_words or (language == "ja" and form.isascii() and form in LANGUAGES["en"].stop_words)


def _language_of_heading(heading: str, of_section: str) -> str:
    """A heading can be in another language than its text; where its letters do not tell, it is in that of the text."""
    return language_of(count_scripts(heading), of_section)


def _beside_the_text(section: Section) -> str:
    """The values of a section's columns, each on its own line after its name: the name may say what a number is."""
    return "\n".join(f"{column} {value}" for column, value in (*section.labels, *section.fields))


def _frame(rows: Sequence[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")
