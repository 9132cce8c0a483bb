"""Gates: levels, suitabilities, acceptances with a day, baselines."""

from datetime import date

import pytest
from pydantic import ValidationError

from corpuskit.audit.gate import Accepted, Gate, acceptance_findings, failures
from corpuskit.errors import UsageError
from corpuskit.report import phrasebook
from tests.report.sample import sample

WARNING = next(finding for finding in sample().findings if finding.level == "warning")


def accepted(finding, until="2099-01-01"):
    return Accepted(finding=finding, reason="known", author="A. Mori", until=date.fromisoformat(until))


def ids(messages):
    return {message.parameters.get("finding") or message.parameters.get("task") for message in messages}


@pytest.mark.parametrize("level", ["note", "warning", "error"])
def test_findings_of_the_level_and_above_fail(level):
    levels = ("note", "warning", "error")
    expected = {finding.id for finding in sample().findings if levels.index(finding.level) >= levels.index(level)}
    assert ids(failures(Gate(fail_on=level), sample())) == expected
    assert failures(Gate(), sample()) == ()


def test_an_accepted_finding_fails_no_audit_until_its_day():
    gate = Gate(fail_on="warning", accepted=(accepted(WARNING.id),))
    assert WARNING.id not in ids(failures(gate, sample()))
    late = Gate(fail_on="warning", accepted=(accepted(WARNING.id, "2020-01-01"),))
    assert WARNING.id in ids(failures(late, sample()))
    assert [finding.code for finding in acceptance_findings(late, sample())] == ["acceptance_expired"]


def test_the_last_day_still_counts():
    day = sample().run.started_at[:10]
    assert WARNING.id not in ids(failures(Gate(fail_on="warning", accepted=(accepted(WARNING.id, day),)), sample()))
    assert acceptance_findings(Gate(accepted=(accepted(WARNING.id, day),)), sample()) == ()


def test_a_star_stands_for_all_that_begin_alike():
    every = Gate(fail_on="note", accepted=(accepted("*"),))
    assert failures(every, sample()) == ()
    some = Gate(fail_on="note", accepted=(accepted(f"{WARNING.id[:4]}*"),))
    assert not any(str(id).startswith(WARNING.id[:4]) for id in ids(failures(some, sample())))


def test_an_acceptance_of_nothing_is_told():
    found = acceptance_findings(Gate(accepted=(accepted("never_found@x"),)), sample())
    assert [finding.code for finding in found] == ["acceptance_unused"]
    assert "never_found@x" in phrasebook("ja").finding(found[0].code, found[0].parameters)[0]


def test_what_the_baseline_knew_does_not_count_again():
    known = frozenset(finding.id for finding in sample().findings) - {WARNING.id}
    assert ids(failures(Gate(fail_on="note"), sample(), known)) == {WARNING.id}


def test_a_suitability_below_the_least_or_unknown_fails():
    scored = next(task for task in sample().tasks if task.suitability is not None)
    unscored = next(task for task in sample().tasks if task.suitability is None)
    assert failures(Gate(fail_under={scored.id: scored.suitability}), sample()) == ()
    if scored.suitability < 1:
        assert ids(failures(Gate(fail_under={scored.id: 1.0}), sample())) == {scored.id}
    assert [reason.code for reason in failures(Gate(fail_under={unscored.id: 0.1}), sample())] == ["gate_not_scored"]


@pytest.mark.parametrize(("under", "told"), [({"no_task": 0.5}, "no task 'no_task'"), ({"x": 2}, "between 0 and 1")])
def test_a_gate_that_looks_at_nothing_does_not_pass(under, told):
    with pytest.raises(UsageError, match=told):
        failures(Gate(fail_under=under), sample())


@pytest.mark.parametrize("missing", ["reason", "author", "until", "finding"])
def test_an_acceptance_says_who_why_and_until_when(missing):
    whole = {"finding": "x", "reason": "r", "author": "a", "until": "2026-12-01"}
    with pytest.raises(ValidationError, match=missing):
        Accepted.model_validate({key: value for key, value in whole.items() if key != missing})
