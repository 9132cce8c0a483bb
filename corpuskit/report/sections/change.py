"""What changed since the audit before: alarms first, then documents, mixes, measures, tasks and findings."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Callout, Details, Heading, Paragraph, Table
from corpuskit.report.change import Change, DocumentChanges, Mix, TaskChange
from corpuskit.report.contract import AuditReport
from corpuskit.report.localise import name_of_task
from corpuskit.report.phrasebook import Phrasebook

KINDS = ("new", "changed", "gone", "moved", "superseded")


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give nothing where there was no audit before."""
    change = report.drift
    if change is None:
        return ()
    names = {task.id: name_of_task(task, book.language) for task in report.tasks}
    blocks: list[Block] = [Heading(book.label("change", date=change.base_date), 2, "change")]
    blocks += [Callout(book.label("change_alarms"), alarm.text, "caution") for alarm in change.alarms]
    if not change.alarms:
        blocks.append(Paragraph(book.label("change_no_alarm"), "good"))
    blocks += _documents(change.documents, book)
    blocks += _tasks(change, names, book)
    blocks += _measures(change, book)
    blocks += _mixes(change, book)
    blocks += _findings(change, report, book)
    if change.notes:
        blocks += [Heading(book.label("change_notes"), 3), Bullets(tuple(note.text for note in change.notes))]
    return tuple(blocks)


def _documents(found: DocumentChanges, book: Phrasebook) -> list[Block]:
    lists = {kind: getattr(found, kind) for kind in KINDS}
    line = book.label("change_documents_line", of_before=found.of_before, **{kind: one.n for kind, one in lists.items()})
    blocks: list[Block] = [Heading(book.label("change_documents"), 3), Paragraph(line)]
    for kind, one in lists.items():
        if one.n:
            more = (book.label("change_and_more", n=one.n - len(one.names)),) if one.n > len(one.names) else ()
            blocks.append(Details(f"{book.label(f'change_kind_{kind}')} ({one.n})", (Bullets((*one.names, *more)),)))
    return blocks


def _tasks(change: Change, names: dict[str, str], book: Phrasebook) -> list[Block]:
    heading = Heading(book.label("change_tasks"), 3)
    if not change.tasks:
        return [heading, Paragraph(book.label("change_tasks_none"))]
    columns = tuple(book.label(f"change_column_{name}") for name in ("task", "verdict", "tier", "because"))
    return [heading, Table("", columns, tuple(_task_row(one, names, book) for one in change.tasks))]


def _task_row(one: TaskChange, names: dict[str, str], book: Phrasebook) -> tuple[str, ...]:
    none = book.label("change_not_found")
    verdicts = [book.label(f"verdict_{value}") if value else none for value in (one.verdict_before, one.verdict_after)]
    tiers = [value or none for value in (one.tier_before, one.tier_after)]
    return (
        names.get(one.id, one.id),
        _from_to(verdicts[0], verdicts[1], book),
        _from_to(tiers[0], tiers[1], book),
        book.listed(list(one.documents)) or book.label("not_applicable"),
    )


def _from_to(before: str, after: str, book: Phrasebook) -> str:
    return before if before == after else book.label("change_from_to", before=before, after=after)


def _measures(change: Change, book: Phrasebook) -> list[Block]:
    heading = Heading(book.label("change_measures"), 3)
    if not change.estimates:
        return [heading, Paragraph(book.label("change_measures_none", compared=change.compared))]
    rows = []
    for one in change.estimates:
        measure, _, subject = one.id.partition("@")
        written = [
            f"{book.quantity(value, measure)} ({book.interval(*interval, measure)})"
            for value, interval in ((one.before, one.before_interval), (one.after, one.after_interval))
        ]
        rows.append((f"{book.measure(measure)} ({subject})", *written))
    columns = tuple(book.label(f"change_column_{name}") for name in ("measure", "before", "after"))
    said = book.label("change_measures_line", compared=change.compared, n=len(rows))
    return [heading, Paragraph(said), Table("", columns, tuple(rows))]


def _mixes(change: Change, book: Phrasebook) -> list[Block]:
    if not change.mixes:
        return []
    columns = tuple(book.label(f"change_column_{name}") for name in ("mix", "divergence", "band", "n"))
    table = Table("", columns, tuple(_mix_row(one, book) for one in change.mixes), (1, 2, 3))
    return [Heading(book.label("change_mixes"), 3), table]


def _mix_row(one: Mix, book: Phrasebook) -> tuple[str, ...]:
    name = book.label(f"change_mix_name_{one.measure}", subject=one.subject)
    sign = "▲ " if one.moved else ""
    return f"{sign}{name}", f"{one.value:.4f}", f"{one.band:.4f}", f"{one.n_before} / {one.n_after}"


def _findings(change: Change, report: AuditReport, book: Phrasebook) -> list[Block]:
    found = change.findings
    titles = {finding.id: finding.title for finding in report.findings}
    said = book.label("change_findings_line", new=len(found.new), resolved=len(found.resolved), unchanged=found.unchanged)
    blocks: list[Block] = [Heading(book.label("change_findings"), 3), Paragraph(said)]
    items = [book.label("change_findings_new", ids=titles.get(id, id)) for id in found.new]
    items += [book.label("change_findings_resolved", ids=id) for id in found.resolved]
    return [*blocks, Bullets(tuple(items))] if items else blocks
