import pytest

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.acceptance import probability_to_pass, rate_that_passes, two_point_plan


@pytest.mark.parametrize(
    ("good", "pass_good", "bad", "pass_bad", "plan"),
    [
        (0.05, 0.95, 0.15, 0.075, (80, 7)),  # Kiermeier 2008
        (0.01, 0.95, 0.10, 0.10, (52, 2)),
        (0.01, 0.95, 0.05, 0.05, (181, 4)),
        (0.02, 0.95, 0.05, 0.10, (306, 10)),
    ],
)
def test_known_plans(good, pass_good, bad, pass_bad, plan):
    found = two_point_plan(good, bad, pass_good, pass_bad)
    assert (found.n, found.max_errors) == plan


def test_kiermeiers_plan_passes_as_he_says():
    assert probability_to_pass(80, 7, 0.05) == pytest.approx(0.9534, abs=5e-5)
    assert probability_to_pass(80, 7, 0.15) == pytest.approx(0.0727, abs=5e-5)


def test_letter_j_of_iso_2859():
    # n = 80, Ac = 2 for an acceptable quality of 1 %: passes .9534 there, and .10 at 6.52 %
    assert probability_to_pass(80, 2, 0.01) == pytest.approx(0.9534, abs=5e-5)
    assert rate_that_passes(80, 2, 0.10) == pytest.approx(0.0652, abs=5e-5)


def test_a_finite_lot_is_judged_more_sharply():
    assert probability_to_pass(80, 2, 0.06, lot=200) < probability_to_pass(80, 2, 0.06)
    assert probability_to_pass(80, 2, 0.06, lot=10**6) == pytest.approx(probability_to_pass(80, 2, 0.06), abs=1e-4)


def test_points_out_of_order_are_refused():
    with pytest.raises(UsageError, match="below the bad one"):
        two_point_plan(0.1, 0.05)
