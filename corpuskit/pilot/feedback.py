"""The feedback loop: what people rejected in use becomes candidates for new truth, apart from the cases that the gate is judged on."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.errors import InputError
from corpuskit.pilot.sheet import Sheet
from corpuskit.pilot.use import Used

UNCLASSIFIED = "unclassified"
"""Reason of an output that was rejected or corrected without a class of error."""

KEYS = ("id", "input_hash", "result_ref")
"""Columns by which one case is recognised in two tables; the text of ``input`` counts through its hash."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case whose output a person did not accept: it may become a row of truth once a person has labelled it.

    ``generated_by`` names the system, so that no output of a model comes back into a corpus unmarked.
    """

    id: str
    task_id: str
    input_hash: str
    result_ref: str
    reason: str
    decision: str
    seen_at: str
    group: str
    generated_by: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """Candidates, cases kept out because they belong to the gate set, and candidates of each reason, the most frequent first."""

    candidates: tuple[Candidate, ...]
    of_gate: tuple[str, ...]
    reasons: dict[str, int]


def input_hash(text: str) -> str:
    """Give the hash by which one input is recognised again: SHA-256 of its NFKC form in UTF-8, without space around it."""
    return hashlib.sha256(unicodedata.normalize("NFKC", text).strip().encode("utf-8", "surrogatepass")).hexdigest()


def feedback(events: Sequence[Used], gate: Sheet | None = None) -> Feedback:
    """Collect what people rejected or corrected, each input once, the latest decision standing.

    Seeded errors are left out: nothing was wrong with their inputs. A case of the gate set is never a candidate, whichever of its keys shows it.

    Parameters
    ----------
    events : sequence of Used
    gate : Sheet, optional
        The truth that the gate is judged on.
    """
    frozen = keys_of(gate) if gate is not None else frozenset[tuple[str, str]]()
    latest = {event.input_hash or event.id or event.result_ref: event for event in events if event.decision is not None and not event.seeded}
    refused = [event for event in latest.values() if event.decision != "accept"]
    kept = [event for event in refused if not _keys(event) & frozen]
    candidates = tuple(_candidate(event) for event in sorted(kept, key=lambda event: (event.at, event.id)))
    counts: dict[str, int] = {}
    for candidate in candidates:
        counts[candidate.reason] = counts.get(candidate.reason, 0) + 1
    of_gate = tuple(sorted(event.id or event.result_ref for event in refused if _keys(event) & frozen))
    return Feedback(candidates, of_gate, dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))


def keys_of(sheet: Sheet) -> frozenset[tuple[str, str]]:
    """Give everything by which a row of a table can be recognised: its id, references, and the hash of its input."""
    return frozenset().union(*(_row_keys(sheet, row) for row in range(sheet.height)))


def refuse_leak(gate: Sheet, learning: Sheet) -> None:
    """Refuse a gate set of which a case stands in the learning set: a system that has learned a case proves nothing on it.

    Raises
    ------
    InputError
        There is such a case; with the lines of the gate set.
    """
    learned = keys_of(learning)
    leaks = [(row, f"stands in {learning.path} too") for row in range(gate.height) if _row_keys(gate, row) & learned]
    if leaks:
        raise gate.wrong(leaks, "cases of the gate set in the learning set", "Take them out of the learning set, or draw new cases for the gate.")


def _row_keys(sheet: Sheet, row: int) -> frozenset[tuple[str, str]]:
    keys = {(name, sheet.columns[name][row]) for name in KEYS if name in sheet.columns}
    if "input" in sheet.columns and sheet.columns["input"][row]:
        keys.add(("input_hash", input_hash(sheet.columns["input"][row])))
    return frozenset(key for key in keys if key[1])


def _keys(event: Used) -> frozenset[tuple[str, str]]:
    return frozenset(key for key in (("id", event.id), ("input_hash", event.input_hash), ("result_ref", event.result_ref)) if key[1])


def _candidate(event: Used) -> Candidate:
    if not (event.id or event.input_hash or event.result_ref):
        raise InputError(f"A case of {event.at:%Y-%m-%d %H:%M} UTC has no event_id, input_hash or result_ref: nobody could find it again.")
    return Candidate(
        id=event.id,
        task_id=event.task,
        input_hash=event.input_hash,
        result_ref=event.result_ref,
        reason=event.error_class or UNCLASSIFIED,
        decision=str(event.decision),
        seen_at=event.at.isoformat(),
        group=event.group,
        generated_by=event.version,
    )
