"""From a number to what it rests on: its formula, what was counted, the paper, when it is undefined, and the lines of documents that show it."""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.errors import UnknownName
from corpuskit.estimators import Estimate
from corpuskit.finding import Evidence, Finding
from corpuskit.report.blocks import Block, Bullets, Facts, Heading, Paragraph, Quotes
from corpuskit.report.contract import AuditReport
from corpuskit.report.formulas import formula_of
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.findings import grouped
from corpuskit.report.sections.section import suitability, task_name, verdict
from corpuskit.report.sections.subjects import subject_name
from corpuskit.tasks import Control, Reference, TaskAssessment

MOST_LINES = 8
"""Lines shown of all that bear on a number, because more are no longer read; the findings and tasks they come from are named."""

OF_SECTIONS = ("retrieval_", "dead_section")
"""Beginnings of the measures of sections."""

Explained = Estimate | TaskAssessment | Finding | Control | Reference


def things(report: AuditReport) -> dict[str, tuple[str, Explained]]:
    """Give everything that has an id, by id, with the name of its kind."""
    found: dict[str, tuple[str, Explained]] = {task.id: ("task", task) for task in report.tasks}
    found |= {finding.id: ("finding", finding) for finding in report.findings}
    found |= {estimate.id: ("estimate", estimate) for estimate in report.estimates}
    found |= {control.id: ("control", control) for control in report.controls}
    found |= {reference.ref: ("rule", reference) for reference in report.references}
    return found


def explain(report: AuditReport, identifier: str, book: Phrasebook) -> tuple[Block, ...]:
    """Explain one number, task, finding, control or rule of a report.

    Parameters
    ----------
    report : AuditReport
        Localised in the language of ``book``.
    identifier : str
        An id of the report.

    Raises
    ------
    UnknownName
        The report has nothing with this id; the message names those near it.
    """
    known = things(report)
    if identifier not in known:
        raise UnknownName("id", identifier, known)
    _, thing = known[identifier]
    if isinstance(thing, Estimate):
        return _of_estimate(thing, report, book)
    if isinstance(thing, TaskAssessment):
        return _of_task(thing, report, book)
    if isinstance(thing, Finding):
        return _of_finding(thing, report, book)
    if isinstance(thing, Control):
        return _of_control(thing, report, book)
    return _of_rule(thing, book)


def how_computed(estimates: Sequence[Estimate], book: Phrasebook) -> tuple[tuple[str, str], ...]:
    """Say how the estimates of the measures of one formula were computed: meaning, formula and its letters, when undefined, methods and papers."""
    names = list(dict.fromkeys(one.measure for one in estimates))
    meaning = [(book.measure(name) if len(names) > 1 else book.label("explain_meaning"), book.plain(name)) for name in names]
    facts = meaning
    formula = formula_of(names[0])
    if formula is not None:
        words = book.formula(formula.id)
        facts += [
            (book.label("explain_formula"), formula.formula or book.formula_in_words(formula.id)),
            (book.label("explain_symbols"), words["symbols"]),
            (book.label("explain_undefined"), words["undefined"]),
        ]
    facts.append((book.label("column_reference"), "; ".join(dict.fromkeys(one.reference for one in estimates))))
    return tuple((name, what) for name, what in facts if what)


def _of_estimate(estimate: Estimate, report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    level = "" if estimate.level is None else f" [{book.percent(estimate.level)}]"
    if estimate.value is None:
        interval = book.label("not_applicable")
    elif estimate.interval is None:
        interval = book.label("no_interval")
    else:
        interval = book.interval(*estimate.interval, estimate.measure) + level
    value = (
        (book.label("column_estimate"), book.estimate(estimate)),
        (book.label("column_interval"), interval),
        (book.label("column_n"), f"{number(estimate.n)} {book.unit(estimate.unit)}"),
        (book.label("column_grade"), book.label(f"grade_{estimate.grade}")),
        (book.label("column_method"), book.method(estimate.method)),
    )
    tasks = [task for task in report.tasks if estimate.id in task.estimates]
    findings = _findings_on(estimate, report)
    blocks: list[Block] = [
        Heading(book.label("picture_of", title=book.measure(estimate.measure), subject=subject_name(estimate.subject, book)), 3),
        Facts((*value, *how_computed([estimate], book), (book.label("column_id"), estimate.id)), wide=True),
    ]
    if tasks:
        blocks += [Heading(book.label("explain_tasks"), 4), Bullets(tuple(_named(task, book) for task in tasks))]
    if findings:
        blocks += [Heading(book.label("explain_findings"), 4), Bullets(tuple(f"{finding.title} ({finding.id})" for finding in findings))]
    lines = _lines([*(one for finding in findings for one in finding.evidence), *(one for task in tasks for one in task.evidence)], book)
    return (*blocks, *(lines or _way_to_lines(estimate.subject, book)))


def _of_task(task: TaskAssessment, report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    known = {estimate.id: estimate for estimate in report.estimates}
    blocks: list[Block] = [
        Heading(task_name(task, book), 3),
        Facts(
            (
                (book.label("column_verdict"), f"{verdict(task.verdict, book)}: {task.next_step.text}"),
                (book.label("column_suitability"), suitability(task, book)),
                (book.label("explain_formula"), book.label("suitability_formula")),
                (book.label("column_grade"), book.label(f"grade_{task.grade}") if task.grade else book.label("grade_none")),
                (book.label("column_tier"), book.label(f"tier_{task.tier}")),
                (book.label("explain_undefined"), book.label("suitability_undefined")),
                (book.label("column_id"), task.id),
            ),
            wide=True,
        ),
    ]
    parts = (
        ("reasons", task.reasons),
        ("tier_reasons", task.tier_reasons),
        ("failure_modes", task.failure_modes),
        ("task_repairs", tuple(repair.action for repair in task.repairs)),
        ("changes", task.changes),
    )
    for key, messages in parts:
        if messages:
            blocks += [Heading(book.label(key), 4), Bullets(tuple(message.text for message in messages))]
    measured = [known[id] for id in task.estimates if id in known]
    if measured:
        told = tuple(_brief(one, book) for one in measured)
        blocks += [Heading(book.label("task_estimates", n=len(measured)), 4), Bullets(told)]
    return (*blocks, *_lines(task.evidence, book))


def _of_finding(finding: Finding, report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    subject = finding.id.partition("@")[2]
    given = book.listed([_given(name, value) for name, value in finding.parameters.items()])
    measured = [estimate for estimate in report.estimates if subject and _concerns(finding, estimate.subject)]
    blocks: list[Block] = [
        Heading(finding.title, 3),
        Facts(
            (
                (book.label("explain_level"), book.label(f"level_{finding.level}")),
                (book.label("column_detail"), finding.fix),
                *(((book.label("explain_given"), given),) if given else ()),
                (book.label("column_id"), finding.id),
            ),
            wide=True,
        ),
    ]
    if measured:
        told = tuple(_brief(one, book) for one in measured)
        blocks += [Heading(book.label("explain_measured"), 4), Bullets(told)]
    blocks += _lines(finding.evidence, book)
    if finding.documents:
        blocks += [Heading(book.label("finding_documents", n=finding.concerned), 4), Bullets(grouped(finding, book))]
    return tuple(blocks)


def _brief(estimate: Estimate, book: Phrasebook) -> str:
    """Write a number on one line with interval, n, unit and grade; an undefined one with its reason."""
    name = book.measure(estimate.measure)
    if estimate.value is None:
        return book.label("explain_undefined_number", name=name, reason=book.estimate(estimate), id=estimate.id)
    return book.label(
        "explain_number",
        name=name,
        value=book.estimate(estimate),
        interval=book.label("no_interval") if estimate.interval is None else book.interval(*estimate.interval, estimate.measure),
        n=estimate.n,
        unit=book.unit(estimate.unit),
        grade=estimate.grade,
        id=estimate.id,
    )


def _given(name: str, value: object) -> str:
    return f"{name} = {number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value}"


def _of_control(control: Control, report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    needed = tuple(f"{_named(task, book)}: {one.parameter.text}" for task in report.tasks for one in task.controls if one.id == control.id)
    blocks: list[Block] = [Heading(f"{control.id} {control.title.get(book.language) or control.title.get('en') or ''}", 3)]
    if needed:
        blocks += [Heading(book.label("column_needed_by"), 4), Bullets(needed)]
    rules = tuple(
        f"{one.ref}: {one.title_ja if book.language == 'ja' and one.title_ja else one.title} ({book.label('checked_on', date=one.checked_on)})"
        for one in control.references
    )
    return (*blocks, Heading(book.label("column_references"), 4), Bullets(rules or (book.label("reference_none"),)))


def _of_rule(rule: Reference, book: Phrasebook) -> tuple[Block, ...]:
    facts = (
        (book.label("column_framework"), rule.framework.get(book.language, "")),
        (book.label("column_note"), rule.note.get(book.language, "")),
        (book.label("column_applies_from"), rule.applies_from or book.label("no_date")),
        (book.label("column_checked_on"), rule.checked_on),
        (book.label("column_source"), rule.source_url or book.label("no_source")),
    )
    name = rule.title_ja if book.language == "ja" and rule.title_ja else rule.title
    return Heading(f"{rule.ref}: {name}", 3), Facts(tuple(fact for fact in facts if fact[1]), wide=True)


def _named(task: TaskAssessment, book: Phrasebook) -> str:
    return f"{task_name(task, book)} ({task.id})"


def _concerns(finding: Finding, subject: str) -> bool:
    about = finding.id.partition("@")[2]
    return about == subject or about.startswith(f"{subject}:")


def _findings_on(estimate: Estimate, report: AuditReport) -> list[Finding]:
    """Give the findings on the subject of a number; those on all documents, or on a whole language, say something of its sections only."""
    wide = estimate.subject == "corpus" or estimate.subject.startswith("lang:")
    if wide and not estimate.measure.startswith(OF_SECTIONS):
        return []
    return [finding for finding in report.findings if _concerns(finding, estimate.subject)]


def _lines(evidence: Sequence[Evidence], book: Phrasebook) -> tuple[Block, ...]:
    """Show masked lines, each once; those with a quote before those that only name a document."""
    known = list(dict.fromkeys((one.document, one.quote) for one in evidence))
    shown = sorted(known, key=lambda one: not one[1])[:MOST_LINES]
    return (Heading(book.label("explain_lines"), 4), Quotes(tuple(shown))) if shown else ()


def _way_to_lines(subject: str, book: Phrasebook) -> tuple[Block, ...]:
    """Say how to see the lines behind a number of words, which are all lines of the documents."""
    return (Paragraph(book.label("explain_kwic"), "muted"),) if subject == "corpus" or subject.startswith("lang:") else ()
