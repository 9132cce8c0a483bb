"""Page 1 as data: verdict, top risks, what to fix first, the staged plan, decisions and sentences for the meeting."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from corpuskit.estimators import Estimate, Estimates
from corpuskit.finding import Finding, Message, Parameter
from corpuskit.report.contract import CorpusFacts, FixFirst, Risk, Stage, Summary
from corpuskit.tasks import Assessment, TaskAssessment, Verdict

MOST_RISKS = 3
MOST_FIXES = 5
UNREAD_SHARE = 0.05
"""Above this share of unread files "start" becomes "start with conditions", because the product promises to read 95 % of the readable ones."""
DOUBLE_CODED = 200
"""Because 200 items coded twice bracketed the true ambiguity in 300 of 300 runs on languages with known truth (theory, decision D1)."""

_ORDER: tuple[Verdict, ...] = ("start", "start_with_conditions", "fix_first", "insufficient_evidence", "do_not_start")
_LEVELS = {"error": 0, "warning": 1, "note": 2}
_GRADES = {"low": 0, "medium": 1, "high": 2}
_NOT_EXPECTED_TO_BE_READ = frozenset({"unsupported", "empty", "hidden", "not_a_file"})


def summarise(corpus: CorpusFacts, estimates: Estimates, assessment: Assessment, findings: Sequence[Finding]) -> Summary:
    """Summarise an audit on one page.

    Parameters
    ----------
    corpus : CorpusFacts
        What was read and what was not.
    estimates : Estimates
        All estimates; the meeting sentences quote them.
    assessment : Assessment
        Tasks with verdicts; ranked ones carry a rank.
    findings : sequence of Finding
        All findings of the audit.

    Returns
    -------
    Summary
        Messages without text; :func:`localise <corpuskit.report.localise>` writes them. The overall verdict is the best verdict of any task,
        "start" lowered to "start with conditions" where more than :data:`UNREAD_SHARE` of the files that should be readable were not read or
        an error was found; "insufficient evidence" where no task was found.
    """
    tasks = _in_order(assessment.tasks)
    verdict = _verdict(corpus, tasks, findings)
    return Summary(
        verdict=verdict,
        sentence=_sentence(verdict, tasks),
        risks=_risks(findings),
        fix_first=_fix_first(findings),
        stages=_stages(corpus, tasks),
        decisions=_decisions(corpus, tasks),
        phrases=_phrases(corpus, estimates.estimates, tasks),
    )


def unread_share(corpus: CorpusFacts) -> float:
    """Give the share of files that should be readable and were not: skipped for a reason other than their kind or emptiness; 0 if none."""
    unread = sum(item.code not in _NOT_EXPECTED_TO_BE_READ for item in corpus.files_skipped)
    return unread / (unread + corpus.files_read) if unread else 0.0


def _say(code: str, **parameters: Parameter) -> Message:
    return Message(code=code, parameters=parameters)


def _in_order(tasks: Sequence[TaskAssessment]) -> list[TaskAssessment]:
    return sorted(tasks, key=lambda task: (task.rank is None, task.rank or 0))


def _verdict(corpus: CorpusFacts, tasks: Sequence[TaskAssessment], findings: Sequence[Finding]) -> Verdict:
    if not tasks:
        return "insufficient_evidence"
    best = min((task.verdict for task in tasks), key=_ORDER.index)
    doubtful = unread_share(corpus) > UNREAD_SHARE or any(finding.level == "error" for finding in findings)
    return "start_with_conditions" if best == "start" and doubtful else best


def _sentence(verdict: Verdict, tasks: Sequence[TaskAssessment]) -> Message:
    if not tasks:
        return _say("verdict_no_task")
    ready = [task for task in tasks if task.verdict in ("start", "start_with_conditions")]
    if verdict in ("start", "start_with_conditions"):
        return _say(f"verdict_{verdict}", task=ready[0].id, ready=len(ready), tasks=len(tasks))
    return _say(f"verdict_{verdict}", tasks=len(tasks))


def _risks(findings: Sequence[Finding]) -> tuple[Risk, ...]:
    """Take the gravest findings that a document shows; what concerns reading comes after what concerns content."""
    shown = [finding for finding in findings if finding.level != "note" and finding.evidence]
    shown.sort(key=lambda finding: (_LEVELS[finding.level], finding.code.startswith(("files_skipped", "read_")), finding.id))
    first_of_kind: dict[str, Finding] = {}
    for finding in shown:
        first_of_kind.setdefault(finding.code, finding)
    return tuple(
        Risk(finding=finding.id, title=_say("finding_title", finding=finding.id), document=finding.evidence[0].document)
        for finding in list(first_of_kind.values())[:MOST_RISKS]
    )


def _fix_first(findings: Sequence[Finding]) -> tuple[FixFirst, ...]:
    """Group warnings and errors by kind and order the repairs by effect, then by effort."""
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: (_LEVELS[finding.level], finding.id)):
        if finding.level != "note":
            by_code.setdefault(finding.code, []).append(finding)
    repairs = []
    for code, group in by_code.items():
        effort, effect = _cost(code)
        first, further = group[0], len(group) - 1
        title = _say("fix_many", finding=first.id, n=further) if further else _say("fix_one", finding=first.id)
        repairs.append(FixFirst(id=f"fix:{first.id}", title=title, effort=effort, effect=effect, findings=tuple(finding.id for finding in group)))
    repairs.sort(key=lambda repair: (-_GRADES[repair.effect], _GRADES[repair.effort], repair.id))
    return tuple(repairs[:MOST_FIXES])


Size = Literal["low", "medium", "high"]


@cache
def repairs() -> dict[str, dict[str, Size]]:
    """Load effort and effect of the known repairs."""
    loaded: dict[str, dict[str, Size]] = tomllib.loads(files("corpuskit.report").joinpath("repairs.toml").read_text(encoding="utf-8"))
    return loaded


def _cost(code: str) -> tuple[Size, Size]:
    entry = repairs().get(code, {})
    return entry.get("effort", "medium"), entry.get("effect", "medium")


def _stages(corpus: CorpusFacts, tasks: Sequence[TaskAssessment]) -> tuple[Stage, ...]:
    """Write the staged plan for the first task that has a pilot size; general rules where none has one."""
    sized = next((task for task in tasks if task.pilot is not None and task.verdict in ("start", "start_with_conditions")), None)
    sized = sized or next((task for task in tasks if task.pilot is not None), None)
    g0 = Stage(
        id="G0",
        title=_say("stage_g0"),
        pass_rule=_say("stage_g0_pass", read=corpus.files_read, found=corpus.files_found),
        stop_rule=_say("stage_g0_stop", share=UNREAD_SHARE),
    )
    if sized is None or sized.pilot is None:
        g1 = Stage(id="G1", title=_say("stage_g1"), pass_rule=_say("stage_g1_pass_open", n=DOUBLE_CODED), stop_rule=_say("stage_g1_stop_open"))
        limit = None
    else:
        size = sized.pilot
        g1 = Stage(
            id="G1",
            title=_say("stage_g1"),
            pass_rule=_say("stage_g1_pass", n=size.n, max_errors=size.max_errors, task=sized.id),
            stop_rule=_say("stage_g1_stop", more=size.max_errors + 1, n=size.n),
        )
        limit = size.tolerance
    return (g0, g1, *(_later_stage(stage, limit) for stage in ("G2", "G3", "G4", "G5")))


def _later_stage(stage: Literal["G2", "G3", "G4", "G5"], limit: float | None) -> Stage:
    key = f"stage_{stage.lower()}"
    stop = _say(f"{key}_stop", tolerance=limit) if limit is not None and stage in ("G2", "G4") else _say(f"{key}_stop_open")
    return Stage(id=stage, title=_say(key), pass_rule=_say(f"{key}_pass"), stop_rule=stop)


def _decisions(corpus: CorpusFacts, tasks: Sequence[TaskAssessment]) -> tuple[Message, ...]:
    """Ask for what only people can decide: pilot and labelling, tolerance, owner, person decisions, unread files."""
    asked: list[Message] = []
    first = next((task for task in tasks if task.verdict in ("start", "start_with_conditions")), None)
    if first is not None and first.pilot is not None:
        asked.append(_say("decide_pilot", task=first.id, n=first.pilot.n))
    elif first is not None:
        asked.append(_say("decide_pilot_open", task=first.id))
    elif tasks:
        asked.append(_say("decide_fixes"))
    proposed = first or (tasks[0] if tasks else None)
    if proposed is not None and proposed.tolerance.status == "proposed" and proposed.tolerance.max_error is not None:
        asked.append(_say("decide_tolerance", task=proposed.id, max_error=proposed.tolerance.max_error))
    asked.append(_say("decide_owner"))
    persons = sum(task.tier == "T4" for task in tasks)
    if persons:
        asked.append(_say("decide_persons", n=persons))
    elif corpus.files_skipped:
        asked.append(_say("decide_unread", n=len(corpus.files_skipped)))
    return tuple(asked)


def _phrases(corpus: CorpusFacts, estimates: Sequence[Estimate], tasks: Sequence[TaskAssessment]) -> tuple[Message, ...]:
    """Write sentences that can be said aloud, each with a figure of this audit."""
    said = [_say("phrase_coverage", found=corpus.files_found, read=corpus.files_read, skipped=len(corpus.files_skipped))]
    ranked = next((task for task in tasks if task.suitability is not None and task.interval is not None), None)
    if ranked is not None and ranked.suitability is not None and ranked.interval is not None and ranked.grade is not None:
        low, high = ranked.interval
        said.append(_say("phrase_rank", task=ranked.id, value=ranked.suitability, low=low, high=high, grade=ranked.grade))
    labelled = [
        item
        for item in estimates
        if item.measure == "language_ambiguity" and "#" in item.subject and item.value is not None and item.interval is not None
    ]
    if labelled:
        clearest = min(labelled, key=lambda item: (item.value or 0.0, item.id))
        said.append(_ambiguity("phrase_labels", clearest))
        vaguest = max(labelled, key=lambda item: (item.value or 0.0, item.id))
        if vaguest.interval and clearest.interval and vaguest.interval[0] > clearest.interval[1]:
            said.append(_ambiguity("phrase_labels_unclear", vaguest))
    sized = next((task for task in tasks if task.pilot is not None), None)
    if sized is not None and sized.pilot is not None:
        said.append(_say("phrase_pilot", n=sized.pilot.n, max_errors=sized.pilot.max_errors, tolerance=sized.pilot.tolerance))
    if len(said) == 1:
        said.append(_say("phrase_no_labels", documents=corpus.documents))
    return tuple(said)


def _ambiguity(code: str, estimate: Estimate) -> Message:
    low, high = estimate.interval or (0.0, 0.0)
    labels = estimate.subject.removeprefix("labels:")
    return _say(code, labels=labels, value=estimate.value or 0.0, low=low, high=high, n=estimate.n)
