import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.rates import error_rate
from corpuskit.estimators.decisions.sampling import CASES_EACH, draw


def population(sizes):
    """Cases of strata with two divisions, such as ("a", "x"), by their sizes."""
    strata = [name for name, size in sizes.items() for _ in range(size)]
    return strata, [f"case {number}" for number in range(len(strata))]


SIZES = {("clear", "en"): 40, ("clear", "ja"): 23, ("unclear", "en"): 7, ("unclear", "ja"): 30, ("unmeasured", "en"): 3}


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.floats(0.02, 1), st.integers(0, 1000))
def test_every_part_gets_its_proportion_to_less_than_one(sizes, share, seed):
    named = {(f"part {number // 3}", f"{number:02}"): size for number, size in enumerate(sizes)}
    strata, keys = population(named)
    n = max(1, round(share * len(keys)))
    found = draw(strata, keys, n, seed)
    assert len(set(found.chosen.tolist())) == n
    assert found.probability == pytest.approx(n / len(keys), abs=1e-12)
    for depth in (1, 2):
        held, drawn = Counter(name[:depth] for name in strata), Counter(strata[place][:depth] for place in found.chosen)
        assert all(abs(drawn[name] - n * size / len(keys)) < 1 for name, size in held.items())


def test_over_seeds_every_case_is_drawn_as_often_as_its_probability_says():
    strata, keys = population(SIZES)
    draws = 4000
    for allocation, errors in (("proportional", None), ("at_least_one", None), ("optimum", [0.02 if s[0] == "clear" else 0.3 for s in strata])):
        times, probability = np.zeros(len(keys)), np.zeros(len(keys))
        for seed in range(draws):
            found = draw(strata, keys, 20, seed, allocation, errors)
            times[found.chosen] += 1
            probability[found.chosen] = found.probability
        error = np.sqrt(probability * (1 - probability) / draws)
        assert (np.abs(times / draws - probability) <= 4 * error + 1e-12).all(), allocation
        assert (probability > 0).all(), allocation


def test_weighted_and_unweighted_estimates_are_unbiased():
    """Horvitz and Thompson 1952: the sum of weights of wrong cases estimates the wrong cases of the population."""
    strata, keys = population(SIZES)
    wrong = np.array([name[0] != "clear" and number % 2 == 0 for number, name in enumerate(strata)], float)
    for allocation, errors in (("proportional", None), ("optimum", [0.02 if s[0] == "clear" else 0.3 for s in strata])):
        totals = [
            (wrong[found.chosen] / found.probability).sum() for found in (draw(strata, keys, 20, seed, allocation, errors) for seed in range(1500))
        ]
        assert np.mean(totals) == pytest.approx(wrong.sum(), abs=4 * np.std(totals) / np.sqrt(1500)), allocation


def test_spreading_over_strata_makes_estimates_steadier_than_drawing_at_random():
    strata, keys = population(SIZES)
    wrong = np.array([name[0] != "clear" for name in strata], float)
    drawn = [wrong[draw(strata, keys, 20, seed).chosen].mean() for seed in range(400)]
    random = np.random.default_rng(0)
    at_random = [wrong[random.choice(len(keys), 20, replace=False)].mean() for _ in range(400)]
    assert np.std(drawn) < 0.5 * np.std(at_random)


@pytest.mark.parametrize("allocation", ["proportional", "at_least_one"])
def test_the_order_of_the_cases_does_not_matter_and_the_seed_does(allocation):
    strata, keys = population(SIZES)
    order = np.random.default_rng(1).permutation(len(keys))
    first = {keys[place] for place in draw(strata, keys, 20, 7, allocation).chosen}
    moved = draw([strata[place] for place in order], [keys[place] for place in order], 20, 7, allocation)
    assert {keys[order[place]] for place in moved.chosen} == first
    assert {keys[place] for place in draw(strata, keys, 20, 8, allocation).chosen} != first


def test_most_cases_stay_when_others_come():
    strata, keys = population({name: 10 * size for name, size in SIZES.items()})
    before = {keys[place] for place in draw(strata, keys, 100).chosen}
    more = [*strata, *itertools.islice(itertools.cycle(SIZES), 50)], [*keys, *(f"new {number}" for number in range(50))]
    after = {more[1][place] for place in draw(*more, 100).chosen}
    assert len(before & after) > 75, "drawn anew, one in ten would be there again"


def test_at_least_one_of_each_main_part():
    strata, keys = population({("a", "x"): 500, ("b", "y"): 2, ("c", "z"): 1})
    found = draw(strata, keys, 30, allocation="at_least_one")
    assert {one.name[0]: one.drawn for one in found.strata} == {"a": 28, "b": 1, "c": 1}
    assert found.probability.min() == pytest.approx(28 / 500)
    assert found.probability.max() == 1


def test_divisions_with_too_few_cases_to_each_part_get_no_numbers_of_their_own():
    strata, keys = population({("a", f"{number:02}"): 10 for number in range(30)})
    found = draw(strata, keys, 30, allocation="at_least_one")
    assert [one.name for one in found.strata] == [("a",)]
    assert draw(strata, keys, 30 * CASES_EACH, allocation="at_least_one").strata[0].name == ("a", "00")


def test_neyman_allocation_of_a_worked_example():
    # N_h sqrt(p(1-p)): 100 sqrt(.5 .5) = 50 against 250 sqrt(.2 .8) = 100: one third and two thirds
    strata, keys = population({("even",): 100, ("skew",): 250})
    found = draw(strata, keys, 60, allocation="optimum", expected_errors=[0.5] * 100 + [0.2] * 250)
    assert {one.name[0]: one.drawn for one in found.strata} == {"even": 20, "skew": 40}


def test_a_part_never_gives_more_cases_than_it_holds():
    strata, keys = population({("a",): 4, ("b",): 300})
    found = draw(strata, keys, 100, allocation="optimum", expected_errors=[0.5] * 4 + [0.02] * 300)
    assert {one.name[0]: one.drawn for one in found.strata} == {"a": 4, "b": 96}


def test_everything_can_be_drawn():
    strata, keys = population(SIZES)
    for allocation in ("proportional", "at_least_one"):
        found = draw(strata, keys, len(keys), allocation=allocation)
        assert found.chosen.tolist() == list(range(len(keys)))
        assert (found.probability == 1).all()


@pytest.mark.parametrize(
    ("n", "keys", "options", "told"),
    [
        (0, "ab", {}, "0 cases cannot be drawn from 2"),
        (3, "ab", {}, "3 cases cannot be drawn from 2"),
        (1, "aa", {}, "same key"),
        (1, "ab", {"allocation": "optimum"}, "needs the error"),
    ],
)
def test_wrong_calls(n, keys, options, told):
    with pytest.raises(UsageError, match=told):
        draw([("x",)] * len(keys), list(keys), n, **options)


@pytest.mark.parametrize("allocation", ["proportional", "optimum"])
def test_intervals_from_a_draw_hold_the_error_of_the_population(allocation):
    """What ``pilot evaluate`` makes of the weights: 95 % intervals, over 500 draws of 120 from 700 cases whose errors differ by clarity."""
    random = np.random.default_rng(5)
    strata, keys = population({("clear", "en"): 400, ("clear", "ja"): 100, ("unclear", "en"): 200})
    wrong = random.random(700) < np.where([name[0] == "clear" for name in strata], 0.03, 0.3)
    expected = [0.03 if name[0] == "clear" else 0.3 for name in strata]
    held = []
    for seed in range(500):
        found = draw(strata, keys, 120, seed, allocation, expected)
        weights = None if allocation == "proportional" else 1 / found.probability
        low, high = error_rate(wrong[found.chosen], weights).interval
        held.append(low <= wrong.mean() <= high)
    assert np.mean(held) >= 0.95 - 3 * 0.01
