"""One audit with all that belongs to it, from the documents to the files on disk; and several, of which none stops the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corpuskit.audit.comparing import counts_kept, judged, with_change
from corpuskit.audit.config import Settings, documents_named, load_settings
from corpuskit.audit.index import write_index
from corpuskit.audit.output import ROUTING, check_output, write_reports
from corpuskit.audit.record import HISTORY
from corpuskit.audit.retention import NOTHING_REMOVED, Removal, retain
from corpuskit.audit.routes import routes
from corpuskit.audit.run import Progress, audit_with_counts
from corpuskit.errors import CorpuskitError, refused
from corpuskit.report import AuditReport

COULD_NOT_RUN = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Performed:
    """What one audit left.

    Attributes
    ----------
    report : AuditReport or None
        None where it could not be made.
    department : str
        Empty where there are none.
    written : tuple of Path
    reasons : tuple of str
        Why its gate fails.
    removed : Removal
        What retention took away.
    problem : str
        Why it could not be made.
    """

    report: AuditReport | None
    department: str = ""
    written: tuple[Path, ...] = ()
    reasons: tuple[str, ...] = ()
    removed: Removal = NOTHING_REMOVED
    problem: str = ""

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings at the gate, 2 could not run."""
        return COULD_NOT_RUN if self.report is None else self.report.exit_code


@dataclass(frozen=True)
class Tools:
    """What an audit is given from outside: the folder of the caches (None: none), the clocks, and who is told of its progress."""

    cache: Path | None = None
    now: datetime | None = None
    clock: Callable[[], float] | None = None
    progress: Progress | None = None


def perform(paths: Sequence[Path], settings: Settings, tools: Tools, name: str = "") -> Performed:
    """Audit, compare, judge, write, keep the index and the retention.

    Parameters
    ----------
    paths : sequence of Path
        None of them: the sources of the settings.
    settings : Settings
    tools : Tools
    name : str, optional
        Of the department.

    Raises
    ------
    CorpuskitError, OSError
        The audit cannot be made or written.
    """
    check_output(settings)
    audited = audit_with_counts(paths, settings, cache=tools.cache, now=tools.now, clock=tools.clock, progress=tools.progress, name=name)
    report, reasons = judged(with_change(audited, settings), settings)
    routed = routes(audited.counts, report.tasks, settings, () if paths else settings.sources) if settings.output.routing else ()
    written = write_reports(report, settings, counts_kept(audited, settings), routed)
    routing = next((path.name for path in written if path.name.endswith(ROUTING)), None)
    report = report.model_copy(update={"routing_file": routing})
    removed = retain(settings, tools.cache, datetime.fromisoformat(report.run.started_at))
    index = _index(Path(settings.output.folder)) if "html" in settings.output.formats else None
    return Performed(report, name, (*written, *((index,) if index is not None else ())), reasons, removed)


def _index(folder: Path) -> Path | None:
    """Write the index; that it cannot be written does not undo an audit that has its record."""
    try:
        return write_index(folder)
    except OSError as error:
        _log.warning("the audit is whole, its index could not be written. %s Then: corpuskit history index", refused(error))
        return None


def perform_departments(
    names: Sequence[str],
    file: Path | None,
    folder: Path,
    overrides: Mapping[str, Any],
    tools_of: Callable[[str], Tools],
) -> Iterator[Performed]:
    """Audit departments one after the other, each into its own folder; one that cannot be audited is told and the others go on.

    Settings and paths of all are looked at before the first is read, so that what is wrong with the last is known at once, and told in its turn.

    Parameters
    ----------
    names : sequence of str
        Of departments of the configuration file.
    file, folder, overrides
        As for :func:`~corpuskit.audit.load_settings`.
    tools_of : callable
        Gives the tools for a department.
    """
    prepared: list[tuple[str, Settings, tuple[Path, ...]] | Performed] = []
    for name in names:
        try:
            settings = load_settings(file, folder, dict(overrides), name)
            prepared.append((name, settings, documents_named(file, folder, name)))
            check_output(settings)
        except (CorpuskitError, OSError) as error:
            prepared = [*(one for one in prepared if isinstance(one, Performed) or one[0] != name), Performed(None, name, problem=told(error))]
    for one in prepared:
        if isinstance(one, Performed):
            yield one
            continue
        name, settings, paths = one
        try:
            yield perform(paths, settings, tools_of(name), name)
        except (CorpuskitError, OSError) as error:
            yield Performed(None, name, problem=told(error))
        except Exception as error:  # a fault of corpuskit itself must not cost the other departments their audits; its trace is shown
            _log.exception("department %s", name)
            yield Performed(None, name, problem=f"corpuskit failed ({type(error).__name__}: {error}). Please report this with the lines above.")


def history_of(file: Path | None, folder: Path, department: str = "") -> Path:
    """Give the folder of the history of a department, or of the whole configuration.

    Raises
    ------
    ConfigurationError, UnknownName
        As :func:`~corpuskit.audit.load_settings`.
    """
    return Path(load_settings(file, folder, {}, department).output.folder) / HISTORY


def write_index_of_departments(file: Path | None, folder: Path, overrides: Mapping[str, Any]) -> Path | None:
    """Write the index of all departments into their common folder; None where none has an audit, or no HTML is written."""
    common = load_settings(file, folder, dict(overrides))
    folders = {}
    for department in common.departments:
        try:
            folders[department.name] = Path(load_settings(file, folder, dict(overrides), department.name).output.folder)
        except CorpuskitError:
            continue  # told where the department is audited
    return write_index(Path(common.output.folder), folders) if "html" in common.output.formats else None


def told(error: CorpuskitError | OSError) -> str:
    """Say an error in one line."""
    if isinstance(error, CorpuskitError):
        return str(error)
    return refused(error)
