"""What became of the files of an audit: read, skipped and why, doubtful and how, and the lineage of each document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError
from corpuskit.finding import Evidence, Finding, Level, each_alone
from corpuskit.ingest import FoundFile, Skipped, find_files
from corpuskit.report import Lineage

LOST_PAGES = ("pages_without_text", "pages_garbled", "pages_unreadable")
"""Warnings of readers that character recognition could mend."""


MOST_SHOWN = 5
"""Documents that a finding shows first, because a reader checks a handful and then trusts or distrusts the rest."""


@dataclass(frozen=True)
class Intake:
    """What became of the files.

    Attributes
    ----------
    found, read : int
        Files (members of archives each) that were found, and that were read.
    skipped : tuple of Skipped
        By path.
    warnings : dict
        Code of a warning to the documents it was given for, by code.
    lineage : tuple of Lineage
        One for each document, by id.
    """

    found: int
    read: int
    skipped: tuple[Skipped, ...]
    warnings: dict[str, list[str]]
    lineage: tuple[Lineage, ...]

    @property
    def with_lost_pages(self) -> frozenset[str]:
        """Documents with pages that gave no text, or none that can be read: pictures of text, and fonts that say nothing of their letters."""
        return frozenset(document for code in LOST_PAGES for document in self.warnings.get(code, ()))

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Intake:
        """Read an intake that the counting floor has laid out: its rows, with the columns of ``INTAKE_SCHEMA``."""
        documents = [row for row in rows if row["code"] is None]
        warnings: dict[str, list[str]] = {}
        for row in documents:
            for warning in row["warnings"]:
                warnings.setdefault(warning.split(":")[0], []).append(row["document"])
        return cls(
            found=len({row["document"] for row in rows}),
            read=len({row["document"] for row in documents}),
            skipped=tuple(Skipped(row["document"], row["code"], row["reason"], row["readable"]) for row in rows if row["code"] is not None),
            warnings=dict(sorted(warnings.items())),
            lineage=tuple(
                Lineage(
                    id=row["document"],
                    sha256=row["sha256"],
                    bytes=row["bytes"],
                    modified=row["modified"],
                    reader=row["reader"],
                    encoding=row["encoding"],
                    encoding_basis=row["encoding_basis"],
                )
                for row in documents
            ),
        )

    def findings(self) -> tuple[Finding, ...]:
        """Tell of the files that were not read, for each reason at once, and of the warnings of the readers."""
        by_code: dict[str, list[Skipped]] = {}
        for item in self.skipped:
            by_code.setdefault(item.code, []).append(item)
        found = []
        for code, items in sorted(by_code.items()):
            broken = any(item.readable or item.code in ("encrypted", "broken") for item in items)
            paths = list(dict.fromkeys(item.path for item in items))
            found.append(_told(f"files_skipped@{code}", "warning" if broken else "note", f"files_skipped_{code}", len(items), paths))
        for code, documents in sorted(self.warnings.items()):
            warned = sorted(set(documents))
            found.append(_told(f"read_warning@{code}", "note", f"read_{code}", len(warned), warned))
        return tuple(found)

    def refuse_nothing_read(self, paths: Sequence[Path]) -> None:
        """Raise InputError where no file was found or none could be read: an empty folder never passes."""
        if not self.found:
            listed = ", ".join(str(path) for path in paths)
            raise InputError(f"{listed}: no files found. Give a folder with documents (docx, xlsx, pptx, pdf, eml, html, md, txt, csv, jsonl ...).")
        if not self.read:
            reasons = "; ".join(f"{skipped.path}: {skipped.reason}" for skipped in self.skipped[:5])
            raise InputError(f"None of the {self.found} files could be read. {reasons}")


def _told(id: str, level: Level, code: str, n: int, documents: Sequence[str]) -> Finding:
    shown = tuple(Evidence(document=document) for document in documents[:MOST_SHOWN])
    return Finding(id=id, level=level, code=code, parameters={"n": n}, evidence=shown, documents=each_alone(documents, MOST_SHOWN))


def files_found(paths: Sequence[Path]) -> list[FoundFile]:
    """Find the files below paths.

    Raises
    ------
    InputError
        A path does not exist.
    """
    return find_files(paths)
