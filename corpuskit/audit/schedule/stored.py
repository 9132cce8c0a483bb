"""Schedules in a folder: what is audited when, and how far it has come. One JSON file for each of both."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from platformdirs import user_config_path
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpuskit.audit.notify import Hook
from corpuskit.audit.record import write_atomically
from corpuskit.audit.schedule.times import cron_expression, time_zone
from corpuskit.errors import RecordError, UsageError

NAME = r"[a-z0-9][a-z0-9_-]{0,39}"
"""What names of files, units, tasks and lines of a crontab all take."""
WORKED_OFF_KEPT = 400
"""Moments that are remembered: more than a year of a daily schedule, so that a clock that is set back by less repeats nothing."""
_SUFFIX, _STATE = ".schedule.json", ".state.json"


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Schedule(_Stored):
    """An audit that repeats.

    Attributes
    ----------
    name : str
    paths : tuple of str
        Absolute, or addresses of an object store; none: what the configuration file in ``folder``, or that of the options, names.
    options : tuple of str
        Of ``corpuskit audit``, as given on the command line.
    every : str
        Five cron fields.
    time_zone : str
        Of the IANA database; the fields are meant in it.
    folder : str
        Working folder of the audit: relative paths of the options and ``corpuskit.toml`` belong to it.
    created_at : datetime
        Moments before are not owed.
    hooks : tuple of hooks
        Who is told.
    language : str
        Of what they are told.
    log, metrics : str
        Files that every run writes to; empty: none.
    environment_file : str
        Holds the secrets of the hooks; empty: the environment of the run does.
    installed_with : str
        Scheduler of the machine that calls it; empty: none.
    """

    name: str = Field(pattern=f"^{NAME}$")
    paths: tuple[str, ...]
    options: tuple[str, ...] = ()
    every: str
    time_zone: str
    folder: str
    created_at: AwareDatetime
    hooks: tuple[Hook, ...] = ()
    language: Literal["en", "ja"] = "en"
    log: str = ""
    metrics: str = ""
    environment_file: str = ""
    installed_with: str = ""

    @field_validator("every")
    @classmethod
    def _comes(cls, every: str) -> str:
        return cron_expression(every)

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        return time_zone(name).key

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its moments."""
        return time_zone(self.time_zone)


class RunResult(_Stored):
    """How one audit went.

    ``exit_code`` is that of the audit, 2 also where it was killed; ``problem`` says why it could not be made. Numbers are None where it could not.
    ``moment``: the due moment that it worked off; None where none was due.
    """

    schedule: str
    moment: AwareDatetime | None
    started_at: AwareDatetime
    seconds: float
    exit_code: int
    run_id: str = ""
    verdict: str = ""
    files_found: int | None = None
    files_read: int | None = None
    files_skipped: int | None = None
    findings: dict[str, int] = {}
    alarms: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    problem: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is no audit."""
        return self.exit_code not in (0, 1)


class State(_Stored):
    """How far a schedule has come.

    ``worked_off``: due moments whose audit was made, the last :data:`WORKED_OFF_KEPT`. ``last_attempt``: start of the last run, whether it ended or
    was killed. ``failures``: attempts since the last audit that was made.
    """

    worked_off: tuple[AwareDatetime, ...] = ()
    last_attempt: AwareDatetime | None = None
    last_completed: AwareDatetime | None = None
    failures: int = 0
    last: RunResult | None = None

    def begun(self, now: datetime) -> State:
        """Give the state while a run is on: should it be killed, this stays, and the run counts as failed."""
        return self.model_copy(update={"last_attempt": now, "failures": self.failures + 1})

    def ended(self, result: RunResult, now: datetime) -> State:
        """Give the state after a run."""
        if result.failed:
            return self.model_copy(update={"last": result})
        moments = {*self.worked_off, *([result.moment] if result.moment is not None else [])}
        kept = tuple(sorted(moments)[-WORKED_OFF_KEPT:])
        return self.model_copy(update={"worked_off": kept, "last_completed": now, "failures": 0, "last": result})


def default_folder() -> Path:
    """Give the folder of the schedules of this user."""
    return user_config_path("corpuskit") / "schedules"


def save_schedule(schedule: Schedule, folder: Path) -> None:
    """Keep a schedule; one of the same name is replaced, how far it has come stays."""
    write_atomically(folder / f"{schedule.name}{_SUFFIX}", _json(schedule))


def load_schedule(name: str, folder: Path) -> Schedule:
    """Read a schedule.

    Raises
    ------
    UsageError
        There is none of this name.
    RecordError
        Its file is damaged.
    """
    return _read(Schedule, _file_of(name, folder), "Add the schedule again")


def _file_of(name: str, folder: Path) -> Path:
    """Give the file of a schedule that is there."""
    check_schedule_name(name)
    path = folder / f"{name}{_SUFFIX}"
    if not path.is_file():
        raise UsageError(f"{folder}: no schedule {name!r}. There are: {', '.join(schedule_names(folder)) or 'none'}.")
    return path


def schedule_names(folder: Path) -> tuple[str, ...]:
    """Give the names of all schedules of a folder, in order; none where there is no folder."""
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in folder.glob(f"*{_SUFFIX}")))


def load_state(name: str, folder: Path) -> State:
    """Read how far a schedule has come; the beginning where it has not run yet.

    Raises
    ------
    RecordError
        Its file is damaged: whether an audit is owed cannot be told.
    """
    path = folder / f"{name}{_STATE}"
    return _read(State, path, "Remove the file: the last due moment is then owed") if path.is_file() else State()


def save_state(state: State, name: str, folder: Path) -> None:
    """Keep how far a schedule has come."""
    write_atomically(folder / f"{name}{_STATE}", _json(state))


def remove_schedule(name: str, folder: Path) -> None:
    """Forget a schedule and how far it has come.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    _file_of(name, folder).unlink(missing_ok=True)
    (folder / f"{name}{_STATE}").unlink(missing_ok=True)


def check_schedule_name(name: str) -> None:
    """Refuse a name that a file or a scheduler would not take.

    Raises
    ------
    UsageError
        It is none.
    """
    if re.fullmatch(NAME, name) is None:
        raise UsageError(f"{name!r} is no name of a schedule: small letters a to z, digits, - and _, at most 40, such as weekly-contracts.")


_Model = TypeVar("_Model", bound=_Stored)


def _read(kind: type[_Model], path: Path, remedy: str) -> _Model:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError, UsageError) as error:
        told = f"{error.error_count()} places do not fit" if isinstance(error, ValidationError) else str(error)
        raise RecordError(f"{path}: cannot be used ({told}). {remedy}.") from error


def _json(model: BaseModel) -> bytes:
    return (model.model_dump_json(indent=1) + "\n").encode("utf-8", "surrogatepass")
