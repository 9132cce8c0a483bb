"""The screening order: suitability of a measured error, and ranks that claim no more than the data do."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import beta

from corpuskit.estimators import Estimate
from corpuskit.tasks import TaskOptions
from corpuskit.tasks.ranking import Suitability, independent_cases, rank, suitability
from corpuskit.tasks.tiers import SEVERITY
from tests.tasks.build import LABELS, measured

NAME = f"language_ambiguity@{LABELS}"
DEFAULTS = TaskOptions()
counts = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
tolerances = st.floats(0.005, 0.5)


def of(errors, n, tolerance=0.05, grade="C", options=DEFAULTS):
    return suitability(measured(NAME, errors, n, grade), tolerance, options)


def suited(value, low, high):
    return Suitability(value, (low, high), "C", measured(NAME, 1, 100), 100.0)


def undefined():
    return Estimate.model_validate({**measured(NAME, 1, 100).model_dump(), "value": None, "undefined_because": {"code": "undefined_no_labels"}})


@given(counts, tolerances, st.sampled_from("ABCDE"))
def test_a_suitability_is_a_probability_inside_its_interval(counted, tolerance, grade):
    found = of(*counted, tolerance, grade)
    assert 0 <= found.interval[0] <= found.value <= found.interval[1] <= 1


@given(st.integers(1, 200), st.integers(0, 200), tolerances)
def test_one_more_error_lowers_the_suitability(n, errors, tolerance):
    assume(errors < n)
    assert of(errors + 1, n, tolerance).value <= of(errors, n, tolerance).value


@given(counts, tolerances, tolerances)
def test_a_wider_tolerance_raises_the_suitability(counted, one, other):
    narrow, wide = sorted((one, other))
    assert of(*counted, narrow).value <= of(*counted, wide).value


# Beta distribution function at the tolerance with k + 1/2 and n - k + 1/2 (Jeffreys 1946).
@pytest.mark.parametrize(("errors", "n"), [(0, 59), (6, 234), (11, 179), (20, 200)])
def test_the_suitability_is_the_posterior_of_jeffreys(errors, n):
    assert of(errors, n).value == pytest.approx(beta.cdf(0.05, errors + 0.5, n - errors + 0.5))


def test_no_error_in_the_cases_of_the_zero_error_rule_is_enough_and_half_as_many_are_less_sure():
    """59 cases without error show an error below 5 % at 95 % confidence; the posterior is a little surer than that."""
    assert of(0, 59).value == pytest.approx(0.986, abs=5e-3)
    assert 0.8 < of(0, 29).value < of(0, 59).value


def test_an_error_at_the_tolerance_is_about_even():
    assert of(50, 1000).value == pytest.approx(0.5, abs=0.05)


def test_more_cases_at_the_same_rate_make_the_suitability_surer():
    assert of(2, 100).value < of(20, 1000).value
    assert of(8, 100).value > of(80, 1000).value


def test_headings_count_half():
    assert of(4, 200, grade="D").effective_n == 100
    assert of(4, 200, grade="D").value == pytest.approx(of(2, 100).value)
    assert of(4, 200, grade="D", options=TaskOptions(structure_discount=1)).value == pytest.approx(of(4, 200).value)


def test_a_higher_level_of_replication_widens_the_interval():
    narrow, wide = (of(6, 234, options=TaskOptions(replication_level=level)).interval for level in (0.8, 0.95))
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_an_estimate_without_a_value_is_refused():
    with pytest.raises(ValueError, match="has no value"):
        suitability(undefined(), 0.05, DEFAULTS)


@given(counts)
def test_an_exact_interval_stands_for_all_its_cases(counted):
    assert independent_cases(measured(NAME, *counted)) == pytest.approx(counted[1])


@given(st.integers(40, 400), st.integers(2, 8), st.integers(0, 4))
def test_an_interval_widened_for_copies_stands_for_as_many_cases_as_it_is_wide(n, copies, tenths):
    single = measured(NAME, tenths * n / 10, n)
    copied = single.model_copy(update={"n": n * copies})
    assert independent_cases(copied) == pytest.approx(n, rel=1e-6)


def test_copies_of_the_same_messages_make_no_task_more_suitable():
    single = measured(NAME, 4, 200)
    copied = single.model_copy(update={"n": 2000})
    assert suitability(copied, 0.05, DEFAULTS).value == pytest.approx(suitability(single, 0.05, DEFAULTS).value, abs=1e-6)


def test_without_an_interval_all_cases_count():
    assert independent_cases(measured(NAME, 4, 200).model_copy(update={"interval": None})) == 200


judged = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.tuples(st.lists(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), min_size=3, max_size=3).map(sorted), st.sampled_from(SEVERITY)),
    max_size=8,
).map(lambda tasks: {task: (suited(middle, low, high), tier) for task, ((low, middle, high), tier) in tasks.items()})


@given(judged)
def test_ranks_follow_the_suitability_without_gaps(tasks):
    places = rank(tasks)
    order = sorted(places, key=lambda task: places[task].rank)
    assert [places[task].rank for task in order] == list(range(1, len(tasks) + 1))
    values = [tasks[task][0].value for task in order]
    assert values == sorted(values, reverse=True)


@given(judged, st.randoms())
def test_the_order_of_the_tasks_changes_no_rank(tasks, random):
    shuffled = list(tasks.items())
    random.shuffle(shuffled)
    assert rank(dict(shuffled)) == rank(tasks)


@given(judged)
def test_ties_hold_both_ways_and_nobody_is_tied_with_itself(tasks):
    places = rank(tasks)
    tied = {(task, other) for task, place in places.items() for other in place.tied_with}
    assert tied == {(other, task) for task, other in tied}
    assert all(task != other for task, other in tied)


def test_of_equally_suitable_tasks_the_lighter_tier_comes_first_then_the_id():
    equal = suited(0.9, 0.8, 1.0)
    places = rank({"b": (equal, "T1"), "c": (equal, "T3"), "a": (equal, "T2"), "d": (equal, "T1")})
    assert sorted(places, key=lambda task: places[task].rank) == ["b", "d", "a", "c"]


def test_tasks_are_tied_exactly_when_their_intervals_overlap():
    places = rank({"high": (suited(0.9, 0.8, 1), "T1"), "middle": (suited(0.7, 0.5, 0.8), "T1"), "low": (suited(0.3, 0.2, 0.4), "T1")})
    assert {task: place.tied_with for task, place in places.items()} == {"high": ("middle",), "middle": ("high",), "low": ()}


rates = st.integers(1, 100).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(rates, st.integers(2, 8))
def test_more_evidence_of_the_same_rate_narrows_the_interval_of_the_error(counted, times):
    errors, n = counted
    few, many = measured(NAME, errors, n), measured(NAME, errors * times, n * times)
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]
    assert independent_cases(many) > independent_cases(few)


@given(st.integers(0, 10), st.integers(100, 400), st.integers(4, 10))
def test_more_evidence_of_a_rate_apart_from_the_tolerance_narrows_the_interval_of_the_suitability(errors, n, times):
    tolerance = 3 * (errors + 3) / n
    few, many = (of(errors * factor, n * factor, tolerance).interval for factor in (1, times))
    assert many[1] - many[0] <= few[1] - few[0] + 1e-9


@given(judged, st.data())
def test_a_worse_suitability_never_improves_a_rank(tasks, data):
    assume(tasks)
    task = data.draw(st.sampled_from(sorted(tasks)))
    found, tier = tasks[task]
    worse = data.draw(st.floats(0, found.value))
    lowered = {**tasks, task: (suited(worse, min(worse, found.interval[0]), found.interval[1]), tier)}
    assert rank(lowered)[task].rank >= rank(tasks)[task].rank


@given(judged, st.data())
def test_removing_a_task_leaves_the_order_of_the_others(tasks, data):
    assume(len(tasks) > 1)
    gone = data.draw(st.sampled_from(sorted(tasks)))
    left = {task: value for task, value in tasks.items() if task != gone}

    def order(places):
        return sorted((task for task in places if task != gone), key=lambda task: places[task].rank)

    assert order(rank(left)) == order(rank(tasks))
    assert all(rank(left)[task].tied_with == tuple(one for one in rank(tasks)[task].tied_with if one != gone) for task in left)


def test_another_number_of_cases_can_be_asked_about():
    few, many = (suitability(measured(NAME, 2, 100), 0.05, DEFAULTS, cases=cases) for cases in (100, 1000))
    assert few.value == pytest.approx(of(2, 100).value)
    assert many.value == pytest.approx(of(20, 1000).value)
