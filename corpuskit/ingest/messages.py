"""A table of messages (ticket export, ledger, survey) as row sections: which columns are text, which are labels.

Columns that the options name are taken as told. Otherwise a column is text or label by its name, backed by its content; what was
decided and why is a value (:class:`ColumnRoles`), so that it can be shown and doubted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.errors import ReadError
from corpuskit.ingest.column_names import LABEL_ENDINGS, LABEL_NAMES, LABEL_PHRASES, NEITHER_ENDINGS, NEITHER_NAMES, TEXT_ENDINGS, TEXT_NAMES
from corpuskit.ingest.document import Section
from corpuskit.ingest.outline import clean
from corpuskit.ingest.raters import RATER, label_one_thing, majority, rater_columns, shared_name
from corpuskit.ingest.reader import ReadOptions

SHORTEST_TEXT = 20
"""Mean width in cells; because a column shorter than four English words or ten Japanese characters holds names, not messages."""

LEAST_DISTINCT_TEXT = 0.5
"""Share of different values; because messages seldom repeat, and a long value that does is a category with a long name."""

MOST_NUMERIC_TEXT = 0.2
"""Share of values that are only digits and signs; because a column of amounts and dates is no text whatever its name says."""

LEAST_ROWS_PER_LABEL = 3.0
"""Rows for each different value, on average; because with fewer a class has too few messages to say anything about it, and the
column is more likely a name or a reference."""

LONGEST_LABEL = 80
"""Width in cells of the longest label on average; because longer values are sentences."""

FEWEST_ROWS_WITHOUT_NAMES = 10
"""Rows; because in a shorter table every column looks like text that never repeats."""

LEAST_SHARE_NAMED = 0.3
"""Share of the characters of all columns that are not numbers; because the words of the other columns are not counted as text, and a table with most
of its writing elsewhere is a register, whose rows are text as a whole."""

LEAST_SHARE_UNNAMED = 0.5
"""As above, where no name speaks for the column; because then only its weight does."""

_NUMERIC = re.compile(r"[\d\s.,:/%+\-()年月日時分円¥$€TZ]*")


SECOND = "second:"
"""What stands before the name of a column with the labels of a second person."""

OF_OTHERS = f"^(?:{SECOND}|{RATER})"
"""Pattern of the names of columns that hold labels which other people gave beside a label column."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as they stand in the file; every row has as many cells as there are columns.

    ``numbers`` are the row numbers a reader sees; ``name`` is that of the sheet, empty for a file that is one table.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """Which columns (by number) hold message text, which hold labels, which those of a second person or of many raters, and why."""

    text: tuple[int, ...]
    labels: tuple[int, ...]
    because: tuple[tuple[str, str], ...] = ()
    second: int | None = None
    raters: tuple[int, ...] = ()

    @property
    def of_others(self) -> tuple[int, ...]:
        """Columns with the labels of further people."""
        return self.raters if self.second is None else (self.second, *self.raters)


def roles(table: Table, options: ReadOptions) -> ColumnRoles:
    """Decide the role of every column.

    Raises
    ------
    ReadError
        ``missing_column``: a column that the options name is not there; the message lists those that are.
    """
    text = tuple(_find(table, name) for name in options.text_columns)
    labels = tuple(_find(table, name) for name in options.label_columns)
    second = _find(table, options.second_label_column) if options.second_label_column else None
    raters = tuple(_find(table, name) for name in options.rater_columns)
    others = raters if second is None else (second, *raters)
    because = [(table.columns[index], "named in the options") for index in (*text, *labels, *others)]
    if not raters:
        raters = _detect_raters(table, (*text, *labels, *others))
        others = (*others, *raters)
        because += [(table.columns[index], "ten or more columns named for people and numbered, which often agree") for index in raters]
    if not text:
        text, reason = _detect_text(table, (*labels, *others))
        because += [(table.columns[index], reason) for index in text]
    if not labels and text:
        labels = tuple(index for index in range(len(table.columns)) if index not in (*text, *others) and _is_label(table, index))
        because += [(table.columns[index], "named like a label, and few different values for its rows") for index in labels]
    return ColumnRoles(text, tuple(index for index in labels if index not in others), tuple(because), second, raters)


def has_named_columns(table: Table, options: ReadOptions) -> bool:
    """Tell whether a table has a message column that the options name (True where they name none)."""
    known = {_plain(column) for column in table.columns}
    return not options.text_columns or any(_plain(name) in known for name in options.text_columns)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as sections.

    ``metadata`` names the columns used (``text_columns``, ``label_columns``), ``warnings`` counts the rows that had nothing in them
    (``rows_without_text: n``).
    """

    sections: tuple[Section, ...]
    metadata: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def row_sections(table: Table, options: ReadOptions) -> Rows:
    """Turn each row into a section.

    The text columns are joined by a newline, labels and other columns are kept beside the text. In a table without a text column
    the text is the row itself: ``"column: value; column: value"``. Labels of a second person stand under the column's name behind ``second:``, those
    of raters behind ``rater:``. Where raters are all there is, what most of them said is the label, under the name that their columns share.

    Raises
    ------
    ReadError
        As :func:`roles`.
    """
    chosen = roles(table, options)
    labelled = (*chosen.labels, *chosen.of_others)
    others = [index for index in range(len(table.columns)) if index not in chosen.text and index not in labelled]
    columns = tuple(_flat(column) for column in table.columns)
    label_names = [_label_name(columns[index], index, chosen) for index in labelled]
    agreed = shared_name([_plain(columns[index]) for index in chosen.raters]) if chosen.raters and not chosen.labels else ""
    heading = (table.name,) if table.name else ()
    place = f"{table.name} row " if table.name else "row "
    sections: list[Section] = []
    without = 0
    for number, row in zip(table.numbers, table.rows, strict=True):
        if chosen.text:
            text = "\n".join(cleaned for index in chosen.text if (cleaned := clean(row[index])))
        else:
            text = "; ".join(f"{columns[index]}: {value}" for index in others if (value := _flat(row[index])))
        if not text:
            without += any(cell.strip() for cell in row)
            continue
        labels = tuple((name, value) for name, index in zip(label_names, labelled, strict=True) if (value := _flat(row[index])))
        if agreed and (most := majority([_flat(row[index]) for index in chosen.raters])):
            labels = ((agreed, most), *labels)
        fields = tuple((columns[index], value) for index in others if (value := _flat(row[index]))) if chosen.text else ()
        sections.append(Section(text, heading, "row", f"{place}{number}", labels, fields))
    named = {"text_columns": chosen.text, "label_columns": labelled}
    metadata = tuple((name, ", ".join(columns[index] for index in indices)) for name, indices in named.items() if indices)
    return Rows(tuple(sections), metadata, (f"rows_without_text: {without}",) if without else ())


def _label_name(column: str, index: int, chosen: ColumnRoles) -> str:
    """Give the name under which a column's labels are kept."""
    if index in chosen.raters:
        return f"{RATER}{column.removeprefix(RATER)}"
    return f"{SECOND}{column.removeprefix(SECOND)}" if index == chosen.second else column


def _flat(value: str) -> str:
    return " ".join(clean(value).split())


def _plain(name: str) -> str:
    """Compare names without case, width, blanks and what stands in brackets behind them."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return re.sub(r"[\s\-_./]+", "_", re.sub(r"(?<=.)\(.*?\)", "", folded)).strip("_")


def _find(table: Table, name: str) -> int:
    if name in table.columns:
        return table.columns.index(name)
    plain = [_plain(column) for column in table.columns]
    if _plain(name) in plain:
        return plain.index(_plain(name))
    raise ReadError("missing_column", f"The table has no column {name!r}. It has: {', '.join(table.columns)}.")


def _named(column: str, names: frozenset[str], endings: tuple[str, ...]) -> bool:
    plain = _plain(column)
    return plain in names or plain.rpartition("_")[2] in names or plain.endswith(endings)


def _is_neither(column: str) -> bool:
    return _named(column, NEITHER_NAMES, NEITHER_ENDINGS) or bool(re.search(r"[a-z]I[Dd]$", column)) or _plain(column).endswith("_at")


def _values(table: Table, index: int) -> list[str]:
    return [value for row in table.rows if (value := row[index].strip())]


def _mean_width(values: Sequence[str]) -> float:
    """Mean width in cells, where a character beyond Latin, Greek and Cyrillic counts 2."""
    return sum(len(value) + sum(character >= "\u1100" for character in value) for value in values) / len(values) if values else 0.0


def _is_prose(values: Sequence[str]) -> bool:
    if not values:
        return False
    numeric = sum(_NUMERIC.fullmatch(value) is not None for value in values)
    return numeric <= MOST_NUMERIC_TEXT * len(values) and len(set(values)) >= min(LEAST_DISTINCT_TEXT * len(values), 50)


def _detect_text(table: Table, taken: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """Find the message columns: those named so, else the one with the longest values; none where most of the writing stands elsewhere."""
    free = [index for index in range(len(table.columns)) if index not in taken and not _is_neither(table.columns[index])]
    values = {index: _values(table, index) for index in range(len(table.columns))}
    writing = sum(len(value) for index in values for value in values[index] if not _NUMERIC.fullmatch(value))
    named = tuple(index for index in free if _named(table.columns[index], TEXT_NAMES, TEXT_ENDINGS) and _is_prose(values[index]))
    filled = max((len(values[index]) for index in named), default=0)
    if 2 * filled >= len(table.rows) and sum(len(value) for index in named for value in values[index]) >= LEAST_SHARE_NAMED * writing:
        return named, "named like text, its values seldom repeat, and much of the table's writing stands in it"
    if len(table.rows) < FEWEST_ROWS_WITHOUT_NAMES:
        return (), ""
    longest = [
        (_mean_width(values[index]), -index)
        for index in free
        if not _named(table.columns[index], LABEL_NAMES, LABEL_ENDINGS)
        and _is_prose(values[index])
        and 2 * len(values[index]) >= len(table.rows)
        and sum(len(value) for value in values[index]) >= LEAST_SHARE_UNNAMED * writing
    ]
    best = max(longest, default=(0.0, 0))
    if best[0] >= SHORTEST_TEXT:
        return (-best[1],), "the longest values of the table, which seldom repeat and hold most of its writing"
    return (), ""


def _detect_raters(table: Table, taken: tuple[int, ...]) -> tuple[int, ...]:
    """Find the columns of raters by their names, and because their values often agree."""
    found = rater_columns([_plain(column) for column in table.columns])
    if set(found) & set(taken) or not label_one_thing([[row[index].strip() for index in found] for row in table.rows]):
        return ()
    return found


def _is_label(table: Table, index: int) -> bool:
    """Tell whether a column is a label: by its name, and because each value stands in several rows."""
    column = table.columns[index]
    if _is_neither(column) or not (_named(column, LABEL_NAMES, LABEL_ENDINGS) or _plain(column) in LABEL_PHRASES):
        return False
    values = _values(table, index)
    different = set(values)
    return 2 <= len(different) <= len(values) / LEAST_ROWS_PER_LABEL and _mean_width(sorted(different)) <= LONGEST_LABEL
