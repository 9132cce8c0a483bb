"""FLOOR 7, report: an assessment becomes a report, in English or Japanese, as a page (HTML, Markdown, PDF) or as data (JSON, SARIF, tables).

Enters: facts of the corpus, estimates, the assessment and findings. Leaves: :class:`AuditReport` (report.json), and :class:`Report`,
a list of blocks that renderers walk.

To add a section: write ``sections/<name>.py`` with a function ``build`` and name it in ``SECTIONS``. To add a format: write
``to_<format>.py`` and name it in ``RENDERERS`` (made of blocks) or ``EXPORTERS`` (made of data). To add a table: ``tables/``. To add a sentence:
write it under the same key in ``languages/en/`` and ``languages/ja/``, in the file of its subject. To add a kind of block: write it in
``blocks.py``; mypy names every renderer that misses it.
"""

from corpuskit.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Columns,
    Details,
    Facts,
    Grid,
    Heading,
    Limit,
    Mark,
    PageBreak,
    Paragraph,
    Quotes,
    Reach,
    Report,
    Table,
)
from corpuskit.report.change import (
    MOST_LISTED_DOCUMENTS,
    Change,
    DocumentChanges,
    DocumentList,
    FindingChanges,
    Mix,
    MovedEstimate,
    MovedTerm,
    TaskChange,
)
from corpuskit.report.compose import compose
from corpuskit.report.contract import (
    SCHEMA_VERSION,
    AuditReport,
    CorpusFacts,
    FixFirst,
    Head,
    Lineage,
    Risk,
    Run,
    SkippedFile,
    SourceFacts,
    Summary,
    Tool,
)
from corpuskit.report.explanation import explain, things
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.index_page import FOLLOWED, Followed, IndexEntry, index_page
from corpuskit.report.label_guide import label_guide
from corpuskit.report.localise import localise, name_of_task, unknown_sentences
from corpuskit.report.outcome import outcome_lines
from corpuskit.report.phrasebook import Names, Phrasebook, phrasebook
from corpuskit.report.rendered import Rendered, folder_name, page_name
from corpuskit.report.renderers import EXPORTERS, RENDERERS, Exporter, Renderer
from corpuskit.report.sections import SECTIONS, Section
from corpuskit.report.summary import summarise
from corpuskit.report.tables import TABLES
from corpuskit.report.to_json import to_json
from corpuskit.report.to_pdf import chromium, find_chromium, to_pdf
from corpuskit.report.to_plain import to_plain, wrap
from corpuskit.report.to_routing import to_routing_csv
from corpuskit.report.track_record import PilotOutcome, Prediction, TrackRecord, track_record
from corpuskit.tasks import Stage

__all__ = [
    "EXPORTERS",
    "FOLLOWED",
    "MOST_LISTED_DOCUMENTS",
    "RENDERERS",
    "SCHEMA_VERSION",
    "SECTIONS",
    "TABLES",
    "AuditReport",
    "Block",
    "Bullets",
    "Callout",
    "Change",
    "Chart",
    "Columns",
    "CorpusFacts",
    "Details",
    "DocumentChanges",
    "DocumentList",
    "ExportOptions",
    "Exporter",
    "Facts",
    "FindingChanges",
    "FixFirst",
    "Followed",
    "Grid",
    "Head",
    "Heading",
    "IndexEntry",
    "Limit",
    "Lineage",
    "Mark",
    "Mix",
    "MovedEstimate",
    "MovedTerm",
    "Names",
    "PageBreak",
    "Paragraph",
    "Phrasebook",
    "PilotOutcome",
    "Prediction",
    "Quotes",
    "Reach",
    "Rendered",
    "Renderer",
    "Report",
    "Risk",
    "Run",
    "Section",
    "SkippedFile",
    "SourceFacts",
    "Stage",
    "Summary",
    "Table",
    "TaskChange",
    "Tool",
    "TrackRecord",
    "chromium",
    "compose",
    "explain",
    "find_chromium",
    "folder_name",
    "index_page",
    "label_guide",
    "localise",
    "name_of_task",
    "outcome_lines",
    "page_name",
    "phrasebook",
    "summarise",
    "things",
    "to_json",
    "to_pdf",
    "to_plain",
    "to_routing_csv",
    "track_record",
    "unknown_sentences",
    "wrap",
]
