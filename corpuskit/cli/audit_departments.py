"""What ``corpuskit audit`` does once its options are read: one audit, or one for each department; what it shows, logs and measures."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpuskit.cli.console import progress_display, put, say, table
from corpuskit.errors import CorpuskitError, UnknownName, UsageError

if TYPE_CHECKING:
    from corpuskit.audit import Performed, RunLog, Settings, Tools
    from corpuskit.report import AuditReport


@dataclass(frozen=True)
class Call:
    """How the command was called: configuration file, values of the command line, caches, files for machines, and what is shown."""

    config: Path | None
    overrides: dict[str, Any]
    cache: Path | None
    log_json: Path | None
    metrics: Path | None
    as_json: bool
    quiet: bool
    no_progress: bool


def chosen_departments(paths: Sequence[Path], wanted: Sequence[str], settings: Settings, quiet: bool) -> tuple[str, ...]:
    """Give the departments to audit; none where paths or sources are audited as one corpus.

    Raises
    ------
    UsageError
        Departments are asked for beside paths, there is no such department, or nothing says what is to be audited.
    """
    from corpuskit.audit import unused_sources

    known = [one.name for one in settings.departments]
    for name in wanted:
        if name not in known:
            raise UnknownName("department", name, known)
    if paths and wanted:
        raise UsageError("--department takes the documents that the configuration file names. Leave the paths out, or --department.")
    if paths:
        if known or settings.sources:
            say("note: the sources and departments of the configuration file are left aside, because paths are named.", quiet)
        return ()
    if not known and not settings.sources:
        raise UsageError("What is to be audited? Name files or folders, or [[sources]] or [[departments]] in corpuskit.toml.")
    for name in unused_sources(settings.sources, settings.departments):
        say(f"note: source {name!r} is read by no department.", quiet)
    return tuple(dict.fromkeys(wanted or known))


def audit_one(paths: Sequence[Path], settings: Settings, call: Call) -> int:
    """Audit one corpus and show what came out.

    Raises
    ------
    CorpuskitError, OSError
        It cannot be audited; the log and the metrics say so too.
    """
    from corpuskit.audit import Performed, documents_named, perform, told
    from corpuskit.report import to_json

    with _log_of(call) as log:
        log.begin()
        try:
            if not paths:
                documents_named(call.config, Path())
            with progress_display(call.quiet, call.no_progress) as progress:
                done = perform(paths, settings, _tools(call, log, progress))
        except (CorpuskitError, OSError) as error:
            _tell_machines(Performed(None, problem=told(error)), log, call)
            raise
        _tell_machines(done, log, call)
    report = _made(done)
    put(to_json(report) if call.as_json else _outcome(report))
    _say_files(done, call.quiet)
    return done.exit_code


def audit_departments(names: Sequence[str], call: Call) -> int:
    """Audit departments one after the other, each into its own folder, and give the highest exit code.

    A department that cannot be audited is told, with exit code 2, and the others go on.
    """
    from corpuskit.audit import perform_departments, write_index_of_departments

    audits: list[Performed] = []
    with _log_of(call) as log, ExitStack() as shown:

        def tools_of(name: str) -> Tools:
            shown.close()
            log.begin(name)
            return _tools(call, log, shown.enter_context(progress_display(call.quiet, call.no_progress)))

        for done in perform_departments(names, call.config, Path(), call.overrides, tools_of):
            shown.close()
            log.end(done)
            audits.append(done)
            _show(done, call)
    _write_metrics(audits, call)
    code = max(one.exit_code for one in audits)
    if call.as_json:
        put(json.dumps({"departments": [_as_json(one) for one in audits], "exit_code": code}, ensure_ascii=False, indent=1))
    else:
        put(_summary(audits))
    index = write_index_of_departments(call.config, Path(), call.overrides)
    if index is not None:
        say(f"wrote {index}", call.quiet)
    return code


def _show(done: Performed, call: Call) -> None:
    if done.report is None:
        say(f"corpuskit: {done.department}: {done.problem}")
    elif not call.as_json:
        put(f"[{done.department}]\n{_outcome(done.report)}\n\n")
    _say_files(done, call.quiet)


def _say_files(done: Performed, quiet: bool) -> None:
    for path in done.written:
        say(f"wrote {path}", quiet)
    removed = done.removed
    if removed.paths:
        counts = f"{len(removed.reports)} report files, {len(removed.records)} records and what only they needed, {len(removed.caches)} cache entries"
        say(f"removed by [retention]: {counts}", quiet)
    for path, why in removed.kept:
        say(f"kept {path}: {why}", quiet)
    for reason in done.reasons:
        say(f"{done.department}: {reason}" if done.department else reason, quiet)


def _as_json(done: Performed) -> dict[str, Any]:
    from corpuskit.report import to_json

    report = None if done.report is None else json.loads(to_json(done.report))
    return {"name": done.department, "exit_code": done.exit_code, "problem": done.problem, "report": report}


def _summary(audits: Sequence[Performed]) -> str:
    """List the departments with their verdict, in the language of the last report."""
    from corpuskit.report import phrasebook

    languages = [one.report.run.language for one in audits if one.report is not None]
    book = phrasebook(languages[-1] if languages else "en")
    rows = []
    for one in audits:
        verdict = book.label("department_failed") if one.report is None else book.label(f"verdict_{one.report.summary.verdict}")
        rows.append((one.department, str(one.exit_code), verdict))
    columns = (book.label("column_department"), book.label("column_exit_code"), book.label("column_verdict"))
    return table(columns, rows, right=(1,))


def _outcome(report: AuditReport) -> str:
    """Say in a few lines what came out: coverage before any score."""
    from corpuskit.report import outcome_lines

    lines, columns, rows = outcome_lines(report)
    return "\n".join([*lines, "", table(columns, rows, right=(0,))]) if rows else "\n".join(lines)


def _made(done: Performed) -> AuditReport:
    if done.report is None:
        raise AssertionError("an audit that could not be made has raised its error")
    return done.report


def _tools(call: Call, log: RunLog, progress: Callable[[str, int, int, str], None]) -> Tools:
    from corpuskit.audit import Tools

    return Tools(cache=call.cache, clock=time.monotonic, progress=log.watching(progress))


@contextmanager
def _log_of(call: Call) -> Iterator[RunLog]:
    """Open the log, which also hears the warnings of corpuskit where there is a file for them."""
    from corpuskit.audit import EventLog, RunLog

    if call.metrics is not None:
        _check_writable(call.metrics)
    log = RunLog(EventLog(call.log_json))
    log.log.check()
    if call.log_json is None:
        yield log
        return
    with log.hearing():
        yield log


def _check_writable(file: Path) -> None:
    """Find out before hours of work whether the metrics can be written.

    Raises
    ------
    UsageError
        They cannot.
    """
    nearest = next(place for place in file.absolute().parents if place.exists())
    if file.is_dir() or not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise UsageError(f"--metrics {file}: cannot be written. Give a file in a folder that you may write to.")


def _tell_machines(done: Performed, log: RunLog, call: Call) -> None:
    log.end(done)
    _write_metrics([done], call)


def _write_metrics(audits: Sequence[Performed], call: Call) -> None:
    """Write the metrics; that they cannot be written is said, and changes nothing of the audit."""
    from corpuskit.audit import told, write_audit_metrics

    if call.metrics is None:
        return
    try:
        write_audit_metrics(call.metrics, audits)
    except OSError as error:
        say(f"metrics: {told(error)}")
