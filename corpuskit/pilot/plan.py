"""How many cases a pilot must label, and how many errors may pass. Needs no corpus."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpuskit.errors import InputError, RecordError
from corpuskit.estimators import acceptance_plan, acceptance_size, anytime_plan, sequential_plan
from corpuskit.pilot.design import PilotDesign

LISTED = 4
"""Acceptance numbers 0 to 3 are listed beside the plan: the sizes a pilot lead compares with."""


class PilotSizeForErrors(BaseModel):
    """The smallest number of cases that still passes with so many errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_errors: int
    n: int


class SequentialBoundaries(BaseModel):
    """After n cases pass at ``slope n + accept`` errors or fewer, stop at ``slope n + reject`` or more (Wald 1947)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accept: float
    reject: float
    slope: float
    expected_n: float


class AnytimeSizes(BaseModel):
    """Cases until evidence that may be looked at after every case certifies a system with the expected error.

    ``half``: in half of the pilots, ``most``: in the share of the plan's power, ``expected_n``: on average; None: more than anybody labels.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    half: int | None
    most: int | None
    expected_n: float | None


class PilotPlan(BaseModel):
    """Exact plan of a pilot.

    Attributes
    ----------
    tolerance, expected, alpha : float
        Error that must not be accepted (except with probability ``alpha``), and the error the system is believed to have.
    n, max_errors : int
        Label ``n`` cases; at most ``max_errors`` errors pass.
    power : float
        Probability to pass at the expected error; at least what was asked for.
    zero_error_n : int
        Cases that suffice when not a single error occurs.
    sizes : tuple
        Smallest number of cases for 0, 1, 2 and 3 errors.
    sequential : SequentialBoundaries or None
        Boundaries of a pilot that may stop early; None where no error at all is expected.
    anytime : AnytimeSizes or None
        Sizes of a pilot that is looked at whenever one likes; None in plans of before this was given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tolerance: float
    expected: float
    alpha: float
    n: int
    max_errors: int
    power: float
    zero_error_n: int
    sizes: tuple[PilotSizeForErrors, ...]
    sequential: SequentialBoundaries | None
    anytime: AnytimeSizes | None = None


class FixedPlan(BaseModel):
    """A plan that was written down before any label was opened.

    Attributes
    ----------
    task : str
        What is piloted.
    fixed_on : str
        Date, as YYYY-MM-DD.
    plan : PilotPlan
    design : PilotDesign or None
        What else was settled, from the audit of the task; None where there was none.
    digest : str
        SHA-256 of all above: a plan that was changed afterwards no longer has it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    fixed_on: str
    plan: PilotPlan
    design: PilotDesign | None = None
    digest: str


def plan(tolerance: float = 0.05, expected: float = 0.02, power: float = 0.8, alpha: float = 0.05) -> PilotPlan:
    """Size a pilot by exact binomial probabilities.

    Parameters
    ----------
    tolerance : float
        Largest error rate that may be accepted.
    expected : float
        Error rate the system is believed to have, below the tolerance.
    power : float
        Wanted probability to accept a system with the expected error.
    alpha : float
        Largest probability to accept a system at the tolerance.

    Returns
    -------
    PilotPlan

    Raises
    ------
    UsageError
        A value is out of its range, or more than a million cases would be needed.
    """
    chosen = acceptance_plan(tolerance, expected, power, alpha)
    looked = anytime_plan(tolerance, expected, power, alpha)
    sizes = tuple(PilotSizeForErrors(max_errors=errors, n=acceptance_size(errors, tolerance, alpha)) for errors in range(LISTED))
    return PilotPlan(
        tolerance=tolerance,
        expected=expected,
        alpha=alpha,
        n=chosen.n,
        max_errors=chosen.max_errors,
        power=chosen.power,
        zero_error_n=sizes[0].n,
        sizes=sizes,
        sequential=_sequential(tolerance, expected, power, alpha),
        anytime=AnytimeSizes(half=looked.half, most=looked.most, expected_n=looked.expected_n),
    )


def fix(made: PilotPlan, task: str, fixed_on: str, design: PilotDesign | None = None) -> FixedPlan:
    """Write a plan down so that a later change shows."""
    return FixedPlan(task=task, fixed_on=fixed_on, plan=made, design=design, digest=_digest(made, task, fixed_on, design))


def load_plan(path: Path) -> FixedPlan:
    """Read a plan that was written down.

    Raises
    ------
    InputError
        There is no such file.
    RecordError
        It holds no plan, or one that was changed after it was fixed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Give a file that `corpuskit pilot plan --out` wrote.") from error
    try:
        found = FixedPlan.model_validate_json(text)
    except (ValidationError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: holds no plan of a pilot. Give a file that `corpuskit pilot plan --out` wrote.") from error
    if found.digest != _digest(found.plan, found.task, found.fixed_on, found.design):
        raise RecordError(f"{path}: the plan was changed after it was fixed on {found.fixed_on}. Make a new plan, and draw new cases for it.")
    return found


def _digest(made: PilotPlan, task: str, fixed_on: str, design: PilotDesign | None) -> str:
    fixed = {"task": task, "fixed_on": fixed_on, "plan": made.model_dump(mode="json")}
    if design is not None:
        # plans of before periods were settled have none to digest
        fixed["design"] = design.model_dump(mode="json", exclude=None if design.period else {"period"})
    return hashlib.sha256(json.dumps(fixed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _sequential(tolerance: float, expected: float, power: float, alpha: float) -> SequentialBoundaries | None:
    if not 0 < expected < tolerance or not alpha < power:
        return None
    found = sequential_plan(tolerance, expected, power, alpha)
    return SequentialBoundaries(accept=found.accept, reject=found.reject, slope=found.slope, expected_n=found.expected_n)
