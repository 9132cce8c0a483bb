"""The staged plan G0 to G5: when a task goes on and when it stops, with its own figures."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal

from pydantic import Field, ValidationError

from corpuskit.errors import ConfigurationError
from corpuskit.finding import Message, Parameter
from corpuskit.tasks.assessment import Frozen, PilotSize, Stage, Tier
from corpuskit.tasks.strictness import PARAMETERS, number

DOUBLE_CODED = 200
"""Because 200 items coded twice bracketed the true ambiguity in 300 of 300 runs on languages with known truth (theory, decision D1)."""
USUAL_TIER: Tier = "T2"
"""Whose numbers the plan names where no task has a pilot size yet: the tier of most business records."""


class StageEntry(Frozen):
    """One stage of the data file; see ``catalogue/stages.toml`` for what each key means."""

    id: Literal["G0", "G1", "G2", "G3", "G4", "G5"]
    title: str
    passes: str = Field(alias="pass")
    stops: str = Field(alias="stop")
    open_pass: str = ""
    open_stop: str = ""
    numbers: tuple[str, ...]
    because: str = Field(min_length=1)


class _File(Frozen):
    stages: tuple[StageEntry, ...]


def load_stages(text: str) -> tuple[StageEntry, ...]:
    """Read the plan from TOML.

    Raises
    ------
    ConfigurationError
        No valid TOML, an unknown or missing key, or not the six stages in their order.
    """
    try:
        stages = _File.model_validate(tomllib.loads(text)).stages
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"catalogue/stages.toml: {error}") from error
    if [stage.id for stage in stages] != ["G0", "G1", "G2", "G3", "G4", "G5"]:
        raise ConfigurationError("catalogue/stages.toml: the stages are G0 to G5, each once and in this order.")
    for name in (name for stage in stages for name in stage.numbers):
        PARAMETERS[name]
    return stages


STAGES = load_stages(files("corpuskit.tasks").joinpath("catalogue", "stages.toml").read_text(encoding="utf-8"))


def staged_plan(task: str, tier: Tier, tolerance: float | None, pilot: PilotSize | None) -> tuple[Stage, ...]:
    """Write the plan of one task.

    Parameters
    ----------
    task : str
        Id of the task.
    tier : Tier
        Its numbers are named; T0 and T4 have no plan, because nothing runs and a person decides.
    tolerance : float or None
    pilot : PilotSize or None
        None: the rules that need a size are replaced by those that lead to one.
    """
    if tier in ("T0", "T4"):
        return ()
    known: dict[str, Parameter] = {"task": task, "tier": tier, "n": DOUBLE_CODED}
    if tolerance is not None:
        known |= {"tolerance": tolerance}
    if pilot is not None:
        known |= {"n": pilot.n, "max_errors": pilot.max_errors, "more": pilot.max_errors + 1, "tolerance": pilot.tolerance}
    return tuple(_stage(stage, known, tier, pilot is not None) for stage in STAGES)


def usual_plan() -> tuple[Stage, ...]:
    """Write the plan where no task has a pilot size yet."""
    return staged_plan("", USUAL_TIER, None, None)


def _stage(stage: StageEntry, known: dict[str, Parameter], tier: Tier, sized: bool) -> Stage:
    numbers: dict[str, Parameter] = {name: value for name in stage.numbers if (value := number(name, tier)) is not None}
    every = {**known, **numbers}
    passes = stage.passes if sized or not stage.open_pass else stage.open_pass
    stops = stage.stops if sized or not stage.open_stop else stage.open_stop
    return Stage(id=stage.id, title=Message(code=stage.title), pass_rule=_said(passes, every), stop_rule=_said(stops, every))


_NEEDED: dict[str, tuple[str, ...]] = {
    "stage_g0_pass_task": ("tolerance", "tier"),
    "stage_g0_pass_task_open": ("tier",),
    "stage_g1_pass": ("n", "max_errors", "task"),
    "stage_g1_stop": ("more", "n"),
    "stage_g1_pass_open": ("n",),
    "stage_g2_stop": ("tolerance",),
    "stage_g3_pass": ("catch_rate",),
    "stage_g4_pass": ("review_floor",),
    "stage_g4_stop": ("tolerance",),
    "stage_g5_pass": ("reaudit_months",),
}
"""Parameters that each sentence has a place for: what a sentence does not say stays out of report.json too."""


def _said(code: str, known: dict[str, Parameter]) -> Message:
    return Message(code=code, parameters={name: known[name] for name in _NEEDED.get(code, ())})
