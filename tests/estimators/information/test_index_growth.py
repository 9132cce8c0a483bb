import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.information.association_index import estimate_association_index, extrapolated_measures
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.index_growth import (
    FEWEST_ORDERS,
    ORDERS,
    change_at_doubling,
    error_over_orders,
    estimate_index_growth,
    extrapolated,
    halve,
    index_by_size,
    parts_by_size,
)
from tests.counts.build import counted, sentence


def joint(rows=60, columns=12, seed=1):
    random = np.random.default_rng(seed)
    return random.dirichlet(np.full(columns, 0.3), size=rows) * random.dirichlet(np.ones(rows))[:, None]


def drawn(n, seed, groups=25):
    random, share = np.random.default_rng(seed), joint()
    return group_cells([csr_matrix(random.multinomial(n // groups, share.ravel()).reshape(share.shape)) for _ in range(groups)], unordered=False)


def growth(documents, **options):
    chosen = EstimatorOptions(**options)
    return estimate_index_growth(Inputs(counted(documents), chosen), chosen)


def texts(number, seed=0, words=40):
    """Texts in which two words follow one another as often as the language has it."""
    random = np.random.default_rng(seed)
    return {
        f"d{document:03}": [sentence(*(f"w{word}" for word in random.zipf(1.5, 2) % 30)) for _ in range(words // 2)] for document in range(number)
    }


def test_every_group_is_in_one_part_of_each_size():
    levels = parts_by_size(np.random.default_rng(0).permutation(25), 4)
    assert [len(level) for level in levels] == [1, 2, 4, 8, 16]
    for level in levels:
        assert sorted(np.concatenate(level)) == list(range(25))
        assert max(map(len, level)) - min(map(len, level)) <= 1
    assert [len(level) for level in parts_by_size(np.arange(8), 4)] == [1, 2, 4, 8]
    assert [part.tolist() for part in halve(np.array([4, 2, 9]))] == [[4], [2, 9]]


def test_the_change_cancels_a_bias_that_falls_with_size():
    # worked: T(N) = .3 + .08 / N at N = 1, 1/2, 1/4: extrapolated to .3 at each size, so nothing changes; a true change of .05 stays
    means, once = 0.3 + 0.08 * np.array([1, 2, 4]), np.ones(3)
    assert extrapolated(means, once) == pytest.approx([0.3, 0.3])
    assert change_at_doubling(means, once) == pytest.approx(0.0)
    assert change_at_doubling(np.array([0.25, 0.3, 0.3]), once) == pytest.approx(-0.1)
    # .25 - 1.5 * .05 less .3
    assert change_at_doubling(np.array([0.25, 0.3, 0.3]), np.array([1.5, 2.0, 9.0])) == pytest.approx(-0.125)
    assert extrapolated(np.tile(means, (2, 1)).T, once).shape == (2, 2)


def test_the_largest_size_is_the_index_itself():
    cells = drawn(8000, 0)
    sizes = index_by_size(cells, seed=3)
    values = extrapolated_measures(cells, seed=3).measures.values
    assert extrapolated(sizes.means, sizes.times)[0] == pytest.approx(values[0], abs=0.015)  # the mean over twice as many halves
    assert len(sizes.means) == 5
    assert np.all(np.diff(sizes.covered) < 0)


def test_an_index_that_does_not_move_is_not_said_to():
    changes, inside = [], 0
    for seed in range(15):
        sizes = index_by_size(drawn(20_000, seed), seed)
        changes.append(sizes.changes.mean())
        inside += abs(changes[-1]) <= 2.06 * error_over_orders(sizes.changes, sizes.changes_without)
    assert abs(np.mean(changes)) < 0.005
    assert inside >= 13
    assert 2.06 * error_over_orders(sizes.changes, sizes.changes_without) < 0.02


def test_an_index_that_moves_is_said_to():
    # half of the observations lie in a row and a column of their group alone: with more groups there are more columns that their rows determine
    random, parts = np.random.default_rng(0), []
    for group in range(25):
        table = np.zeros((75, 45), int)
        table[:50, :20] = random.multinomial(1500, np.full(1000, 1 / 1000)).reshape(50, 20)
        table[50 + group, 20 + group] = random.poisson(1500)
        parts.append(csr_matrix(table))
    sizes = index_by_size(group_cells(parts, unordered=False), seed=0)
    # (log 2 + log(25)/2) / (log 2 + log(25)/2 + log(20)/2) less the same with 12.5 is .040
    assert sizes.changes.mean() == pytest.approx(0.04, abs=0.01)
    assert sizes.changes.mean() > 2.06 * error_over_orders(sizes.changes, sizes.changes_without)


def test_the_error_over_orders_leaves_the_chance_of_the_orders_out():
    random = np.random.default_rng(0)
    true = random.normal(0, 1, 25)
    plain = np.sqrt(24 / 25 * np.sum((true - true.mean()) ** 2))
    noisy = [error_over_orders(np.zeros(ORDERS), true + random.normal(0, 2, (ORDERS, 25))) for _ in range(200)]
    assert np.mean(noisy) == pytest.approx(plain, rel=0.05)
    assert error_over_orders(np.array([1.0, 3.0]), np.zeros((2, 25))) == pytest.approx(1.0)  # the standard error of a mean of 1 and 3


def test_series_and_change_of_a_corpus():
    found = growth(texts(80))
    (change,), (series,) = found.estimates, found.series
    assert change.interval[0] <= change.value <= change.interval[1]
    assert series.columns == ("pairs", "u")
    assert [round(change.n / pairs) for pairs, _ in series.rows] == [8, 4, 2, 1]
    chosen = EstimatorOptions()
    index = estimate_association_index(Inputs(counted(texts(80)), chosen), chosen).estimates[0]
    assert series.rows[-1][1] == pytest.approx(index.value, abs=0.01)


def test_few_groups_give_no_change():
    change = growth(texts(4)).estimates[0]
    assert change.undefined_because.code == "undefined_too_few_groups"


def test_refused_where_half_of_the_documents_show_too_little():
    found = growth(texts(80), min_joint_coverage=0.99)
    assert found.estimates[0].undefined_because.code == "undefined_low_joint_coverage_of_half"
    assert found.series == ()


def test_harmonic_weights_and_constants_are_refused():
    chosen = EstimatorOptions()
    weighted = estimate_index_growth(Inputs(counted(texts(30), weights="harmonic"), chosen), chosen).estimates[0]
    assert weighted.undefined_because.code == "undefined_weighted_pairs"
    same = growth({f"d{number}": [sentence("word", "word", "word")] for number in range(40)}).estimates[0]
    assert same.undefined_because.code == "undefined_constant"


def test_names_of_words_and_order_of_documents_do_not_matter():
    documents = texts(60)
    renamed = {name: [sentence(*(word.replace("w", "x") for word in part.paragraphs[0][0])) for part in parts] for name, parts in documents.items()}
    assert growth(documents) == growth(renamed) == growth(dict(reversed(documents.items())))


def test_large_tables_are_cut_in_fewer_orders(monkeypatch):
    cells = drawn(8000, 0)
    monkeypatch.setattr("corpuskit.estimators.information.index_growth.AFFORDABLE", 1)
    sizes = index_by_size(cells, seed=0)
    assert sizes.changes_without.shape == (FEWEST_ORDERS, 25)
    assert error_over_orders(sizes.changes, sizes.changes_without) > 0
