"""The whole chain, from documents to a report: the only file that composes the floors."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpuskit import __version__
from corpuskit.audit.config import Settings
from corpuskit.audit.definitions import read_definitions
from corpuskit.counts import ENGINES, CorpusStats, boilerplate, facts_only, outdated_documents, redundant_documents, superseded_documents
from corpuskit.errors import InputError
from corpuskit.estimators import Estimates, EstimatorOptions, estimate
from corpuskit.finding import Evidence, Finding
from corpuskit.ingest import READERS, Document, Skipped, Source, read
from corpuskit.report import AuditReport, CorpusFacts, Lineage, Run, SkippedFile, Tool, localise, summarise
from corpuskit.tasks import assess, cues
from corpuskit.text import Boilerplate, TextOptions

Language = Literal["en", "ja"]
Progress = Callable[[str, int, int, str], None]
"""Called with the stage (``read``, ``estimate`` ...), done, total, and what is worked on."""


@dataclass
class _Intake:
    """Walks the files once: passes documents on to the counting floor and keeps what was skipped or doubtful."""

    found: int = 0
    read: int = 0
    documents: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    lineage: list[Lineage] = field(default_factory=list)

    def pass_on(self, results: Iterator[Document | Skipped]) -> Iterator[Document]:
        seen: set[str] = set()
        for result in results:
            path = result.path if isinstance(result, Skipped) else result.source.path
            if path not in seen:
                seen.add(path)
                self.found += 1
                self.read += isinstance(result, Document)
            if isinstance(result, Skipped):
                self.skipped.append(result)
                continue
            self.documents += 1
            self.lineage.append(_lineage(result.source))
            for warning in result.warnings:
                self.warnings.setdefault(warning.split(":")[0], []).append(result.id)
            yield result


def _lineage(source: Source) -> Lineage:
    reader = READERS[source.reader].edition() if source.reader in READERS else source.reader
    return Lineage(
        id=source.path,
        sha256=source.sha256,
        bytes=source.bytes,
        modified=source.modified,
        reader=reader,
        encoding=source.encoding,
        encoding_basis=source.encoding_basis,
    )


def audit(
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    cache: Path | None = None,
    now: datetime | None = None,
    clock: Callable[[], float] | None = None,
    progress: Progress | None = None,
) -> AuditReport:
    """Audit documents: read, count, estimate, assess, summarise.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders.
    settings : Settings, optional
        Default: all defaults.
    cache : Path, optional
        Folder of the extraction cache; None: nothing is cached.
    now : datetime, optional
        Start of the run (an argument so that runs can be repeated); default: the present, UTC.
    clock : callable, optional
        Monotonic seconds, for ``run.seconds``.
    progress : callable, optional
        Told about every file and stage.

    Returns
    -------
    AuditReport
        In the language of the report, with every sentence filled in.

    Raises
    ------
    InputError
        A path does not exist, no file was found, or none could be read: an empty folder never passes.
    """
    settings = settings or Settings()
    started = (now or datetime.now(UTC)).astimezone(UTC)
    ticks = clock or (lambda: 0.0)
    begun = ticks()
    tell = progress or _say_nothing
    measured = _measure(paths, settings, cache, tell, started)
    tell("assess", 0, 1, "")
    assessment = assess(measured.stats, measured.estimates, settings.tasks)
    findings = _findings(measured, assessment.findings)
    language = report_language(settings, measured.corpus.languages)
    tell("report", 0, 1, "")
    report = AuditReport(
        tool=Tool(version=__version__),
        run=Run(
            id=f"{started:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}",
            started_at=started.isoformat(timespec="seconds"),
            seconds=round(ticks() - begun, 3),
            seed=settings.seed,
            config_digest=settings.digest(),
            language=language,
            tokenizers=dict(sorted(measured.stats.tokenizers.items())),
        ),
        corpus=measured.corpus,
        estimates=measured.estimates.estimates,
        series=measured.estimates.series,
        tasks=assessment.tasks,
        findings=findings,
        controls=assessment.controls,
        summary=summarise(measured.corpus, measured.estimates, assessment, findings),
        exit_code=int(any(settings.gate.reached_by(finding.level) for finding in findings)),
        lineage=tuple(measured.intake.lineage),
        provenance={"theory": "arXiv:2304.09960", "count": settings.count.model_dump_json(), "text": settings.text.model_dump_json()},
    )
    return localise(report if settings.output.excerpts else without_excerpts(report), language)


def describe(
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    cache: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> tuple[CorpusFacts, Estimates]:
    """Describe a corpus: the chain up to the estimates, without tasks and report. Parameters as :func:`audit`.

    Raises
    ------
    InputError
        As :func:`audit`.
    """
    started = (now or datetime.now(UTC)).astimezone(UTC)
    measured = _measure(paths, settings or Settings(), cache, progress or _say_nothing, started)
    return measured.corpus, measured.estimates


@dataclass(frozen=True)
class _Measured:
    """Floors 1 to 4 on one corpus."""

    stats: CorpusStats
    intake: _Intake
    corpus: CorpusFacts
    estimates: Estimates


def _measure(paths: Sequence[Path], settings: Settings, cache: Path | None, tell: Progress, started: datetime) -> _Measured:
    definitions = read_definitions(Path(settings.definitions)) if settings.definitions else None
    stats, intake = _gather(paths, settings, cache, tell)
    found = facts_only(stats)
    lines = boilerplate(stats, settings.text) if settings.text.boilerplate == "remove" else frozenset()
    options = settings.estimate.model_copy(update={"seed": settings.seed, "today": settings.estimate.today or f"{started:%Y-%m-%d}"})
    left_out = _left_out(found, settings.text, options)
    if lines or left_out:
        stats = found  # the first counts are let go before the second are made
        stats = _count_again(paths, settings, cache, tell, found, lines, left_out)
    tell("estimate", 0, 1, "")
    estimates = estimate(stats, options, definitions=definitions, text=settings.text, before_cleaning=found)
    return _Measured(stats, intake, _facts(paths, stats, intake, estimates.findings, len(lines), len(left_out)), estimates)


def _left_out(found: CorpusStats, text: TextOptions, options: EstimatorOptions) -> frozenset[str]:
    """Give the documents that the options leave out of the counts."""
    copies = redundant_documents(found, text) if text.duplicates == "remove" else frozenset()
    older = superseded_documents(found) if text.versions == "remove" else frozenset()
    outdated = outdated_documents(found, options.today, options.stale_years) if text.outdated == "remove" else frozenset()
    every = copies | older | outdated
    if len(every) == found.documents.height:
        raise InputError(
            "Nothing is left after cleaning: every document is a copy, an older version or out of date. Keep one of them (section text)."
        )
    return every


def _say_nothing(stage: str, done: int, total: int, what: str) -> None:
    """Report no progress."""


def _gather(paths: Sequence[Path], settings: Settings, cache: Path | None, tell: Progress) -> tuple[CorpusStats, _Intake]:
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder. Give the folder that holds the documents.")
    intake = _Intake()
    results = read(paths, settings.read, cache=cache, progress=lambda done, total, what: tell("read", done, total, what))
    stats = ENGINES["local"].run(intake.pass_on(results), settings.text, cues(), settings.count)
    if not intake.found:
        listed = ", ".join(str(path) for path in paths)
        raise InputError(f"{listed}: no files found. Give a folder with documents (docx, xlsx, pptx, pdf, eml, html, md, txt, csv, jsonl ...).")
    if not intake.read:
        reasons = "; ".join(f"{skipped.path}: {skipped.reason}" for skipped in intake.skipped[:5])
        raise InputError(f"None of the {intake.found} files could be read. {reasons}")
    return stats, intake


def _count_again(
    paths: Sequence[Path],
    settings: Settings,
    cache: Path | None,
    tell: Progress,
    found: CorpusStats,
    lines: Boilerplate,
    left_out: frozenset[str],
) -> CorpusStats:
    """Read the documents once more, without the documents and lines that cleaning leaves out, as :func:`_gather` counted them.

    What was skipped or doubtful was told by the first pass.
    """
    results = read(paths, settings.read, cache=cache, progress=lambda done, total, what: tell("clean", done, total, what))
    kept = (item for item in results if isinstance(item, Document) and item.id not in left_out)
    stats = ENGINES["local"].run(kept, settings.text, cues(), settings.count, lines)
    if stats.documents.height != found.documents.height - len(left_out):
        raise InputError("Files changed between the two passes that cleaning needs. Run the audit again while the folder is at rest.")
    return stats


def report_language(settings: Settings, languages: Mapping[str, int]) -> Language:
    """Choose the report's language: as set, else that of most documents if it is Japanese, else English."""
    if settings.output.language in ("en", "ja"):
        return "ja" if settings.output.language == "ja" else "en"
    english, japanese = languages.get("en", 0), languages.get("ja", 0) + languages.get("mixed", 0)
    return "ja" if japanese > max(english, languages.get("other", 0)) else "en"


def without_excerpts(report: AuditReport) -> AuditReport:
    """Give the report without any quote from a document (``--no-excerpts``): reports travel further than documents."""
    findings = tuple(finding.model_copy(update={"evidence": _bare(finding.evidence)}) for finding in report.findings)
    tasks = tuple(task.model_copy(update={"evidence": _bare(task.evidence)}) for task in report.tasks)
    return report.model_copy(update={"findings": findings, "tasks": tasks})


def _bare(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(document=item.document) for item in evidence)


def _facts(paths: Sequence[Path], stats: CorpusStats, intake: _Intake, findings: Sequence[Finding], lines: int, removed: int) -> CorpusFacts:
    documents = stats.documents
    dates = sorted(date[:10] for date in documents["modified"].to_list() if date)
    return CorpusFacts(
        root=", ".join(path.resolve().name if path.name in ("", "..") else path.name for path in paths),
        files_found=intake.found,
        files_read=intake.read,
        files_skipped=tuple(
            SkippedFile(path=item.path, code=item.code, reason=item.reason) for item in sorted(intake.skipped, key=lambda item: item.path)
        ),
        documents=documents.height,
        tokens=int(stats.terms["frequency"].sum()),
        types=stats.terms.height,
        bytes=int(documents["bytes"].sum()),
        languages=_tally(documents["language"].to_list()),
        formats=_tally(documents["reader"].to_list()),
        near_duplicate_groups=_counted(findings, "near_duplicates", "groups"),
        exact_duplicate_groups=_counted(findings, "exact_duplicates", "groups"),
        boilerplate_lines=_counted(findings, "boilerplate", "lines"),
        documents_removed=removed,
        lines_removed=lines,
        oldest=dates[0] if dates else None,
        newest=dates[-1] if dates else None,
    )


def _counted(findings: Sequence[Finding], name: str, parameter: str) -> int:
    """Give a number that a finding names; 0 where nothing was found."""
    return next((int(finding.parameters[parameter]) for finding in findings if finding.id == name), 0)


def _tally(values: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _findings(measured: _Measured, assessed: Sequence[Finding]) -> tuple[Finding, ...]:
    """Collect the findings of all floors, errors first, each once."""
    intake = measured.intake
    own: list[Finding] = []
    by_code: dict[str, list[Skipped]] = {}
    for item in intake.skipped:
        by_code.setdefault(item.code, []).append(item)
    for code, items in sorted(by_code.items()):
        evidence = tuple(Evidence(document=item.path) for item in items[:5])
        level: Literal["note", "warning"] = "warning" if any(item.readable or item.code in ("encrypted", "broken") for item in items) else "note"
        own.append(Finding(id=f"files_skipped@{code}", level=level, code=f"files_skipped_{code}", parameters={"n": len(items)}, evidence=evidence))
    for code, found in sorted(intake.warnings.items()):
        evidence = tuple(Evidence(document=document) for document in sorted(set(found))[:5])
        own.append(Finding(id=f"read_warning@{code}", level="note", code=f"read_{code}", parameters={"n": len(set(found))}, evidence=evidence))
    order = {"error": 0, "warning": 1, "note": 2}
    unique = {finding.id: finding for finding in (*own, *measured.estimates.findings, *assessed)}
    return tuple(sorted(unique.values(), key=lambda finding: (order[finding.level], finding.id)))
