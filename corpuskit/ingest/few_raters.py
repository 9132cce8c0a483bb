"""A table with a column for each of a few raters, as a table with people's labels side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpuskit.ingest.joined_ratings import Items, Pairs, Ratings, pairs_of
from corpuskit.ingest.messages import SECOND, ColumnRoles, Table, find_column, flat, has_few_values, plain_name, roles
from corpuskit.ingest.raters import FEWEST_RATERS, agree_beyond_chance, rater_columns, shared_name
from corpuskit.ingest.reader import ReadOptions

FEWEST = 2
"""Columns of raters; because one person alone can disagree with nobody."""


@dataclass(frozen=True, slots=True)
class PairedTable:
    """A table whose columns of a few raters became the label, that of a second person, and of more than two people one for each; with roles."""

    table: Table
    roles: ColumnRoles
    raters: tuple[str, ...]
    pairs: Pairs


def pair_of_few(table: Table, options: ReadOptions) -> PairedTable | None:
    """Compare the labels of each row, where two to nine columns hold those of one person each.

    Columns are those that the options name, else those named for a person and told apart by a number (``annotator_1``, ``評価者2``) whose values are
    few and agree beyond chance. Of three people and more two are drawn for each row as label and second label, as for a table with one line for each
    rating (:func:`~corpuskit.ingest.joined_ratings.pairs_of`); all labels stand beside them in columns by their place (``rater:1``).

    Returns
    -------
    PairedTable or None
        None where there are no such columns, ten or more, or the table has another label: this one is measured then.

    Raises
    ------
    ReadError
        ``missing_column``: a column that the options name is not there.
    """
    if options.label_columns or options.second_label_column or not table.rows:
        return None
    columns = tuple(find_column(table, name) for name in options.rater_columns) or _found(table)
    if not FEWEST <= len(columns) < FEWEST_RATERS:
        return None
    others = [index for index in range(len(table.columns)) if index not in columns]
    rest = Table(tuple(table.columns[index] for index in others), [[row[index] for index in others] for row in table.rows], table.numbers, table.name)
    if roles(rest, options.model_copy(update={"rater_columns": ()})).labels:
        return None
    names = sorted(table.columns[index] for index in columns)
    label = shared_name([plain_name(name) for name in names])
    pairs = pairs_of(*_ratings(table, columns, others))
    more, further = pairs.further()
    cells = zip(rest.rows, pairs.first, pairs.second, further, strict=True)
    of_two = (*rest.columns, label, f"{SECOND}{label}")
    paired = Table((*of_two, *more), [[*row, one, other, *rated] for row, one, other, rated in cells], table.numbers, table.name)
    two = Table(of_two, [row[: len(of_two)] for row in paired.rows], table.numbers, table.name)
    chosen = roles(two, options.model_copy(update={"label_columns": (label,), "second_label_column": f"{SECOND}{label}", "rater_columns": ()}))
    return PairedTable(paired, replace(chosen, raters=tuple(range(len(of_two), len(paired.columns)))), tuple(names), pairs)


def _found(table: Table) -> tuple[int, ...]:
    columns = rater_columns([plain_name(column) for column in table.columns], FEWEST)
    if not all(has_few_values(table, index) for index in columns):
        return ()
    return columns if agree_beyond_chance([[flat(row[index]) for row in table.rows] for index in columns]) else ()


def _ratings(table: Table, columns: Sequence[int], others: Sequence[int]) -> tuple[Ratings, Items]:
    """Give the labels of each row by the names of their columns; a row is known by what else stands in it, wherever it stands."""
    names = sorted((table.columns[index], index) for index in columns)
    given = [[(name, label) for name, index in names if (label := flat(row[index]))] for row in table.rows]
    rows = range(len(table.rows))
    return Ratings(given, len(columns), 0, 0), Items(rows, rows, ["\0".join(row[index] for index in others) for row in table.rows])
