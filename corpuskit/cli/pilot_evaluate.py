"""``corpuskit pilot evaluate``: what the labels say of a system's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpuskit.cli.console import Encoding, Json, put, say, table
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.pilot import FixedPlan, JudgedRate, PeopleResult, PilotResult, SystemResult
    from corpuskit.report import Phrasebook

Alpha = Annotated[float, typer.Option("--alpha", help="Probability to pass at the tolerance.")]
OfTask = Annotated[str, typer.Option("--task", help="The id of the task in the report, such as ticket_routing@tickets.csv.")]
ResultOut = Annotated[Path | None, typer.Option("--out", help="Write the result here, for the next audit. Never overwritten.", show_default=False)]
Learning = Annotated[Path | None, typer.Option("--learning", help="What the system learned from: none of it may be judged on.", show_default=False)]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="Plan that `pilot plan --out` wrote before labels were opened.", show_default=False)]
OwnTolerance = Annotated[
    float | None, typer.Option("--tolerance", help="Largest error that the business bears, where there is no plan.", show_default=False)
]
Truth = Annotated[Path, typer.Argument(help="Labels of people: columns id, truth; truth2, doc_id, weight, slice.<name>.", show_default=False)]
Answers = Annotated[
    Path | None,
    typer.Argument(
        help="Answers: columns id, prediction (or score, 0 to 1); confidence, abstained, model, repeat. Default: same file.", show_default=False
    ),
]
LabelScale = Annotated[
    str, typer.Option("--scale", help="Of the labels, for the agreement of two people: nominal, or of numbers ordinal, interval, ratio.")
]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]
SCALES: tuple[Literal["nominal", "ordinal", "interval", "ratio"], ...] = ("nominal", "ordinal", "interval", "ratio")
Judged = Annotated[
    Path | None,
    typer.Option("--judged", help="What an automatic judge says of all traffic: columns id and judge, 0 (right) to 1 (wrong).", show_default=False),
]
MOST_PARTS = 8
"""Parts of the cases that are shown, the worst first; ``--json`` has all."""


def evaluate_command(
    truth: Truth,
    answers: Answers = None,
    plan: PlanFile = None,
    tolerance: OwnTolerance = None,
    alpha: Alpha = 0.05,
    task: OfTask = "",
    out: ResultOut = None,
    learning: Learning = None,
    judged: Judged = None,
    scale: LabelScale = "nominal",
    encoding: Encoding = None,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Hold a system's answers against human truth: error with exact bounds, parts, thresholds, and a decision with its reasons.

    Example: corpuskit pilot evaluate labels.csv answers.jsonl --plan plan.json
    """
    from datetime import UTC, datetime

    from corpuskit.audit import write_atomically
    from corpuskit.pilot import evaluate, judged_rate, load_plan, put_together, read_sheet, refuse_leak, store
    from corpuskit.report import phrasebook

    if out is not None and out.exists():
        raise UsageError(f"{out} exists already. A result is never overwritten; choose another file.")

    fixed = load_plan(plan) if plan is not None else None
    if fixed is None and tolerance is None:
        raise UsageError("Give --plan, the plan that was fixed before the labels were opened, or --tolerance.")
    if fixed is not None and tolerance is not None:
        raise UsageError(f"--tolerance stands in the plan ({fixed.plan.tolerance}): leave it out, or leave out --plan.")
    chosen = next((one for one in SCALES if one == scale), None)
    if chosen is None:
        raise UsageError(f"--scale {scale}: unknown. Valid: {', '.join(SCALES)}.")
    sheet = read_sheet(truth, encoding or "")
    if learning is not None:
        refuse_leak(sheet, read_sheet(learning, encoding or "", ()))
    cases = put_together(sheet, read_sheet(answers, encoding or "") if answers is not None else sheet)
    found = evaluate(cases, tolerance, alpha, plan=fixed, scale=chosen)
    named = {"task": _task(fixed, task, out), "evaluated_on": datetime.now(UTC).date().isoformat()}
    found = found.model_copy(update=named | {"fixed_on": fixed.fixed_on if fixed is not None else ""})
    if out is not None:
        write_atomically(out, store(found).encode())
        say(f"wrote {out}: name it in section [pilots] of corpuskit.toml, results = [...], and the next audit rests on it.")
    verdicts = read_sheet(judged, encoding or "", ("id", "judge")) if judged is not None else None
    rates = {system: judged_rate(cases, system, verdicts) for system in cases.answers} if verdicts is not None else {}
    book = phrasebook("ja" if in_japanese else "en")
    if as_json:
        beside = {"judged": {system: rate.model_dump(mode="json") if rate else None for system, rate in rates.items()}} if rates else {}
        put(json.dumps(_written(found, book) | beside | {"exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put("\n".join([*_lines(found, book), *_judged_lines(rates, book)]))
    return 0


def _judged_lines(rates: dict[str, JudgedRate | None], book: Phrasebook) -> Iterator[str]:
    for system, rate in rates.items():
        if rate is None:
            yield book.label("pilot_judged_none", system=system)
            continue
        low, high = rate.interval
        _, alone_low, alone_high = rate.audits_alone
        yield book.label(
            "pilot_judged",
            system=system,
            error=rate.value,
            low=low,
            high=high,
            judged=rate.judged,
            audited=rate.audited,
            alone_low=alone_low,
            alone_high=alone_high,
            weight=round(rate.weight, 2),
        )


def _task(fixed: FixedPlan | None, task: str, out: Path | None) -> str:
    """Give the task that was piloted; one that the plan names cannot be another."""
    planned = fixed.task if fixed is not None else ""
    if task and planned and task != planned:
        raise UsageError(f"--task {task}: the plan is of {planned}. Leave it out, or give the plan of {task}.")
    if out is not None and not (task or planned):
        raise UsageError("--out needs the task that was piloted: give --task, or a plan that names it. `corpuskit explain REPORT` lists their ids.")
    return task or planned


def _written(found: PilotResult, book: Phrasebook) -> dict[str, object]:
    """Give the result with its sentences in the chosen language."""
    systems = tuple(
        system.model_copy(
            update={
                "decision": system.decision.model_copy(
                    update={"reasons": tuple(one.model_copy(update={"text": book.message(one)}) for one in system.decision.reasons)}
                )
            }
        )
        for system in found.systems
    )
    notes = tuple(note.model_copy(update={"text": book.message(note)}) for note in found.notes)
    return found.model_copy(update={"systems": systems, "notes": notes}).model_dump(mode="json")


def _lines(found: PilotResult, book: Phrasebook) -> list[str]:
    lines = []
    for system in found.systems:
        lines += [f"{system.system}: {system.decision.code}", *(f"  {book.message(reason)}" for reason in system.decision.reasons)]
        lines += _details(system, book)
    if found.people is not None:
        people = found.people
        low, high = people.interval
        lines.append(book.label("pilot_people", n=people.n, disagreement=people.disagreement, low=low, high=high))
        lines += _coefficients(people, book)
    for pair in found.comparisons:
        low, high = pair.interval
        label = book.label(
            "pilot_comparison", first=pair.first, second=pair.second, difference=pair.difference, low=low, high=high, p=round(pair.p, 4)
        )
        lines.append(label)
    return [*lines, *(f"- {book.message(note)}" for note in found.notes)]


def _coefficients(people: PeopleResult, book: Phrasebook) -> list[str]:
    lines = []
    for name, found in (("cohen_kappa", people.cohen_kappa), ("krippendorff_alpha", people.krippendorff_alpha)):
        if found is None:
            continue
        named = book.label(f"pilot_{name}", scale=book.label(f"pilot_scale_{people.scale}"))
        value = round(found.value, 3)
        if found.interval is None:
            lines.append("  " + book.label("pilot_coefficient_few", name=named, value=value))
        else:
            low, high = found.interval
            lines.append("  " + book.label("pilot_coefficient", name=named, value=value, low=round(low, 3), high=round(high, 3)))
    return lines


def _details(system: SystemResult, book: Phrasebook) -> list[str]:
    lines = []
    error = system.error
    if error.effective_n < error.n:
        lines.append("  " + book.label("pilot_worth", n=error.n, worth=round(error.effective_n)))
    if system.withheld:
        lines.append("  " + book.label("pilot_withheld", n=system.withheld))
    if system.unknown_labels:
        listed = ", ".join(f"{label} ({n})" for label, n in list(system.unknown_labels.items())[:MOST_PARTS])
        lines.append("  " + book.label("pilot_unknown_labels", labels=listed))
    if system.controlled is not None:
        share = system.controlled
        label = {"confidence": round(share.confidence, 4), "coverage": share.coverage, "risk": share.risk, "bound": share.bound}
        lines.append("  " + book.label("pilot_controlled", None, **label))
    if system.flips is not None:
        low, high = system.flips.interval
        lines.append("  " + book.label("pilot_flips", share=system.flips.value, low=low, high=high, n=system.flips.n))
    if system.slices:
        rows = [
            (
                f"{row.division}={row.part}",
                str(row.error.n),
                f"{row.error.value:.1%}",
                f"{row.error.interval[0]:.1%} - {row.error.interval[1]:.1%}",
                "!" if row.above_tolerance else "",
            )
            for row in system.slices[:MOST_PARTS]
        ]
        head = [book.label(f"pilot_column_{name}") for name in ("part", "n", "error", "interval", "above")]
        lines += ["", *("  " + line for line in table(head, rows, right=(1, 2)).splitlines()), ""]
    return lines
