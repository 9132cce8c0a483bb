"""Alarms follow their rules: shown changes of verdicts, risen tiers, strict tasks; noise is noted."""

import pytest

from corpuskit.audit.change_between import OF_CORPUS_CHANGED, change_between
from corpuskit.report import Lineage
from tests.report.sample import sample


def lineage(*names, sha="a"):
    return tuple(Lineage(id=name, sha256=f"{sha}-{name}", bytes=1, modified="", reader="txt") for name in names)


def reports(**after):
    before = sample().model_copy(update={"lineage": lineage(*(f"d{n}" for n in range(20)))})
    return before, before.model_copy(update=after)


def first_scored():
    return next(task for task in sample().tasks if task.suitability is not None)


def changed(**update):
    task = first_scored()
    return tuple(one.model_copy(update=update) if one.id == task.id else one for one in sample().tasks)


def codes(messages):
    return {message.code for message in messages}


def moved(id):
    """Move one estimate far beyond its interval."""
    estimates = []
    for estimate in sample().estimates:
        if estimate.id == id:
            estimate = estimate.model_copy(update={"value": estimate.value + 0.4, "interval": tuple(end + 0.4 for end in estimate.interval)})
        estimates.append(estimate)
    return tuple(estimates)


def compared_of(task):
    from corpuskit.estimators.drift.estimate_changes import COMPARED

    found = {estimate.id: estimate for estimate in sample().estimates}
    return next(id for id in task.estimates if id in found and found[id].measure in COMPARED and found[id].interval)


def test_a_verdict_that_changes_within_the_noise_is_noted_and_one_that_is_shown_alarms():
    before, after = reports(tasks=changed(verdict="do_not_start"))
    change = change_between(before, after)
    assert "change_verdict" not in codes(change.alarms)
    assert "change_note_within_noise" in codes(change.notes)
    before, after = reports(tasks=changed(verdict="do_not_start"), estimates=moved(compared_of(first_scored())))
    assert "change_verdict" in codes(change_between(before, after).alarms)


@pytest.mark.parametrize(("before_tier", "after_tier", "alarms"), [("T1", "T3", True), ("T3", "T1", False)])
def test_a_risen_tier_alarms_and_a_fallen_one_does_not(before_tier, after_tier, alarms):
    before = sample().model_copy(update={"tasks": changed(tier=before_tier)})
    change = change_between(before, before.model_copy(update={"tasks": changed(tier=after_tier)}))
    assert ("change_tier" in codes(change.alarms)) is alarms
    assert len(change.tasks) == 1


@pytest.mark.parametrize(("tier", "alarms"), [("T1", False), ("T4", True)])
def test_a_moved_measure_alarms_by_itself_only_for_strict_tasks(tier, alarms):
    id = compared_of(first_scored())
    tasks = tuple(task.model_copy(update={"tier": tier}) for task in sample().tasks)
    before = sample().model_copy(update={"tasks": tasks})
    change = change_between(before, before.model_copy(update={"estimates": moved(id)}))
    assert [one.id for one in change.estimates] == [id]
    assert ("change_estimate" in codes(change.alarms)) is alarms


def test_documents_are_told_apart():
    old = lineage("same", "edited", "gone", "renamed")
    new = (*lineage("same"), *lineage("edited", sha="b"), *lineage("fresh"), old[3].model_copy(update={"id": "renamed now"}))
    before = sample().model_copy(update={"lineage": old})
    found = change_between(before, before.model_copy(update={"lineage": new})).documents
    assert (found.new.names, found.gone.names, found.changed.names) == (("fresh",), ("gone",), ("edited",))
    assert found.moved.names == ("renamed → renamed now",)
    assert found.share == 3 / 4


@pytest.mark.parametrize(("new", "noted"), [(2, False), (3, True)])
def test_a_tenth_of_the_documents_makes_the_next_audit_due(new, noted):
    before, after = reports(lineage=lineage(*(f"d{n}" for n in range(20 + new))))
    assert OF_CORPUS_CHANGED == 0.1
    assert ("change_note_documents" in codes(change_between(before, after).notes)) is noted


def test_new_formats_settings_and_folders_are_noted():
    base = sample()
    after = base.model_copy(
        update={
            "corpus": base.corpus.model_copy(update={"formats": {**base.corpus.formats, "epub": 1}, "root": "elsewhere"}),
            "run": base.run.model_copy(update={"config_digest": "other", "tokenizers": {}}),
            "tool": base.tool.model_copy(update={"version": "99"}),
        }
    )
    assert codes(change_between(base, after).notes) >= {
        "change_note_formats",
        "change_note_settings",
        "change_note_roots",
        "change_note_versions",
        "change_note_tokenizers",
        "change_note_no_counts",
    }


def test_findings_are_new_resolved_or_unchanged():
    base = sample()
    finding = base.findings[0]
    new = finding.model_copy(update={"id": "secrets@api_key"})
    change = change_between(base, base.model_copy(update={"findings": (*base.findings[1:], new)}))
    assert change.findings.new == ("secrets@api_key",)
    assert change.findings.resolved == (finding.id,)
    assert change.findings.unchanged == len(base.findings) - 1
    assert "change_sensitive" in codes(change.alarms)
