"""``corpuskit pilot``: how many cases to label, and what the labels say of a system's answers."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import Encoding, Json, put, say, table
from corpuskit.errors import InputError, UsageError

if TYPE_CHECKING:
    from corpuskit.pilot import FixedPlan, PilotPlan, PilotResult, SystemResult
    from corpuskit.report import Phrasebook

app = typer.Typer(help="Pilots: plan them, and judge them against human truth.", no_args_is_help=True, rich_markup_mode=None)
log_app = typer.Typer(help="The audit log of a task in use, in which every change shows.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(log_app, name="log")

Tolerance = Annotated[float, typer.Option("--tolerance", help="Largest error that the business bears.")]
Expected = Annotated[float, typer.Option("--expected", help="Error that the system is believed to have.")]
Power = Annotated[float, typer.Option("--power", help="Probability to pass at the expected error.")]
Alpha = Annotated[float, typer.Option("--alpha", help="Probability to pass at the tolerance.")]
TaskName = Annotated[str, typer.Option("--task", help="What is piloted, such as ticket_routing.")]
PlanOut = Annotated[
    Path | None, typer.Option("--out", help="Write the plan here, fixed: a later change shows. Never overwritten.", show_default=False)
]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="Plan that `pilot plan --out` wrote before labels were opened.", show_default=False)]
OwnTolerance = Annotated[
    float | None, typer.Option("--tolerance", help="Largest error that the business bears, where there is no plan.", show_default=False)
]
Truth = Annotated[Path, typer.Argument(help="Labels of people: columns id, truth; truth2, doc_id, weight, slice.<name>.", show_default=False)]
Answers = Annotated[
    Path | None,
    typer.Argument(help="Answers: columns id, prediction; confidence, abstained, model, repeat. Default: in the same file.", show_default=False),
]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]
Log = Annotated[Path, typer.Argument(help="The log, one JSON object a line.", show_default=False)]
Events = Annotated[Path, typer.Argument(help="Events, one JSON object a line; - for standard input.", show_default=False, allow_dash=True)]
LogLevel = Annotated[str, typer.Option("--level", help="What each event must say: L1 (tier T1), L2 (T2) or L3 (T3 and T4).")]
Noted = Annotated[str, typer.Option("--expect", help="A hash of the log that was noted elsewhere: only so does a cut-off end show.")]
MOST_PARTS = 8
"""Parts of the cases that are shown, the worst first; ``--json`` has all."""


@app.command("plan")
def plan_command(
    tolerance: Tolerance = 0.05,
    expected: Expected = 0.02,
    power: Power = 0.8,
    alpha: Alpha = 0.05,
    task: TaskName = "",
    out: PlanOut = None,
    as_json: Json = False,
) -> int:
    """Size a pilot by exact binomial probabilities. Needs no corpus.

    Example: corpuskit pilot plan --tolerance 0.05 --expected 0.02 --task ticket_routing --out plan.json
    """
    from corpuskit.pilot import plan

    made = plan(tolerance, expected, power, alpha)
    fixed = _fixed(made, task, out) if out is not None else None
    if as_json:
        body = made.model_dump(mode="json") | ({"digest": fixed.digest} if fixed is not None else {}) | {"exit_code": 0}
        put(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(_lines_of_plan(made)))
    if fixed is not None:
        say(f"wrote {out}, fixed on {fixed.fixed_on} (sha256 {fixed.digest[:16]}): give it to `corpuskit pilot evaluate --plan`.")
    return 0


def _fixed(made: PilotPlan, task: str, out: Path) -> FixedPlan:
    from datetime import UTC, datetime

    from corpuskit.audit import write_atomically
    from corpuskit.pilot import fix

    if out.exists():
        raise UsageError(f"{out} exists already. A fixed plan is never overwritten; choose another file.")
    fixed = fix(made, task, datetime.now(UTC).date().isoformat())
    write_atomically(out, (fixed.model_dump_json(indent=1) + "\n").encode())
    return fixed


def _lines_of_plan(made: PilotPlan) -> list[str]:
    errors = ", ".join(f"{size.n} cases with {size.max_errors}" for size in made.sizes)
    lines = [
        f"Label {made.n} cases drawn at random; at most {made.max_errors} errors pass.",
        f"  A system at the tolerance of {made.tolerance:.1%} passes with probability {made.alpha:.1%} at the most,",
        f"  one with {made.expected:.1%} errors with probability {made.power:.1%}.",
        f"Fewest cases that can pass at all, by errors: {errors}.",
    ]
    if made.sequential is not None:
        found = made.sequential
        lines += [
            f"Stopping early (Wald): after n cases pass at {found.slope:.4f} n {found.accept:+.2f} errors or fewer, stop at"
            f" {found.slope:.4f} n {found.reject:+.2f} or more;",
            f"  about {found.expected_n:.0f} cases on average where the error is as expected.",
        ]
    return [*lines, "Cases of one document are alike and count as fewer: draw one from each where that is possible."]


@app.command("evaluate")
def evaluate_command(
    truth: Truth,
    answers: Answers = None,
    plan: PlanFile = None,
    tolerance: OwnTolerance = None,
    alpha: Alpha = 0.05,
    encoding: Encoding = None,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Hold a system's answers against human truth: error with exact bounds, parts, thresholds, and a decision with its reasons.

    Example: corpuskit pilot evaluate labels.csv answers.jsonl --plan plan.json
    """
    from corpuskit.pilot import evaluate, load_plan, put_together, read_sheet
    from corpuskit.report import phrasebook

    fixed = load_plan(plan) if plan is not None else None
    if fixed is None and tolerance is None:
        raise UsageError("Give --plan, the plan that was fixed before the labels were opened, or --tolerance.")
    if fixed is not None and tolerance is not None:
        raise UsageError(f"--tolerance stands in the plan ({fixed.plan.tolerance}): leave it out, or leave out --plan.")
    sheet = read_sheet(truth, encoding or "", ("id", "truth") if answers is not None else ("id", "truth", "prediction"))
    cases = put_together(sheet, read_sheet(answers, encoding or "", ("id", "prediction")) if answers is not None else sheet)
    found = evaluate(cases, tolerance, alpha, plan=fixed)
    book = phrasebook("ja" if in_japanese else "en")
    if as_json:
        put(json.dumps(_written(found, book) | {"exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(_lines(found, book)))
    return 0


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
        kappa = f", kappa {people.cohen_kappa.value:.2f}" if people.cohen_kappa is not None else ""
        low, high = people.interval
        lines.append(book.label("pilot_people", n=people.n, disagreement=people.disagreement, low=low, high=high) + kappa)
    for pair in found.comparisons:
        low, high = pair.interval
        label = book.label(
            "pilot_comparison", first=pair.first, second=pair.second, difference=pair.difference, low=low, high=high, p=round(pair.p, 4)
        )
        lines.append(label)
    return [*lines, *(f"- {book.message(note)}" for note in found.notes)]


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


@log_app.command("append")
def append_command(log: Log, events: Events, level: LogLevel = "L1", as_json: Json = False) -> int:
    """Append events, all or none of them; several writers may do so at once.

    Example: corpuskit pilot log append log.jsonl events.jsonl --level L2
    """
    from corpuskit.pilot import LEVELS, append

    if level not in LEVELS:
        raise UsageError(f"--level {level}: unknown. Valid: {', '.join(LEVELS)}.")
    number = append(log, _events(events), level)
    put(json.dumps({"appended": number, "exit_code": 0}) if as_json else f"{number} {'event' if number == 1 else 'events'} appended to {log}")
    return 0


def _events(source: Path) -> list[dict[str, object]]:
    from corpuskit.pilot import json_lines

    try:
        text = sys.stdin.read() if str(source) == "-" else source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source}: cannot be read ({error}). Give events as UTF-8, one JSON object a line.") from error
    return json_lines(text, str(source))[0]


@log_app.command("verify")
def verify_command(log: Log, expect: Noted = "", as_json: Json = False) -> int:
    """Check that no line was altered, removed, added or moved. Exit code 1: one was.

    Example: corpuskit pilot log verify log.jsonl
    """
    from corpuskit.pilot import verify

    chain = verify(log, expect)
    code = 0 if chain.broken is None else 1
    if as_json:
        put(json.dumps({**asdict(chain), "exit_code": code}))
    elif chain.broken is not None:
        put(f"{log}: line {chain.broken.line}: {chain.broken.problem}")
    else:
        sealed = f", {chain.sealed} interrupted {'line' if chain.sealed == 1 else 'lines'} sealed" if chain.sealed else ""
        put(f"{chain.events} events{sealed}, unbroken; last hash {chain.last}")
        if not expect:
            put("Note the hash elsewhere and give it as --expect next time: a log does not show by itself that its end was cut off.")
    return code
