"""What changed between two audits: documents, language, measures, verdicts, findings, and the alarms that follow."""

from __future__ import annotations

from typing import Literal

from corpuskit.finding import Message
from corpuskit.report.frozen import Frozen
from corpuskit.tasks import Tier, Verdict

MOST_LISTED_DOCUMENTS = 50
"""Documents of a kind that are listed; the numbers count all of them, and the records hold every name."""


class DocumentList(Frozen):
    """Documents of one kind: how many, and the first :data:`MOST_LISTED_DOCUMENTS` by name."""

    n: int
    names: tuple[str, ...]


class DocumentChanges(Frozen):
    """Documents by what happened to them.

    A document under another name with the same bytes was moved; a superseded one has a newer edition beside it. ``of_before``: documents of the
    earlier audit, what a share is taken of.
    """

    of_before: int
    new: DocumentList
    gone: DocumentList
    changed: DocumentList
    moved: DocumentList
    superseded: DocumentList

    @property
    def share(self) -> float | None:
        """Documents that are new, gone or changed, for each document of before; None where there was none."""
        return (self.new.n + self.gone.n + self.changed.n) / self.of_before if self.of_before else None


class MovedTerm(Frozen):
    """A term that became more or less frequent: times in a thousand words before, and of what is new."""

    form: str
    before: float
    after: float


class Mix(Frozen):
    """How far what is new lies from what was there: terms of a language, languages, formats, sources (folders), labels of a
    column, or documents that hold a type of personal data.

    ``value`` and ``band``: Jensen-Shannon divergence in bits, and what random deals of the same texts stay below in 95 of 100; ``p`` after Holm.
    """

    measure: Literal["terms", "languages", "formats", "sources", "labels", "personal_data"]
    subject: str
    value: float
    band: float
    p: float
    n_before: int
    n_after: int
    moved: bool
    terms: tuple[MovedTerm, ...] = ()


class MovedEstimate(Frozen):
    """An estimate that moved further than both intervals allow."""

    id: str
    before: float
    before_interval: tuple[float, float]
    after: float
    after_interval: tuple[float, float]
    p: float


class TaskChange(Frozen):
    """A task whose verdict, tier or existence changed.

    Attributes
    ----------
    id : str
    verdict_before, verdict_after : Verdict or None
        None: the task was not found.
    tier_before, tier_after : Tier or None
    shown : bool
        Whether an estimate that the task rests on moved beyond its interval; else the change may be within the noise.
    documents : tuple of str
        New, changed or gone documents of the task.
    """

    id: str
    verdict_before: Verdict | None
    verdict_after: Verdict | None
    tier_before: Tier | None
    tier_after: Tier | None
    shown: bool
    documents: tuple[str, ...]


class FindingChanges(Frozen):
    """Ids of findings that are new, resolved, or accepted (and until when), and the number that stayed."""

    new: tuple[str, ...]
    resolved: tuple[str, ...]
    unchanged: int


class Change(Frozen):
    """What changed since an earlier audit.

    Attributes
    ----------
    base_run_id, base_date : str
        The earlier audit.
    documents : DocumentChanges
    mixes : tuple of Mix
        Empty where the earlier audit kept no counts or too little is new.
    estimates : tuple of MovedEstimate
    compared : int
        Estimates that were compared.
    tasks : tuple of TaskChange
    findings : FindingChanges
    alarms : tuple of Message
        What asks for somebody to look; their rule is in the sentence.
    notes : tuple of Message
        What limits the comparison, and changes that raise no alarm.
    """

    base_run_id: str
    base_date: str
    documents: DocumentChanges
    mixes: tuple[Mix, ...]
    estimates: tuple[MovedEstimate, ...]
    compared: int
    tasks: tuple[TaskChange, ...]
    findings: FindingChanges
    alarms: tuple[Message, ...]
    notes: tuple[Message, ...]
