import numpy as np
import pytest

from corpuskit.estimators.information.independence_null import (
    DISTINCT,
    DRAWS,
    draw_independent,
    independent_cells,
    independent_pairs,
    null_range,
    null_values,
    pooled,
)


def test_the_null_counts_what_independent_draws_fill():
    random = np.random.default_rng(0)
    p, q = random.dirichlet(np.ones(20)), random.dirichlet(np.ones(15))
    filled = [len({*zip(random.choice(20, 200, p=p), random.choice(15, 200, p=q), strict=True)}) for _ in range(300)]
    assert independent_cells(p, q, 200) == pytest.approx(np.mean(filled), rel=0.02)
    grouped = independent_cells(np.repeat([1.0, 2.0], 50), np.repeat([3.0, 1.0], 50), 80)
    plain = sum(1 - np.exp(-80 * a * b / 150 / 200) for a in np.repeat([1.0, 2.0], 50) for b in np.repeat([3.0, 1.0], 50))
    assert grouped == pytest.approx(plain)


def test_the_null_of_unordered_pairs_counts_each_pair_once():
    random = np.random.default_rng(1)
    p = random.dirichlet(np.ones(25))
    filled = [len({tuple(sorted(pair)) for pair in random.choice(25, (150, 2), p=p).tolist()}) for _ in range(300)]
    assert independent_pairs(p * 1e6, 150) == pytest.approx(np.mean(filled), rel=0.02)


def test_margins_that_were_counted_give_what_their_random_matchings_fill():
    random = np.random.default_rng(3)
    rows, columns = np.array([60, 30, 20, 5, 3, 2]), np.array([50, 40, 15, 10, 3, 1, 1])
    left, right = np.repeat(np.arange(6), rows), np.repeat(np.arange(7), columns)
    filled = []
    for _ in range(4000):
        chosen = random.permutation(120)[:40]
        filled.append(len({*zip(left[chosen], random.permutation(right)[:40], strict=True)}))
    assert independent_cells(rows.astype(float), columns.astype(float), 40, 120) == pytest.approx(np.mean(filled), rel=0.005)
    # taken for exactly known, the same margins promise fewer: the bias that made independent words look dense
    assert independent_cells(rows.astype(float), columns.astype(float), 40) < np.mean(filled) - 0.1


def test_a_large_sample_has_known_margins():
    p, q = np.array([5.0, 3, 2]), np.array([4.0, 1])
    assert independent_cells(p, q, 7, 1e9) == pytest.approx(independent_cells(p, q, 7))
    assert independent_pairs(p, 7, 1e9) == pytest.approx(independent_pairs(p, 7))


@pytest.mark.parametrize("unordered", [False, True])
def test_draws_fill_as_many_cells_as_expected(unordered):
    random = np.random.default_rng(4)
    margin = random.dirichlet(np.ones(30))
    drawn = [draw_independent(margin, margin, 300, unordered, random) for _ in range(200)]
    expected = independent_pairs(margin, 300) if unordered else independent_cells(margin, margin, 300)
    assert np.mean([len(counts) for _, _, counts in drawn]) == pytest.approx(expected, rel=0.01)
    assert all(counts.sum() == 300 for _, _, counts in drawn)
    if unordered:
        assert all((rows <= columns).all() for rows, columns, _ in drawn)


def test_null_values_are_one_row_per_table_and_the_seed_decides():
    margin = np.array([3.0, 2, 1])
    first, same, other = (null_values(lambda _, __, counts: np.array([counts.max()]), margin, margin, 50, False, seed) for seed in (1, 1, 2))
    assert first.shape == (DRAWS, 1)
    assert (first == same).all()
    assert (first != other).any()


def test_the_range_holds_the_next_draw():
    random = np.random.default_rng(5)
    held = []
    for _ in range(400):
        values = random.normal(size=DRAWS + 1)
        _, (low, high) = null_range(values[:-1])
        held.append(low <= values[-1] <= high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.035)


def test_nothing_fills_nothing():
    assert independent_cells(np.zeros(3), np.ones(2), 10) == 0
    assert independent_pairs(np.zeros(3), 10) == 0


def test_margins_are_pooled_only_where_there_are_very_many_and_none_is_lost():
    values, times = np.unique(np.random.default_rng(0).zipf(1.3, 60_000).clip(max=10**7), return_counts=True)
    assert len(values) > 2 * DISTINCT
    means, numbers = pooled(values, times)
    assert len(means) <= DISTINCT + 1
    assert numbers.sum() == times.sum()
    assert means @ numbers == pytest.approx(values @ times)
    assert (np.diff(means) > 0).all()
    few = values[:DISTINCT], times[:DISTINCT]
    assert pooled(*few) == few


def test_pooled_margins_fill_as_many_cells_as_those_told_apart():
    margin = np.random.default_rng(1).zipf(1.5, 30_000).clip(max=10**6).astype(float)
    values, times = np.unique(margin, return_counts=True)
    share = values / (values @ times)
    assert len(values) > DISTINCT
    exact = sum(number * (times @ -np.expm1(-10_000 * one * share)) for one, number in zip(share, times, strict=True))
    assert independent_cells(margin, margin, 10_000) == pytest.approx(exact, rel=1e-5)
