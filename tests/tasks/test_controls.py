"""Controls: which tier needs which, and what each rests on."""

from itertools import pairwise

import pytest

from corpuskit.errors import ConfigurationError
from corpuskit.tasks import CONTROLS
from corpuskit.tasks.controls import controls_for, load_controls
from corpuskit.tasks.tiers import SEVERITY
from tests.tasks.build import said

# The design's table of controls per tier has "–" in these cells and a parameter in all others.
NOT_AT_T1 = {"C03", "C08", "C10", "C18", "C20", "C21"}
ALL = [f"C{number:02d}" for number in range(1, 25)]
ENTRY = """
[[controls]]
id = "C01"
title = {en = "Owner", ja = "責任者"}
references = ["gdpr:22"]
parameter = {T1 = "control_c01_t1"}
"""


def ids(tier):
    return {control.id for control in controls_for(tier)}


def test_there_are_twenty_four_controls_in_order():
    assert list(CONTROLS) == ALL


def test_the_lightest_tier_needs_all_but_those_with_a_dash():
    assert set(ALL) - ids("T1") == NOT_AT_T1


@pytest.mark.parametrize("tier", ["T2", "T3", "T4"])
def test_heavier_tiers_need_every_control(tier):
    assert ids(tier) == set(ALL)


def test_what_is_forbidden_needs_no_control():
    assert controls_for("T0") == ()


def test_a_heavier_tier_drops_no_control_of_a_lighter_one():
    tiers = [tier for tier in SEVERITY if tier != "T0"]
    for lighter, heavier in pairwise(tiers):
        assert ids(lighter) <= ids(heavier)


def sentences_by_tier(control):
    return [said(asked.parameter)[0] for tier in control.parameter for asked in controls_for(tier) if asked.id == control.id]


def test_a_heavier_tier_asks_for_more_except_that_the_re_audit_is_every_three_months_from_t3():
    same = {control.id for control in CONTROLS.values() if len(set(sentences_by_tier(control))) < len(control.parameter)}
    assert same == {"C14"}
    assert sentences_by_tier(CONTROLS["C14"]) == ["Every 12 months", "Every 6 months", "Every 3 months", "Every 3 months"]


@pytest.mark.parametrize("tier", ["T1", "T2", "T3", "T4"])
def test_parameters_have_sentences_in_both_languages(tier):
    for control in controls_for(tier):
        english, japanese = said(control.parameter)
        assert english
        assert japanese
        assert english != japanese


def test_a_printed_control_carries_the_date_of_each_reference():
    printed = CONTROLS["C18"].printed()
    assert [reference.ref for reference in printed.references] == ["gdpr:22", "eu_ai_act:86", "nist_ai_rmf:MEASURE 3.3"]
    assert all(len(reference.checked_on) == len("2026-01-01") for control in CONTROLS.values() for reference in control.printed().references)


def test_an_example_is_read():
    assert [control.id for control in load_controls(ENTRY)] == ["C01"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("gdpr:22", "gdpr:99", "'gdpr:99' is not in catalogue/frameworks"),
        ('id = "C01"', 'id = "control 1"', r"catalogue/controls\.toml"),
        ("{T1 =", "{T0 =", r"catalogue/controls\.toml"),
        ('["gdpr:22"]', "[]", r"catalogue/controls\.toml"),
        ('id = "C01"', "id =", r"catalogue/controls\.toml"),
    ],
)
def test_a_broken_control_is_refused(old, new, told):
    with pytest.raises(ConfigurationError, match=told):
        load_controls(ENTRY.replace(old, new))
