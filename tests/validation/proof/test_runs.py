import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from tests.validation.proof.runs import Run, areas, mean_over_runs, number_of_runs, over_runs, share_of_best

items = st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), min_size=4, max_size=30)


def some_runs(seed=0, n=60):
    random = np.random.default_rng(seed)
    scores = random.random(n)
    runs = []
    for number in range(3):
        rows = np.sort(random.permutation(n)[: 40 + number])
        runs.append(Run(f"run {number}", rows, random.random(len(rows)) < scores[rows], random.random(len(rows))))
    return scores, tuple(runs)


def test_areas_of_runs_are_those_of_scikit_learn_and_their_mean():
    scores, runs = some_runs()
    found = over_runs(runs, np.arange(60), areas([scores], confidence=True), draws=50)
    expected = [[roc_auc_score(run.right, scores[run.rows]), roc_auc_score(run.right, run.confidence)] for run in runs]
    assert found.values == pytest.approx(np.array(expected))
    assert found.each.shape == (50, 3, 2)
    mean = mean_over_runs(found, 0, 60)
    assert mean.value == pytest.approx(np.mean(expected, axis=0)[0])
    assert mean.interval[0] < mean.value < mean.interval[1]


def test_items_given_twice_as_copies_change_neither_value_nor_interval():
    scores, runs = some_runs()
    twice = tuple(Run(run.name, np.repeat(run.rows * 2, 2) + np.tile([0, 1], len(run.rows)), np.repeat(run.right, 2), run.confidence) for run in runs)
    once = over_runs(runs, np.arange(60), areas([scores]), draws=50)
    copied = over_runs(twice, np.arange(120) // 2, areas([np.repeat(scores, 2)]), draws=50)
    assert copied.values == pytest.approx(once.values)
    assert copied.each == pytest.approx(once.each)


def test_a_run_that_is_always_right_has_no_area_and_leaves_the_mean_to_the_others():
    scores, runs = some_runs()
    sure = Run("sure", runs[0].rows, np.ones(len(runs[0].rows), bool), runs[0].confidence)
    found = over_runs((sure, runs[1]), np.arange(60), areas([scores]), draws=20)
    assert np.isnan(found.values[0, 0])
    assert mean_over_runs(found, 0, 60).value == pytest.approx(found.values[1, 0])
    assert mean_over_runs(over_runs((sure,), np.arange(60), areas([scores]), draws=20), 0, 60).undefined_because


def test_runs_are_counted_with_the_quantiles_of_the_draws():
    found = number_of_runs(np.array([True, False, True]), np.array([[True, True, True]] * 50 + [[False, False, True]] * 50), 9)
    assert (found.value, found.interval, found.n) == (2.0, (1.0, 3.0), 9)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.25, 1.0), (0.5, 0.5), (0.75, 2 / 3), (1.0, 0.5), (0.125, 1.0)],
)
def test_accuracy_of_the_best_share(share, expected):
    scores, right = np.array([4.0, 3.0, 2.0, 1.0]), np.array([True, False, True, False])
    assert share_of_best(scores, right, np.ones((1, 4)), share)[0] == pytest.approx(expected)


def test_equal_scores_count_as_if_drawn_at_random():
    right = np.array([True, True, True, False])
    assert share_of_best(np.zeros(4), right, np.ones((1, 4)), 0.5)[0] == pytest.approx(0.75)
    assert share_of_best(np.zeros(4), right[::-1].copy(), np.ones((1, 4)), 0.5)[0] == pytest.approx(0.75)


@given(items, st.sampled_from([0.2, 0.5, 0.8]))
def test_a_weight_is_as_good_as_repeating_the_item(given_items, share):
    scores, right, times = (np.array(column) for column in zip(*given_items, strict=True))
    if times.sum() == 0:
        assert np.isnan(share_of_best(scores.astype(float), right, times[None, :].astype(float), share)[0])
        return
    repeated = np.repeat(np.arange(len(scores)), times)
    alone = share_of_best(scores[repeated].astype(float), right[repeated], np.ones((1, len(repeated))), share)
    assert share_of_best(scores.astype(float), right, times[None, :].astype(float), share)[0] == pytest.approx(alone[0])
