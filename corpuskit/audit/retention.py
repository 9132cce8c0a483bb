"""Retention: old report files, records and cache entries are removed, and nothing else.

What corpuskit wrote is known by what names it: report files by the record of their audit, entries of the caches by names that are digests. A file
that was changed after its audit (a checklist that somebody filled in), that another record names too, or that is a link stays, and that is said.
"""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpuskit.audit.config import Settings
from corpuskit.audit.gate import Accepted
from corpuskit.audit.history import Past, find, past_audits, prune
from corpuskit.audit.options import RetentionOptions
from corpuskit.audit.record import HISTORY, load_record
from corpuskit.errors import RecordError

SLACK = 2.0
"""Seconds that a file may seem newer than its record, which is written after it; because some file systems count in steps of two."""
SETTLED = timedelta(days=1)
"""Age of what no record names before it is removed without being asked; because an audit that runs at this moment has not written its record yet."""
_REPORT_NAME = re.compile(r"[^/\\]+-(\d{4}-\d\d-\d\d)(-\d+)?\.[^/\\]+")
_DIGEST = r"[0-9a-f]"
_TEXT_ENTRY = re.compile(rf"{_DIGEST}{{64}}\.json\.gz")
_COUNTS_ENTRY = re.compile(rf"{_DIGEST}{{16,64}}")
_ESTIMATES_ENTRY = re.compile(rf"{_DIGEST}{{64}}\.json")


@dataclass(frozen=True)
class Removal:
    """What was removed, or would be; and what stays of old audits, with the reason."""

    reports: tuple[Path, ...] = ()
    records: tuple[Path, ...] = ()
    caches: tuple[Path, ...] = ()
    kept: tuple[tuple[Path, str], ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that was removed."""
        return (*self.reports, *self.records, *self.caches)


NOTHING_REMOVED = Removal()


def retain(settings: Settings, cache: Path | None, now: datetime, *, dry_run: bool = False, settled: timedelta = SETTLED) -> Removal:
    """Remove what the settings no longer keep; nothing where they set no limit.

    Never removed: the last audit of each folder, the baseline of the gate, and the last audit that shows a finding which the gate accepts.

    Parameters
    ----------
    settings : Settings
        Sections ``retention``, ``gate`` and ``output``.
    cache : Path or None
        Folder of the caches.
    now : datetime
        With a time zone.
    dry_run : bool
        Only say what would be removed.
    settled : timedelta
        Age of counts and bodies that no record names, before they are removed.

    Raises
    ------
    UsageError
        The baseline is not there: what it protects cannot be told.
    OSError
        A file cannot be removed.
    """
    limits, folder = settings.retention, Path(settings.output.folder)
    if not limits.any:
        return NOTHING_REMOVED
    groups = _by_root(folder / HISTORY)
    safe = protected(folder / HISTORY, settings.gate.baseline, settings.gate.accepted, groups, now.date())
    old = [one for group in groups.values() for one in _expired(group, limits, now) if one.path not in safe]
    reports, kept = _report_files(folder, old, groups, dry_run)
    records: tuple[Path, ...] = ()
    if limits.records is not None and any(len(group) > limits.records for group in groups.values()):
        unnamed_before = (now - settled).timestamp()
        records = prune(folder / HISTORY, limits.records, safe, dry_run=dry_run, unnamed_before=unnamed_before)
    caches = () if cache is None or limits.caches_days is None else old_cache_entries(cache, limits.caches_days, now, dry_run=dry_run)
    return Removal(reports, records, caches, kept)


@dataclass(frozen=True)
class _Known:
    """An audit with what its report says of the folder and of its findings."""

    past: Past
    findings: frozenset[str]

    @property
    def path(self) -> Path:
        return self.past.path


def _by_root(history: Path) -> dict[str, list[_Known]]:
    """Group the audits that can be read by what they audited, oldest first. Equal reports are read once."""
    bodies: dict[str, tuple[str, frozenset[str]]] = {}
    groups: dict[str, list[_Known]] = {}
    for past in past_audits(history):
        if past.problem:
            continue
        if past.body not in bodies or not past.body:
            try:
                report = load_record(past.path)
            except RecordError:
                continue  # `history list` tells it, and nobody removes what is damaged
            bodies[past.body] = (report.corpus.root, frozenset(finding.id for finding in report.findings))
        root, findings = bodies[past.body]
        groups.setdefault(root, []).append(_Known(past, findings))
    return groups


def protected(
    history: Path, baseline: str, accepted: Sequence[Accepted], groups: dict[str, list[_Known]] | None = None, today: date | None = None
) -> frozenset[Path]:
    """Give the records that stay whatever their age.

    The last audit of each folder, because the next one is compared with it; the baseline; and for each finding that is accepted today the last audit
    that shows it, because the acceptance speaks of it.
    """
    groups = _by_root(history) if groups is None else groups
    today = today or datetime.now(UTC).date()
    safe = {group[-1].path for group in groups.values()}
    if baseline and groups:
        safe.add(find(history, baseline).path)
    for one in accepted:
        if one.until >= today:
            for group in groups.values():
                showing = [known for known in group if any(one.covers(finding) for finding in known.findings)]
                safe |= {known.path for known in showing[-1:]}
    return frozenset(safe)


def _expired(group: Sequence[_Known], limits: RetentionOptions, now: datetime) -> Iterator[_Known]:
    for place, known in enumerate(group):
        too_many = limits.reports is not None and place < len(group) - limits.reports
        too_old = limits.reports_days is not None and datetime.fromisoformat(known.past.started_at) < now - timedelta(days=limits.reports_days)
        if too_many or too_old:
            yield known


def _report_files(
    folder: Path, old: Sequence[_Known], groups: dict[str, list[_Known]], dry_run: bool
) -> tuple[tuple[Path, ...], tuple[tuple[Path, str], ...]]:
    """Remove the files of reports; give them, and those that stay with the reason."""
    gone = {known.path for known in old}
    named_elsewhere = {name for group in groups.values() for known in group if known.path not in gone for name in known.past.files}
    removed: list[Path] = []
    kept: list[tuple[Path, str]] = []
    for known in old:
        written = known.path.stat().st_mtime
        for name in known.past.files:
            matched = _REPORT_NAME.fullmatch(name)
            if matched is None or matched[1] != known.past.started_at[:10] or name in named_elsewhere:
                continue  # no name of ours, however it came into the record; or a newer report has it
            for path in _files_below(folder / name):
                if why := _why_kept(path, written):
                    kept.append((path, why))
                    continue
                removed.append(path)
                if not dry_run:
                    path.unlink(missing_ok=True)
            if not dry_run:
                _remove_empty(folder / name)
    return tuple(removed), tuple(kept)


def _files_below(path: Path) -> tuple[Path, ...]:
    """Give a file, or what is in a folder of companions; links are given as they are, not followed."""
    if path.is_symlink() or not path.is_dir():
        return (path,) if path.is_symlink() or path.exists() else ()
    return tuple(sorted(one for one in path.rglob("*") if one.is_symlink() or not one.is_dir()))


def _why_kept(path: Path, written: float) -> str:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return "it is a link or no file"
    return "it was changed after its audit" if status.st_mtime > written + SLACK else ""


def _remove_empty(path: Path) -> None:
    """Remove a folder of companions, and those in it, where nothing is left in them."""
    if path.is_symlink() or not path.is_dir():
        return
    for one in sorted((inner for inner in path.rglob("*") if inner.is_dir() and not inner.is_symlink()), reverse=True):
        _remove_where_empty(one)
    _remove_where_empty(path)


def _remove_where_empty(path: Path) -> None:
    if not any(path.iterdir()):
        path.rmdir()


def old_cache_entries(cache: Path, days: int, now: datetime, *, dry_run: bool = False) -> tuple[Path, ...]:
    """Remove entries of the caches of text, counts and estimates that nobody has used for some days; give them.

    Only names that corpuskit gives are looked at. An entry that is needed again is made anew.
    """
    oldest = (now - timedelta(days=days)).timestamp()
    entries = [
        *_named(cache.glob("[0-9a-f][0-9a-f]/*"), _TEXT_ENTRY),
        *_named((cache / "counts").glob("[0-9a-f][0-9a-f]/*"), _COUNTS_ENTRY),
        *_named((cache / "estimates").glob("*"), _ESTIMATES_ENTRY),
    ]
    stale = tuple(entry for entry in entries if not entry.is_symlink() and _last_used(entry) < oldest)
    if not dry_run:
        for entry in stale:
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
    return stale


def _named(entries: Iterator[Path], pattern: re.Pattern[str]) -> list[Path]:
    return sorted(entry for entry in entries if pattern.fullmatch(entry.name))


def _last_used(entry: Path) -> float:
    """Give the time of last use: of a folder its own, which is set when it is used; of a file that of reading, where the system keeps it."""
    try:
        status = entry.stat()
    except OSError:
        return float("inf")  # removed by another run meanwhile
    # looking into a folder counts as reading it, also when retention looks
    return status.st_mtime if stat.S_ISDIR(status.st_mode) else max(status.st_mtime, status.st_atime)
