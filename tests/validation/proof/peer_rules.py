"""One written rule per kind of fault, applied alike to what every tool says, corpuskit included.

A fault is *found* when findings of its kind name at least half of its files, and hold its term where it has one; it is *named wrongly* when
findings of other kinds name that many of its files; otherwise it is *missed*. The kind is told by the words of a finding and of its code, whatever
they are: the patterns below are wide on purpose. Advice on mending is not read, because it names faults that the finding does not speak of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.validation.proof.planted_faults import UNREADABLE, Fault

Verdict = Literal["found", "named wrongly", "missed"]


@dataclass(frozen=True)
class Said:
    """One finding of a tool: its code, its words without advice, and the files that it names, as paths inside the folder."""

    code: str
    words: str
    files: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> bool:
        """Tell by the written rule whether the finding speaks of a kind of fault.

        >>> Said("near_duplicates", "2 documents are near-copies").of_kind("duplicates"), Said("F7", "Possible PII: 1 email").of_kind("duplicates")
        (True, False)
        """
        return RULES[kind].search(f"{self.code} {self.words}") is not None


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


RULES: dict[str, re.Pattern[str]] = {
    "overlapping_labels": _any(r"labels?[ _]overlap", r"overlapping (labels|classes|categories)", r"(labels|classes|categories) .*\boverlap"),
    "empty_label_name": _any(
        r"names?[ _(s)]*say[ _]nothing", r"label_names", r"definitions_(merge|rename)", r"(label|class|category) names? .*(vague|unclear)"
    ),
    "versions": _any(r"\bversions?(\b|_)", "contradict", "conflict", "supersed", "obsolete"),
    "duplicates": _any("duplicat", r"near[-_ ]cop", "identical", "same text", r"% similar"),
    "personal_data": _any(r"\bpii\b", r"personal[_ ]", r"e-?mail", r"phone", r"credit[_ ]card", r"\bssn\b"),
    "several_meanings": _any(r"\bsenses?\b", "meanings", r"ambiguous[_ ]term", "polysem", "homonym"),
    "repeated_rows": _any("repeat", "repetit", "duplicat", "identical"),
    "old_encoding": _any("encoding", "charset", r"shift.?jis", "cp932", r"iso.2022", "mojibake", "byte order mark", r"replacement[_ ]char"),
    "encrypted": _any("encrypt", "decrypt", "password", "protected"),
    "broken": _any(
        "broken file",
        "corrupt",
        "damaged",
        "truncated",
        r"(could not|cannot) (be )?(parse|open|read)",
        "unreadable",
        "package not found",
        "not a zip",
    ),
    "unreadable": _any(
        "encrypt",
        "decrypt",
        "password",
        "extractable",
        "scanned",
        r"skipped",
        "missing from",
        r"(could not|cannot) (be )?(parse|open|read)",
        "unreadable",
    ),
    "damaged_text": _any(r"\bocr", "noise", "artifact", "garbl", "non-printable"),
}

ALARMS = (
    "overlapping_labels",
    "empty_label_name",
    "versions",
    "personal_data",
    "several_meanings",
    "old_encoding",
    "unreadable",
    "duplicates",
    "repeated_rows",
    "damaged_text",
)
"""Kinds whose findings are held against the folder; a finding counts for the first that it is of. No text of the folder is damaged, so all findings
of the last kind are false alarms. Everything else that a tool finds (short pieces, headings, languages) the folder does not settle."""


@dataclass(frozen=True)
class Judged:
    verdict: Verdict
    evidence: str


def judge(fault: Fault, said: Iterable[Said]) -> Judged:
    """Judge whether a tool found a fault, by the rule of this module; the evidence is a code and a count of files, never text of a document."""
    said = tuple(said)
    term = re.compile(fault.term, re.IGNORECASE)
    right = [one for one in said if one.of_kind(fault.kind) and term.search(f"{one.code} {one.words}")]
    for verdict, those in (("found", right), ("named wrongly", said)):
        named = {file for one in those for file in one.files} & set(fault.files)
        if 2 * len(named) >= len(fault.files):
            codes = sorted({one.code for one in those if named & set(one.files)})
            return Judged(verdict, f"{', '.join(codes[:2])}: {len(named)} of {len(fault.files)}")  # type: ignore[arg-type]
    return Judged("missed", "")


@dataclass(frozen=True)
class Alarms:
    """Files that findings of a kind name: with the fault, without it (false alarms), and those where the folder does not settle it."""

    kind: str
    right: tuple[str, ...]
    false: tuple[str, ...]
    unsettled: tuple[str, ...]


def alarms(said: Iterable[Said], has_fault: Callable[[str, str], bool | None], kinds: Sequence[str] = ALARMS) -> tuple[Alarms, ...]:
    """Hold every file that a finding names against the folder, kind by kind; a file counts once a kind."""
    named: dict[str, set[str]] = {kind: set() for kind in kinds}
    for one in said:
        kind = next((kind for kind in kinds if one.of_kind(kind)), None)
        if kind is not None:
            named[kind].update(one.files)
    found = []
    for kind, files in named.items():
        standing = {file: file in UNREADABLE if kind == "unreadable" else has_fault(kind, file) for file in files}
        parts = (tuple(sorted(file for file in files if standing[file] is wanted)) for wanted in (True, False, None))
        if files:
            found.append(Alarms(kind, *parts))
    return tuple(found)
