"""What to do with one task: repairs and how far they move it, ways to do the work, review, stages, and what would change the verdict."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Details, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.tasks import Alternative, ControlNumber, Repair, TaskAssessment


def plan_of(report: AuditReport, task: TaskAssessment, book: Phrasebook) -> list[Block]:
    """Give the blocks in the order of the work: mend, compare, pilot, review; what has no entries has no heading."""
    blocks: list[Block] = []
    if task.repairs:
        blocks += [Heading(book.label("task_repairs"), 4), _repairs(task, book)]
    blocks += _list("changes", [message.text for message in task.changes], book)
    if task.alternatives:
        blocks += [Heading(book.label("alternatives"), 4), *_alternatives(task, book)]
    blocks += _list("review_arithmetic", [message.text for message in task.review], book)
    if task.stages:
        rows = tuple((stage.id, stage.title.text, stage.pass_rule.text, stage.stop_rule.text) for stage in task.stages)
        columns = _columns(book, "stage", "content", "pass_rule", "stop_rule")
        blocks.append(Details(book.label("task_stages"), (Table("", columns, rows),), printed=False))
    if task.numbers:
        figures = tuple((one.control, book.label(f"number_{one.id}"), _number(one, book), _references(report, one, book)) for one in task.numbers)
        columns = _columns(book, "id", "parameter_name", "value", "references")
        blocks.append(Details(book.label("strictness"), (Table("", columns, figures),), printed=False))
    return blocks


def _columns(book: Phrasebook, *names: str) -> tuple[str, ...]:
    return tuple(book.label(f"column_{name}") for name in names)


def _list(title: str, items: list[str], book: Phrasebook) -> list[Block]:
    return [Heading(book.label(title), 4), Bullets(tuple(items))] if items else []


def _repairs(task: TaskAssessment, book: Phrasebook) -> Table:
    rows = tuple((repair.action.text, repair.moves.text, _after(repair, book), book.label(f"size_{repair.effort}")) for repair in task.repairs)
    return Table("", _columns(book, "fix", "moves", "after", "effort"), rows)


def _after(repair: Repair, book: Phrasebook) -> str:
    """Write the suitability after the repair with its interval; where the two are written alike, once."""
    if repair.suitability is None:
        return book.label("not_applicable")
    value = book.probability(repair.suitability)
    interval = value if repair.suitability_interval is None else book.probability_interval(*repair.suitability_interval)
    return value if interval == value else f"{value} ({interval})"


def _alternatives(task: TaskAssessment, book: Phrasebook) -> list[Block]:
    """Give the comparison; what the user did not say is named once below it."""
    rows = tuple((book.label(f"alternative_{one.id}"), one.fits.text, _cost(one, book)) for one in task.alternatives)
    blocks: list[Block] = [Table("", _columns(book, "alternative", "fits", "cost"), rows)]
    priced = next((one.priced_on for one in task.alternatives if one.low is not None), None)
    if priced is not None:
        blocks.append(Paragraph(book.label("alternatives_note", date=priced) + _labelling(task, book), "muted"))
    missing = [
        name for one in task.alternatives if _not_told(one) for name in str(one.reason.parameters["missing"] if one.reason else "").split(", ")
    ]
    if missing:
        names = tuple(dict.fromkeys(missing))
        blocks.append(Paragraph(book.label("cost_missing", n=len(names)), "muted"))
        blocks.append(Details(book.label("cost_settings", n=len(names)), (Bullets(names),), printed=False))
    return blocks


def _labelling(task: TaskAssessment, book: Phrasebook) -> str:
    """Add what labelling for the pilot costs, where that is known."""
    one = next((one for one in task.alternatives if one.labelling is not None), None)
    if one is None or one.labelling is None or task.pilot is None:
        return ""
    return book.label("alternatives_labelling", n=task.pilot.n, currency=one.currency, cost=number(round(one.labelling)))


def _not_told(one: Alternative) -> bool:
    return one.reason is not None and one.reason.code == "cost_not_told"


def _cost(one: Alternative, book: Phrasebook) -> str:
    """Write the band of a month's cost, or the reason why there is none."""
    if _not_told(one):
        return book.label("not_applicable")
    if one.low is None or one.high is None:
        return one.reason.text if one.reason is not None else book.label("not_applicable")
    low, high = number(round(one.low)), number(round(one.high))
    cost = book.label("cost_exact", currency=one.currency, low=low)
    if one.low != one.high:
        cost = book.label("cost_band", currency=one.currency, low=low, high=high)
    return cost if one.review_share_of_cost is None else book.label("cost_review", cost=cost, share=one.review_share_of_cost)


def _number(one: ControlNumber, book: Phrasebook) -> str:
    value = one.value if one.unit == "share" else int(one.value)
    return book.label(f"unit_{one.unit}", value=value)


def _references(report: AuditReport, one: ControlNumber, book: Phrasebook) -> str:
    """Give what the control of a number rests on, each with the day of its last check."""
    references = next((control.references for control in report.controls if control.id == one.control), ())
    told = [f"{reference.ref} ({book.label('checked_on', date=reference.checked_on)})" for reference in references]
    return book.label("reference_joint").join(told) or book.label("reference_none")
