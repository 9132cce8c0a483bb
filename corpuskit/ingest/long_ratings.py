"""Recognise a table with one line for each rating: an item, a person who labelled it, the label.

Annotation tools export so (Label Studio, Prodigy, Amazon Mechanical Turk, Toloka), and people keep lists so. Names alone decide nothing: the same
item must mostly stand in the lines of different people, seldom twice in those of one, and say the same text each time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.ingest.column_names import (
    ITEM_ENDINGS,
    ITEM_NAMES,
    LABEL_ENDINGS,
    LABEL_NAMES,
    LABEL_PHRASES,
    RATING_ENDINGS,
    RATING_NAMES,
    STATE_ENDINGS,
    STATE_NAMES,
    TEXT_ENDINGS,
    TEXT_NAMES,
)
from corpuskit.ingest.joined_ratings import Agreed, Items, agreed, each, folded_name, items_of, usual_values
from corpuskit.ingest.messages import Table, detect_text, find_column, flat, has_few_values, is_named, is_neither, plain_name
from corpuskit.ingest.raters import names_a_person
from corpuskit.ingest.reader import ReadOptions

LEAST_RATED_TWICE = 0.5
"""Share of items that two people or more labelled; because in a ledger the same words are now and then written by another clerk too."""

LEAST_WORTH_TELLING = 0.1
"""Share of items, as above, from which on it is told that a table looks like ratings and was not taken for such."""

MOST_REPEATED = 0.05
"""Share of lines in which a person labels an item again; because beyond slips of the hand these are several labels of one item, or daily work."""

MOST_DIFFERING = 0.1
"""Share of the items of several lines that may differ in a column of the item's own; because texts are edited now and then while people label."""

_TOOLS_ANSWERS = frozenset({"accept", "reject", "ignore"})
"""What a person answered to a proposed label (Prodigy): the label in the line is the question there, and not what the person says."""


@dataclass(frozen=True, slots=True)
class LongTable:
    """Which columns (by number) say who labelled which item how, and what the lines of each item agree on.

    ``other_text`` counts the lines whose item has another text in most of its lines: they are items of their own. ``certain`` tells whether the table
    is one of ratings by all that was demanded (else ``label`` may be one of several). ``raters`` are the people as their names are compared, one for
    each line.
    """

    rater: int
    item: int
    label: int
    text: tuple[int, ...]
    items: Items
    values: dict[int, Agreed]
    raters: Sequence[str]
    other_text: int
    certain: bool


def find_long_table(table: Table, options: ReadOptions) -> LongTable | None:
    """Recognise a table with one line for each rating.

    Where the options name the column of raters or of items, the table is taken for one of ratings as soon as one item has two raters.

    Parameters
    ----------
    table : Table
    options : ReadOptions

    Returns
    -------
    LongTable or None
        None for every other table; not ``certain`` where items have several raters and yet too much speaks against it.

    Raises
    ------
    ReadError
        ``missing_column``: a column that the options name is not there.
    """
    named = tuple(find_column(table, name) for name in (options.item_column, options.rater_column) if name)
    wide = options.second_label_column or options.rater_columns
    if not table.rows or (wide and not options.rater_column):
        return None
    doubted = None
    for rater in _rater_columns(table, options):
        search = _Search(table, options, bool(named))
        for item in search.item_columns(rater):
            found = search.with_item(rater, item)
            if found is not None and found.certain:
                return found
            doubted = doubted or found
    return doubted


def _rater_columns(table: Table, options: ReadOptions) -> tuple[int, ...]:
    """Give the column that says who labelled: as named, else the one named for a person; of several, the first if they name the same people."""
    if options.rater_column:
        return (find_column(table, options.rater_column),)
    found = [index for index, column in enumerate(table.columns) if names_a_person(plain_name(column))]
    pairs = {tuple(row[index].strip() for index in found) for row in table.rows} if len(found) > 1 else set()
    same = all(len({pair[place] for pair in pairs}) == len(pairs) for place in range(len(found)))
    return tuple(found[:1]) if same else ()


class _Search:
    """Looks for the columns of item, label and text in one table."""

    def __init__(self, table: Table, options: ReadOptions, named: bool) -> None:
        self._table, self._options, self._named = table, options, named
        self._columns = [list(column) for column in zip(*table.rows, strict=True)]
        self._labels = tuple(find_column(table, name) for name in options.label_columns)
        self._text = tuple(find_column(table, name) for name in options.text_columns)
        self._rated = self._labels or tuple(index for index in range(len(table.columns)) if _is_rating(table, index))

    def item_columns(self, rater: int) -> list[int]:
        """Give the columns that may tell items apart, the likeliest first: as named, else ids before texts, and of each the finer ones first."""
        if self._options.item_column:
            return [find_column(self._table, self._options.item_column)]
        raters = each(folded_name, self._columns[rater])
        people, lines = len(set(raters)), len(raters)
        found = []
        for index, column in enumerate(self._columns):
            different, is_id = len(set(column)), _is_item(self._table.columns[index])
            fine = different * (1 + LEAST_WORTH_TELLING) <= lines and (is_id or lines <= 2 * different * people)
            if index in (rater, *self._labels) or not fine or not (is_id or index in self._text or not is_neither(self._table.columns[index])):
                continue
            several, repeated = _overlap(items_of(column), raters)
            if several >= max(1, LEAST_WORTH_TELLING * different) or (self._named and several):
                found.append((repeated > MOST_REPEATED * lines, not is_id, -different, index))
        return [index for *_, index in sorted(found)]

    def with_item(self, rater: int, item: int) -> LongTable | None:
        """Complete the columns where items are told by one of them; None where they say no text or no label, or not the same text."""
        values = self._columns
        items = items_of(each(flat, values[item]))
        kept = {index: agreed(column, items) for index, column in enumerate(values) if index != rater}
        several = sum(count > 1 for count in Counter(items.of).values())
        own = tuple(index for index, one in kept.items() if len(one.differing) <= MOST_DIFFERING * several)
        told = [index for index in self._rated if index in kept and index != item]
        label = self._rating_column(told, kept, own)
        doubted = next((index for index in told if kept[index].differing), None) if label is None else label
        if doubted is None:
            return None
        text = self._text or self._text_of_items(kept, [index for index in own if index != doubted], MOST_DIFFERING * several)
        if not text or not (item in text or _is_item(self._table.columns[item]) or self._options.item_column):
            return None
        if not self._named and all(is_neither(self._table.columns[index]) for index in text):
            return None  # rows are asked for by their ids, one by one: nobody looks for messages
        if not self._named and self._says_more(text, (rater, doubted, *own)):
            return None
        apart, other_text = _split_by_text(items, values, text, kept)
        if other_text:
            items, kept = apart, {index: agreed(column, apart) for index, column in enumerate(values) if index != rater}
        raters = each(folded_name, values[rater])
        certain = label is not None and self._is_certain(items, raters) and not self._answers_a_tool(doubted)
        return LongTable(rater, item, doubted, text, items, kept, raters, other_text, certain)

    def _rating_column(self, told: Sequence[int], kept: dict[int, Agreed], own: Sequence[int]) -> int | None:
        """Choose the column in which people say different things of one item; of several that named for a label, or that which differs often.

        Where people agree on all, the only candidate; unless something else that has few values differs and may be what they said.
        """
        if self._labels and len(told) == 1:
            return told[0]
        differing = [index for index in told if kept[index].differing]
        often = [index for index in differing if index not in own]
        for choice in (differing, often):
            labels = [index for index in choice if _is_label_name(self._table.columns[index])]
            if len(labels) == 1 or len(choice) == 1:
                return labels[0] if len(labels) == 1 else choice[0]
        others = (index for index, one in kept.items() if one.differing and index not in told and not is_neither(self._table.columns[index]))
        if differing or len(told) != 1 or any(has_few_values(self._table, index) for index in others):
            return None
        return told[0]

    def _text_of_items(self, kept: dict[int, Agreed], own: Sequence[int], partly: float) -> tuple[int, ...]:
        """Find the text columns among those that belong to the items, in a table with one row for each item.

        Columns that are filled in all lines of an item come first: a text that stands in one of them only may be the remark of one person.
        """
        full = [index for index in own if kept[index].partly <= partly]
        return self._text_among(kept, full) or self._text_among(kept, own)

    def _text_among(self, kept: dict[int, Agreed], own: Sequence[int]) -> tuple[int, ...]:
        columns = tuple(self._table.columns[index] for index in own)
        rows = [list(row) for row in zip(*(kept[index].values for index in own), strict=True)]
        taken = tuple(place for place, index in enumerate(own) if index in self._rated and _is_label_name(self._table.columns[index]))
        return tuple(own[place] for place in detect_text(Table(columns, rows, range(len(rows))), taken)[0])

    def _is_certain(self, items: Items, raters: Sequence[str]) -> bool:
        several, repeated = _overlap(items, raters)
        if self._options.item_column and self._options.rater_column:
            return True
        least = 1.0 if self._named else LEAST_RATED_TWICE * len(items.first)
        return several >= least and repeated <= MOST_REPEATED * len(raters)

    def _says_more(self, text: Sequence[int], own: Sequence[int]) -> bool:
        """Tell whether people wrote more into their lines than stands in the item: reviews of one product are no labels of it."""
        theirs = [index for index, column in enumerate(self._table.columns) if index not in own and _is_text_name(column)]
        return self._length(theirs) > self._length(text)

    def _length(self, columns: Sequence[int]) -> int:
        return sum(len(value) for index in columns for value in self._columns[index])

    def _answers_a_tool(self, label: int) -> bool:
        for index, column in enumerate(self._table.columns):
            if index != label and plain_name(column) == "answer":
                said = {value.strip().casefold() for value in self._columns[index]} - {""}
                return said <= _TOOLS_ANSWERS and bool(said - {"accept"})
        return False


def _overlap(items: Items, raters: Sequence[str]) -> tuple[int, int]:
    """Count the items with two raters or more, and the lines in which a rater has an item again."""
    rated = [pair for pair in zip(items.of, raters, strict=True) if pair[1]]
    pairs = set(rated)
    people = Counter(item for item, _ in pairs)
    return sum(count > 1 for count in people.values()), len(rated) - len(pairs)


def _is_item(column: str) -> bool:
    return is_named(_own_name(column), ITEM_NAMES, ITEM_ENDINGS) or re.search(r"[a-z]I[Dd]$", column) is not None


def _is_text_name(column: str) -> bool:
    """Tell whether a column is named like text; ``reviewText`` is."""
    return is_named(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column), TEXT_NAMES, TEXT_ENDINGS)


def _is_rating(table: Table, index: int) -> bool:
    """Tell whether a column may hold what people decided: by its name, and because each of few values stands in several lines."""
    column = table.columns[index]
    if is_neither(column) or is_named(column, STATE_NAMES, STATE_ENDINGS):
        return False
    return (_is_label_name(column) or is_named(_own_name(column), RATING_NAMES, RATING_ENDINGS)) and has_few_values(table, index)


def _is_label_name(column: str) -> bool:
    own = _own_name(column)
    return is_named(own, LABEL_NAMES, LABEL_ENDINGS) or plain_name(own) in LABEL_PHRASES


def _own_name(column: str) -> str:
    """Give a column's name without the kind that a tool writes before it: ``OUTPUT:result``."""
    return column.rpartition(":")[2]


def _split_by_text(items: Items, values: Sequence[Sequence[str]], text: Sequence[int], kept: dict[int, Agreed]) -> tuple[Items, int]:
    """Make items of the lines whose text is not what most lines of their item say (a blank says the same), and count those lines."""
    among = frozenset[int]().union(*(kept[index].differing for index in text))
    if not among:
        return items, 0
    usual = {index: usual_values(values[index], items, among) for index in text}
    keys, apart = [], 0
    for line, item in enumerate(items.of):
        key = items.names[item]
        if item in among:
            said = [flat(values[index][line]) or usual[index][item] for index in text]
            if said != [usual[index][item] for index in text]:
                key, apart = "\0".join((key, *said)), apart + 1
        keys.append(key)
    return items_of(keys), apart
