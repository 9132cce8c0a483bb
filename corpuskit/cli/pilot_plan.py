"""``corpuskit pilot plan``: how many cases to label, and what is settled before anybody labels one."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import Json, put, say
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.pilot import FixedPlan, PilotDesign, PilotPlan
    from corpuskit.report import AuditReport, Phrasebook
    from corpuskit.tasks import TaskAssessment

Tolerance = Annotated[
    float | None,
    typer.Option("--tolerance", help="Largest error that the business bears (default: that of the report, else 0.05).", show_default=False),
]
Expected = Annotated[
    float | None,
    typer.Option("--expected", help="Error that the system is believed to have (default: that of the report, else 0.02).", show_default=False),
]
Power = Annotated[float, typer.Option("--power", help="Probability to pass at the expected error.")]
Alpha = Annotated[float, typer.Option("--alpha", help="Probability to pass at the tolerance.")]
TaskName = Annotated[str, typer.Option("--task", help="What is piloted: the id of the task in the report.")]
OfReport = Annotated[
    Path | None,
    typer.Option("--report", help="The .json file of the audit: labels, parts and least error are taken from it.", show_default=False),
]
PlanOut = Annotated[
    Path | None, typer.Option("--out", help="Write the plan here, fixed: a later change shows. Never overwritten.", show_default=False)
]
Guide = Annotated[Path | None, typer.Option("--guide", help="Write a label guide to fill in here (Markdown). Never overwritten.", show_default=False)]
Severe = Annotated[str, typer.Option("--severe", help="A class whose errors are severe, such as 'safety'.")]
SevereTolerance = Annotated[float, typer.Option("--severe-tolerance", help="Largest error within that class.")]
SevereCases = Annotated[int | None, typer.Option("--severe-cases", help="Cases of that class that there are.", show_default=False)]
Minutes = Annotated[float | None, typer.Option("--minutes", help="Minutes of a person for one label.", show_default=False)]
Hourly = Annotated[float | None, typer.Option("--hour-price", help="Price of an hour of a person.", show_default=False)]
Currency = Annotated[str, typer.Option("--currency", help="Currency of the price.")]
Override = Annotated[str, typer.Option("--override", help="Why the pilot is planned although the labels do not allow the tolerance.")]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]


def plan_command(
    tolerance: Tolerance = None,
    expected: Expected = None,
    power: Power = 0.8,
    alpha: Alpha = 0.05,
    task: TaskName = "",
    report: OfReport = None,
    severe: Severe = "",
    severe_tolerance: SevereTolerance = 0.01,
    severe_cases: SevereCases = None,
    minutes: Minutes = None,
    hour_price: Hourly = None,
    currency: Currency = "",
    override: Override = "",
    out: PlanOut = None,
    guide: Guide = None,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Size a pilot by exact binomial probabilities. Needs no corpus; with a report it also settles labels, parts, double labelling and work.

    Example: corpuskit pilot plan --report reports/documents-2026-11-29.json --task ticket_routing@tickets.csv --out plan.json
    """
    from corpuskit.audit import load_report
    from corpuskit.pilot import design, plan, refuse_beyond_labels, severe_class
    from corpuskit.report import phrasebook

    _refuse_existing(out, guide)
    found = load_report(report) if report is not None else None
    known = _task_of(found, task) if found is not None else None
    made = plan(*_rates(tolerance, expected, known), power, alpha)
    special = severe_class(severe, severe_tolerance, severe_cases, alpha) if severe else None
    settled = None
    if found is not None and known is not None:
        settled = design(
            known,
            {estimate.id: estimate for estimate in found.estimates},
            {series.id: series for series in found.series},
            made.n,
            found.run.id,
            severe=special,
            minutes=minutes,
            hourly=hour_price,
            currency=currency,
        ).model_copy(update={"override": override})
        refuse_beyond_labels(settled, made.tolerance)
    elif special is not None or guide is not None or minutes is not None:
        raise UsageError("--severe, --minutes and --guide need the audit of the task: give --report and --task.")
    fixed = _fixed(made, known.id if known is not None else task, out, settled) if out is not None else None
    book = phrasebook("ja" if in_japanese else "en")
    if guide is not None and settled is not None and known is not None:
        _write_guide(guide, known, settled, book)
    if as_json:
        more = {"design": settled.model_dump(mode="json")} if settled is not None else {}
        body = made.model_dump(mode="json") | more | ({"digest": fixed.digest} if fixed is not None else {}) | {"exit_code": 0}
        put(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    put("\n".join([*_lines(made, book), *(_design_lines(settled, made, book) if settled is not None else ())]))
    if fixed is not None:
        say(f"wrote {out}, fixed on {fixed.fixed_on} (sha256 {fixed.digest[:16]}): give it to `corpuskit pilot evaluate --plan`.")
    return 0


def _refuse_existing(*files: Path | None) -> None:
    for file in files:
        if file is not None and file.exists():
            raise UsageError(f"{file} exists already. A fixed plan and its guide are never overwritten; choose another file.")


def _task_of(report: AuditReport, task: str) -> TaskAssessment:
    """Give the task that is named; the bare id of the catalogue will do where only one task has it."""
    fitting = [one for one in report.tasks if task in (one.id, one.catalogue_id)]
    if len(fitting) == 1:
        return fitting[0]
    ids = [one.id for one in fitting or report.tasks]
    if fitting:
        raise UsageError(f"--task {task}: {len(fitting)} tasks of the report have this id. Name one: {', '.join(ids)}.")
    close = get_close_matches(task, ids, n=3, cutoff=0.4) or ids[:8]
    raise UsageError(f"--task {task!r}: the report has no such task. Near it: {', '.join(close)}.")


def _rates(tolerance: float | None, expected: float | None, task: TaskAssessment | None) -> tuple[float, float]:
    """Give tolerance and expected error: what was asked for, else those of the report, else 5 % and 2 %."""
    if tolerance is None:
        tolerance = task.tolerance.max_error if task is not None else 0.05
        if tolerance is None:
            raise UsageError(f"The report gives {task.id if task else ''} no error rate to keep. Give --tolerance.")
    if expected is None:
        sized = task.pilot if task is not None else None
        same = sized is not None and sized.tolerance == tolerance
        expected = sized.expected if sized is not None and same else min(0.02, tolerance / 2) if task is None else tolerance / 2
    return tolerance, expected


def _fixed(made: PilotPlan, task: str, out: Path, settled: PilotDesign | None) -> FixedPlan:
    from datetime import UTC, datetime

    from corpuskit.audit import write_atomically
    from corpuskit.pilot import fix

    fixed = fix(made, task, datetime.now(UTC).date().isoformat(), settled)
    write_atomically(out, (fixed.model_dump_json(indent=1) + "\n").encode())
    return fixed


def _write_guide(guide: Path, task: TaskAssessment, settled: PilotDesign, book: Phrasebook) -> None:
    from corpuskit.audit import write_atomically
    from corpuskit.report import label_guide

    write_atomically(guide, label_guide(task, settled, book).encode())
    say(f"wrote {guide}: fill it in with the owner of the task before anybody labels.")


def _lines(made: PilotPlan, book: Phrasebook) -> list[str]:
    sizes = book.listed([book.label("plan_size", n=size.n, errors=size.max_errors) for size in made.sizes])
    lines = [
        book.label("plan_cases", n=made.n, errors=made.max_errors),
        book.label("plan_at_tolerance", tolerance=made.tolerance, alpha=made.alpha),
        book.label("plan_at_expected", expected=made.expected, power=made.power),
        book.label("plan_sizes", sizes=sizes),
    ]
    if made.sequential is not None:
        found = made.sequential
        lines.append(book.label("plan_early", slope=f"{found.slope:.4f}", accept=f"{found.accept:+.2f}", reject=f"{found.reject:+.2f}"))
        lines.append(book.label("plan_early_size", n=round(found.expected_n)))
    if made.anytime is not None and made.anytime.half is not None and made.anytime.most is not None:
        lines.append(book.label("plan_anytime", half=made.anytime.half, most=made.anytime.most, power=made.power))
    return [*lines, book.label("plan_alike")]


def _division(name: str, settled: PilotDesign, book: Phrasebook) -> str:
    """Name what cases are divided by; of dates with the periods, where the audit tells enough to settle them."""
    if name != "date":
        return book.label(f"sample_division_{name}")
    return book.label("plan_part_period", period=settled.period) if settled.period else book.label("plan_part_open")


def _design_lines(settled: PilotDesign, made: PilotPlan, book: Phrasebook) -> list[str]:
    from corpuskit.pilot import EXPECTED_EACH

    lines = ["", book.label("plan_unit", unit=settled.unit, measure=settled.measure, status=settled.tolerance_status)]
    if settled.labels:
        lines.append(book.label("plan_labels", n=len(settled.labels), labels=book.listed(list(settled.labels[:12]))))
    lines.append(book.label("plan_parts", parts=book.listed([_division(name, settled, book) for name in settled.slices]), each=EXPECTED_EACH))
    lines += [book.label("plan_confused", first=first, second=second, n=n) for first, second, n in settled.confused]
    if settled.double_share > 0:
        lines.append(book.label("plan_double", n=round(made.n * settled.double_share), share=settled.double_share))
    least = settled.least_error
    lines.append(book.label("plan_least", least=least.value, n=least.n) if least is not None else book.label("plan_least_unknown"))
    if settled.severe is not None:
        state = {None: "unknown", True: "enough", False: "few"}[settled.severe.provable]
        there = settled.severe.available if settled.severe.available is not None else 0
        severe = settled.severe
        lines.append(book.label(f"plan_severe_{state}", name=severe.name, tolerance=severe.tolerance, needed=severe.needed, available=there))
    if settled.work is not None:
        lines.append(book.label("plan_work", labels=settled.work.labels, minutes=settled.work.minutes_each, hours=round(settled.work.hours, 1)))
        if settled.work.cost is not None:
            lines.append(book.label("plan_cost", cost=round(settled.work.cost), currency=settled.work.currency))
    return lines
