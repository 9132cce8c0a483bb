"""Results of pilots, written down so that the next audit can rest on them, and a later change shows."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import Field, ValidationError

from corpuskit.errors import ConfigurationError, InputError, RecordError
from corpuskit.estimators import Estimate, computed
from corpuskit.pilot.result import Frozen, PilotResult, SystemResult

GRADED = computed("mean_loss_in_pilot") + computed("betting_interval")
GRADED_REFERENCE = "Waudby-Smith and Ramdas 2024"
METHOD = computed("wrong_answers_in_pilot") + computed("exact_at_cases")
REFERENCE = "Clopper and Pearson 1934; Korn and Graubard 1998"


class PilotOptions(Frozen):
    """Section ``[pilots]`` of corpuskit.toml: what pilots have measured."""

    results: tuple[str, ...] = Field(default=(), description="Files that `corpuskit pilot evaluate --out` wrote.")
    systems: dict[str, str] = Field(
        default={},
        description="System that is to run, by the id of the task; needed where a pilot judged several, because the best of several"
        " on the same cases looks better than it is.",
    )


class StoredResult(Frozen):
    """A result with the SHA-256 of its content."""

    result: PilotResult
    digest: str


def store(result: PilotResult) -> str:
    """Write a result as JSON with its digest."""
    return StoredResult(result=result, digest=_digest(result)).model_dump_json(indent=1) + "\n"


def load_result(path: Path) -> PilotResult:
    """Read a result that was written down.

    Raises
    ------
    InputError
        There is no such file.
    RecordError
        It holds no result, one that was changed, or one that names no task.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Give a file that `corpuskit pilot evaluate --out` wrote.") from error
    try:
        found = StoredResult.model_validate_json(text)
    except (ValidationError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: holds no result of a pilot. Give a file that `corpuskit pilot evaluate --out` wrote.") from error
    if found.digest != _digest(found.result):
        raise RecordError(f"{path}: the result was changed after it was written. Evaluate the pilot again.")
    if not found.result.task:
        raise RecordError(f"{path}: the result names no task. Evaluate the pilot again with --task, or with a plan that names it.")
    return found.result


def chosen_system(result: PilotResult, options: PilotOptions) -> SystemResult:
    """Give the system that a result speaks of: the only one, or the one that ``[pilots.systems]`` names.

    Raises
    ------
    ConfigurationError
        Several were judged and none is named, or the named one was not judged.
    """
    named = options.systems.get(result.task, "")
    judged = ", ".join(system.system for system in result.systems)
    if not named and len(result.systems) == 1:
        return result.systems[0]
    for system in result.systems:
        if system.system == named:
            return system
    what = f"{named!r} was not judged" if named else f"{len(result.systems)} systems were judged"
    raise ConfigurationError(f"pilots.systems: {what} in the pilot of {result.task}. Name the one that is to run; there are: {judged}.")


def measured(result: PilotResult, system: SystemResult) -> Estimate:
    """Give the error of a pilot as an estimate of grade A: what people's truth says of a system's answers; of graded ones their mean loss."""
    if system.loss is not None:
        return Estimate(
            id=f"pilot_error@task:{result.task}",
            measure="pilot_error",
            subject=f"task:{result.task}",
            value=system.loss.value,
            interval=system.loss.interval,
            level=system.loss.level,
            n=system.loss.effective_n,
            unit="cases",
            grade="A",
            method=GRADED,
            reference=GRADED_REFERENCE,
        )
    return Estimate(
        id=f"pilot_error@task:{result.task}",
        measure="pilot_error",
        subject=f"task:{result.task}",
        value=system.error.value,
        interval=system.error.interval,
        level=system.error.level,
        n=round(system.error.effective_n),
        unit="cases",
        grade="A",
        method=METHOD,
        reference=REFERENCE,
    )


def _digest(result: PilotResult) -> str:
    return hashlib.sha256(result.model_dump_json().encode()).hexdigest()
