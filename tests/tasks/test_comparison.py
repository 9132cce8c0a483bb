"""Comparison of four ways to do the work, at the user's own prices or with the reason why there is no amount."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.tasks import OwnerAnswers, Prices
from corpuskit.tasks.comparison import Work, compare, tokens_per_case
from tests.tasks.build import said

PRICES = Prices(
    currency="JPY", date="2026-11-01", person_hour=3000, small_input=20, small_output=60, large_input=400, large_output=1600,
    tokens_per_character_ja=1.0, instruction_tokens=500, output_tokens=200,
)  # fmt: skip
ANSWERS = OwnerAnswers(cases_per_month=1000, minutes_per_case=6, review_minutes=1)
WORK = Work(task="ticket_routing", kind="classify", tier="T2", language="ja", characters=300, template_share=0.1, error=0.03, tolerance=0.1)


def costs(work=WORK, answers=ANSWERS, prices=PRICES):
    return {one.id: one for one in compare(work, answers, prices)}


def test_a_month_at_the_users_prices():
    """1,000 cases: people 6 min at 3,000 an hour = 300,000; tokens (800 x 20 + 200 x 60) / 1e6 a case = 28 in all; review 50,000 of all."""
    found = costs()
    assert (found["do_nothing"].low, found["do_nothing"].high) == (300_000, 300_000)
    small = found["small_model"]
    assert small.high == pytest.approx(28 + 50_000)
    assert small.low == pytest.approx(28 + 0.05 * 50_000)
    assert small.review_share_of_cost == pytest.approx(50_000 / 50_028)
    assert found["large_model"].high == pytest.approx(640 + 50_000)
    assert {one.priced_on for one in (small, found["large_model"], found["do_nothing"])} == {"2026-11-01"}


def test_japanese_and_english_have_their_own_tokens():
    assert tokens_per_case(WORK, PRICES) == 800
    assert tokens_per_case(replace(WORK, language="en"), PRICES) == 575
    assert tokens_per_case(replace(WORK, characters=None), PRICES) is None


def test_without_prices_there_is_a_reason_and_no_amount():
    for id, one in costs(prices=Prices()).items():
        assert (one.low, one.high) == (None, None)
        assert one.reason.code == ("cost_rules_unknown" if id == "rules_only" else "cost_not_told")
    assert costs(prices=Prices())["small_model"].reason.parameters["missing"] == (
        "tasks.prices.person_hour, tasks.prices.small_input, tasks.prices.small_output, tasks.prices.currency, tasks.prices.date"
    )


def test_what_the_owner_did_not_say_is_named():
    assert (
        costs(answers=OwnerAnswers())["do_nothing"].reason.parameters["missing"]
        == "tasks.answers.ticket_routing.cases_per_month, tasks.answers.ticket_routing.minutes_per_case"
    )


def test_without_a_case_no_length_and_no_amount():
    assert costs(replace(WORK, characters=None))["small_model"].reason.code == "cost_no_case"


@pytest.mark.parametrize("work", [replace(WORK, tier="T4"), replace(WORK, tier="T0"), replace(WORK, kind="decide")])
def test_where_a_person_decides_only_people_are_compared(work):
    assert list(costs(work)) == ["do_nothing"]


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.sampled_from(["T1", "T2", "T3"]))
def test_more_cases_never_cost_less_and_no_band_is_upside_down(one, other, tier):
    fewer, more = (costs(replace(WORK, tier=tier), ANSWERS.model_copy(update={"cases_per_month": cases})) for cases in sorted((one, other)))
    for id in ("do_nothing", "small_model", "large_model"):
        assert fewer[id].low <= fewer[id].high
        assert fewer[id].high <= more[id].high


@pytest.mark.parametrize(
    ("error", "small", "large"),
    [
        (0.05, "fits_small_clear", "fits_large_clear"),
        (0.06, "fits_small_cascade", "fits_large_cascade"),
        (0.11, "fits_no_model", "fits_no_model"),
        (None, "fits_small_not_measured_closed", "fits_large_not_measured_closed"),
    ],
)
def test_ambiguity_above_the_tolerance_is_no_reason_for_a_larger_model(error, small, large):
    found = costs(replace(WORK, error=error))
    assert (found["small_model"].fits.code, found["large_model"].fits.code) == (small, large)


@given(
    st.sampled_from(["classify", "retrieve", "extract", "generate"]),
    st.none() | st.floats(0, 1),
    st.none() | st.floats(0, 1),
    st.none() | st.floats(0.01, 0.5),
    st.booleans(),
)
def test_everything_is_said_in_both_languages(kind, share, error, tolerance, told):
    work = replace(WORK, kind=kind, template_share=share, error=error, tolerance=tolerance)
    for one in compare(work, ANSWERS if told else OwnerAnswers(), PRICES):
        for message in (one.fits, *((one.reason,) if one.reason else ())):
            english, japanese = said(message)
            assert english != japanese


def test_labelling_for_the_pilot_comes_once_and_only_for_a_pilot():
    """179 cases of 6 minutes at 3,000 an hour."""
    assert costs(replace(WORK, pilot=179))["small_model"].labelling == pytest.approx(179 * 0.1 * 3000)
    assert costs()["small_model"].labelling is None
    assert costs(replace(WORK, pilot=179))["do_nothing"].labelling is None
    assert costs(replace(WORK, pilot=179), prices=Prices())["small_model"].labelling is None
