"""Review arithmetic: what is left, what would be needed, and which case is worth a look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.tasks import OwnerAnswers, Prices
from corpuskit.tasks.review import Reviewed, residual_error, review_arithmetic, share_needed, worth_a_look
from tests.tasks.build import codes, said

PRICED = Prices(currency="EUR", date="2026-11-01", person_hour=60)
shares = st.floats(0, 1)


def test_the_worked_example_of_the_design():
    """Governance 1.11: e = 5 %, wanted 1 %, catch rate .9 -> 89 % of all outputs; a random 5 % sample hardly protects."""
    assert share_needed(0.05, 0.01, 0.9) == pytest.approx(0.889, abs=1e-3)
    assert residual_error(0.05, 0.05, 0.9) == pytest.approx(0.04775)


@given(shares, shares, shares)
def test_review_never_raises_the_error_and_never_goes_below_what_reviewers_miss(error, share, catch):
    left = residual_error(error, share, catch)
    assert error * (1 - catch) - 1e-12 <= left <= error


@given(st.floats(0.001, 1), st.floats(0.0005, 1), st.floats(0.01, 1))
def test_the_share_needed_leaves_what_was_wanted(error, wanted, catch):
    share = share_needed(error, wanted, catch)
    if share is None:
        assert residual_error(error, 1, catch) > wanted
    elif error > wanted:
        assert residual_error(error, share, catch) == pytest.approx(wanted)
    else:
        assert share == 0


@given(shares, st.floats(0.01, 1), shares, shares)
def test_more_review_leaves_less(error, catch, one, other):
    less, more = sorted((one, other))
    assert residual_error(error, more, catch) <= residual_error(error, less, catch)


def test_the_rule_of_chow():
    """A review of 2 against an error of 100 found by nine reviewers in ten: from 2 / 90 on."""
    assert worth_a_look(2, 100, 0.9) == pytest.approx(2 / 90)


def test_the_arithmetic_names_the_figures_of_the_task_and_of_its_tier():
    told = review_arithmetic("policy_qa", "T2", Reviewed(0.05, True, 0.02), OwnerAnswers(), Prices())
    assert codes(told) == ["review_random_measured", "review_needed", "review_protects", "review_chow_open"]
    assert told[0].parameters == {"error": 0.05, "share": 0.05, "catch": 0.9, "left": pytest.approx(0.04775)}
    assert told[1].parameters["share"] == pytest.approx(2 / 3)
    assert told[3].parameters["missing"] == "tasks.answers.policy_qa.review_minutes, tasks.answers.policy_qa.error_cost, tasks.prices.person_hour"


def test_what_no_review_reaches_is_said():
    told = review_arithmetic("policy_qa", "T2", Reviewed(0.5, True, 0.02), OwnerAnswers(), Prices())
    assert told[1].code == "review_never_enough"
    assert told[1].parameters["least"] == pytest.approx(0.05)


def test_an_error_that_was_not_measured_is_called_assumed():
    assert review_arithmetic("policy_qa", "T1", Reviewed(0.1, False, 0.1), OwnerAnswers(), Prices())[0].code == "review_random_assumed"


@pytest.mark.parametrize(
    ("minutes", "cost", "error", "code"),
    [(1, 100, 0.05, "review_chow_every"), (6, 100, 0.05, "review_chow_unclear"), (60, 10, 0.05, "review_chow_never"), (1, 100, None, "review_chow")],
)
def test_single_cases_are_weighed_by_the_users_own_costs(minutes, cost, error, code):
    case = None if error is None else Reviewed(error, True, 0.1)
    assert review_arithmetic("policy_qa", "T2", case, OwnerAnswers(review_minutes=minutes, error_cost=cost), PRICED)[-1].code == code


def test_without_an_error_rate_there_is_no_arithmetic_and_the_reason():
    assert codes(review_arithmetic("policy_qa", "T2", None, OwnerAnswers(), Prices()))[0] == "review_no_rate"


@pytest.mark.parametrize("tier", ["T0", "T4"])
def test_where_nothing_runs_or_a_person_decides_there_is_nothing_to_review(tier):
    assert review_arithmetic("policy_qa", tier, Reviewed(0.05, True, 0.02), OwnerAnswers(), PRICED) == ()


@given(
    st.sampled_from(["T1", "T2", "T3"]),
    st.none() | st.builds(Reviewed, st.floats(0.001, 1), st.booleans(), st.floats(0.001, 0.5)),
    st.none() | st.floats(0.1, 500),
    st.none() | st.floats(0.1, 500),
)
def test_everything_is_said_in_both_languages(tier, case, minutes, cost):
    for message in review_arithmetic("policy_qa", tier, case, OwnerAnswers(review_minutes=minutes, error_cost=cost), PRICED):
        english, japanese = said(message)
        assert english != japanese


def test_the_load_on_reviewers_is_told_where_volume_and_minutes_are_known():
    """2,000 cases of half a minute are 16.7 hours; at the 5 % of tier T2 .83 hours."""
    told = review_arithmetic("policy_qa", "T2", Reviewed(0.05, True, 0.02), OwnerAnswers(cases_per_month=2000, review_minutes=0.5), Prices())
    (load,) = [message for message in told if message.code == "review_load"]
    assert load.parameters == {"cases": 2000, "every": pytest.approx(1000 / 60), "share": 0.05, "floor": pytest.approx(50 / 60)}
    assert all("2,000" in text for text in said(load))
