"""An audit that was begun, beside its schedule: where its process writes, whether it still runs, and what it left.

A runner can be killed alone (out of memory, an impatient administrator) while its audit goes on. The audit then must not be made twice: its process
holds a lock, which ends with it and with nothing else, and writes into files that the next runner reads. So a due moment is audited exactly once as
long as its audit ends. An audit that is killed itself is begun anew, so what it wrote last may be there twice: once is not to be had without a
transaction over two programs, and an audit too many is harmless where one too few is not.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from corpuskit.audit.record import write_atomically

if sys.platform != "win32":
    import fcntl

_CLAIM, _ALIVE, _STDOUT, _STDERR = "claim.json", "alive", "stdout", "stderr"


class Claim(BaseModel):
    """For which due moment an audit was begun, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    moment: AwareDatetime | None
    started_at: AwareDatetime


@dataclass(frozen=True)
class Left:
    """What an audit left whose runner did not see its end.

    Attributes
    ----------
    claim : Claim
    code : int
        Exit code, as its result says it.
    stdout : bytes
    stderr : str
    ended : datetime
        When it wrote last.
    """

    claim: Claim
    code: int
    stdout: bytes
    stderr: str
    ended: datetime


@dataclass(frozen=True)
class Begun:
    """The audit of one schedule that was begun and not yet counted; in a folder that only its owner reads, because it holds the report."""

    folder: Path

    @classmethod
    def of(cls, name: str, schedules: Path) -> Begun:
        """Give that of a schedule."""
        return cls(schedules / f"{name}.running")

    def begin(self, claim: Claim) -> None:
        """Claim a due moment; what an earlier audit left goes."""
        self.clear()
        self.folder.mkdir(mode=0o700, parents=True)
        write_atomically(self.folder / _CLAIM, claim.model_dump_json().encode())

    @contextmanager
    def streams(self) -> Iterator[tuple[BinaryIO, BinaryIO, tuple[int, ...]]]:
        """Open what the process writes to, and the lock that it is to inherit (none on Windows, whose processes inherit no such lock)."""
        with (self.folder / _STDOUT).open("w+b") as stdout, (self.folder / _STDERR).open("w+b") as stderr, (self.folder / _ALIVE).open("wb") as alive:
            yield stdout, stderr, (alive.fileno(),) if _locked(alive) else ()

    def runs(self) -> bool:
        """Tell whether its process still runs, whoever began it. Never so on Windows, where a killed runner's audit cannot be told."""
        try:
            with (self.folder / _ALIVE).open("rb") as alive:
                _locked(alive)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    def left(self) -> Left | None:
        """Give what an audit left that ended with a whole result; None where there is none."""
        try:
            claim = Claim.model_validate_json((self.folder / _CLAIM).read_bytes())
            stdout = (self.folder / _STDOUT).read_bytes()
            code = json.loads(stdout)["exit_code"]
            stderr = (self.folder / _STDERR).read_text(encoding="utf-8", errors="replace")
            ended = datetime.fromtimestamp((self.folder / _STDOUT).stat().st_mtime, UTC)
        except (OSError, ValidationError, ValueError, KeyError, TypeError):
            return None
        return Left(claim, code, stdout, stderr, ended) if code in (0, 1) else None

    def clear(self) -> None:
        """Forget it: it is counted, or was stopped."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _locked(file: BinaryIO) -> bool:
    """Lock an open file, for as long as any process has it open.

    False where the system or the file system has no such locks.

    Raises
    ------
    BlockingIOError
        Another process has it locked.
    """
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True
