"""The formats of a report. To add one: write ``to_<format>.py`` and name it here.

Pages are made of blocks, which say everything to people; exports are made of the report as data. Two formats are in neither registry: JSON is the
report itself (``to_json``), PDF is the HTML page printed (``to_pdf``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpuskit.registry import Registry
from corpuskit.report.blocks import Report
from corpuskit.report.contract import AuditReport
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.rendered import Rendered
from corpuskit.report.to_csv import to_csv
from corpuskit.report.to_html import to_html
from corpuskit.report.to_markdown import to_markdown
from corpuskit.report.to_parquet import to_parquet
from corpuskit.report.to_sarif import to_sarif
from corpuskit.report.to_xlsx import to_xlsx


@dataclass(frozen=True)
class Renderer:
    """A format: its name on the command line, the suffix of its files, and the function that writes a report as text.

    The function is also told the stem of the files' names, which it needs for links between them (``rendered.py``).
    """

    name: str
    suffix: str
    render: Callable[[Report, str], Rendered]


@dataclass(frozen=True)
class Exporter:
    """A format made of the report as data: its name on the command line, and the function that writes a localised report as files, by their suffixes.

    ``for_people`` formats are written in every language of the report, the others once.
    """

    name: str
    export: Callable[[AuditReport, ExportOptions], Mapping[str, bytes]]
    for_people: bool = True


RENDERERS: Registry[Renderer] = Registry("report format", (Renderer("html", ".html", to_html), Renderer("md", ".md", to_markdown)))
EXPORTERS: Registry[Exporter] = Registry(
    "export format",
    (Exporter("sarif", to_sarif), Exporter("xlsx", to_xlsx), Exporter("csv", to_csv), Exporter("parquet", to_parquet, for_people=False)),
)
