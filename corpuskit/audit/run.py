"""The whole chain, from documents to a report: the only file that composes the floors."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpuskit import __version__
from corpuskit.audit.config import Settings
from corpuskit.audit.excerpts import without_excerpts
from corpuskit.audit.gate import acceptance_findings, failures
from corpuskit.audit.intake import Intake, files_found
from corpuskit.audit.piloted import outcomes, piloted, unused_pilots, with_pilots
from corpuskit.audit.record import HISTORY
from corpuskit.audit.remembering import estimate_anew
from corpuskit.audit.sources import Portion, definitions_of, portions_of, source_facts, source_findings
from corpuskit.counts import (
    CorpusStats,
    Counted,
    Job,
    Partial,
    Place,
    boilerplate,
    count_corpus,
    dates_of,
    facts_only,
    merge_partials,
    outdated_documents,
    redundant_documents,
    superseded_documents,
)
from corpuskit.errors import InputError
from corpuskit.estimators import CleaningSpectra, Estimates, EstimatorOptions, spectra_before_cleaning
from corpuskit.finding import Finding
from corpuskit.ingest import FoundFile
from corpuskit.report import AuditReport, CorpusFacts, Head, Run, SkippedFile, Tool, localise, summarise, track_record
from corpuskit.tasks import assess, cues
from corpuskit.text import TextOptions

Language = Literal["en", "ja"]
Progress = Callable[[str, int, int, str], None]
"""Called with the stage (``read``, ``estimate`` ...), done, total, and what is worked on."""


def audit(
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    cache: Path | None = None,
    now: datetime | None = None,
    clock: Callable[[], float] | None = None,
    progress: Progress | None = None,
    name: str = "",
) -> AuditReport:
    """Audit documents: read, count, estimate, assess, summarise.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders; none: the sources of the settings.
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
    name : str, optional
        What the corpus is called, by which later audits know that it is the same; default: the names of the paths, or of the sources.

    Returns
    -------
    AuditReport
        In the language of the report, with every sentence filled in.

    Raises
    ------
    InputError
        A path does not exist, no file was found, or none could be read: an empty folder never passes.
    """
    return audit_with_counts(paths, settings, cache=cache, now=now, clock=clock, progress=progress, name=name).report


@dataclass(frozen=True, eq=False)
class Audited:
    """A report, and the counts that it rests on."""

    report: AuditReport
    counts: CorpusStats


def audit_with_counts(
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    cache: Path | None = None,
    now: datetime | None = None,
    clock: Callable[[], float] | None = None,
    progress: Progress | None = None,
    name: str = "",
) -> Audited:
    """Audit documents and give the counts too, for a comparison with other audits. Parameters and errors as :func:`audit`."""
    settings = settings or Settings()
    started = (now or datetime.now(UTC)).astimezone(UTC)
    ticks = clock or (lambda: 0.0)
    begun = ticks()
    tell = progress or _say_nothing
    pilots = piloted(settings.pilots)  # a result that cannot be used is refused before hours are spent on reading
    measured = _measure(paths, settings, cache, tell, started, name)
    estimates = with_pilots(measured.estimates, pilots)
    tell("assess", 0, 1, "")
    tasks = settings.tasks.model_copy(update={"today": settings.tasks.today or f"{started:%Y-%m-%d}"})
    assessment = assess(measured.stats, estimates, tasks, measured.intake.with_lost_pages, settings.estimate.min_per_label)
    declared = frozenset(one.filed_by for one in settings.tasks.declared if one.filed_by is not None)
    findings = _findings(measured, declared, (*assessment.findings, *unused_pilots(pilots, assessment.tasks)))
    held = outcomes(pilots, Path(settings.output.folder) / HISTORY)
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
        head=Head(**settings.output.model_dump(include=set(Head.model_fields))),
        corpus=measured.corpus,
        estimates=estimates.estimates,
        series=estimates.series,
        tasks=assessment.tasks,
        findings=findings,
        controls=assessment.controls,
        references=assessment.references,
        summary=summarise(measured.corpus, estimates, assessment, findings),
        pilots=held,
        track_record=track_record(held),
        exit_code=0,
        lineage=measured.intake.lineage,
        provenance={
            "theory": "arXiv:2304.09960",
            "count": settings.count.model_dump_json(),
            "text": settings.text.model_dump_json(exclude={"dictionary"}),
        },
    )
    report = _gated(report, settings)
    return Audited(localise(report if settings.output.excerpts else without_excerpts(report), language), measured.stats)


def _gated(report: AuditReport, settings: Settings) -> AuditReport:
    """Add what the gate finds in its own acceptances, and the exit code; a baseline is known only to who has the history."""
    findings = _ordered((*report.findings, *acceptance_findings(settings.gate, report)))
    report = report.model_copy(update={"findings": findings})
    return report.model_copy(update={"exit_code": int(bool(failures(settings.gate, report)))})


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
    intake: Intake
    corpus: CorpusFacts
    estimates: Estimates


def _measure(paths: Sequence[Path], settings: Settings, cache: Path | None, tell: Progress, started: datetime, name: str = "") -> _Measured:
    sources = () if paths else settings.sources
    definitions = definitions_of(settings.definitions, sources, settings.read.encoding)
    portions = portions_of(sources, settings.read) if sources else (Portion(tuple(files_found(paths)), settings.read),)
    job = Job(settings.read, settings.text, settings.count, cues(settings.tasks.rulebook.tasks.values()))
    counted, keys = count_portions(portions, job, settings, cache, tell, "read")
    rows = counted.intake.to_dicts()
    intake = Intake.of(rows)
    intake.refuse_nothing_read(paths or [Path(source.path) for source in sources])
    found, stats = facts_only(counted.stats), counted.stats
    lines = boilerplate(stats, settings.text) if settings.text.boilerplate == "remove" else frozenset()
    options = settings.estimate.model_copy(update={"seed": settings.seed, "today": settings.estimate.today or f"{started:%Y-%m-%d}"})
    left_out = left_out_of(found, settings.text, options)
    words: CleaningSpectra | None = None
    if lines or left_out:
        words = spectra_before_cleaning(stats, settings.text.duplicate_threshold, left_out, bool(lines))
        del counted, stats  # the first counts are let go before the second are made
        again, more = count_portions(portions, replace(job, boilerplate=lines, left_out=left_out), settings, cache, tell, "clean")
        stats, keys = again.stats, (*keys, *more)
        if stats.documents.height != found.documents.height - len(left_out):
            raise InputError("Files changed between the two passes that cleaning needs. Run the audit again while the folder is at rest.")
    tell("estimate", 0, 1, "")
    estimates = estimate_anew(stats, options, definitions, settings.text, found, cache, keys, words, settings.read.jobs)
    facts = _facts(name or _name_of(paths, settings), stats, intake, estimates.findings, len(lines), len(left_out))
    return _Measured(stats, intake, facts.model_copy(update={"sources": source_facts(portions, rows)}), estimates)


def _name_of(paths: Sequence[Path], settings: Settings) -> str:
    """Name a corpus: after the folders, or the sources; of these after the title where there is one, so that one more makes it no other corpus."""
    if not paths:
        return settings.output.title or ", ".join(source.name for source in settings.sources)
    return ", ".join(path.resolve().name if path.name in ("", "..") else path.name for path in paths)


def count_portions(
    portions: Sequence[Portion], job: Job, settings: Settings, cache: Path | None, tell: Progress, stage: str
) -> tuple[Partial, tuple[str, ...]]:
    """Count portions of a corpus, each read in its own way, and merge them, which is exact; with the names of their counts."""
    total, before = sum(len(portion.files) for portion in portions), 0
    parts: list[Counted] = []
    for portion in portions:
        offset = before

        def progress(stage: str, done: int, _: int, what: str, offset: int = offset) -> None:
            tell(stage, offset + done, total, what)

        parts.append(count_files(portion.files, replace(job, read=portion.read), settings, cache, progress, stage))
        before += len(portion.files)
    partial = parts[0].partial if len(parts) == 1 else merge_partials([part.partial for part in parts], job.count)
    return partial, tuple(part.key for part in parts)


def count_files(files: Sequence[FoundFile], job: Job, settings: Settings, cache: Path | None, tell: Progress, stage: str) -> Counted:
    """Count files with the engine of the settings; ``stage`` names the step for the progress."""
    done = 0

    def progress(files_done: int, file: str) -> None:
        nonlocal done
        tell(stage, done, len(files), file)
        done += files_done

    place = Place(jobs=settings.read.jobs, cache=cache, address=settings.engine.address)
    counted = count_corpus(files, job, place, settings.engine.name, progress)
    tell(stage, len(files), len(files), "")
    return counted


def left_out_of(found: CorpusStats, text: TextOptions, options: EstimatorOptions) -> frozenset[str]:
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


def report_language(settings: Settings, languages: Mapping[str, int]) -> Language:
    """Choose the report's language: as set, else that of most documents if it is Japanese, else English."""
    if settings.output.language in ("en", "ja"):
        return "ja" if settings.output.language == "ja" else "en"
    english, japanese = languages.get("en", 0), languages.get("ja", 0) + languages.get("mixed", 0)
    return "ja" if japanese > max(english, languages.get("other", 0)) else "en"


def _facts(root: str, stats: CorpusStats, intake: Intake, findings: Sequence[Finding], lines: int, removed: int) -> CorpusFacts:
    documents = stats.documents
    # a date of the file system says when a file was copied, not how old its content is
    dates = sorted(one.own for one in dates_of(stats) if one.own)
    return CorpusFacts(
        root=root,
        files_found=intake.found,
        files_read=intake.read,
        files_skipped=tuple(SkippedFile(path=item.path, code=item.code, reason=item.reason) for item in intake.skipped),
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
        dated=len(dates),
    )


def _counted(findings: Sequence[Finding], name: str, parameter: str) -> int:
    """Give a number that a finding names; 0 where nothing was found."""
    return next((int(finding.parameters[parameter]) for finding in findings if finding.id == name), 0)


def _tally(values: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _findings(measured: _Measured, declared: Collection[str], assessed: Sequence[Finding]) -> tuple[Finding, ...]:
    """Collect the findings of all floors, errors first, each once; places that the user declared to be labels are no news."""
    news = [one for one in measured.estimates.findings if one.code != "labels_from_places" or one.parameters["place"] not in declared]
    return _ordered((*measured.intake.findings(), *source_findings(measured.corpus.sources), *news, *assessed))


def _ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put findings in order, errors first, each once."""
    order = {"error": 0, "warning": 1, "note": 2}
    unique = {finding.id: finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda finding: (order[finding.level], finding.id)))
