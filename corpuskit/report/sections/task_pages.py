"""One part per task: why it was found, what was measured, its tier, controls and failure modes."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Callout, Chart, Details, Heading, Mark, Paragraph, Quotes, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.estimates_table import estimates_table
from corpuskit.report.sections.section import in_order, suitability, task_name, verdict
from corpuskit.report.sections.task_plan import plan_of
from corpuskit.report.sections.title import TONES
from corpuskit.tasks import TaskAssessment


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give a chart of all suitabilities, then each task in the order of page 1."""
    heading = Heading(book.label("task_pages"), 2, "tasks")
    if not report.tasks:
        return heading, Paragraph(book.label("ranking_empty") + book.label("ranking_absence"), "muted")
    tasks = in_order(report.tasks)
    blocks: list[Block] = [heading, Paragraph(book.label("task_pages_note") + book.label("ranking_absence"))]
    scored = [task for task in tasks if task.suitability is not None]
    if scored:
        blocks.append(_chart(scored, book))
    for number, task in enumerate(tasks, start=1):
        blocks += _page(report, task, number, book)
    return tuple(blocks)


def _chart(tasks: list[TaskAssessment], book: Phrasebook) -> Chart:
    marks = []
    for task in tasks:
        low, high = task.interval or (None, None)
        note = f"{book.label('column_grade')} {task.grade or book.label('no_grade')}"
        marks.append(Mark(task_name(task, book), task.suitability, low, high, note))
    title = book.label("suitability_chart")
    return Chart(
        "dots",
        "chart-suitability",
        title,
        book.label("suitability_chart_text"),
        tuple(marks),
        x_label=book.label("column_suitability"),
        percent=True,
        probability=True,
    )


def _page(report: AuditReport, task: TaskAssessment, number: int, book: Phrasebook) -> list[Block]:
    blocks: list[Block] = [
        Heading(f"{number}. {task_name(task, book)}", 3, f"task-{number}"),
        Callout(verdict(task.verdict, book), task.next_step.text, TONES[task.verdict]),
        _facts(task, book),
    ]
    blocks += _list("reasons", [message.text for message in task.reasons], book)
    blocks += _list("description", [message.text for message in task.description], book)
    blocks += _list("tier_reasons", [message.text for message in task.tier_reasons], book)
    blocks += _list("failure_modes", [message.text for message in task.failure_modes], book)
    blocks += plan_of(report, task, book)
    if task.evidence:
        blocks += [Heading(book.label("evidence"), 4), Quotes(tuple((item.document, item.quote) for item in task.evidence))]
    measured = [estimate for estimate in report.estimates if estimate.id in set(task.estimates)]
    if measured:
        blocks.append(Details(book.label("task_estimates", n=len(measured)), (estimates_table(measured, book),)))
    if task.controls:
        blocks.append(Details(book.label("task_controls", n=len(task.controls)), (_controls(report, task, book),)))
    return blocks


def _facts(task: TaskAssessment, book: Phrasebook) -> Table:
    tolerance = task.tolerance
    allowed = book.label("no_error_rate") if tolerance.max_error is None else book.percent(tolerance.max_error)
    pilot = task.pilot
    size = (
        book.label("pilot_open")
        if pilot is None
        else book.label(
            "pilot_full",
            n=pilot.n,
            max_errors=pilot.max_errors,
            power=pilot.power,
            expected=pilot.expected,
            tolerance=pilot.tolerance,
            alpha=pilot.alpha,
        )
    )
    rows = (
        ("column_id", f"{task.id} ({task.catalogue_id})"),
        ("column_kind", book.label(f"kind_{task.kind}")),
        ("column_suitability", suitability(task, book)),
        ("column_grade", book.label(f"grade_{task.grade}") if task.grade else book.label("grade_none")),
        ("group", book.label(f"group_{task.group}")),
        ("column_tolerance", f"{allowed} ({book.label(f'tolerance_{tolerance.status}')})"),
        *((("conversion", task.conversion.text),) if task.conversion is not None else ()),
        ("column_documents", book.label("in_documents", n=task.documents)),
        ("column_found_by", book.label("found_by_declaration" if task.declared else "found_by_signals")),
        ("column_volume", _volume(task, book)),
        ("column_tier", _tier(task, book)),
        ("column_model_class", task.model_class.text),
        ("column_pilot_n", size),
    )
    return Table("", (book.label("column_what"), book.label("column_value")), tuple((book.label(key), value) for key, value in rows))


def _volume(task: TaskAssessment, book: Phrasebook) -> str:
    """Say how many documents a month brings, or why that is not known."""
    volume = task.volume
    if volume is None:
        return book.label("not_applicable")
    if volume.value is None or volume.interval is None:
        return book.estimate(volume)
    rate, interval = book.quantity(volume.value, volume.measure), book.interval(*volume.interval, volume.measure)
    return book.label(
        "volume_full" if volume.unit == "documents" else "volume_full_rows", rate=rate, interval=interval, n=volume.n, grade=volume.grade
    )


def _tier(task: TaskAssessment, book: Phrasebook) -> str:
    """Name the tier; where open questions could raise it, also how far."""
    tier = book.label(f"tier_{task.tier}")
    if task.tier_at_most is None or task.tier_at_most == task.tier:
        return tier
    return book.label("tier_open", tier=tier, most=task.tier_at_most)


def _list(title: str, items: list[str], book: Phrasebook) -> list[Block]:
    return [Heading(book.label(title), 4), Bullets(tuple(items))] if items else []


def _controls(report: AuditReport, task: TaskAssessment, book: Phrasebook) -> Table:
    titles = {control.id: control.title.get(book.language) or control.title.get("en") or control.id for control in report.controls}
    rows = tuple((control.id, titles.get(control.id, control.id), control.parameter.text) for control in task.controls)
    return Table("", tuple(book.label(f"column_{name}") for name in ("id", "control", "parameter")), rows)
