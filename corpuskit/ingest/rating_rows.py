"""Turn a table with one line for each rating into one row for each item: two people's labels side by side, or those of ten and more."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.ingest.few_raters import PairedTable, pair_of_few
from corpuskit.ingest.joined_ratings import Pairs, Ratings, each, pairs_of, ratings_of
from corpuskit.ingest.long_ratings import LongTable, find_long_table
from corpuskit.ingest.messages import SECOND, ColumnRoles, Table, flat, is_label
from corpuskit.ingest.raters import FEWEST_RATERS, RATER, majority
from corpuskit.ingest.reader import ReadOptions

LEAST_RATED_BY_MANY = 0.5
"""Share of labelled items; because soft labels are read from the items with many raters, and pairs from all."""


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """A table with one row for each item.

    ``roles`` is None where the table is as it was. ``metadata`` says which columns told what (``ratings_joined``) and in which the lines of one item
    differ (``ratings_differ_in``: those cells are blank); ``warnings`` count the lines that were joined, and what became of no label.
    """

    table: Table
    roles: ColumnRoles | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def one_row_per_item(table: Table, options: ReadOptions) -> JoinedTable:
    """Join the lines of each item, where a table has one line for each rating, and the columns of a few raters; give any other table as it is.

    The row of an item has the number of its first line, and what its lines agree on. Where most items have ten raters or more, their labels stand in
    columns by their place in the item (``rater:1``), and the most frequent is the label. Otherwise the labels of two people stand in the label column
    and in one for the second person; where items have more than two, those of all beside them. Nobody's name is kept.

    Parameters
    ----------
    table : Table
    options : ReadOptions

    Returns
    -------
    JoinedTable

    Raises
    ------
    ReadError
        ``missing_column``: a column that the options name is not there.
    """
    found = find_long_table(table, options)
    if found is None and not options.rater_column:
        few = pair_of_few(table, options)
        return JoinedTable(table) if few is None else _beside(few)
    if found is None or not found.certain:
        return JoinedTable(table, warnings=(f"ratings_not_joined: {len(table.rows)}",))
    ratings = ratings_of(found.items, found.raters, each(flat, [row[found.label] for row in table.rows]))
    given = [[label for _, label in one] for one in ratings.given]
    labelled = sum(map(bool, given))
    if 0 < LEAST_RATED_BY_MANY * labelled <= sum(len(labels) >= FEWEST_RATERS for labels in given):
        return _joined(table, options, found, ratings, _Labels.of_many(given))
    pairs = pairs_of(ratings, found.items)
    return _joined(table, options, found, ratings, _Labels.of_two(table.columns[found.label], pairs))


def _beside(few: PairedTable) -> JoinedTable:
    """Tell which columns of raters were compared, and how many of their labels are no blind ones."""
    warnings = (f"ratings_of_adjudicators: {few.pairs.adjudicated}",) if few.pairs.adjudicated else ()
    return JoinedTable(few.table, few.roles, (("ratings_compared", ", ".join(few.raters)),), warnings)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The label of each item, and further columns with those of others."""

    label: list[str]
    names: tuple[str, ...]
    others: list[list[str]]
    adjudicated: int = 0

    @classmethod
    def of_two(cls, column: str, pairs: Pairs) -> _Labels:
        more, further = pairs.further()
        others = [[label, *rated] for label, rated in zip(pairs.second, further, strict=True)]
        return cls(pairs.first, (f"{SECOND}{column}", *more), others, pairs.adjudicated)

    @classmethod
    def of_many(cls, given: list[list[str]]) -> _Labels:
        most = max(map(len, given))
        names = tuple(f"{RATER}{place}" for place in range(1, most + 1))
        return cls([majority(labels) for labels in given], names, [labels + [""] * (most - len(labels)) for labels in given])


def _joined(table: Table, options: ReadOptions, found: LongTable, ratings: Ratings, labels: _Labels) -> JoinedTable:
    """Lay out the rows: the columns of the table but that of the rater, then those of the other people's labels."""
    order = [index for index in range(len(table.columns)) if index != found.rater]
    columns = [labels.label if index == found.label else found.values[index].values for index in order]
    rows = [[*row, *others] for *row, others in zip(*columns, labels.others, strict=True)]
    names = (*(table.columns[index] for index in order), *labels.names)
    joined = Table(names, rows, [table.numbers[line] for line in found.items.first], table.name)
    place = {index: number for number, index in enumerate(order)}
    added = tuple(range(len(order), len(names)))
    of_two = labels.names[0].startswith(SECOND)
    text, label = tuple(place[index] for index in found.text), place[found.label]
    firsts = [index for index in range(len(order)) if index == label or (index not in text and not options.label_columns and is_label(joined, index))]
    because = ((names[label], "what people decided, in a table with one line for each item and person"),)
    roles = ColumnRoles(text, tuple(firsts), because, added[0] if of_two else None, added[1:] if of_two else added)
    return JoinedTable(joined, roles, _metadata(table, found), _warnings(table, found, ratings, labels))


def _metadata(table: Table, found: LongTable) -> tuple[tuple[str, str], ...]:
    told = {"rater": found.rater, "item": found.item, "label": found.label}
    differ = [table.columns[index] for index, one in found.values.items() if one.differing and index != found.label]
    joined = ", ".join(f"{role} {table.columns[index]}" for role, index in told.items())
    lines = f"{len(table.rows)} lines, {len(found.items.first)} rows: {joined}"
    return ("ratings_joined", lines), *((("ratings_differ_in", ", ".join(differ)),) if differ else ())


def _warnings(table: Table, found: LongTable, ratings: Ratings, labels: _Labels) -> tuple[str, ...]:
    counted = (
        (f"ratings_joined: {len(table.rows)}", len(table.rows)),
        (f"ratings_of_adjudicators: {labels.adjudicated}", labels.adjudicated),
        (f"ratings_of_other_text: {found.other_text}", found.other_text),
        (f"ratings_repeated: {ratings.repeated}", ratings.repeated),
        (f"ratings_without_rater: {ratings.without_rater}", ratings.without_rater),
    )
    return tuple(warning for warning, count in counted if count)
