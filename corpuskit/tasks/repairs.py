"""What to mend first for a task, and how far each repair moves it: computed anew with the repair where what was measured allows it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from corpuskit.counts import BY_NAME
from corpuskit.estimators import Estimate, clopper_pearson, names_alike
from corpuskit.finding import Message, Parameter
from corpuskit.tasks.assessment import Repair, Tier
from corpuskit.tasks.contradictions import Contradiction
from corpuskit.tasks.evidence import TaskEvidence
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.ranking import Suitability, independent_cases, suitability
from corpuskit.tasks.stages import DOUBLE_CODED

MOST_MERGES = 2
"""Pairs of labels proposed for merging, because after two the categories are others and the audit should say what is left."""
FEWEST_CONFUSED = 5
"""Messages confused between two labels from which merging is proposed: fewer are looked at one by one."""
FEWEST_LABELS = 3
"""Labels needed for a merge to leave a choice."""
HARDLY = 0.95
"""What is left of the error after a doubling of the labels from which more labels count as hardly helping."""
SHORTENED = 0.4
"""Share of the labels at which the last measured doubling begins; it ends at twice that."""

NAMES_TO_MEND = ("label_names_say_nothing", "definitions_rename", "place_names_say_nothing", "place_names_mislead")
"""Findings that a better name or a description answers."""

Effort = Literal["low", "medium", "high"]


@cache
def efforts() -> dict[str, dict[str, str]]:
    """Load how much work each repair is, with the reason."""
    loaded: dict[str, dict[str, str]] = tomllib.loads(files("corpuskit.tasks").joinpath("catalogue", "repairs.toml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class State:
    """Where a task stands before any repair.

    Attributes
    ----------
    tolerance : float or None
    suited : Suitability or None
    contradictions : tuple of Contradiction
    tier, tier_without_contradictions : Tier
        As assigned, and assigned anew as if the valid versions had been picked.
    """

    tolerance: float | None
    suited: Suitability | None
    contradictions: tuple[Contradiction, ...]
    tier: Tier
    tier_without_contradictions: Tier


def repairs(evidence: TaskEvidence, state: State, options: TaskOptions) -> tuple[Repair, ...]:
    """List the repairs of a task, those whose effect was computed first.

    Returns
    -------
    tuple of Repair
        Largest gain in suitability first, then a lower tier, then largest gain of the measure, then those that cannot be computed.
    """
    found: list[Repair] = []
    if evidence.found.task.kind == "classify" and evidence.found.table:
        found += [
            *_merge_labels(evidence, state, options),
            *_define_labels(evidence),
            *_describe_categories(evidence),
            *_add_labels(evidence, state, options),
            *_double_label(evidence),
        ]
    if evidence.found.task.kind == "retrieve":
        found += [*_deduplicate(evidence), *_rename_headings(evidence, state, options)]
    found += [*_pick_version(evidence, state), *_expand_acronym(evidence), *_recognise_again(evidence)]
    return tuple(sorted(found, key=lambda repair: _order(repair, state)))


def _order(repair: Repair, state: State) -> tuple[float, bool, float, str]:
    before = state.suited.value if state.suited is not None else 0.0
    gain = (repair.suitability - before) if repair.suitability is not None else 0.0
    moved = abs(repair.after - repair.before) if repair.after is not None and repair.before is not None else -1.0
    return -gain, not repair.id.startswith("pick_version"), -moved, repair.id


def _say(code: str, **parameters: Parameter) -> Message:
    return Message(code=code, parameters=parameters)


def _effort(kind: str) -> Effort:
    found = efforts()[kind]["effort"]
    return "low" if found == "low" else "high" if found == "high" else "medium"


def _findings(evidence: TaskEvidence, *names: str) -> tuple[str, ...]:
    """Give those of the named findings that were made: the repair mends them."""
    return tuple(finding.id for finding in evidence.measured.findings if finding.id in names)


def after_repair(error: Estimate, ratio: float) -> Estimate:
    """Give an error as it would be if a repair left this share of it; as many cases stand behind it as before."""
    interval = error.interval and (error.interval[0] * ratio, error.interval[1] * ratio)
    return error.model_copy(update={"value": (error.value or 0.0) * ratio, "interval": interval})


def _new_suitability(evidence: TaskEvidence, state: State, ratio: float, options: TaskOptions) -> Suitability | None:
    error = evidence.error
    if state.tolerance is None or state.suited is None or error is None or error.value is None:
        return None
    return suitability(after_repair(error, ratio), state.tolerance, options, cases=state.suited.effective_n)


def _suited(repair: Repair, found: Suitability | None) -> Repair:
    """Add the suitability after the repair, with its interval."""
    return repair if found is None else repair.model_copy(update={"suitability": found.value, "suitability_interval": found.interval})


def _merge_labels(evidence: TaskEvidence, state: State, options: TaskOptions) -> Iterator[Repair]:
    """Count two labels as one in the cross-fitted predictions: errors between the two are none any more.

    Formula: ``e' = e - (n_ab + n_ba) / n`` on the same predictions. A classifier that learns the joint label anew made .013 more errors on average
    (reports/validation/repairs.md).
    """
    error, values = evidence.of_table("language_ambiguity"), evidence.label_values()
    if error is None or not error.value or values is None or values.n_unique() < FEWEST_LABELS:
        return
    pairs: Counter[tuple[str, str]] = Counter()
    for label, taken_for, count in evidence.measured.rows(f"confusions@{evidence.found.table}"):
        pairs[min(str(label), str(taken_for)), max(str(label), str(taken_for))] += int(count)
    independent = independent_cases(error)
    for (first, second), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:MOST_MERGES]:
        if count < FEWEST_CONFUSED:
            continue
        after = max(0.0, error.value - count / error.n)
        low, high = clopper_pearson(after * independent, independent)
        merged = Repair(
            id=f"merge_labels:{first}/{second}",
            action=_say("repair_merge_labels", first=first, second=second, count=count),
            effort=_effort("merge_labels"),
            moves=_say("moves_merge_labels", before=error.value, after=after, low=low, high=high, n=error.n),
            measure=error.measure,
            before=error.value,
            after=after,
            interval=(low, high),
            findings=_of_pair(evidence, first, second),
        )
        yield _suited(merged, _new_suitability(evidence, state, after / error.value, options))


def _of_pair(evidence: TaskEvidence, first: str, second: str) -> tuple[str, ...]:
    """Give the findings that merging two labels mends: that they overlap, and that their names are the same words."""
    overlaps = [f"{told}@{evidence.found.table}:{first}/{second}" for told in ("labels_overlap", "places_overlap")]
    names = [f"{told}@{evidence.found.table}" for told in ("label_names_alike", "place_names_alike") if names_alike([first, second])]
    return _findings(evidence, *overlaps, *names)


def _define_labels(evidence: TaskEvidence) -> Iterator[Repair]:
    """Say what naming a category well would bring at best: its own name then draws all of its messages."""
    ambiguity, table = evidence.of_table("definition_ambiguity"), evidence.found.table
    rows = evidence.measured.rows(f"definition_match@{table}")
    named = tuple(finding.id for finding in evidence.measured.findings if finding.code in NAMES_TO_MEND and f"@{table}" in finding.id)
    if ambiguity is None or ambiguity.value is None or not rows or not named:
        return
    label, drawn, *_ = max(rows, key=lambda row: (1 - float(row[1])) * float(row[4]))
    messages = next(float(row[4]) for row in rows if row[0] == label)
    after = max(0.0, ambiguity.value - (1 - float(drawn)) * messages / ambiguity.n)
    yield Repair(
        id=f"define_label:{label}",
        action=_say("repair_define_label", label=str(label)),
        effort=_effort("define_label"),
        moves=_say("moves_define_label", before=ambiguity.value, after=after, n=ambiguity.n),
        measure=ambiguity.measure,
        before=ambiguity.value,
        after=after,
        findings=named,
    )


def _describe_categories(evidence: TaskEvidence) -> Iterator[Repair]:
    """Ask for descriptions where names tell nothing of messages that nobody labelled; what it brings is seen once labels are there."""
    table = evidence.found.table
    codes = (f"category_names_{told}@{table}" for told in ("share_nothing", "mark_little"))
    named = _findings(evidence, *codes, *(["category_names_say_nothing@definitions"] if table.startswith(BY_NAME) else []))
    if named:
        action, moves = _say("repair_describe_categories"), _say("moves_describe_categories_unknown")
        yield Repair(id="describe_categories", action=action, effort=_effort("define_label"), moves=moves, findings=named)


def _add_labels(evidence: TaskEvidence, state: State, options: TaskOptions) -> Iterator[Repair]:
    """Carry the last measured doubling of the labels on to the next one.

    Formula: ``e(2n) = e(n) x e(.8 n) / e(.4 n)``, as on a power law, whose ratio is the same for every doubling; never above 1, never beyond twice
    the labels at hand. It was off by .034 on average where no change would have been off by .049 (reports/validation/repairs.md).
    """
    error, curve = evidence.error, evidence.measured.rows(f"learning_curve@{evidence.found.table}")
    at_hand = evidence.of_table("language_ambiguity")
    if error is None or error.grade == "A" or not error.value or at_hand is None or len(curve) < 2:
        return
    if state.suited is not None and state.suited.interval[0] >= options.start_probability:
        return  # more labels would not change what is judged
    n = at_hand.n
    begins, ends = (min(curve[:-1], key=lambda row: abs(float(row[0]) - share * n)) for share in (SHORTENED, 2 * SHORTENED))
    if float(begins[1]) <= 0 or float(ends[0]) <= float(begins[0]):
        return
    if float(ends[1]) <= 0:
        yield Repair(
            id="add_labels",
            action=_say("repair_add_labels", n=n),
            effort=_effort("add_labels"),
            moves=_say("moves_add_labels_none_left", many=int(ends[0])),
        )
        return
    ratio = min(1.0, float(ends[1]) / float(begins[1]))
    told = {"few": int(begins[0]), "many": int(ends[0]), "first": float(begins[1]), "last": float(ends[1])}
    scaled = after_repair(error, ratio)
    after, (low, high) = scaled.value or 0.0, scaled.interval or (scaled.value or 0.0, scaled.value or 0.0)
    code = "moves_add_labels_hardly" if ratio > HARDLY else "moves_add_labels"
    added = Repair(
        id="add_labels",
        action=_say("repair_add_labels", n=n),
        effort=_effort("add_labels"),
        moves=_say(code, before=error.value, after=after, low=low, high=high, **told),
        measure=error.measure,
        before=error.value,
        after=after,
        interval=(low, high),
    )
    yield _suited(added, _new_suitability(evidence, state, ratio, options))


def _double_label(evidence: TaskEvidence) -> Iterator[Repair]:
    if evidence.label_values() is None:
        return  # nobody labelled a first time: the next step asks two people at once
    bounds = [evidence.of_table(name) for name in ("double_coding_ambiguity", "soft_label_ambiguity")]
    if all(bound is None or bound.value is None for bound in bounds):
        yield Repair(
            id="double_label",
            action=_say("repair_double_label", n=DOUBLE_CODED),
            effort=_effort("double_label"),
            moves=_say("moves_double_label_unknown"),
        )


def _found_first(evidence: TaskEvidence, share: Estimate | None) -> tuple[Estimate, float, tuple[float, float]] | None:
    """Give the share of headings that find their own section first, and what it is when a share of the misses is mended: ``r + (1 - r) m``."""
    first = evidence.of_language("retrieval_recall_1")
    if first is None or first.value is None or share is None or not share.value:
        return None
    missed = 1 - first.value
    low, high = share.interval or (share.value, share.value)
    return first, first.value + missed * share.value, (first.value + missed * low, first.value + missed * high)


def _pick_version(evidence: TaskEvidence, state: State) -> Iterator[Repair]:
    """Name the valid version: the search is looked at as if copies, other and superseded versions were not there."""
    if not state.contradictions:
        return
    one, further = state.contradictions[0], len(state.contradictions) - 1
    mended = evidence.of_language("retrieval_misses_mended") if evidence.found.task.kind == "retrieve" else None
    searched = _found_first(evidence, mended)
    lighter = state.tier_without_contradictions != state.tier
    tiers: dict[str, Parameter] = {"tier": state.tier, "lighter": state.tier_without_contradictions}
    plain = Repair(
        id=f"pick_version:{one.newest}",
        action=one.said("repair_pick_version"),
        effort=_effort("pick_version"),
        moves=_say("moves_pick_version_tier", further=further, **tiers) if lighter else _say("moves_pick_version_unknown", further=further),
        findings=_findings(evidence, "versions_side_by_side", "versions_disagree", f"versions_hide_sections@lang:{evidence.language}"),
    )
    if searched is None:
        yield plain
        return
    first, after, interval = searched
    code = "moves_pick_version_and_tier" if lighter else "moves_pick_version"
    low, high = interval
    moves = _say(code, before=first.value or 0.0, after=after, low=low, high=high, n=first.n, further=further, **(tiers if lighter else {}))
    yield plain.model_copy(update={"moves": moves, "measure": first.measure, "before": first.value, "after": after, "interval": interval})


def _deduplicate(evidence: TaskEvidence) -> Iterator[Repair]:
    hidden = _findings(evidence, f"copies_hide_sections@lang:{evidence.language}")
    searched = _found_first(evidence, evidence.of_language("retrieval_misses_with_copies"))
    if searched is None or not hidden:
        return
    first, after, interval = searched
    yield Repair(
        id="deduplicate",
        action=_say("repair_deduplicate"),
        effort=_effort("deduplicate"),
        moves=_say("moves_deduplicate", before=first.value or 0.0, after=after, low=interval[0], high=interval[1], n=first.n),
        findings=hidden,
        measure=first.measure,
        before=first.value,
        after=after,
        interval=interval,
    )


def _rename_headings(evidence: TaskEvidence, state: State, options: TaskOptions) -> Iterator[Repair]:
    """Say what better headings would bring at best: every search with one of them then finds its section."""
    error, rows = evidence.of_language("retrieval_ambiguity"), evidence.measured.rows(f"generic_headings@lang:{evidence.language}")
    if error is None or not error.value or not rows:
        return
    missed = sum(int(row[3]) for row in rows)
    after = max(0.0, error.value - missed / error.n)
    renamed = Repair(
        id="rename_headings",
        action=_say("repair_rename_headings", example=str(rows[0][0]), headings=len(rows)),
        effort=_effort("rename_headings"),
        moves=_say("moves_rename_headings", before=error.value, after=after, n=error.n),
        measure=error.measure,
        before=error.value,
        after=after,
        findings=_findings(evidence, f"generic_headings@lang:{evidence.language}"),
    )
    yield _suited(renamed, _new_suitability(evidence, state, after / error.value, options) if evidence.error is error else None)


def _expand_acronym(evidence: TaskEvidence) -> Iterator[Repair]:
    rows = evidence.measured.rows(f"acronyms@lang:{evidence.language}")
    if rows and "TRM" in evidence.found.task.stats:
        yield Repair(
            id=f"expand_acronym:{rows[0][0]}",
            action=_say("repair_expand_acronym", term=str(rows[0][0]), meanings=str(rows[0][1])),
            effort=_effort("expand_acronym"),
            moves=_say("moves_expand_acronym_unknown"),
        )


def _recognise_again(evidence: TaskEvidence) -> Iterator[Repair]:
    """Name the documents whose pages were lost: what stands on them is in no figure of the task, and unknown until they are read."""
    lost = sorted(evidence.members & evidence.with_lost_pages)
    if lost:
        yield Repair(
            id="recognise_again",
            action=_say("repair_recognise_again", document=lost[0], n=len(lost), of=len(evidence.members)),
            effort=_effort("recognise_again"),
            moves=_say("moves_recognise_again_unknown"),
        )
