import numpy as np
import pytest

from corpuskit.estimators.definitions.clarity import (
    Limits,
    ambiguity_class,
    category_clarity,
    clarity,
    error_of,
    halves,
    language_reading,
    risk_coverage,
    route,
    route_limits,
)
from corpuskit.estimators.definitions.definition_space import DefinitionView


def view(reading):
    reading = np.asarray(reading, float)
    return DefinitionView(reading, reading, np.ones(reading.shape[1], np.bool_))


def test_clarity_is_the_lead_in_the_product_of_two_readings():
    names = view([[0.6, 0.4], [0.6, 0.4], [0.5, 0.5]])
    assert clarity(names) == pytest.approx([0.2, 0.2, 0.0])
    language = np.array([[0.6, 0.4], [0.4, 0.6], [0.9, 0.1]])
    # .36 against .16; .24 against .24; .45 against .05
    assert clarity(names, language) == pytest.approx([(0.36 - 0.16) / 0.52, 0.0, 0.8])


def test_clarity_of_a_category_is_its_mean_share_in_the_product():
    reading = np.array([[0.6, 0.4], [0.5, 0.5], [0.2, 0.8]])
    view = DefinitionView(reading, reading, np.ones(2, np.bool_))
    language = np.array([[0.9, 0.1], [0.3, 0.7], [1.0, 0.0]])
    found = category_clarity(view, language, np.array([0, 0, 1]))
    assert found == pytest.approx([(0.54 / 0.58 + 0.3) / 2, 0.0])
    assert np.isnan(category_clarity(view, language, np.array([0, 0, 0]))[1])
    only = DefinitionView(reading[:, :1], reading[:, :1], np.ones(1, np.bool_))
    assert np.isnan(category_clarity(only, language[:, :1], np.zeros(3, np.int64))).all()


def test_readings_that_exclude_each_other_are_not_clear():
    assert clarity(view([[1.0, 0.0]]), np.array([[0.0, 1.0]])).tolist() == [0.0]


def test_scores_become_shares_and_missing_classes_get_none():
    found = language_reading(np.array([[1.0, 0.0, -np.inf], [-np.inf] * 3]))
    assert found.sum(axis=1) == pytest.approx(1)
    assert found[0, 2] == 0
    assert found[1] == pytest.approx(1 / 3)
    assert language_reading(np.array([[2.0, 0.0]])) == pytest.approx(language_reading(np.array([[1.0, 0.0]])))  # in their own spread


def test_a_curve_by_hand():
    clear = np.arange(20, 0, -1.0)
    wrong = np.arange(20) >= 16
    points = risk_coverage(clear, wrong, np.arange(20))
    assert [point.coverage for point in points] == pytest.approx(np.arange(1, 11) / 10)
    assert points[0].error == 0
    assert points[-1].error == pytest.approx(0.2)
    assert points[-1][2:4] == pytest.approx((0.0573, 0.4366), abs=1e-4)  # exact interval of 4 of 20
    assert len(risk_coverage(clear[:3], wrong[:3], np.arange(3))) == 3
    assert risk_coverage(clear[:0], wrong[:0], np.arange(0)) == ()


def test_copies_narrow_no_interval():
    clear, wrong = np.arange(40, 0, -1.0), np.arange(40) % 4 == 0
    twice = error_of(np.arange(80), np.repeat(wrong, 2), np.repeat(np.arange(40), 2))
    assert twice == pytest.approx(error_of(np.arange(40), wrong, np.arange(40)))
    assert np.isnan(error_of(np.arange(0), wrong, np.arange(40))[0])
    assert [len(half) for half in halves(clear[:5])] == [2, 3]


@pytest.mark.parametrize(
    ("high", "name"),
    [(0.05, "unambiguous"), (0.06, "epsilon_ambiguous"), (0.5, "insufficient_evidence"), (None, "insufficient_evidence")],
)
def test_the_three_classes(high, name):
    assert ambiguity_class(high) == name


def test_limits_leave_errors_to_people_and_automate_only_what_is_proven():
    clear = np.linspace(1, 0, 400)
    wrong = np.zeros(400, np.bool_)
    wrong[300:] = np.arange(100) % 3 > 0
    limits = route_limits(clear, wrong, np.arange(400), tolerance=0.05)
    automated = clear >= limits.automate
    assert automated.sum() == 300  # the next step of 20 would hold 13 errors
    assert not wrong[automated].any()
    assert wrong[clear < limits.person].mean() >= 0.5
    assert route_limits(clear, np.ones(400, np.bool_), np.arange(400), 0.05).automate is None
    assert route_limits(clear[:20], wrong[:20], np.arange(20), 0.05) == Limits(None, None)  # 20 right answers do not prove 5 %
    assert route_limits(clear[:0], wrong[:0], np.arange(0), 0.05) == Limits(None, None)
    with pytest.raises(ValueError, match="between 0 and 1"):
        route_limits(clear, wrong, np.arange(400), 0.0)


def test_limits_hold_the_tolerance_as_often_as_they_say():
    """Clarity that says nothing and a true error of 6 %: a limit is set in at most one draw of twenty."""
    random = np.random.default_rng(0)
    passed = [route_limits(random.random(300), random.random(300) < 0.06, np.arange(300), 0.05).automate is not None for _ in range(300)]
    assert np.mean(passed) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 300)


def test_routes_are_ordered_and_complete():
    assert route(np.array([0.1, 0.9, 0.5]), Limits(0.9, 0.2)) == ((1, "automate"), (2, "review"), (0, "person"))


def test_nothing_is_automated_without_labels():
    assert route(np.array([0.0, 0.99])) == ((1, "review"), (0, "person"))
    assert route(np.zeros(0)) == ()
