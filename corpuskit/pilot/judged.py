"""An automatic judge of all traffic beside the few cases that people audited: it narrows the interval and is never believed by itself."""

from __future__ import annotations

from corpuskit.estimators import prediction_powered_rate
from corpuskit.pilot.cases import Cases
from corpuskit.pilot.result import Frozen
from corpuskit.pilot.sheet import Sheet


class JudgedRate(Frozen):
    """The error of all cases, from people's audits and a judge.

    Attributes
    ----------
    value : float
    interval : tuple of float
        95 %, by a normal approximation.
    weight : float
        How far the judge was used, 0 (not at all) to 1.
    audits_alone : tuple of float
        What the audits alone give by the same approximation: value, lower and upper end.
    audited, judged : int
        Cases that people audited, and cases that only the judge has seen.
    """

    value: float
    interval: tuple[float, float]
    weight: float
    audits_alone: tuple[float, float, float]
    audited: int
    judged: int


def judged_rate(cases: Cases, system: str, sheet: Sheet) -> JudgedRate | None:
    """Estimate the error of a system from its audited cases and what a judge says of these and of others.

    The audited cases must be a random sample of all that the judge has seen.

    Parameters
    ----------
    cases : Cases
        Audited by people.
    system : str
    sheet : Sheet
        Columns ``id`` and ``judge``, from 0 (right) to 1 (wrong), and, where several systems answered, ``model``.

    Returns
    -------
    JudgedRate or None
        None with fewer than 30 audited cases, without any other case, or where cases have unequal weights.

    Raises
    ------
    InputError
        An id twice, an audited case that the judge has not seen, or a verdict that is no number between 0 and 1; with lines.
    """
    if cases.weights is not None:
        return None
    verdicts = _verdicts(sheet, system)
    missing = [case for case in cases.ids if case not in verdicts]
    if missing:
        raise sheet.wrong(
            [],
            f"the judge says nothing of {len(missing):,} audited cases, such as {', '.join(map(repr, missing[:3]))}",
            "Let it judge the audited cases too: without them nobody knows how far it can be believed.",
        )
    audited = set(cases.ids)
    wrong = cases.outcomes(system).wrong
    others = [value for case, value in verdicts.items() if case not in audited]
    found = prediction_powered_rate(wrong, [verdicts[case] for case in cases.ids], others)
    if found is None:
        return None
    return JudgedRate(
        value=found.value, interval=found.interval, weight=found.weight, audits_alone=found.audits_alone, audited=len(cases.ids), judged=len(others)
    )


def _verdicts(sheet: Sheet, system: str) -> dict[str, float]:
    models = sheet.column("model")
    found: dict[str, float] = {}
    problems = []
    for row, (case, cell) in enumerate(zip(sheet.columns["id"], sheet.columns["judge"], strict=True)):
        if models is not None and models[row] != system:
            continue
        value = _share(cell)
        if value is None:
            problems.append((row, f"judge {cell!r}: a number from 0 (right) to 1 (wrong) is expected"))
        elif case in found:
            problems.append((row, f"id {case!r} stands there twice"))
        else:
            found[case] = value
    if problems:
        raise sheet.wrong(problems, "verdicts that cannot be used", "Give each case one verdict.")
    return found


def _share(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
