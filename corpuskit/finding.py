"""Findings and messages: what any floor may say to the reader, without choosing the language.

A floor never writes a sentence. It names one by its ``code`` and gives the ``parameters``; the sentence stands in
the language files of the report floor, which fills ``text`` (and ``title`` and ``fix`` of a finding) when the
report is made. So ids and parameters are the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

Parameter = str | int | float | bool
Level = Literal["note", "warning", "error"]


class Message(BaseModel):
    """One sentence by name.

    Attributes
    ----------
    code : str
        Key of the sentence in ``report/languages/*/``, section ``messages``.
    parameters : dict
        Values for the placeholders of the sentence. Rates are fractions, the report writes them as percent.
    text : str
        The sentence in the language of the report; empty until the report is made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    parameters: dict[str, Parameter] = {}
    text: str = ""


class Evidence(BaseModel):
    """Where a statement can be checked: a document, a short quote masked for personal data, and the place in it (``page 3``) where it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    quote: str = ""
    place: str = ""


class Finding(BaseModel):
    """Something a reader should know or mend.

    Attributes
    ----------
    id : str
        Stable across runs and languages: ``code`` or ``code@subject``.
    level : {"note", "warning", "error"}
        What ``--fail-on`` compares with.
    code, parameters
        Name the sentences: ``findings.<code>.title`` and ``findings.<code>.fix`` in the language files.
    title, fix : str
        What is the matter and what to do, in the language of the report; empty until the report is made.
    evidence : tuple of Evidence
        At least one document where the finding concerns documents: some to look at first, with a quote where one helps.
    documents : tuple of tuple of str
        Every document concerned, because a reader is to mend them all; what belongs together (copies of one, versions of one) is one group, any
        other document a group of its own. Empty where the evidence names all of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    level: Level
    code: str
    parameters: dict[str, Parameter] = {}
    title: str = ""
    fix: str = ""
    evidence: tuple[Evidence, ...] = ()
    documents: tuple[tuple[str, ...], ...] = ()

    @property
    def concerned(self) -> int:
        """How many documents it concerns; those of the evidence where it names all."""
        named = {document for group in self.documents for document in group}
        return len(named) or len({item.document for item in self.evidence})


def each_alone(documents: Iterable[str], shown: int) -> tuple[tuple[str, ...], ...]:
    """Give all documents, each a group of its own, where there are more than the evidence shows; nothing where it shows all.

    Examples
    --------
    >>> each_alone(["a.txt", "b.txt"], 1), each_alone(["a.txt", "a.txt"], 1)
    ((('a.txt',), ('b.txt',)), ())
    """
    every = tuple(dict.fromkeys(documents))
    return tuple((document,) for document in every) if len(every) > shown else ()
