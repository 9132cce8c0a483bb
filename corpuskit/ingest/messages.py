"""A table of messages (ticket export, ledger, survey): which of its columns are text, which are labels.

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
from corpuskit.ingest.outline import clean
from corpuskit.ingest.raters import RATER, label_one_thing, rater_columns
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

NUMERIC = re.compile(r"[\d\s.,:/%+\-()年月日時分円¥$€TZ]*")
"""Values that say nothing in words: amounts, dates and times."""

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
    text = tuple(find_column(table, name) for name in options.text_columns)
    labels = tuple(find_column(table, name) for name in options.label_columns)
    second = find_column(table, options.second_label_column) if options.second_label_column else None
    raters = tuple(find_column(table, name) for name in options.rater_columns)
    others = raters if second is None else (second, *raters)
    because = [(table.columns[index], "named in the options") for index in (*text, *labels, *others)]
    if not raters:
        raters = _detect_raters(table, (*text, *labels, *others))
        others = (*others, *raters)
        because += [(table.columns[index], "ten or more columns named for people and numbered, which often agree") for index in raters]
    if not text:
        text, reason = detect_text(table, (*labels, *others))
        because += [(table.columns[index], reason) for index in text]
    if not labels and text:
        labels = tuple(index for index in range(len(table.columns)) if index not in (*text, *others) and is_label(table, index))
        because += [(table.columns[index], "named like a label, and few different values for its rows") for index in labels]
    return ColumnRoles(text, tuple(index for index in labels if index not in others), tuple(because), second, raters)


def has_named_columns(table: Table, options: ReadOptions) -> bool:
    """Tell whether a table has a message column that the options name (True where they name none)."""
    known = {plain_name(column) for column in table.columns}
    return not options.text_columns or any(plain_name(name) in known for name in options.text_columns)


def flat(value: str) -> str:
    """Give a cell as one line: cleaned, its line ends and runs of blanks as one blank.

    >>> flat(" late\\n delivery ")
    'late delivery'
    """
    return " ".join(clean(value).split())


def plain_name(name: str) -> str:
    """Give a column's name as names are compared: without case, width, blanks and what stands in brackets behind it.

    >>> plain_name("Ticket Text (required)")
    'ticket_text'
    """
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return re.sub(r"[\s\-_./]+", "_", re.sub(r"(?<=.)\(.*?\)", "", folded)).strip("_")


def find_column(table: Table, name: str) -> int:
    """Find a column by its name as written, else as names are compared.

    Raises
    ------
    ReadError
        ``missing_column``: it is not there; the message lists those that are.
    """
    if name in table.columns:
        return table.columns.index(name)
    plain = [plain_name(column) for column in table.columns]
    if plain_name(name) in plain:
        return plain.index(plain_name(name))
    raise ReadError("missing_column", f"The table has no column {name!r}. It has: {', '.join(table.columns)}.")


def is_named(column: str, names: frozenset[str], endings: tuple[str, ...]) -> bool:
    """Tell whether a column's name, or the last word of it, is one of the names, or ends as told."""
    plain = plain_name(column)
    return plain in names or plain.rpartition("_")[2] in names or plain.endswith(endings)


def is_neither(column: str) -> bool:
    """Tell whether a column is named for what is neither text nor label: an id, a date, a number."""
    return is_named(column, NEITHER_NAMES, NEITHER_ENDINGS) or bool(re.search(r"[a-z]I[Dd]$", column)) or plain_name(column).endswith("_at")


def _values(table: Table, index: int) -> list[str]:
    return [value for row in table.rows if (value := row[index].strip())]


def _mean_width(values: Sequence[str]) -> float:
    """Mean width in cells, where a character beyond Latin, Greek and Cyrillic counts 2."""
    return sum(len(value) + sum(character >= "\u1100" for character in value) for value in values) / len(values) if values else 0.0


def _is_prose(values: Sequence[str]) -> bool:
    if not values:
        return False
    numeric = sum(NUMERIC.fullmatch(value) is not None for value in values)
    return numeric <= MOST_NUMERIC_TEXT * len(values) and len(set(values)) >= min(LEAST_DISTINCT_TEXT * len(values), 50)


def detect_text(table: Table, taken: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """Find the message columns: those named so, else the one with the longest values; none where most of the writing stands elsewhere."""
    free = [index for index in range(len(table.columns)) if index not in taken and not is_neither(table.columns[index])]
    values = {index: _values(table, index) for index in range(len(table.columns))}
    writing = sum(len(value) for index in values for value in values[index] if not NUMERIC.fullmatch(value))
    named = tuple(index for index in free if is_named(table.columns[index], TEXT_NAMES, TEXT_ENDINGS) and _is_prose(values[index]))
    filled = max((len(values[index]) for index in named), default=0)
    if 2 * filled >= len(table.rows) and sum(len(value) for index in named for value in values[index]) >= LEAST_SHARE_NAMED * writing:
        return named, "named like text, its values seldom repeat, and much of the table's writing stands in it"
    if len(table.rows) < FEWEST_ROWS_WITHOUT_NAMES:
        return (), ""
    longest = [
        (_mean_width(values[index]), -index)
        for index in free
        if not is_named(table.columns[index], LABEL_NAMES, LABEL_ENDINGS)
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
    found = rater_columns([plain_name(column) for column in table.columns])
    if set(found) & set(taken) or not label_one_thing([[row[index].strip() for index in found] for row in table.rows]):
        return ()
    return found


def is_label(table: Table, index: int) -> bool:
    """Tell whether a column is a label: by its name, and because each value stands in several rows."""
    column = table.columns[index]
    if is_neither(column) or not (is_named(column, LABEL_NAMES, LABEL_ENDINGS) or plain_name(column) in LABEL_PHRASES):
        return False
    return has_few_values(table, index)


def has_few_values(table: Table, index: int) -> bool:
    """Tell whether a column holds at least two different values, short ones, each of which stands in several rows."""
    values = _values(table, index)
    different = set(values)
    return 2 <= len(different) <= len(values) / LEAST_ROWS_PER_LABEL and _mean_width(sorted(different)) <= LONGEST_LABEL
