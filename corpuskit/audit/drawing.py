"""Cases of a pilot, drawn from documents: counted as an audit counts them (its counts are used again), spread over strata, read and masked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpuskit import __version__
from corpuskit.audit.config import Settings
from corpuskit.audit.definitions import read_definitions
from corpuskit.audit.intake import Intake, files_found
from corpuskit.audit.run import count_files, left_out_of
from corpuskit.counts import BY_NAME, Job, documents_to_name, tables_without_labels
from corpuskit.errors import InputError, UnknownName
from corpuskit.estimators import Allocation, Frame, Inputs, frame_by_names, frame_of_documents, frame_of_places, frame_of_table
from corpuskit.finding import Message
from corpuskit.ingest import Crew, Document, FoundFile, ReadOptions
from corpuskit.pilot import Case, Chosen, FixedPlan, Manifest, choose, label_cases, manifest_of
from corpuskit.tasks import Found, cues, discover
from corpuskit.text import mask

Progress = Callable[[str, int, int, str], None]

NOT_SHOWN = frozenset({"hidden", "header", "footer"})
"""Kinds of sections that no reader of a document takes for its text."""


def draw_cases(
    paths: Sequence[Path],
    task: str,
    settings: Settings | None = None,
    *,
    plan: FixedPlan | None = None,
    n: int | None = None,
    allocation: Allocation | Literal["auto"] = "auto",
    labels: Sequence[str] = (),
    masked: bool = True,
    cache: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[Case, ...], Manifest]:
    """Draw the cases of a task.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders, as audited.
    task : str
        Id of the audit, such as ``faq_answer`` or ``ticket_routing@support/tickets.csv``; the bare id where one table has this task.
    settings : Settings, optional
        As audited; the seed is used.
    plan, n, allocation
        As :func:`corpuskit.pilot.choose`.
    labels : sequence of str
        What can be given; default: the labels that the table uses.
    masked : bool
        Replace personal data by their types.
    cache : Path, optional
        Folder of the caches; None: everything is read and counted anew.
    now : datetime, optional
        Default: the present.
    progress : callable, optional

    Returns
    -------
    cases : tuple of Case
        In the order of the frame.
    manifest : Manifest

    Raises
    ------
    UnknownName
        No such task was found.
    InputError
        Nothing can be read, there are fewer cases than are to be drawn, or no labels are known.
    UsageError
        As :func:`corpuskit.pilot.choose`.
    """
    settings, started = settings or Settings(), now or datetime.now(UTC)
    tell = progress or _say_nothing
    files = files_found(paths)
    job = Job(settings.read, settings.text, settings.count, cues(settings.tasks.rulebook.tasks.values()))
    counted = count_files(files, job, settings, cache, tell, "read")
    Intake.of(counted.partial.intake.to_dicts()).refuse_nothing_read(paths)
    stats = counted.partial.stats
    definitions = read_definitions(Path(settings.definitions), settings.read.encoding) if settings.definitions else None
    options = settings.estimate.model_copy(update={"seed": settings.seed, "today": settings.estimate.today or f"{started:%Y-%m-%d}"})
    named = [*(f"{BY_NAME}{table}" for table in tables_without_labels(stats, definitions)), *documents_to_name(stats, definitions)]
    found = _found(discover(stats, settings.tasks, named, options.min_per_label).found, task)
    left_out = left_out_of(stats, settings.text, options)
    frame = _frame(found, Inputs(stats, options, definitions, settings.text), left_out)
    given = tuple(labels) or frame.labels
    if not given:
        raise InputError(f"{found.id}: no table says which labels there are. Give them with --labels, such as --labels correct,wrong.")
    chosen = choose(found.id, frame, n, plan, settings.seed, allocation)
    cases = label_cases(chosen, _texts(chosen, files, settings.read, cache, masked, tell))
    manifest = manifest_of(
        chosen,
        cases,
        labels=given,
        masked=masked,
        drawn_on=f"{started:%Y-%m-%d}",
        tool=f"corpuskit {__version__}",
        config_digest=settings.digest(),
        plan=plan,
        more_notes=_notes(found, masked, len(left_out)),
    )
    return cases, manifest


def _found(every: Sequence[Found], task: str) -> Found:
    """Choose a task by its id, or by that of the catalogue where only one has it."""
    exact = [found for found in every if found.id == task]
    of_entry = [found for found in every if found.task.id == task]
    if exact or len(of_entry) == 1:
        return (exact or of_entry)[0]
    if of_entry:
        raise InputError(f"{task} is found in several tables. Choose one: {', '.join(found.id for found in of_entry)}.")
    if not every:
        raise InputError("No task was found in these documents, so there are no cases to draw. `corpuskit audit` says what is missing.")
    raise UnknownName("task", task, [found.id for found in every])


def _frame(found: Found, inputs: Inputs, left_out: frozenset[str]) -> Frame:
    if found.rows_of and found.table.startswith(BY_NAME):
        return frame_by_names(inputs, found.rows_of)
    if found.labels:
        given = {document: label for document, label in zip(found.members, found.labels, strict=True) if document not in left_out}
        return frame_of_places(inputs, found.table, given)
    if found.rows_of:
        return frame_of_table(inputs, found.rows_of, found.table.removeprefix(f"labels:{found.rows_of}#"))
    if found.task.kind not in ("classify", "decide"):
        inputs = replace(inputs, definitions=None)  # nobody sorts the documents of this task into categories
    return frame_of_documents(inputs, [document for document in found.members if document not in left_out])


def _texts(chosen: Chosen, files: Sequence[FoundFile], options: ReadOptions, cache: Path | None, masked: bool, tell: Progress) -> Mapping[int, str]:
    """Read the chosen cases; only the files that hold them are opened."""
    wanted: dict[str, list[int]] = {}
    for place in chosen.places:
        wanted.setdefault(chosen.frame.cases[place].document, []).append(place)
    needed = [file for file in files if any(document == file.id or document.startswith(f"{file.id}/") for document in wanted)]
    texts: dict[int, str] = {}
    crew = Crew(options, cache)
    try:
        for done, (file, results) in enumerate(crew.work(needed)):
            tell("read", done, len(needed), file.id)
            for document in results():
                if isinstance(document, Document):
                    texts |= {place: _text(document, chosen.frame.cases[place].ordinal, masked) for place in wanted.get(document.id, ())}
    finally:
        crew.dismiss()
    return texts


def _text(document: Document, ordinal: int | None, masked: bool) -> str:
    """Give the text of a row, or of a document with its headings."""
    if ordinal is not None:
        text = document.sections[ordinal].text if ordinal < len(document.sections) else ""
    else:
        lines: list[str] = []
        before: tuple[str, ...] = ()
        for section in document.sections:
            if section.kind in NOT_SHOWN:
                continue
            if section.heading and section.heading != before:
                lines.append(section.heading[-1])
            before = section.heading
            lines.append(section.text)
        text = "\n".join(lines)
    return mask(text) if masked else text


def _notes(found: Found, masked: bool, left_out: int) -> tuple[Message, ...]:
    notes = []
    if left_out and not found.rows_of:
        notes.append(Message(code="pilot_sample_left_out", parameters={"n": left_out}))
    if found.task.kind == "retrieve":
        notes.append(Message(code="pilot_sample_questions"))
    if not masked:
        notes.append(Message(code="pilot_sample_unmasked"))
    return tuple(notes)


def _say_nothing(stage: str, done: int, total: int, what: str) -> None:
    """Report no progress."""
