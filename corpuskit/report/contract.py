"""report.json, schema version 1: the machine twin of the report, with the same ids as the page.

Its JSON Schema is kept beside this file (``report.schema.json``) and tested against these models.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from corpuskit.estimators import Estimate, Series
from corpuskit.finding import Finding, Message
from corpuskit.report.change import Change
from corpuskit.report.frozen import Frozen
from corpuskit.report.track_record import PilotOutcome, TrackRecord
from corpuskit.tasks import Control, Reference, Stage, TaskAssessment, Verdict
from corpuskit.text import TokenizerInfo

SCHEMA_VERSION: Literal[1] = 1


class Tool(Frozen):
    """Which corpuskit wrote this."""

    name: str = "corpuskit"
    version: str


class Run(Frozen):
    """Which run. Only ``id``, ``started_at`` and ``seconds`` differ between two runs on the same input."""

    id: str
    started_at: str
    seconds: float
    seed: int
    config_digest: str
    language: Literal["en", "ja"]
    tokenizers: dict[str, TokenizerInfo]


class SkippedFile(Frozen):
    """A file that was found and not read."""

    path: str
    code: str
    reason: str


class Lineage(Frozen):
    """Where one document came from and what read it: kept in the audit record, so that the next audit can say what changed."""

    id: str
    sha256: str
    bytes: int
    modified: str
    reader: str
    encoding: str = ""
    encoding_basis: str = ""


class Head(Frozen):
    """Who the report is for, who answers for it, which version it is and who may read it; empty: to be filled in by hand."""

    recipient: str = ""
    author: str = ""
    version: str = ""
    classification: str = ""


class SourceFacts(Frozen):
    """One of several places that a corpus was read from: its name, the last part of its path or its address, and its files.

    ``files_left_out`` are those that its patterns leave out, which are not among those found.
    """

    name: str
    place: str
    files_found: int
    files_read: int
    files_left_out: int


class CorpusFacts(Frozen):
    """The coverage line, before any score: what was seen and what was not. Files inside archives and mailboxes count as files.

    ``oldest`` and ``newest`` are those of the ``dated`` documents that carry a date themselves, in their text, name or properties; a date of the file
    system is none.
    """

    root: str
    files_found: int
    files_read: int
    files_skipped: tuple[SkippedFile, ...]
    documents: int
    tokens: int
    types: int
    bytes: int
    languages: dict[str, int]
    formats: dict[str, int]
    near_duplicate_groups: int
    exact_duplicate_groups: int = 0
    boilerplate_lines: int = 0
    documents_removed: int = 0
    lines_removed: int = 0
    oldest: str | None
    newest: str | None
    dated: int = 0
    sources: tuple[SourceFacts, ...] = ()


class FixFirst(Frozen):
    """A repair, with what it is expected to do and how much work it is (low, medium, high).

    ``task`` and ``repair`` name the repair of a task that it is taken from; ``moves`` then says how far it moves that task.
    """

    id: str
    title: Message
    effort: Literal["low", "medium", "high"]
    effect: Literal["low", "medium", "high"]
    findings: tuple[str, ...]
    task: str = ""
    repair: str = ""
    moves: Message | None = None


class Risk(Frozen):
    """A top risk and the document that shows it."""

    finding: str
    title: Message
    document: str


class Summary(Frozen):
    """Page 1."""

    verdict: Verdict
    sentence: Message
    risks: tuple[Risk, ...]
    fix_first: tuple[FixFirst, ...]
    stages: tuple[Stage, ...]
    decisions: tuple[Message, ...]
    phrases: tuple[Message, ...]


class AuditReport(Frozen):
    """The whole report as data."""

    schema_version: Literal[1] = SCHEMA_VERSION
    tool: Tool
    run: Run
    corpus: CorpusFacts
    estimates: tuple[Estimate, ...]
    series: tuple[Series, ...]
    tasks: tuple[TaskAssessment, ...]
    findings: tuple[Finding, ...]
    controls: tuple[Control, ...]
    references: tuple[Reference, ...] = ()
    summary: Summary
    pilots: tuple[PilotOutcome, ...] = ()
    track_record: TrackRecord | None = None
    drift: Change | None = None
    routing_file: str | None = None
    exit_code: int
    head: Head = Head()
    provenance: dict[str, str]
    lineage: tuple[Lineage, ...] = Field(default=(), exclude=True)
    """Not in report.json, which would grow with the corpus; the record holds it."""
