"""An audit in a process of its own: its memory is given back, and what kills it does not kill who started it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from corpuskit.audit.schedule.begun import Begun
from corpuskit.audit.schedule.stored import RunResult, Schedule
from corpuskit.errors import UsageError

CORPUSKIT = (sys.executable, "-P", "-m", "corpuskit")
"""``-P``: a folder named ``corpuskit`` where a schedule works must not be taken for the program."""
OWN_OPTIONS = ("--json", "--quiet", "-q", "--no-progress", "--print-config")
_NO_REASONS = ("wrote ", "removed ", "kept ", "note: ", "{")
"""How lines begin that an audit says beside the reasons of its gate; the last are events of ``--log-json -``."""
_POLL = 0.2
"""Seconds after which a stop is seen."""
_PATIENCE = 20.0
"""Seconds that an audit has to end after it was asked to."""
_SHOWN = 600
"""Characters of what a failed audit said; errors of corpuskit are shorter, and a traceback ends with what matters."""


class Stopped(Exception):
    """The run was asked to stop before the audit had ended: the audit stays owed."""


@dataclass(frozen=True)
class Ended:
    """What a process left: its exit code (negative: the signal that killed it) and what it wrote."""

    code: int
    stdout: bytes
    stderr: str


def never() -> bool:
    """Ask for no stop."""
    return False


def run_audit(schedule: Schedule, stopping: Callable[[], bool] = never, begun: Begun | None = None) -> Ended:
    """Run the audit of a schedule. ``begun`` keeps what it writes where another runner finds it, should this one be killed.

    Raises
    ------
    Stopped
        ``stopping`` became true; the process was ended, which leaves nothing half-written.
    """
    return _run((*CORPUSKIT, "audit", *schedule.options, "--json", "--no-progress", "--", *schedule.paths), Path(schedule.folder), stopping, begun)


def check_options(paths: Sequence[str], options: Sequence[str], folder: Path) -> None:
    """Find out whether ``corpuskit audit`` takes these options, without auditing.

    Raises
    ------
    UsageError
        It does not, with its own words.
    """
    if own := [option for option in options if option in OWN_OPTIONS]:
        raise UsageError(f"{', '.join(own)}: a schedule chooses what is printed by itself. Leave it out.")
    ended = _run((*CORPUSKIT, "audit", *options, "--print-config", "--", *paths), folder, never)
    if ended.code != 0:
        raise UsageError(_words(ended.stderr) or f"corpuskit audit ended with {ended.code}.")


def result_of(ended: Ended, schedule: Schedule, moment: datetime | None, started: datetime, seconds: float) -> RunResult:
    """Read how the audit went from what its process left."""
    known: dict[str, Any] = {"schedule": schedule.name, "moment": moment, "started_at": started, "seconds": round(seconds, 3)}
    if ended.code in (0, 1):
        try:
            return RunResult(**known, **_told_of(json.loads(ended.stdout)), **_said(ended, Path(schedule.folder)))
        except (ValueError, KeyError, TypeError) as error:
            return RunResult(**known, exit_code=2, problem=f"The report of the audit cannot be read ({type(error).__name__}). {_words(ended.stderr)}")
    if told := _problems(ended):
        return RunResult(**known, exit_code=2, problem=told)
    problem = f"The audit was killed by signal {-ended.code}." if ended.code < 0 else _words(ended.stderr) or f"It ended with exit code {ended.code}."
    return RunResult(**known, exit_code=2 if ended.code < 0 else ended.code, problem=problem)


def _problems(ended: Ended) -> str:
    """Say why departments could not be audited, where the audit of several has told it; empty where it has not."""
    try:
        failed = [one for one in json.loads(ended.stdout)["departments"] if one["problem"]]
    except (ValueError, KeyError, TypeError):
        return ""
    return "\n".join(f"{one['name']}: {one['problem']}" for one in failed)


def _told_of(result: dict[str, Any]) -> dict[str, Any]:
    """Read one report, or those of several departments added up; the words of each stand behind its name."""
    if "departments" not in result:
        return _told(result)
    each = [(one["name"], _told(one["report"])) for one in result["departments"] if one["report"] is not None]
    levels = Counter[str]()
    for _, told in each:
        levels.update(told["findings"])
    return {
        "exit_code": result["exit_code"],
        "run_id": ", ".join(told["run_id"] for _, told in each),
        "verdict": "\n".join(f"{name}: {told['verdict']}" for name, told in each),
        **{name: sum(told[name] for _, told in each) for name in ("files_found", "files_read", "files_skipped")},
        "findings": {level: levels[level] for level in ("error", "warning", "note")},
        "alarms": [f"{name}: {alarm}" for name, told in each for alarm in told["alarms"]],
    }


def _told(report: dict[str, Any]) -> dict[str, Any]:
    corpus, levels = report["corpus"], Counter(finding["level"] for finding in report["findings"])
    return {
        "exit_code": report["exit_code"],
        "run_id": report["run"]["id"],
        "verdict": report["summary"]["sentence"]["text"],
        "files_found": corpus["files_found"],
        "files_read": corpus["files_read"],
        "files_skipped": len(corpus["files_skipped"]),
        "findings": {level: levels[level] for level in ("error", "warning", "note")},
        "alarms": [alarm["text"] for alarm in (report["drift"] or {}).get("alarms", ())],
    }


def _said(ended: Ended, folder: Path) -> dict[str, Any]:
    lines = ended.stderr.splitlines()
    reasons = [line for line in lines if line.strip() and not line.startswith(_NO_REASONS)] if ended.code == 1 else []
    return {"reports": [str(folder / line.removeprefix("wrote ")) for line in lines if line.startswith("wrote ")], "reasons": reasons}


def _words(stderr: str) -> str:
    """Give the end of what an audit said, without the name of the program before it."""
    said = re.sub(r"^corpuskit: ", "", stderr.strip(), flags=re.MULTILINE)
    return said if len(said) <= _SHOWN else "…" + said[-_SHOWN:]


def _run(command: Sequence[str], folder: Path, stopping: Callable[[], bool], begun: Begun | None = None) -> Ended:
    # files, not pipes: a report of many megabytes would fill a pipe that nobody reads while we wait
    with _streams() if begun is None else begun.streams() as (stdout, stderr, kept):
        try:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, pass_fds=kept)
        except OSError as error:
            return Ended(2, b"", f"{error.filename}: {error.strerror}. The audit works in {folder}; add the schedule again from another folder.")
        try:
            while process.poll() is None:
                if stopping():
                    raise Stopped
                _wait(process, _POLL)
        finally:
            _end(process)
        stdout.seek(0)
        stderr.seek(0)
        return Ended(process.returncode, stdout.read(), stderr.read().decode("utf-8", "replace"))


@contextmanager
def _streams() -> Iterator[tuple[BinaryIO, BinaryIO, tuple[int, ...]]]:
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        yield stdout, stderr, ()


def _wait(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        if not _wait(process, _PATIENCE):
            process.kill()
            process.wait()
