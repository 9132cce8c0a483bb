"""FLOOR 7, report: an assessment becomes a report, in English or Japanese, as HTML, Markdown or JSON.

Enters: facts of the corpus, estimates, the assessment and findings. Leaves: :class:`AuditReport` (report.json), and :class:`Report`,
a list of blocks that renderers walk.

To add a section: write ``sections/<name>.py`` with a function ``build`` and name it in ``SECTIONS``. To add a format: write
``to_<format>.py`` and name it in ``RENDERERS``. To add a sentence: write it under the same key in ``languages/en/`` and
``languages/ja/``, in the file of its subject. To add a kind of block: write it in ``blocks.py``; mypy names every renderer that misses it.
"""

from corpuskit.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Columns,
    Details,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Quotes,
    Report,
    Table,
)
from corpuskit.report.compose import compose
from corpuskit.report.contract import (
    SCHEMA_VERSION,
    AuditReport,
    CorpusFacts,
    FixFirst,
    Lineage,
    Risk,
    Run,
    SkippedFile,
    Summary,
    Tool,
)
from corpuskit.report.localise import localise, unknown_sentences
from corpuskit.report.outcome import outcome_lines
from corpuskit.report.phrasebook import Phrasebook, phrasebook
from corpuskit.report.renderers import RENDERERS, Renderer
from corpuskit.report.sections import SECTIONS, Section
from corpuskit.report.summary import summarise
from corpuskit.report.to_json import to_json
from corpuskit.tasks import Stage

__all__ = [
    "RENDERERS",
    "SCHEMA_VERSION",
    "SECTIONS",
    "AuditReport",
    "Block",
    "Bullets",
    "Callout",
    "Chart",
    "Columns",
    "CorpusFacts",
    "Details",
    "FixFirst",
    "Heading",
    "Lineage",
    "Mark",
    "PageBreak",
    "Paragraph",
    "Phrasebook",
    "Quotes",
    "Renderer",
    "Report",
    "Risk",
    "Run",
    "Section",
    "SkippedFile",
    "Stage",
    "Summary",
    "Table",
    "Tool",
    "compose",
    "localise",
    "outcome_lines",
    "phrasebook",
    "summarise",
    "to_json",
    "unknown_sentences",
]
