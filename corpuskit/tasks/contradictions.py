"""Documents of a task that say different things about one matter: versions side by side, versions that disagree, rules past their date."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.counts import CorpusStats, Versions, side_by_side
from corpuskit.finding import Message
from corpuskit.tasks.evidence import TaskEvidence

MOST_NAMED = 2
"""Groups of versions named on a task's card, because a reader checks one and mends all in the same way."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Documents of which at most one can hold.

    Attributes
    ----------
    code : {"side_by_side", "undecided", "disagree", "expired"}
        Versions whose newest is known; whose newest is not; whose marks and dates name different ones; a document past its own date.
    newest : str
        The newest version (the first by name where nothing decides); the document itself where it is expired.
    older : tuple of str
        The other versions.
    """

    code: str
    newest: str
    older: tuple[str, ...] = ()

    def said(self, beginning: str) -> Message:
        """Name the documents in a sentence ``<beginning>_<code>``."""
        named: dict[str, str | int | float | bool] = {"newest": self.newest, "older": ", ".join(self.older), "n": len(self.older)}
        return Message(code=f"{beginning}_{self.code}", parameters=named)


def versions_of(stats: CorpusStats) -> tuple[Versions, ...]:
    """Give the groups of versions of a corpus; they are searched once for all tasks."""
    return side_by_side(stats)


def contradictions(evidence: TaskEvidence, versions: tuple[Versions, ...]) -> tuple[Contradiction, ...]:
    """Find the contradictions among the documents of a task.

    A group of versions counts when at least one of the task's documents is in it: a search finds the others too. Documents past their own date
    count when the finding ``expired_documents`` names them; it names a handful, so none named does not mean that there is none.

    Returns
    -------
    tuple of Contradiction
        Those that an owner must decide first; of equal kind those in the task's own language, because the search was measured in it; then in the
        order of their documents.
    """
    found = [_of_group(group) for group in versions if any(version.document in evidence.members for version in group.newest_first)]
    for finding in evidence.measured.findings:
        if finding.code == "expired_documents":
            found += [Contradiction("expired", item.document) for item in finding.evidence if item.document in evidence.members]
    order = ("disagree", "undecided", "side_by_side", "expired")
    languages = dict(evidence.stats.documents.select("document", "language").iter_rows())
    return tuple(sorted(found, key=lambda one: (order.index(one.code), languages.get(one.newest) != evidence.language, one.newest)))


def bear_on_facts(evidence: TaskEvidence) -> bool:
    """Tell whether the task answers from documents that are looked up, so that a wrong version makes a wrong answer."""
    return "retrieve" in evidence.found.task.kinds


def _of_group(group: Versions) -> Contradiction:
    newest, *older = (version.document for version in group.newest_first)
    code = "disagree" if group.disagrees else "undecided" if group.decided_by == "nothing" else "side_by_side"
    return Contradiction(code, newest, tuple(older))
