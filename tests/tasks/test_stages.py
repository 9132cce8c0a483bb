"""The staged plan: six stages with rules to go on and to stop, with the figures of the task and its tier."""

import pytest

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.tasks import PilotSize, staged_plan, usual_plan
from corpuskit.tasks.stages import STAGES, load_stages
from corpuskit.tasks.strictness import number
from tests.tasks.build import said

PILOT = PilotSize(n=179, max_errors=11, power=0.81, tolerance=0.1, expected=0.05, alpha=0.05)
PLANS = [staged_plan("ticket_routing", tier, 0.1, pilot) for tier in ("T1", "T2", "T3") for pilot in (PILOT, None)]


@pytest.mark.parametrize("plan", [*PLANS, staged_plan("minutes_summary", "T1", None, None), usual_plan()])
def test_every_stage_has_a_rule_to_go_on_and_another_to_stop_in_both_languages(plan):
    assert [stage.id for stage in plan] == ["G0", "G1", "G2", "G3", "G4", "G5"]
    for stage in plan:
        spoken = [said(message) for message in (stage.title, stage.pass_rule, stage.stop_rule)]
        assert all(english != japanese for english, japanese in spoken)
        assert spoken[1] != spoken[2]


@pytest.mark.parametrize("tier", ["T1", "T2", "T3"])
def test_the_rules_name_the_numbers_of_pilot_and_tier(tier):
    stages = {stage.id: stage for stage in staged_plan("ticket_routing", tier, 0.1, PILOT)}
    assert stages["G0"].pass_rule.parameters == {"tolerance": 0.1, "tier": tier}
    assert stages["G1"].pass_rule.parameters == {"n": 179, "max_errors": 11, "task": "ticket_routing"}
    assert stages["G1"].stop_rule.parameters == {"more": 12, "n": 179}
    assert stages["G2"].stop_rule.parameters == {"tolerance": 0.1}
    assert stages["G3"].pass_rule.parameters == {"catch_rate": number("catch_rate", tier)}
    assert stages["G4"].pass_rule.parameters == {"review_floor": number("review_floor", tier)}
    assert stages["G5"].pass_rule.parameters == {"reaudit_months": number("reaudit_months", tier)}


def test_without_a_size_the_plan_leads_to_one_and_names_no_tolerance():
    stages = {stage.id: stage for stage in staged_plan("minutes_summary", "T1", None, None)}
    assert stages["G1"].pass_rule.code == "stage_g1_pass_open"
    assert stages["G2"].stop_rule.code == "stage_g2_stop_open"
    assert not any("tolerance" in message.parameters for stage in stages.values() for message in (stage.pass_rule, stage.stop_rule))


@pytest.mark.parametrize("tier", ["T0", "T4"])
def test_nothing_is_planned_where_nothing_runs_or_a_person_decides(tier):
    assert staged_plan("hr_screening", tier, 0.1, PILOT) == ()


def test_every_stage_says_why_there_is_one():
    assert all(len(stage.because.split()) > 8 for stage in STAGES)


def test_a_plan_with_a_stage_missing_or_an_unknown_number_is_refused():
    one = '[[stages]]\nid = "G{n}"\ntitle = "t"\npass = "p"\nstop = "s"\nnumbers = [{number}]\nbecause = "b"\n'
    with pytest.raises(ConfigurationError, match="G0 to G5"):
        load_stages("".join(one.format(n=n, number="") for n in range(5)))
    with pytest.raises(UnknownName, match="catch_rate"):
        load_stages("".join(one.format(n=n, number='"catch_rates"') for n in range(6)))
