"""The cases that a pilot can be drawn from: rows of a labelled table or documents, each with its divisions, copies once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import dates_of, exact_groups, near_groups, newest_first
from corpuskit.estimators.definitions.clarity import clarity, halves, heard, language_reading
from corpuskit.estimators.definitions.definition_ambiguity import view_of
from corpuskit.estimators.definitions.document_clarity import DocumentClarity, document_clarity
from corpuskit.estimators.definitions.names_alone import read_by_names
from corpuskit.estimators.definitions.routing import MOST_ASKED
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.repeated_rows import repeated_rows
from corpuskit.finding import Message, Parameter

Integers = NDArray[np.int64]

COPY_OF_DOCUMENT = 0.95
"""Estimated Jaccard similarity from which a document repeats another; because forms filled in with other words lie below it, and each of those is a
case of its own. The estimate errs by .02 there (one standard deviation)."""

SAME_TEMPLATE = 0.8
"""Estimated Jaccard similarity of documents of one template: the threshold that near-duplicates are found with by default."""

OF_TABLES = ("ambiguity", "label", "language", "date", "source")
OF_DOCUMENTS = ("ambiguity", "template", "language", "date", "source")
"""Divisions of cases, the most important first. Rows are not divided by template, because messages of one kind share phrases and greetings and no
similarity parts templates from topics; rows that are nearly equal are copies."""

UNMEASURED = "unmeasured"
"""Clarity of cases that nothing tells the clarity of."""

TOP = "."
"""Source of documents that lie in no folder."""


@dataclass(frozen=True, slots=True)
class FrameCase:
    """One case that can be drawn.

    Attributes
    ----------
    document : str
    ordinal : int or None
        Section of a row; None for a whole document.
    locator : str
        Place of a row for a reader.
    key : str
        Names the case by its content, wherever the file lies.
    divisions : tuple of str
        Values of the divisions of the frame; empty where unknown. A date is a month, ``YYYY-MM``.
    copies : int
        Cases that it stands for, itself included: copies are not drawn again.
    expected_error : float or None
        Error that a linear classifier makes among cases of equal clarity; None without labels.
    label : str
        Label that the table holds already; empty without one.
    """

    document: str
    ordinal: int | None
    locator: str
    key: str
    divisions: tuple[str, ...]
    copies: int = 1
    expected_error: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Frame:
    """All cases of a task that can be drawn.

    Attributes
    ----------
    cases : tuple of FrameCase
    divisions : tuple of str
        Names of the divisions, the most important first.
    found : int
        Cases before copies were left out.
    exact_copies, near_copies : int
        Cases left out because an equal, or nearly equal, one is in.
    labels : tuple of str
        Labels that the table uses, sorted, or the owner's categories in their order; empty where there are neither.
    notes : tuple of Message
        What clarity goes by, or why there is none.
    """

    cases: tuple[FrameCase, ...]
    divisions: tuple[str, ...]
    found: int
    exact_copies: int
    near_copies: int
    labels: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()


def frame_of_table(inputs: Inputs, document: str, column: str) -> Frame:
    """Give the rows of a table, those without a label too: the work brings them all the same.

    A row's ambiguity is the half of the labelled messages it is in by clarity (:mod:`~corpuskit.estimators.definitions.clarity`): ``clear`` or
    ``unclear``; ``unmeasured`` for rows without a label, with a rare one, or beyond the messages that are used. Its date is the month in the table's
    column of dates, its source the table.
    """
    labels = _labels(inputs, document, column)
    return _frame_of_rows(inputs, document, labels, _clarity(inputs, document, column), tuple(sorted(set(labels.values()))))


def frame_by_names(inputs: Inputs, document: str) -> Frame:
    """Give the rows of a table without labels that categories are named for.

    As :func:`frame_of_table`, with the half by the clarity of the names alone and no expected error: nobody knows yet how often they lead wrong. Rows
    beyond those that are read are ``unmeasured``. The labels are the categories.
    """
    messages = next(one for one in inputs.unlabelled if one.document == document)
    read = read_by_names(messages, MOST_ASKED, inputs.options.seed)
    halved: dict[str, tuple[str, float | None]] = {}
    if messages.n >= inputs.options.min_messages and read.tells:
        for name, rows in zip(("clear", "unclear"), halves(clarity(read.view)), strict=True):
            halved |= {messages.locators[place]: (name, None) for place in read.chosen[rows].tolist()}
    frame = _frame_of_rows(inputs, document, {}, halved, messages.names)
    return replace(frame, notes=(Message(code="pilot_sample_by_names", parameters={"n": len(halved)}),)) if halved else frame


def _frame_of_rows(
    inputs: Inputs, document: str, labels: Mapping[int, str], read: Mapping[str, tuple[str, float | None]], names: tuple[str, ...]
) -> Frame:
    """Give the rows of a table, copies once; ``labels`` by ordinal, ``read``: half by clarity and expected error by locator."""
    sections = inputs.stats.sections.with_row_index("row").filter((pl.col("document") == document) & (pl.col("kind") == "row"))
    equal = np.unique(sections["text_hash"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    alike = repeated_rows(csr_matrix(inputs.stats.features[sections["row"].to_numpy()]), equal)
    columns = sections.select("ordinal", "locator", "language", "text_hash", "month").rows()
    kept, sizes = _first_of_each(alike)
    cases = []
    for place, size in zip(kept.tolist(), sizes.tolist(), strict=True):
        ordinal, locator, language, text, month = columns[place]
        half, error = read.get(locator, (UNMEASURED, None))
        label = labels.get(ordinal, "")
        divisions = (half, label, language, f"{month // 100}-{month % 100:02}" if month else "", document)
        cases.append(FrameCase(document, ordinal, locator, f"{text:016x}", divisions, size, error, label))
    return Frame(
        cases=tuple(cases),
        divisions=OF_TABLES,
        found=len(columns),
        exact_copies=len(columns) - len(np.unique(equal)),
        near_copies=len(np.unique(equal)) - len(kept),
        labels=names,
    )


def frame_of_places(inputs: Inputs, subject: str, place_of: Mapping[str, str]) -> Frame:
    """Give documents whose places are the task's labels, and those that wait to be filed.

    As :func:`frame_of_documents`, with the half by the clarity of these places, the error of a linear classifier in this half, and the place as
    label.

    Parameters
    ----------
    inputs : Inputs
    subject : str
        ``labels:<kind of place>``.
    place_of : mapping of str to str
        Place of each document; empty for one that waits.
    """
    frame = frame_of_documents(inputs, list(place_of), subject)
    cases = tuple(replace(case, label=place_of[case.document]) for case in frame.cases)
    return replace(frame, cases=cases, labels=tuple(sorted(set(place_of.values()) - {""})))


def frame_of_documents(inputs: Inputs, members: Sequence[str], subject: str = "") -> Frame:
    """Give documents, each once: of equal ones the first by name, of nearly equal ones the newest.

    A document's ambiguity is the half it is in by how surely its words tell the owner's category, or the folder, mail folder or kind of file that it
    was filed under (:mod:`~corpuskit.estimators.definitions.document_clarity`). Its date is the month of the date it tells itself, its source the
    folder it lies in. With a ``subject`` clarity goes by this kind of place alone, and documents have the error that a linear classifier makes in
    their half.
    """
    stats, inside = inputs.stats, set(members)
    exact, near = (
        _within(exact_groups(stats), inside),
        [newest_first(stats, group) for group in _within(near_groups(stats, COPY_OF_DOCUMENT), inside)],
    )
    copies = {document for group in exact for document in group[1:]}
    again = {document for group in near for document in group[1:]} - copies
    sizes = {group[0]: len(group) for group in exact}
    for group in near:
        sizes[group[0]] = sum(sizes.get(document, 1) for document in group)
    kept = sorted(inside - copies - again)
    clear = document_clarity(inputs, kept, subject)
    templates = {document: f"like {min(group)}" for group in near_groups(stats, SAME_TEMPLATE) for document in group}
    months = {one.document: one.own[:7] for one in dates_of(stats)}  # the date of a file says when it was copied
    facts = {document: (language, text or sha256) for document, language, text, sha256 in _facts(inputs)}
    cases = []
    for document in kept:
        language, text = facts[document]
        half, source = clear.half_of.get(document, UNMEASURED), document.rpartition("/")[0] or TOP
        divisions = (half, templates.get(document, "none"), language, months.get(document, ""), source)
        key = f"{text:016x}" if isinstance(text, int) else text
        error = clear.error_of.get(document) if subject else None  # by other labels than the task's own it would be another error
        cases.append(FrameCase(document, None, "", key, divisions, sizes.get(document, 1), error))
    return Frame(tuple(cases), OF_DOCUMENTS, len(inside), len(copies), len(again), clear.names, _told(clear, len(kept), filed=bool(subject)))


def _told(clear: DocumentClarity, cases: int, filed: bool) -> tuple[Message, ...]:
    """Say what the clarity of documents goes by, or why there is none."""
    if not cases:
        return ()
    if clear.missing is not None:
        return (clear.missing,)
    if clear.names:
        return (Message(code="pilot_sample_by_names", parameters={"n": len(clear.half_of)}),)
    told: dict[str, Parameter] = {"places": ", ".join(clear.places), "n": len(clear.half_of), "population": cases}
    return (Message(code="pilot_sample_filed_clarity" if filed else "pilot_sample_document_clarity", parameters=told),)


def _facts(inputs: Inputs) -> Iterable[tuple[str, str, int, str]]:
    return inputs.stats.documents.select("document", "language", "text_hash", "sha256").iter_rows()


def _within(groups: Iterable[Sequence[str]], inside: set[str]) -> list[tuple[str, ...]]:
    kept = (tuple(document for document in group if document in inside) for group in groups)
    return [group for group in kept if len(group) > 1]


def _labels(inputs: Inputs, document: str, column: str) -> dict[int, str]:
    """Give the label of each row by its ordinal; the first where it has several."""
    rows = inputs.stats.labels.filter((pl.col("document") == document) & (pl.col("column") == column)).select("ordinal", "value")
    return dict(reversed(rows.rows()))


def _first_of_each(groups: Integers) -> tuple[Integers, Integers]:
    _, first, sizes = np.unique(groups, return_index=True, return_counts=True)
    order = np.argsort(first)
    return first[order].astype(np.int64), sizes[order].astype(np.int64)


def _clarity(inputs: Inputs, document: str, column: str) -> dict[str, tuple[str, float | None]]:
    """Give the half by clarity of each labelled row that is used, and the error of a linear classifier in this half."""
    sample = next((one for one in inputs.samples if (one.messages.document, one.messages.column) == (document, column)), None)
    if sample is None or sample.n < inputs.options.min_messages or len(sample.names) < 2:
        return {}
    clear = clarity(heard(view_of(sample, inputs.options.seed), sample.labels), language_reading(sample.crossed.scores))
    wrong = sample.crossed.predicted != sample.labels
    found: dict[str, tuple[str, float | None]] = {}
    for name, rows in zip(("clear", "unclear"), halves(clear), strict=True):
        error = float(wrong[rows].mean())
        found |= dict.fromkeys(_locators(sample, rows), (name, error))
    return found


def _locators(sample: LabelledSample, rows: Integers) -> list[str]:
    return [sample.messages.locators[place] for place in sample.chosen[rows].tolist()]
