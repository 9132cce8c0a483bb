"""The card of a task, after model cards (Mitchell and others 2019): what for and what not, on what evidence, with which results, who owns it."""

from __future__ import annotations

from corpuskit.estimators import Series
from corpuskit.report.blocks import Facts
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.sections.section import suitability
from corpuskit.tasks import TaskAssessment


def task_card(report: AuditReport, task: TaskAssessment, book: Phrasebook) -> tuple[Facts, Facts]:
    """Give the card: first what is short, then intended and other use, results by slice, and what the measured error means."""
    short = (
        ("column_suitability", suitability(task, book)),
        ("column_tolerance", _tolerance(task, book)),
        ("column_grade", book.label(f"grade_{task.grade}") if task.grade else book.label("grade_none")),
        ("column_tier", _tier(task, book)),
        ("column_pilot_n", _pilot(task, book)),
        ("column_kind", book.label(f"kind_{task.kind}")),
        ("column_documents", _documents(task, book)),
        ("column_volume", _volume(task, book)),
        ("card_owner", book.label("to_be_filled_in")),
        ("column_id", task.id if task.id == task.catalogue_id else f"{task.id} ({task.catalogue_id})"),
    )
    long = [
        ("card_use", book.label(f"use_{task.kind}")),
        ("card_other_use", _other_use(task, book)),
        ("column_model_class", task.model_class.text),
        ("card_slices", _slices(report, task, book)),
    ]
    if task.group != "scored":
        long.append(("group", book.label(f"group_{task.group}")))
    if task.conversion is not None:
        long.append(("conversion", task.conversion.text))
    return (
        Facts(tuple((book.label(key), value) for key, value in short)),
        Facts(tuple((book.label(key), value) for key, value in long if value), wide=True),
    )


def _tolerance(task: TaskAssessment, book: Phrasebook) -> str:
    allowed = book.label("no_error_rate") if task.tolerance.max_error is None else book.percent(task.tolerance.max_error)
    return book.label("with_note", value=allowed, note=book.label(f"tolerance_{task.tolerance.status}"))


def _documents(task: TaskAssessment, book: Phrasebook) -> str:
    found = book.label("found_by_declaration" if task.declared else "found_by_signals")
    return book.label("with_note", value=book.label("in_documents", n=task.documents), note=found)


def _pilot(task: TaskAssessment, book: Phrasebook) -> str:
    pilot = task.pilot
    if pilot is None:
        return book.label("pilot_open")
    return book.label(
        "pilot_full",
        n=pilot.n,
        max_errors=pilot.max_errors,
        power=pilot.power,
        expected=pilot.expected,
        tolerance=pilot.tolerance,
        alpha=pilot.alpha,
    )


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


def _other_use(task: TaskAssessment, book: Phrasebook) -> str:
    """Say what a person must do; what no task is for is said once, above all of them."""
    return book.label("not_for_decisions") if task.tier == "T4" else book.label("not_for_sending") if task.tier == "T3" else ""


def _slices(report: AuditReport, task: TaskAssessment, book: Phrasebook) -> str:
    """Name the slice with the highest error and the one with the lowest, of the tables that the task rests on; or say that there is none."""
    subjects = {id.partition("@")[2] for id in task.estimates}
    series = next((one for one in report.series if one.name == "slice_error" and one.subject in subjects and one.rows), None)
    if series is None:
        return book.label("slices_none") if any(subject.startswith("labels:") for subject in subjects) else ""
    ordered = sorted(series.rows, key=lambda row: (float(row[2]), str(row[0]), str(row[1])))
    return book.label("slices_told", count=len(ordered), worst=_slice(series, -1, book), best=_slice(series, 0, book))


def _slice(series: Series, place: int, book: Phrasebook) -> str:
    row = sorted(series.rows, key=lambda row: (float(row[2]), str(row[0]), str(row[1])))[place]
    kind, name, error, low, high, n = row
    return book.label(
        "slice_told",
        kind=book.label(f"slice_{kind}"),
        slice=name_of("language", str(name), book) if kind == "language" else str(name),
        error=float(error),
        interval=book.interval(float(low), float(high), "language_ambiguity"),
        n=int(n),
    )
