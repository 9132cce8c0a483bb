"""Clarity of documents: how surely the words of each tell the owner's category, or the folder, mail folder or kind of file it was filed under.

Documents carry no label of the task. Where the owner named categories that are for them, these say how clear each is. Else what can be measured of
all of them is whether they read like one kind of document or like several, so the halves rank documents by that and say nothing of the error of a
task. How predictable the lines of a document are is no substitute: a form filled in is predictable and may still be ambiguous.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpuskit.estimators.definitions.clarity import clarity, halves, heard, language_reading
from corpuskit.estimators.definitions.document_definitions import view_of_documents
from corpuskit.estimators.definitions.names_alone import read_by_names
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.readable_documents import readable
from corpuskit.finding import Message


@dataclass(frozen=True)
class DocumentClarity:
    """The half by clarity of documents.

    Attributes
    ----------
    half_of : dict of str to str
        ``clear`` or ``unclear`` of each document that was measured; empty where none was.
    error_of : dict of str to float
        For each document with a half by places, how often the linear classifier errs among the documents of this half.
    places : tuple of str
        What the places look like whose names were the labels (``contracts/*/``).
    names : tuple of str
        The categories of the owner, where the halves go by their names; empty where they go by places.
    missing : Message or None
        Why there is no clarity; None where there is.
    """

    half_of: dict[str, str] = field(default_factory=dict)
    error_of: dict[str, float] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    missing: Message | None = None


def document_clarity(inputs: Inputs, documents: Sequence[str], subject: str = "") -> DocumentClarity:
    """Divide documents into the clearer half and the other.

    By the names of the owner's categories, where some are for these documents (:mod:`~corpuskit.estimators.definitions.names_alone`). Else clarity is
    the lead of the likeliest folder (mail folder, kind of file) over the second, as the names of these places and a linear classifier on words that
    did not see the document read it together (:func:`~corpuskit.estimators.definitions.clarity.clarity`). Halves are made within one kind of place,
    because clarities by different labels cannot be compared; a document with several is taken by the first of folders, mail folders and file names.

    Parameters
    ----------
    inputs : Inputs
    documents : sequence of str
        Those to be divided. The classifier learns from all documents of the folder.
    subject : str
        ``labels:<kind of place>`` to go by this kind of place alone, because it is the task's own answer.

    Returns
    -------
    DocumentClarity
        Without halves, and with the reason, where no folders or names are categories, too few documents lie in them, or fewer than two of these
        documents were measured.
    """
    options, wanted = inputs.options, set(documents)
    by_names = None if subject else _by_names(inputs, wanted)
    if by_names is not None:
        return by_names
    kinds = [sample for sample in inputs.document_samples if subject in ("", sample.messages.subject)]
    if not kinds:
        return DocumentClarity(missing=Message(code="pilot_sample_no_clarity_places"))
    half_of: dict[str, str] = {}
    error_of: dict[str, float] = {}
    places: list[str] = []
    most = 0
    for every in kinds:
        sample, messages = readable(inputs.stats, every, options), every.messages
        most = max(most, sample.n if len(sample.names) > 1 else 0)
        if sample.n < options.min_messages or len(sample.names) < 2:
            continue
        names = [messages.locators[place] for place in sample.chosen.tolist()]
        rows = [row for row, name in enumerate(names) if name in wanted and name not in half_of]
        if len(rows) < 2:
            continue
        read = heard(view_of_documents(inputs.stats, sample), sample.labels)
        clear = clarity(read, language_reading(sample.crossed.scores))[rows]
        wrong = (sample.crossed.predicted != sample.labels)[rows]
        for half, part in zip(("clear", "unclear"), halves(clear), strict=True):
            half_of |= {names[rows[place]]: half for place in part.tolist()}
            error_of |= {names[rows[place]]: float(wrong[part].mean()) for place in part.tolist()}
        places.append(messages.column)
    if half_of:
        return DocumentClarity(half_of, error_of, tuple(places))
    if most < options.min_messages:
        return DocumentClarity(missing=Message(code="pilot_sample_no_clarity_few", parameters={"n": most, "needed": options.min_messages}))
    return DocumentClarity(missing=Message(code="pilot_sample_no_clarity_elsewhere"))


def _by_names(inputs: Inputs, wanted: set[str]) -> DocumentClarity | None:
    """Divide documents by the clarity of the names of categories that are for them; None where there are none, or too few documents were read."""
    for messages in inputs.unlabelled:
        if messages.document or messages.n < inputs.options.min_messages:
            continue
        read = read_by_names(messages, messages.n, inputs.options.seed)
        rows = [row for row, name in enumerate(messages.locators) if name in wanted]
        if len(rows) < 2 or not read.tells:
            continue
        parts = zip(("clear", "unclear"), halves(clarity(read.view)[rows]), strict=True)
        half_of = {messages.locators[rows[place]]: half for half, part in parts for place in part.tolist()}
        return DocumentClarity(half_of, names=messages.names)
    return None
