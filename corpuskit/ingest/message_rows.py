"""A table of messages (ticket export, ledger, survey) as row sections."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.ingest.document import Section
from corpuskit.ingest.messages import SECOND, ColumnRoles, Table, flat, plain_name, roles
from corpuskit.ingest.outline import clean
from corpuskit.ingest.raters import RATER, majority, shared_name
from corpuskit.ingest.rating_rows import one_row_per_item
from corpuskit.ingest.reader import ReadOptions


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
    """Turn each row into a section; a table with one line for each rating has its lines joined before (:mod:`~corpuskit.ingest.rating_rows`).

    The text columns are joined by a newline, labels and other columns are kept beside the text. In a table without a text column
    the text is the row itself: ``"column: value; column: value"``. Labels of a second person stand under the column's name behind ``second:``, those
    of raters behind ``rater:``. Where raters are all there is, what most of them said is the label, under the name that their columns share.

    Raises
    ------
    ReadError
        As :func:`roles`.
    """
    joined = one_row_per_item(table, options)
    table, chosen = joined.table, joined.roles or roles(joined.table, options)
    labelled = (*chosen.labels, *chosen.of_others)
    others = [index for index in range(len(table.columns)) if index not in chosen.text and index not in labelled]
    columns = tuple(flat(column) for column in table.columns)
    label_names = [_label_name(columns[index], index, chosen) for index in labelled]
    agreed = shared_name([plain_name(columns[index]) for index in chosen.raters]) if chosen.raters and not chosen.labels else ""
    heading = (table.name,) if table.name else ()
    place = f"{table.name} row " if table.name else "row "
    sections: list[Section] = []
    without = 0
    for number, row in zip(table.numbers, table.rows, strict=True):
        if chosen.text:
            text = "\n".join(cleaned for index in chosen.text if (cleaned := clean(row[index])))
        else:
            text = "; ".join(f"{columns[index]}: {value}" for index in others if (value := flat(row[index])))
        if not text:
            without += any(cell.strip() for cell in row)
            continue
        labels = tuple((name, value) for name, index in zip(label_names, labelled, strict=True) if (value := flat(row[index])))
        if agreed and (most := majority([flat(row[index]) for index in chosen.raters])):
            labels = ((agreed, most), *labels)
        fields = tuple((columns[index], value) for index in others if (value := flat(row[index]))) if chosen.text else ()
        sections.append(Section(text, heading, "row", f"{place}{number}", labels, fields))
    named = {"text_columns": chosen.text, "label_columns": labelled}
    metadata = tuple((name, ", ".join(columns[index] for index in indices)) for name, indices in named.items() if indices)
    warnings = (*joined.warnings, *((f"rows_without_text: {without}",) if without else ()))
    return Rows(tuple(sections), (*metadata, *joined.metadata), warnings)


def _label_name(column: str, index: int, chosen: ColumnRoles) -> str:
    """Give the name under which a column's labels are kept."""
    if index in chosen.raters:
        return f"{RATER}{column.removeprefix(RATER)}"
    return f"{SECOND}{column.removeprefix(SECOND)}" if index == chosen.second else column
