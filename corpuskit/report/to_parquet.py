"""Rendering as Parquet: one typed file for each table, for programs."""

from __future__ import annotations

from corpuskit.counts import export_table
from corpuskit.report.contract import AuditReport
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.phrasebook import phrasebook
from corpuskit.report.tables import TABLES


def to_parquet(report: AuditReport, options: ExportOptions) -> dict[str, bytes]:  # noqa: ARG001  # every format is called alike
    """Write each of the :data:`TABLES <corpuskit.report.tables.TABLES>`; names of columns are the same in every language, text is as it is.

    Returns
    -------
    dict of str to bytes
        Each file by its suffix, ``.<table>.parquet``.
    """
    book = phrasebook(report.run.language)
    files = {}
    for spec in TABLES.values():
        table = spec.build(report, book)
        rows = [
            [str(cell) if column.kind == "text" and cell is not None else cell for column, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        ]
        files[f".{spec.name}.parquet"] = export_table({column.name: column.kind for column in table.columns}, rows)
    return files
