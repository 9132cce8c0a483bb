"""Pairs of documents that are one text in two languages, by their names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from corpuskit.counts import CorpusStats

_MARK = re.compile(r"(?<![a-z])(en|eng|english|ja|jp|jpn|japanese)(?![a-z])|英語版?|英文|英訳|日本語版?|和文|和訳")
"""Marks of a language in a path; without them the two names of a pair are equal."""
_FILLING = re.compile(r"[\W_]+")


def parallel_documents(stats: CorpusStats) -> tuple[tuple[str, str], ...]:
    """Find an English and a Japanese document whose paths differ in marks of the language only.

    Two names that are equal without their marks are no proof that the texts say the same; the pairs are there to be looked at.

    Returns
    -------
    tuple of (str, str)
        English and Japanese document, sorted; each document in one pair at most.
    """
    by_name: dict[str, dict[str, str]] = {}
    for document, language in stats.documents.select("document", "language").sort("document").iter_rows():
        if language in ("en", "ja") and (name := _without_mark(document)):
            by_name.setdefault(name, {}).setdefault(language, document)
    return tuple(sorted((pair["en"], pair["ja"]) for pair in by_name.values() if len(pair) == 2))


def _without_mark(document: str) -> str:
    """Give a path without its ending, marks of the language and filling; empty where the name was nothing else."""
    path = PurePosixPath(unicodedata.normalize("NFKC", document).casefold())
    name = _FILLING.sub("", _MARK.sub("", path.stem.replace("_", " ")))
    folders = "/".join(_FILLING.sub("", _MARK.sub("", part.replace("_", " "))) for part in path.parent.parts)
    return f"{folders}/{name}" if name else ""
