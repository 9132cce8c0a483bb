"""The labels of two people joined into one table of truth: nothing lost, where they differ listed for a third to settle, what was settled wins."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpuskit.errors import InputError, UsageError
from corpuskit.pilot.sheet import Sheet
from corpuskit.pilot.sheets import unguarded

BLANK = ""
NOT_FOR_EVALUATION = ("truth", "truth_by", "truth_at", "truth1", "truth1_by", "truth2", "truth2_by", "note")


@dataclass(frozen=True, eq=False)
class Joined:
    """Truth, case by case.

    Attributes
    ----------
    rows : list of dict
        One for each case, in the order of the cases: their columns, and ``truth``, ``truth_by``, ``truth_at``, ``truth2``, ``truth2_by``, ``note``.
        Once disagreements are settled, ``truth`` is what was settled and ``truth1`` the blind label of the first person.
    disagreements : list of dict
        Cases that the two label differently: ``id``, ``input``, ``truth1``, ``truth2``, ``note``, and ``truth`` to fill in.
    settled : int
        Disagreements that a third person settled.
    """

    rows: list[dict[str, str]]
    disagreements: list[dict[str, str]]
    settled: int


def join_labels(cases: Sheet, coders: Sequence[Sheet], settled: Sheet | None = None, labels: Sequence[str] = ()) -> Joined:
    """Join what one or two people labelled.

    Parameters
    ----------
    cases : Sheet
        As ``pilot sample`` wrote them: column ``id``, and whatever else each case has.
    coders : sequence of Sheet
        One for each person: columns ``id`` and ``label`` (or ``truth``), and where they are there ``comment``, ``labelled_by``, ``labelled_at``.
    settled : Sheet, optional
        The list of disagreements with its column ``truth`` filled in; each must be.
    labels : sequence of str
        What can be given; default: anything.

    Raises
    ------
    InputError
        An id is unknown, missing or there twice, a label is missing or cannot be given, or a disagreement was left open; with lines.
    UsageError
        There is nobody's file, or more than two.
    """
    if not 1 <= len(coders) <= 2:
        raise UsageError(f"Give the file of one person or of two; here {len(coders)}.")
    if settled is not None and len(coders) < 2:
        raise UsageError("Only where two people labelled is there anything to settle. Give both files.")
    ids = cases.columns["id"]
    if len(set(ids)) < len(ids) or BLANK in ids:
        raise InputError(f"{cases.path}: a case has no id, or an id stands there twice. Give the cases as `pilot sample` wrote them.")
    given = [_labels_of(sheet, ids, labels) for sheet in coders]
    inputs = cases.columns.get("input", [BLANK] * len(ids))
    differing = {case: None for case in ids if len(given) == 2 and given[0][case]["label"] != given[1][case]["label"]}
    decided = _settled(settled, list(differing), labels) if settled is not None else {}
    rows, disagreements = [], []
    kept = {name: cells for name, cells in cases.columns.items() if name not in NOT_FOR_EVALUATION}
    for place, case in enumerate(ids):
        first, second = given[0][case], given[1][case] if len(given) == 2 else None
        row = {name: cells[place] for name, cells in kept.items()} | _truth(first, second, decided.get(case), settled is not None)
        rows.append(row)
        if case in differing and second is not None:
            disagreements.append(
                {
                    "id": case,
                    "input": inputs[place],
                    "truth1": first["label"],
                    "truth2": second["label"],
                    "note": _notes(first, second),
                    "truth": decided.get(case, {}).get("label", BLANK),
                }
            )
    return Joined(rows, disagreements, len(decided))


def one_for_each(sheet: Sheet) -> list[Sheet]:
    """Divide a file in which several people stand by the column ``labelled_by``, which it may not have."""
    people = sheet.columns.get("labelled_by", [])
    names = sorted(set(people))
    if len(names) < 2:
        return [sheet]
    found = []
    for name in names:
        rows = [row for row, one in enumerate(people) if one == name]
        found.append(
            Sheet(sheet.path, [sheet.lines[row] for row in rows], {key: [cells[row] for row in rows] for key, cells in sheet.columns.items()})
        )
    return found


def _truth(first: Mapping[str, str], second: Mapping[str, str] | None, decided: Mapping[str, str] | None, after: bool) -> dict[str, str]:
    chosen = decided or first
    found = {"truth": chosen["label"], "truth_by": chosen["by"], "truth_at": chosen["at"]}
    if second is not None:
        if after:
            found |= {"truth1": first["label"], "truth1_by": first["by"]}
        found |= {"truth2": second["label"], "truth2_by": second["by"]}
    return found | {"note": _notes(first, second)}


def _notes(first: Mapping[str, str], second: Mapping[str, str] | None) -> str:
    return " / ".join(one["comment"] for one in (first, second) if one is not None and one["comment"])


def _labels_of(sheet: Sheet, ids: Sequence[str], labels: Sequence[str]) -> dict[str, dict[str, str]]:
    """Give what one person said of each case."""
    name = "label" if "label" in sheet.columns else "truth"
    if name not in sheet.columns:
        raise InputError(f"{sheet.path}: no column 'label'. Columns found: {', '.join(sheet.columns)}. Give the file that a person labelled.")
    known, allowed = set(ids), {plain(label): label for label in labels}
    blank = [BLANK] * sheet.height
    columns = {part: sheet.columns.get(part, blank) for part in ("comment", "labelled_by", "labelled_at")}
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    strange, twice, empty, wrong = [], [], [], []
    for row, case in enumerate(sheet.columns["id"]):
        label = plain(unguarded(sheet.columns[name][row]))
        if case not in known:
            strange.append((row, f"id {case!r}"))
        elif case in found:
            twice.append((row, f"id {case!r} stands in line {lines[case]} too"))
        elif not label:
            empty.append((row, f"case {case!r}"))
        elif allowed and label not in allowed:
            wrong.append((row, f"{label!r} for case {case!r}"))
        lines.setdefault(case, sheet.lines[row])
        by = columns["labelled_by"][row] or sheet.path.rpartition("/")[2]
        comment = unguarded(columns["comment"][row])
        found.setdefault(case, {"label": allowed.get(label, label), "comment": comment, "by": by, "at": columns["labelled_at"][row]})
    if strange:
        raise sheet.wrong(strange, "ids that are no case of this pilot", "Check that the file belongs to these cases.")
    if twice:
        raise sheet.wrong(twice, "cases that stand there twice", "Keep one line for each case.")
    if empty:
        raise sheet.wrong(empty, "cases without a label", "Finish labelling: hard cases left open make the error look smaller than it is.")
    if wrong:
        raise sheet.wrong(wrong, "labels that cannot be given", f"Labels of this pilot: {', '.join(labels)}.")
    missing = [case for case in ids if case not in found]
    if missing:
        listed = ", ".join(missing[:10]) + (" ..." if len(missing) > 10 else "")
        raise InputError(f"{sheet.path}: {len(missing):,} of {len(ids):,} cases are missing: {listed}. Label every case that was drawn.")
    return found


def _settled(sheet: Sheet, differing: Sequence[str], labels: Sequence[str]) -> dict[str, dict[str, str]]:
    if "truth" not in sheet.columns:
        raise InputError(f"{sheet.path}: no column 'truth'. Fill it in in the list of disagreements that was written.")
    open_rows = [(row, f"case {case!r}") for row, case in enumerate(sheet.columns["id"]) if not sheet.columns["truth"][row]]
    if open_rows:
        raise sheet.wrong(open_rows, "disagreements that nobody settled", "Fill in the column truth for each.")
    missing = sorted(set(differing) - set(sheet.columns["id"]))
    if missing:
        raise InputError(f"{sheet.path}: {len(missing):,} disagreements are not in it, such as {', '.join(missing[:5])}. Settle each, or start anew.")
    columns = {name: cells for name, cells in sheet.columns.items() if name in ("id", "truth", "labelled_by", "labelled_at")}
    needed = set(differing)
    rows = [row for row, case in enumerate(sheet.columns["id"]) if case in needed]
    kept = Sheet(sheet.path, [sheet.lines[row] for row in rows], {name: [cells[row] for row in rows] for name, cells in columns.items()})
    return _labels_of(kept, sorted(needed), labels) if needed else {}


def plain(label: str) -> str:
    """Write a label as it is compared: NFKC, without space around it."""
    return unicodedata.normalize("NFKC", label).strip()
