"""The terms of a company in its own words: a CSV file says which spellings are one term, and which words together are one.

The file has the columns ``term`` and ``variants`` (separated by ``|``, or one in each further column), and if wanted ``language``; in Japanese
用語, 表記ゆれ and 言語. Other columns are ignored, so that a table with counts or remarks can be used as it is.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from corpuskit.errors import ConfigurationError
from corpuskit.text.normalization import is_word, normalise

_NAMES = {
    "term": "term",
    "用語": "term",
    "language": "language",
    "言語": "language",
    "variants": "variants",
    "variant": "variants",
    "表記ゆれ": "variants",
    "表記揺れ": "variants",
    "異表記": "variants",
    "別表記": "variants",
}
_VARIANT_NUMBER = re.compile(r"(?:variants?|表記ゆれ|異表記|別表記)[ _.-]?\d+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_SEPARATOR = re.compile(r"[|｜]")
_LANGUAGES: Mapping[str, Literal["", "en", "ja"]] = {"": "", "en": "en", "ja": "ja", "english": "en", "japanese": "ja", "英語": "en", "日本語": "ja"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class DictionaryEntry(BaseModel):
    """One term: its spelling in every count and report, other spellings that count as it, the language whose text it is for ("": every one)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: str
    variants: tuple[str, ...] = ()
    language: Literal["", "en", "ja"] = ""

    @property
    def form(self) -> str:
        """The term as it stands in the counts: folded, with single blanks."""
        return normalise(self.term)

    def spellings(self) -> tuple[str, ...]:
        """Give all spellings, folded, the term first, each once."""
        return tuple(dict.fromkeys(normalise(spelling) for spelling in (self.term, *self.variants)))


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: list[str]


def read_dictionary(path: Path) -> tuple[DictionaryEntry, ...]:
    """Read a user dictionary.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8, UTF-16 with a byte order mark, or cp932; cells separated by commas, semicolons or tabs as its first line is.

    Returns
    -------
    tuple of DictionaryEntry
        In the order of the file. None for a file with nothing but a header.

    Raises
    ------
    ConfigurationError
        The file is missing, cannot be decoded or lacks the column ``term``; a term is empty or stands on two lines; a spelling belongs to two
        terms. The message names file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"User dictionary {path} cannot be read: {error.strerror or error}. Name a CSV file with the columns term and variants."
        ) from error
    lines = _lines(_decoded(data, path), path)
    columns = _columns(next(lines, _Line(1, [])), path)
    found = [(line.number, _entry(line, columns, path)) for line in lines]
    check_entries((entry for _, entry in found), [f"{path}, line {number}" for number, _ in found])
    return tuple(entry for _, entry in found)


def check_entries(entries: Iterable[DictionaryEntry], places: Iterable[str] | None = None) -> None:
    """Refuse entries that contradict each other: a spelling is that of one term in each language.

    Raises
    ------
    ConfigurationError
        A spelling has no letter or digit, a term stands twice, or a spelling belongs to two terms.
    """
    owners: dict[tuple[str, str], tuple[str, str, str]] = {}
    named = zip(entries, places, strict=True) if places is not None else ((entry, f"user dictionary, {entry.term!r}") for entry in entries)
    for entry, place in named:
        for spelling in entry.spellings():
            if not is_word(spelling):
                raise ConfigurationError(
                    f"{place}: {spelling!r} has no letter or digit. Write the term as it stands in documents, or take the line out."
                )
            for language in (entry.language,) if entry.language else ("en", "ja"):
                owner, written, where = owners.setdefault((language, spelling), (entry.form, spelling, place))
                if owner != entry.form:
                    raise ConfigurationError(f"{place}: {written!r} is a spelling of {entry.term!r} and, at {where}, of {owner!r}. Keep one of them.")
                if where != place:
                    raise ConfigurationError(f"{place}: the term {entry.term!r} stands at {where} already. Write all its variants on one line.")


def entries_for(entries: Iterable[DictionaryEntry], language: str) -> tuple[DictionaryEntry, ...]:
    """Give the entries that hold in text of a language."""
    return tuple(entry for entry in entries if entry.language in ("", language))


def dictionary_digest(entries: Iterable[DictionaryEntry]) -> str:
    """Give the first 12 hexadecimal digits of the SHA-256 of what the entries say; their order and the file's name do not count."""
    said = sorted((entry.form, sorted(entry.spellings()), entry.language) for entry in entries)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _decoded(data: bytes, path: Path) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    wrong = 0
    for encoding in (marked,) if marked else ("utf-8", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            wrong = data[: error.start].count(b"\n")
            continue
        if encoding != "cp932" or not (stray := _stray(text, data)):
            return text
        wrong = text[: stray.start()].count("\n")
    raise ConfigurationError(f"{path}, line {wrong + 1}: neither UTF-8 nor cp932 (Shift_JIS). Save the file as CSV UTF-8.")


def _stray(text: str, data: bytes) -> re.Match[str] | None:
    """Find what tells that text is not cp932 after all: private characters, as which Python reads stray bytes, and EUC-JP read as half-width kana."""
    found = _PRIVATE.search(text)
    if found is None and (found := _HALF_WIDTH.search(text)):
        try:
            data.decode("euc_jp")
        except UnicodeDecodeError:
            return None
    return found


def _lines(text: str, path: Path) -> Iterator[_Line]:
    """Give the rows that are not blank, with the number of the line on which each ends."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _Line(reader.line_num, [cell.strip() for cell in row])
    except csv.Error as error:
        raise ConfigurationError(f"{path}, line {reader.line_num}: not a CSV file: {error}. A quote that opens a cell must close it.") from error


def _columns(header: _Line, path: Path) -> list[str]:
    """Say what each column holds: term, variants, language, or "" for something else."""
    names = [cell.casefold() for cell in header.cells]
    columns = ["variants" if _VARIANT_NUMBER.fullmatch(name) else _NAMES.get(name, "") for name in names]
    for name in ("term", "language"):
        if columns.count(name) > 1:
            raise ConfigurationError(f"{path}, line {header.number}: two columns hold the {name}. Keep one.")
    if "term" not in columns:
        raise ConfigurationError(
            f"{path}, line {header.number}: the first line must name the columns term and variants (and language, if wanted); "
            f"it has: {', '.join(header.cells) or 'nothing'}."
        )
    return columns


def _entry(line: _Line, columns: list[str], path: Path) -> DictionaryEntry:
    place = f"{path}, line {line.number}"
    # cells beyond the header are further variants: who writes them by hand does not count columns
    kinds = columns + ["variants"] * (len(line.cells) - len(columns))
    cells = [(kind, cell) for kind, cell in zip(kinds, line.cells, strict=False) if cell]
    term = next((cell for kind, cell in cells if kind == "term"), "")
    if not term:
        raise ConfigurationError(f"{place}: the term is empty. Write it in the column term, or take the line out.")
    given = next((cell for kind, cell in cells if kind == "language"), "")
    language = _LANGUAGES.get(given.casefold())
    if language is None:
        raise ConfigurationError(f"{place}: unknown language {given!r}. Valid: en, ja, or nothing for both.")
    variants = [part.strip() for kind, cell in cells if kind == "variants" for part in _SEPARATOR.split(cell)]
    return DictionaryEntry(term=term, variants=tuple(variant for variant in variants if variant), language=language)


def entries_from(given: Any) -> Any:
    """Turn what an option holds into entries: the path of a file is read, "" is no dictionary, anything else stays for the option to judge."""
    if isinstance(given, str | Path):
        return read_dictionary(Path(given)) if str(given).strip() else ()
    return given
