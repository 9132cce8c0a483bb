"""The report as tables of typed values, for spreadsheets and for programs.

To add a table: a function that makes a :class:`DataTable` from a localised report, named in ``TABLES``; the heading of a column is the label
``export_<column>``, the name of a sheet ``sheet_<table>``.
"""

from corpuskit.registry import Registry
from corpuskit.report.tables.controls import controls, rules
from corpuskit.report.tables.coverage import overview, skipped_files
from corpuskit.report.tables.estimates import estimates
from corpuskit.report.tables.findings import evidence, findings
from corpuskit.report.tables.table import Cell, Column, DataTable, Kind, Probability, Share, TableSpec
from corpuskit.report.tables.tasks import tasks

__all__ = ["TABLES", "Cell", "Column", "DataTable", "Kind", "Probability", "Share", "TableSpec"]

TABLES: Registry[TableSpec] = Registry(
    "table",
    (
        TableSpec("overview", overview),
        TableSpec("tasks", tasks),
        TableSpec("controls", controls),
        TableSpec("findings", findings),
        TableSpec("estimates", estimates),
        TableSpec("evidence", evidence),
        TableSpec("rules", rules),
        TableSpec("skipped_files", skipped_files),
    ),
)
