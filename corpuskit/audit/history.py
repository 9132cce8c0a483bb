"""The history of audits: a folder of immutable records, with what each text said beside them, that any backup understands."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpuskit.audit.record import BODIES, BODY_SUFFIX, SUFFIX, load_record, read_record, records
from corpuskit.counts import CorpusStats, load, save, texts_only
from corpuskit.errors import RecordError, UsageError
from corpuskit.report import AuditReport

COUNTS = "counts"
_NAME_OF_COUNTS = re.compile(r"[0-9a-f]{32,64}")
"""Names of bodies and counts are digests: what is named otherwise is not ours."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Past:
    """One audit of the history.

    Attributes
    ----------
    path : Path
        Of the record.
    run_id, started_at : str
    body, counts : str
        Names of what is kept for it; empty in records of the first version, or where no counts were kept.
    files : tuple of str
        Names of the report's files, where they were written.
    problem : str
        Why the record cannot be used; empty where it can.
    """

    path: Path
    run_id: str
    started_at: str
    body: str = ""
    counts: str = ""
    files: tuple[str, ...] = ()
    problem: str = ""


def past_audits(folder: Path) -> tuple[Past, ...]:
    """List a history, oldest first, damaged records with their problem: nothing of a history is passed over in silence."""
    return tuple(_past(path) for path in records(folder))


def _past(path: Path) -> Past:
    try:
        record = read_record(path)
    except RecordError as error:
        name = path.name.removesuffix(SUFFIX)
        return Past(path, name, "", problem=str(error))
    run: dict[str, Any] = record["run"] if "run" in record else record["report"]["run"]
    names = {name: str(record.get(name, "")) for name in ("body", "counts")}
    return Past(path, str(run["id"]), str(run["started_at"]), **names, files=tuple(record.get("files", ())))


def find(folder: Path, name: str) -> Past:
    """Find one audit by its run id, the beginning of it, its date (the last one of that day), ``last``, or the path of its record.

    Raises
    ------
    UsageError
        There is none, or several begin like that.
    """
    if name.endswith(SUFFIX) and Path(name).is_file():
        return _past(Path(name))
    known = past_audits(folder)
    if not known:
        raise UsageError(f"{folder}: no audits yet. `corpuskit audit` writes one; name another folder with --history.")
    if name == "last":
        return known[-1]
    of_day = [one for one in known if one.started_at.startswith(name)]
    if len(name) == 10 and of_day:
        return of_day[-1]
    fitting = [one for one in known if one.run_id == name] or [one for one in known if one.run_id.startswith(name)]
    if len(fitting) == 1:
        return fitting[0]
    what = f"{len(fitting)} audits begin with {name!r}" if fitting else f"no audit {name!r}"
    shown = ", ".join(one.run_id for one in (fitting or known)[-5:])
    raise UsageError(f"{folder}: {what}. The last ones: {shown}.")


def keep_counts(report: AuditReport, counts: CorpusStats, folder: Path) -> str:
    """Store what each text says and give its name; equal documents under equal settings are stored once.

    Only the user who audits can read the folder: which words a text has says more of it than a report does.
    """
    name = _name(report)
    target = folder / COUNTS / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o700)
    with contextlib.suppress(OSError):
        os.utime(target)  # in use: nobody removes it before the record names it
    if not target.exists():
        try:
            save(texts_only(counts), target)
        except UsageError:
            if not target.exists():  # else another audit of the same documents was faster
                raise
    return name


def counts_of(past: Past) -> CorpusStats | None:
    """Read the counts of an audit; None where none were kept, or where they are damaged (which is logged)."""
    target = past.path.parent / COUNTS / past.counts
    if not past.counts or not target.is_dir():
        return None
    try:
        return load(target)
    except (RecordError, UsageError) as error:
        _log.warning("%s", error)
        return None


def before(report: AuditReport, folder: Path) -> tuple[Past, AuditReport] | None:
    """Give the newest audit of the same documents (by the name of the folder) that started before this one and can be read."""
    for past in reversed(past_audits(folder)):
        if past.problem or past.started_at >= report.run.started_at:
            continue
        try:
            earlier = load_record(past.path)
        except RecordError as error:
            _log.warning("%s", error)
            continue
        if earlier.corpus.root == report.corpus.root:
            return past, earlier
    return None


def prune(folder: Path, keep: int, safe: Collection[Path] = (), *, dry_run: bool = False, unnamed_before: float | None = None) -> tuple[Path, ...]:
    """Remove all but the newest audits of each audited folder, with bodies and counts that no record names any more.

    Parameters
    ----------
    folder : Path
    keep : int
        Audits of each audited folder that stay, 1 or more. Damaged records stay: somebody should look at them.
    safe : collection of Path
        Records that stay whatever their age.
    dry_run : bool
        Only say what would be removed.
    unnamed_before : float, optional
        Bodies and counts that no record names are removed only where they were last used before this time (seconds of the epoch): an audit that
        runs at this moment has not written its record yet. Default: all of them.

    Returns
    -------
    tuple of Path
        What was removed.

    Raises
    ------
    UsageError
        ``keep`` is below 1.
    """
    if keep < 1:
        raise UsageError(f"At least one audit stays, not {keep}.")
    whole = [past for past in past_audits(folder) if not past.problem]
    by_root: dict[str, list[Past]] = {}
    for past in whole:
        by_root.setdefault(load_record(past.path).corpus.root, []).append(past)
    gone = [past for pasts in by_root.values() for past in pasts[:-keep] if past.path not in safe]
    if not dry_run:
        for past in gone:
            past.path.unlink(missing_ok=True)
    left = [past for past in whole if past not in gone]
    return (*(past.path for past in gone), *_unnamed(folder, left, dry_run, float("inf") if unnamed_before is None else unnamed_before))


def _unnamed(folder: Path, left: Sequence[Past], dry_run: bool, before: float) -> Iterator[Path]:
    """Remove bodies and counts that none of the records left names."""
    if any(past.problem for past in past_audits(folder)):
        return  # a damaged record may name any of them
    bodies, counts = {past.body for past in left}, {past.counts for past in left}
    files = [file for file in sorted((folder / BODIES).glob(f"*{BODY_SUFFIX}")) if file.name.removesuffix(BODY_SUFFIX) not in bodies]
    folders = [kept for kept in sorted((folder / COUNTS).glob("*")) if kept.is_dir() and not kept.is_symlink() and kept.name not in counts]
    for path in (*files, *folders):
        if _NAME_OF_COUNTS.fullmatch(path.name.removesuffix(BODY_SUFFIX)) is None or path.stat().st_mtime >= before:
            continue
        if not dry_run and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not dry_run:
            path.unlink(missing_ok=True)
        yield path


def _name(report: AuditReport) -> str:
    described = [
        [(one.id, one.sha256) for one in report.lineage],
        report.run.config_digest,
        {language: info.model_dump(mode="json") for language, info in report.run.tokenizers.items()},
        report.tool.version,
    ]
    return hashlib.sha256(json.dumps(described, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:32]
