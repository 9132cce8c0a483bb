"""Numbers of the tiers: those that the sentences of the controls say, and none lighter in a higher tier."""

import re

import pytest

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.finding import Message
from corpuskit.tasks.controls import CONTROLS
from corpuskit.tasks.strictness import PARAMETERS, load_parameters, number, numbers_for
from tests.tasks.build import said

TIERS = ("T1", "T2", "T3", "T4")


def sentence(control, tier):
    return said(Message(code=CONTROLS[control].parameter[tier]))[0]


@pytest.mark.parametrize(
    ("id", "tier", "figure"),
    [
        ("review_share", "T1", "1 %"),
        ("review_share", "T2", "5 %"),
        ("review_floor", "T3", "10 %"),
        ("catch_rate", "T3", "90 %"),
        ("catch_rate", "T4", "95 %"),
        ("double_labelling_share", "T2", "20 %"),
        ("log_days", "T1", "90 days"),
        ("log_days", "T2", "6 months"),
        ("log_days", "T3", "1 year"),
        ("log_days", "T4", "6 months"),
    ],
)
def test_the_sentences_of_the_controls_say_the_same_figure(id, tier, figure):
    assert figure in sentence(PARAMETERS[id].control, tier)
    share = number(id, tier)
    digits = re.match(r"\d+", figure).group()
    worth = {"months": 30.5, "year": 365, "days": 1, "%": 0.01}[figure.split()[1]]
    assert share == pytest.approx(int(digits) * worth, abs=1)


@pytest.mark.parametrize("tier", TIERS)
def test_log_levels_and_re_audits_are_those_of_the_sentences(tier):
    assert f"L{number('log_level', tier):.0f}" in sentence("C12", tier)
    assert f"{number('reaudit_months', tier):.0f} months" in sentence("C14", tier)


@pytest.mark.parametrize("id", ["review_share", "review_floor", "catch_rate", "double_labelling_share", "log_level"])
def test_a_higher_tier_is_never_controlled_less(id):
    values = [number(id, tier) for tier in TIERS]
    assert values == sorted(values)


def test_a_graver_use_is_looked_at_again_sooner():
    months = [number("reaudit_months", tier) for tier in TIERS]
    assert months == sorted(months, reverse=True)


def test_every_number_has_a_reason_and_a_control_with_dated_references():
    for parameter in PARAMETERS.values():
        assert len(parameter.because.split()) > 5
        assert all(reference.checked_on for reference in CONTROLS[parameter.control].printed().references)


def test_where_nothing_may_run_there_is_no_number():
    assert numbers_for("T0") == ()
    assert number("review_share", "T0") is None
    assert [one.id for one in numbers_for("T2")] == list(PARAMETERS)


def test_a_number_that_does_not_exist_is_named():
    with pytest.raises(UnknownName, match="Did you mean 'review_share'"):
        number("review_shares", "T1")


ONE = '[[parameters]]\nid = "a"\ncontrol = "C09"\nunit = "share"\nT1 = 0.1\nT2 = 0.1\nT3 = 0.1\nT4 = 0.1\nbecause = "b"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [(ONE.replace("C09", "C99"), "no control 'C99'"), (ONE.replace("T4 = 0.1", "T4 = 1.5"), "at most 1"), (ONE.replace("T4 = 0.1\n", ""), "T4")],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(text, told):
    with pytest.raises(ConfigurationError, match=told):
        load_parameters(text)
