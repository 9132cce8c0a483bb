"""The cases of a pilot, drawn from the documents of a task, and the manifest that says how: what was left out, how likely each case was."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpuskit.errors import InputError, UsageError
from corpuskit.estimators import UNMEASURED, Allocation, Draw, Frame, FrameCase, draw
from corpuskit.finding import Message, Parameter
from corpuskit.pilot.plan import FixedPlan
from corpuskit.pilot.strata import EXPECTED_EACH, JOINABLE, Parts, Period, one_part, parts_of

LONGEST_INPUT = 30_000
"""Characters of a case that are shown; because a cell of Excel holds 32,767 and nobody judges more in one go."""

CUT = " […]"
"""What stands where a case was cut."""


class Case(BaseModel):
    """One case to be labelled.

    Attributes
    ----------
    id : str
        Stable: the same text of the same place has the same one in every draw.
    doc_id : str
        What the case is taken from; of a table the row, because rows of a table are messages of their own.
    input : str
        The text that people and systems see.
    weight, inclusion_probability : float
        Cases of the work that it stands for, and its inverse.
    copies : int
        Equal or nearly equal cases in the folder, itself included; weights do not count them.
    recorded_label : str
        What the table says already; nobody who labels may see it.
    slices : dict of str to str
        Parts that it belongs to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    doc_id: str
    input: str
    weight: float
    inclusion_probability: float
    copies: int
    recorded_label: str
    slices: dict[str, str]


class Stratum(BaseModel):
    """A part of the cases, by the values of all divisions: how many there are and how many were drawn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: dict[str, str]
    population: int
    drawn: int


class Manifest(BaseModel):
    """How the cases were drawn.

    Attributes
    ----------
    task, drawn_on, tool : str
        Task, ISO date, and version of corpuskit.
    plan_digest, config_digest : str
        Of the plan that was fixed before (empty without one), and of the settings that the documents were counted with.
    seed, n : int
    allocation : str
        As :func:`~corpuskit.estimators.draw`.
    found, exact_copies, near_copies, population : int
        Cases of the task, copies left out of the draw, and cases that could be drawn.
    divisions : tuple of str
        What the draw is spread over, the most important first.
    own_numbers : tuple of str
        The leading ones of them, whose parts got numbers of their own; empty where all cases have the same weight.
    period : {"quarter", "half", "year"} or None
        What months became in the division ``date``; None where no case has a date.
    joined : dict of str to dict of str to str
        For each division, the values that were too small to stand alone and the part they joined.
    strata : tuple of Stratum
    cut : tuple of str
        Ids of cases too long to be shown in full.
    masked : bool
        Personal data are masked.
    labels : tuple of str
        What can be given.
    notes : tuple of Message
        What limits the sample, and why it was drawn so.
    cases_digest : str
        SHA-256 of the cases, so that a changed file shows.
    digest : str
        SHA-256 of all the above.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    drawn_on: str
    tool: str
    plan_digest: str
    config_digest: str
    seed: int
    n: int
    allocation: Allocation
    found: int
    exact_copies: int
    near_copies: int
    population: int
    divisions: tuple[str, ...]
    own_numbers: tuple[str, ...]
    period: Period | None = None
    joined: dict[str, dict[str, str]] = {}
    strata: tuple[Stratum, ...]
    cut: tuple[str, ...]
    masked: bool
    labels: tuple[str, ...]
    notes: tuple[Message, ...]
    cases_digest: str
    digest: str = ""


@dataclass(frozen=True)
class Chosen:
    """Cases that were drawn and not read yet, with their place in the frame; ``found``: the frame by all its values, before small ones joined."""

    task: str
    parts: Parts
    found: Frame
    seed: int
    allocation: Allocation
    places: tuple[int, ...]
    probability: tuple[float, ...]
    own_numbers: tuple[str, ...]

    @property
    def frame(self) -> Frame:
        """Give all cases, by the parts they were drawn by."""
        return self.parts.frame

    @property
    def cases(self) -> list[FrameCase]:
        """Give the cases that were drawn."""
        return [self.frame.cases[place] for place in self.places]


def choose(
    task: str, frame: Frame, n: int | None, plan: FixedPlan | None = None, seed: int = 0, allocation: Allocation | Literal["auto"] = "auto"
) -> Chosen:
    """Draw cases of a task, spread over the parts of :func:`~corpuskit.pilot.strata.parts_of`.

    Parameters
    ----------
    task : str
    frame : Frame
        Its cases.
    n : int, optional
        How many; default: as many as the plan says.
    plan : FixedPlan, optional
        Fixed before; one for another task is refused. Where it says by which periods dates are divided, they are.
    seed : int
    allocation : {"auto", "proportional", "at_least_one", "optimum"}
        ``auto``: proportional, because with equal weights the exact bounds and thresholds of the evaluation count cases as they are.

    Raises
    ------
    UsageError
        There is neither a plan nor a number, the plan is for another task, or the optimum has nothing to go by.
    InputError
        There are fewer cases than are to be drawn.
    """
    if plan is not None and plan.task and plan.task not in (task, task.partition("@")[0]):
        raise UsageError(f"The plan is for {plan.task}, not for {task}. Give --task {plan.task}, or make a plan for this task.")
    wanted = n if n is not None else plan.plan.n if plan is not None else None
    if wanted is None or wanted < 1:
        raise UsageError("Give --plan, the plan that was fixed before the labels were opened, or --cases with a number above 0.")
    if wanted > len(frame.cases):
        raise InputError(_too_few(task, frame, wanted))
    rule: Allocation = "proportional" if allocation == "auto" else allocation
    errors = [case.expected_error for case in frame.cases]
    known = [error for error in errors if error is not None]
    if rule == "optimum" and not known:
        raise UsageError(f"{task}: the optimum goes by the errors of clear and unclear messages, and no table with enough labels tells them here.")
    # what was not measured counts as the worst that was, because it may be
    expected = [max(known) if error is None else error for error in errors] if known else None
    planned = plan.design.period if plan is not None and plan.design is not None else None
    parts = parts_of(frame, wanted, planned)
    found: Draw = draw([case.divisions for case in parts.frame.cases], [case.key for case in frame.cases], wanted, seed, rule, expected)
    return Chosen(
        task=task,
        parts=parts,
        found=frame,
        seed=seed,
        allocation=rule,
        places=tuple(int(place) for place in found.chosen),
        probability=tuple(float(share) for share in found.probability),
        own_numbers=frame.divisions[: len(found.strata[0].name)],
    )


def _too_few(task: str, frame: Frame, wanted: int) -> str:
    copies = frame.exact_copies + frame.near_copies
    without = f" ({frame.found:,} with {copies:,} copies, which are not drawn twice)" if copies else ""
    return (
        f"{task}: {wanted:,} cases are to be drawn, and the folder holds {len(frame.cases):,}{without}. "
        "Add cases, or take all there are with --cases and give the plan's tolerance to `pilot evaluate`: fewer cases prove less."
    )


def label_cases(chosen: Chosen, texts: Mapping[int, str]) -> tuple[Case, ...]:
    """Make the cases, given the text of each place of the frame.

    Raises
    ------
    InputError
        A text is missing: the folder changed since it was counted.
    """
    lost = [chosen.frame.cases[place] for place in chosen.places if not texts.get(place, "").strip()]
    if lost:
        named = f"{lost[0].document} {lost[0].locator}".strip()
        raise InputError(f"{len(lost):,} cases that were counted cannot be read again (first: {named}). Draw again while the folder is at rest.")
    alone = set(one_part(chosen.frame)) & set(JOINABLE)
    kept = [(place, name) for place, name in enumerate(chosen.frame.divisions) if name != "label" and name not in alone]
    cases = []
    for place, probability in zip(chosen.places, chosen.probability, strict=True):
        one = chosen.frame.cases[place]
        text = _readable(texts[place])
        cases.append(
            Case(
                id=case_id(chosen.task, one),
                doc_id=one.document if one.ordinal is None else f"{one.document}#{one.locator or one.ordinal}",
                input=text if len(text) <= LONGEST_INPUT else text[: LONGEST_INPUT - len(CUT)] + CUT,
                weight=round(1 / probability, 9),
                inclusion_probability=round(probability, 12),
                copies=one.copies,
                recorded_label=one.label,
                slices={name: one.divisions[column] for column, name in kept if one.divisions[column]},
            )
        )
    if len({case.id for case in cases}) < len(cases):
        raise InputError(f"{chosen.task}: two cases have the same id. Draw again with another seed.")
    return tuple(cases)


def _readable(text: str) -> str:
    """Give a text as every format can carry it: one kind of line end, no half characters, no control characters but line end and tab."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return "".join(character for character in plain if character in "\n\t" or unicodedata.category(character) != "Cc").strip()


def case_id(task: str, case: FrameCase) -> str:
    """Name a case by task, place and content: ``c`` and 12 hexadecimal digits, which tell nobody where it comes from."""
    name = "\0".join((task, case.document, str(case.ordinal if case.ordinal is not None else ""), case.key))
    return "c" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def manifest_of(
    chosen: Chosen,
    cases: Sequence[Case],
    *,
    labels: Sequence[str],
    masked: bool,
    drawn_on: str,
    tool: str,
    config_digest: str,
    plan: FixedPlan | None = None,
    more_notes: Sequence[Message] = (),
) -> Manifest:
    """Write down how cases were drawn."""
    held, drawn = Counter(case.divisions for case in chosen.frame.cases), Counter(case.divisions for case in chosen.cases)
    cut = tuple(case.id for case in cases if case.input.endswith(CUT))
    made = Manifest(
        task=chosen.task,
        drawn_on=drawn_on,
        tool=tool,
        plan_digest=plan.digest if plan is not None else "",
        config_digest=config_digest,
        seed=chosen.seed,
        n=len(cases),
        allocation=chosen.allocation,
        found=chosen.frame.found,
        exact_copies=chosen.frame.exact_copies,
        near_copies=chosen.frame.near_copies,
        population=len(chosen.frame.cases),
        divisions=chosen.frame.divisions,
        own_numbers=chosen.own_numbers,
        period=chosen.parts.period,
        joined={division: dict(values) for division, values in chosen.parts.joined.items()},
        strata=tuple(
            Stratum(name=dict(zip(chosen.frame.divisions, name, strict=True)), population=size, drawn=drawn[name])
            for name, size in sorted(held.items())
        ),
        cut=cut,
        masked=masked,
        labels=tuple(labels),
        notes=(*_notes(chosen, plan, len(cases), len(cut)), *more_notes),
        cases_digest=digest_of_cases(cases),
    )
    return made.model_copy(update={"digest": _digest(made)})


def digest_of_cases(cases: Sequence[Case]) -> str:
    """Give the SHA-256 of cases in the order of their ids."""
    lines = [json.dumps(case.model_dump(), sort_keys=True, ensure_ascii=False) for case in sorted(cases, key=lambda case: case.id)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _digest(made: Manifest) -> str:
    body = json.dumps(made.model_dump(mode="json", exclude={"digest"}), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _notes(chosen: Chosen, plan: FixedPlan | None, n: int, cut: int) -> list[Message]:
    """Say why the sample was drawn so, and what limits it."""
    frame = chosen.frame
    notes = [Message(code=f"pilot_sample_{chosen.allocation}", parameters={"n": n, "population": len(frame.cases)})]
    if frame.exact_copies or frame.near_copies:
        notes.append(Message(code="pilot_sample_copies", parameters={"exact": frame.exact_copies, "near": frame.near_copies}))
    if plan is None:
        notes.append(Message(code="pilot_note_no_plan"))
    elif n < plan.plan.n:
        notes.append(Message(code="pilot_sample_fewer", parameters={"n": n, "planned": plan.plan.n}))
    notes += _of_parts(chosen, plan, n)
    if frame.cases and frame.cases[0].ordinal is not None:
        clear = chosen.found.divisions.index("ambiguity")
        unmeasured = sum(case.divisions[clear] == UNMEASURED for case in chosen.found.cases)
        if unmeasured:
            notes.append(Message(code="pilot_sample_unmeasured", parameters={"n": unmeasured, "population": len(frame.cases)}))
    notes += frame.notes
    if cut:
        notes.append(Message(code="pilot_sample_cut", parameters={"n": cut, "longest": LONGEST_INPUT}))
    return notes


def _of_parts(chosen: Chosen, plan: FixedPlan | None, n: int) -> list[Message]:
    """Say which periods dates became, which small parts joined, and what the cases are not divided by."""
    frame, parts = chosen.frame, chosen.parts
    whole, same = set(one_part(frame)), set(one_part(chosen.found))
    notes = []
    if parts.period is not None and "date" not in whole:
        planned = plan is not None and plan.design is not None and plan.design.period is not None
        code = "pilot_sample_period_planned" if planned else "pilot_sample_period"
        notes.append(Message(code=code, parameters={"period": parts.period, "n": n, "each": EXPECTED_EACH}))
        undated = sum(not case.divisions[frame.divisions.index("date")] for case in frame.cases)
        if undated:
            notes.append(Message(code="pilot_sample_undated", parameters={"n": undated, "population": len(frame.cases)}))
    for division, values in parts.joined.items():
        if division not in whole:
            told: dict[str, Parameter] = {"division": division, "count": len(values), "each": EXPECTED_EACH}
            notes.append(Message(code="pilot_sample_joined", parameters=told))
    for division in frame.divisions:
        if division in same:
            notes.append(Message(code="pilot_sample_one_part", parameters={"division": division}))
        elif division in whole:
            notes.append(Message(code="pilot_sample_too_small", parameters={"division": division, "n": n, "each": EXPECTED_EACH}))
    return notes
