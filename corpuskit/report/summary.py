"""Page 1 as data: verdict, top risks, what to fix first, the staged plan, decisions and sentences for the meeting."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from corpuskit.estimators import Estimate, Estimates
from corpuskit.finding import Finding, Message, Parameter
from corpuskit.report.contract import CorpusFacts, FixFirst, Risk, Summary
from corpuskit.report.numbers import probability_digits
from corpuskit.tasks import Assessment, Repair, Stage, TaskAssessment, Verdict, staged_plan, usual_plan

MOST_RISKS = 3
MOST_FIXES = 5
UNREAD_SHARE = 0.05
"""Above this share of unread files "start" becomes "start with conditions", because the product promises to read 95 % of the readable ones."""
HIGH_GAIN = 0.2
"""Gain in suitability from which a repair counts as high: from "fix first" it leads past the odds of four to one."""
MEDIUM_MOVE = 0.1
"""Share of itself by which a measure must move for a medium effect, because less is within its interval on a few hundred cases."""

Size = Literal["low", "medium", "high"]

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
        fix_first=_fix_first(findings, tasks),
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


def _fix_first(findings: Sequence[Finding], tasks: Sequence[TaskAssessment]) -> tuple[FixFirst, ...]:
    """Order the repairs by effect, then by effort: those of tasks with a computed effect, and warnings and errors grouped by kind.

    A finding that a task's repair mends is not listed a second time.
    """
    of_tasks = _of_tasks(tasks)
    mended = {name for repair in of_tasks for name in repair.findings}
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: (_LEVELS[finding.level], finding.id)):
        if finding.level != "note" and finding.id not in mended:
            by_code.setdefault(finding.code, []).append(finding)
    repairs = list(of_tasks)
    for code, group in by_code.items():
        effort, effect = _work(code)
        first, further = group[0], len(group) - 1
        title = _say("fix_many", finding=first.id, n=further) if further else _say("fix_one", finding=first.id)
        every = tuple(finding.id for finding in group)
        judged = _say("moves_judged")
        repairs.append(FixFirst(id=f"fix:{first.id}", title=title, effort=effort, effect=effect, findings=every, moves=judged))
    places = {task.id: place for place, task in enumerate(tasks)}
    repairs.sort(key=lambda one: (-_GRADES[one.effect], _GRADES[one.effort], places.get(one.task, len(places)), one.id))
    return tuple(repairs[:MOST_FIXES])


def _of_tasks(tasks: Sequence[TaskAssessment]) -> tuple[FixFirst, ...]:
    """Take the repairs whose effect on a task was computed; of one that mends the documents of several tasks, the task where it moves most."""
    best: dict[str, FixFirst] = {}
    for task in tasks:
        for repair in task.repairs:
            effect = _effect(task, repair)
            shared = repair.findings and all("labels:" not in finding for finding in repair.findings)
            key = f"{repair.id}@{repair.findings[-1]}" if shared else f"{repair.id}@{task.id}"
            if effect is not None and (key not in best or _GRADES[best[key].effect] < _GRADES[effect]):
                best[key] = FixFirst(
                    id=f"fix:{key}",
                    title=_short(repair.action),
                    effort=repair.effort,
                    effect=effect,
                    findings=repair.findings,
                    task=task.id,
                    repair=repair.id,
                    moves=repair.moves,
                )
    return tuple(best.values())


def _short(action: Message) -> Message:
    """Name documents by their file names: the paths stand on the page of the task."""
    parameters = {
        name: ", ".join(path.rsplit("/", 1)[-1] for path in str(value).split(", ")) if name in ("newest", "older") else value
        for name, value in action.parameters.items()
    }
    return _say(action.code, **parameters)


def _effect(task: TaskAssessment, repair: Repair) -> Size | None:
    """Grade a computed effect: high where the tier falls or the suitability rises by :data:`HIGH_GAIN`, medium where the measure moves by
    :data:`MEDIUM_MOVE` of itself (one that does not bear on the tolerance only for a task that waits for repairs), else low; None where nothing was
    computed."""
    if "lighter" in repair.moves.parameters:
        return "high"
    if repair.after is None or repair.before is None:
        return None
    if repair.suitability is not None and task.suitability is not None and repair.suitability - task.suitability >= HIGH_GAIN:
        return "high"
    bears = repair.suitability is not None or task.verdict == "fix_first"
    return "medium" if bears and abs(repair.after - repair.before) >= MEDIUM_MOVE * abs(repair.before) else "low"


@cache
def repairs() -> dict[str, dict[str, Size]]:
    """Load effort and effect of the known repairs."""
    loaded: dict[str, dict[str, Size]] = tomllib.loads(files("corpuskit.report").joinpath("repairs.toml").read_text(encoding="utf-8"))
    return loaded


def _work(code: str) -> tuple[Size, Size]:
    entry = repairs().get(code, {})
    return entry.get("effort", "medium"), entry.get("effect", "medium")


def _stages(corpus: CorpusFacts, tasks: Sequence[TaskAssessment]) -> tuple[Stage, ...]:
    """Write the staged plan for the first task that has a pilot size; the usual one where none has. The first stage is this audit."""
    sized = next((task for task in tasks if task.pilot is not None and task.verdict in ("start", "start_with_conditions")), None)
    sized = sized or next((task for task in tasks if task.pilot is not None), None)
    g0 = Stage(
        id="G0",
        title=_say("stage_g0"),
        pass_rule=_say("stage_g0_pass", read=corpus.files_read, found=corpus.files_found),
        stop_rule=_say("stage_g0_stop", share=UNREAD_SHARE),
    )
    plan = usual_plan() if sized is None else staged_plan(sized.id, sized.tier, sized.tolerance.max_error, sized.pilot)
    return (g0, *(plan or usual_plan())[1:])


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
        alike = probability_digits(low) == probability_digits(high)
        code = "phrase_rank_sure" if alike else "phrase_rank"
        said.append(_say(code, task=ranked.id, value=ranked.suitability, low=low, high=high, grade=ranked.grade))
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
    if cost := _cost(tasks):
        # page 1 has room for five sentences: money is asked about before the clearest labels are
        said = [*(phrase for phrase in said if phrase.code != "phrase_labels"), *cost]
    if len(said) == 1:
        said.append(_say("phrase_no_labels", documents=corpus.documents))
    return tuple(said)


def _cost(tasks: Sequence[TaskAssessment]) -> list[Message]:
    """Say what the first task with prices costs today and with a small model."""
    for task in tasks:
        ways = {one.id: one for one in task.alternatives}
        today, small = ways.get("do_nothing"), ways.get("small_model")
        if today is not None and today.low is not None and small is not None and small.low is not None and small.high is not None:
            amounts = {"today": round(today.low), "low": round(small.low), "high": round(small.high)}
            return [_say("phrase_cost", task=task.id, currency=today.currency, date=today.priced_on, **amounts)]
    return []


def _ambiguity(code: str, estimate: Estimate) -> Message:
    low, high = estimate.interval or (0.0, 0.0)
    document, _, column = estimate.subject.removeprefix("labels:").rpartition("#")
    return _say(code, document=document.rsplit("/", 1)[-1], column=column, value=estimate.value or 0.0, low=low, high=high, n=estimate.n)
