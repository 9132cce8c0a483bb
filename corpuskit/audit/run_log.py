"""What an audit tells machines while it runs, as lines of JSON: the end of each stage, warnings, how it ended. Nothing from a document is in them."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from corpuskit.audit.event_log import EventLog
from corpuskit.audit.performing import Performed
from corpuskit.audit.retention import Removal
from corpuskit.audit.run import Progress

Level = Literal["info", "warning", "error"]
_log = logging.getLogger(__name__)


def _say_nothing(stage: str, done: int, total: int, what: str) -> None:
    """Report no progress."""


@dataclass
class RunLog:
    """Writes the events of an audit, or of those of several departments one after the other; their name then stands in every event.

    Attributes
    ----------
    log : EventLog
    now : callable
        Gives the time, with a time zone.
    clock : callable
        Monotonic seconds.
    """

    log: EventLog
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    clock: Callable[[], float] = time.monotonic
    _department: str = field(default="", init=False)
    _stage: str = field(default="", init=False)
    _counted: tuple[int, int] = field(default=(0, 0), init=False)
    _since: float = field(default=0.0, init=False)
    _began: float | None = field(default=None, init=False)
    _warnings: int = field(default=0, init=False)
    _broken: bool = field(default=False, init=False)

    def write(self, level: Level, event: str, **fields: Any) -> None:
        """Write one event. That the log cannot be written any more is said once, and changes nothing of the audit."""
        if self._broken:
            return
        of_department = {"department": self._department} if self._department else {}
        try:
            self.log.write(level, event, self.now(), **of_department, **fields)
        except OSError as error:
            self._broken = True
            _log.warning("the log %s cannot be written any more: %s", self.log.path, error)

    def begin(self, department: str = "") -> None:
        """Tell that an audit begins."""
        self._department, self._began, self._stage = department, self.clock(), ""
        self.write("info", "audit_started")

    def watching(self, progress: Progress | None) -> Progress:
        """Give a progress that also notes where a stage ends; what is worked on (names of files) is not written."""
        show = progress or _say_nothing

        def noted(stage: str, done: int, total: int, what: str) -> None:
            if stage != self._stage:
                self.end_stage()
                self._stage, self._since, self._warnings = stage, self.clock(), 0
            self._counted = (done, total)
            show(stage, done, total, what)

        return noted

    def end_stage(self) -> None:
        """Write the event of the stage that has ended, if there was one: its seconds, warnings, and files where it counts files."""
        if self._stage:
            counts = {"files": self._counted[1]} if self._stage in ("read", "clean") else {}
            seconds = round(self.clock() - self._since, 3)
            self.write("info", "stage_ended", stage=self._stage, seconds=seconds, warnings=self._warnings, **counts)
        self._stage = ""

    def end(self, performed: Performed) -> None:
        """Tell how the audit ended: counts, findings by level, exit code, files written and removed."""
        self.end_stage()
        self._department = performed.department
        seconds = None if self._began is None else round(self.clock() - self._began, 3)  # None: it was never begun
        self._began, report = None, performed.report
        if report is None:
            self.write("error", "audit_failed", exit_code=performed.exit_code, seconds=seconds, problem=performed.problem)
            return
        self.removed(performed.removed)
        levels = Counter(finding.level for finding in report.findings)
        self.write(
            "warning" if report.exit_code else "info",
            "audit_ended",
            run_id=report.run.id,
            exit_code=report.exit_code,
            seconds=seconds,
            files_found=report.corpus.files_found,
            files_read=report.corpus.files_read,
            files_skipped=len(report.corpus.files_skipped),
            documents=report.corpus.documents,
            tokens=report.corpus.tokens,
            tasks=len(report.tasks),
            findings={level: levels[level] for level in ("error", "warning", "note")},
            alarms=len(report.drift.alarms) if report.drift is not None else None,
            written=[str(path) for path in performed.written],
        )

    def removed(self, removal: Removal) -> None:
        """Tell what retention took away, where it did."""
        if removal.paths or removal.kept:
            counts = {"reports": len(removal.reports), "records": len(removal.records), "cache_entries": len(removal.caches)}
            self.write("info", "removed", **counts, kept=[{"file": str(path), "because": why} for path, why in removal.kept])

    def warn(self, message: str) -> None:
        """Write a warning of corpuskit itself, and count it to its stage."""
        self._warnings += 1
        self.write("warning", "warning", message=message)

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Write warnings that corpuskit logs as events too, as long as this is open."""
        logger, handler = logging.getLogger("corpuskit"), _Handler(self)
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)


class _Handler(logging.Handler):
    """Hands warnings on, and shows them where they would have been shown without it."""

    def __init__(self, run_log: RunLog) -> None:
        super().__init__(logging.WARNING)
        self.run_log = run_log

    def emit(self, record: logging.LogRecord) -> None:
        self.run_log.warn(record.getMessage())
        if logging.lastResort is not None and not logging.getLogger().handlers:
            logging.lastResort.handle(record)
