"""What a number was measured on, in words instead of an id."""

from __future__ import annotations

from corpuskit.report.phrasebook import Phrasebook

FILED = ("folders", "mail_folders", "file_names", "categories")


def subject_name(subject: str, book: Phrasebook) -> str:
    """Name a subject: a language, a column of a table, the places documents were filed in; others as they are.

    Examples
    --------
    >>> from corpuskit.report import phrasebook
    >>> subject_name("lang:ja", phrasebook("en")), subject_name("labels:in/tickets.csv#queue", phrasebook("en"))
    ('Japanese', 'column “queue” of in/tickets.csv')
    """
    if subject == "corpus":
        return book.label("subject_corpus")
    kind, _, rest = subject.partition(":")
    if kind == "lang" and book.has_label(f"language_{rest}"):
        return book.label(f"language_{rest}")
    if kind == "labels" and rest in FILED:
        return book.label(f"place_{rest}")
    if kind == "labels" and "#" in rest:
        document, _, column = rest.rpartition("#")
        return book.label("subject_column", document=document, column=column)
    if kind == "names":
        return book.label("subject_by_name", document=book.messages(rest))
    return subject
