"""Dates of documents: which date is a document's own, and which documents are past theirs."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.counts.stats import CorpusStats


@dataclass(frozen=True, slots=True)
class Dated:
    """A document and its dates, ISO, empty if unknown. ``own`` is the date of effect in its text, else that of its metadata; ``proxy`` that of the
    file system, which says when a file was copied rather than when it was written; empty where there is an own date."""

    document: str
    own: str
    proxy: str
    expires: str


def dates_of(stats: CorpusStats) -> list[Dated]:
    """Give the dates of all documents, sorted by document."""
    columns = ("document", "effective", "modified", "dated_by", "expires")
    found = []
    for document, effective, modified, dated_by, expires in stats.documents.select(columns).iter_rows():
        day = (modified or "")[:10]
        own = effective or (day if dated_by == "metadata" else "")
        found.append(Dated(document, own, "" if own else day, expires))
    return found


def years_before(today: str, years: int) -> str:
    """Give the same day some years earlier, ISO, to compare dates with as text (29 February is left as it is: it sorts where it should)."""
    return f"{int(today[:4]) - years:04}{today[4:]}"


def outdated_documents(stats: CorpusStats, today: str, years: int) -> frozenset[str]:
    """Give the documents whose validity ended before today, or whose own date lies more than some years before it.

    A document that only the file system dates is never among them: that date says nothing about its content.
    """
    limit = years_before(today, years)
    return frozenset(one.document for one in dates_of(stats) if (one.expires and one.expires < today) or (one.own and one.own < limit))
