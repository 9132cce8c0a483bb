import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, triu

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.joint_cells import joint_coverage
from corpuskit.estimators.information.sparsity import (
    MEASURES,
    concentration,
    estimate_sparsity,
    indices,
    rarefied_cells,
    rarefied_spectrum,
)
from corpuskit.estimators.vocabulary.spectrum_entropy import spectrum_of
from corpuskit.synthetic import block_table, dirichlet_table, independent_table
from tests.counts.build import counted, sentence
from tests.estimators.method_words import method_of

values = st.lists(st.integers(0, 40), min_size=2, max_size=30).filter(any)


def concentration_of(values, cells=None):
    """Gini and Hoyer of values, fractions too, through their spectrum."""
    k, f_k = np.unique(values[values > 0], return_counts=True)
    return concentration(k, f_k.astype(float), len(values) if cells is None else cells)[:2]


def gini(values, cells=None):
    return concentration_of(values, cells)[0]


def hoyer(values, cells=None):
    return concentration_of(values, cells)[1]


def by_definition(values):
    """Gini and Hoyer as they are printed in the papers, cell by cell."""
    n, ascending = len(values), sorted(values)
    index = 1 - 2 * sum(value / sum(values) * (n - rank + 0.5) / n for rank, value in enumerate(ascending, 1))
    return index, (n**0.5 - sum(values) / sum(value**2 for value in values) ** 0.5) / (n**0.5 - 1)


def cells_against_null(cells, size):
    return indices(cells, size, cells.shape[0] * (cells.shape[0] + 1) // 2)[0, 0]


@pytest.mark.parametrize(
    ("counts", "index", "sparsity"),  # worked from the formulas of Hurley and Rickard 2009 and Hoyer 2004
    [([0, 0, 0, 1], 0.75, 1.0), ([1, 2, 3, 4], 0.25, 0.174258), ([1, 1, 1, 1], 0.0, 0.0)],
)
def test_known_concentration(counts, index, sparsity):
    array = np.array(counts, float)
    assert gini(array) == pytest.approx(index, abs=1e-9)
    assert hoyer(array) == pytest.approx(sparsity, abs=5e-7)


@given(values)
def test_empty_cells_need_not_be_stored(counts):
    array = np.array(counts, float)
    assert gini(array[array > 0], len(array)) == pytest.approx(gini(array))
    assert hoyer(array[array > 0], len(array)) == pytest.approx(hoyer(array))


@given(values, st.integers(1, 5))
def test_gini_meets_the_axioms_of_scaling_cloning_and_babies(counts, factor):
    array = np.array(counts, float)
    index = gini(array)
    assert gini(array * factor) == pytest.approx(index)
    assert gini(np.tile(array, factor)) == pytest.approx(index)
    assert gini(np.append(array, 0)) > index


@given(values)
def test_gini_falls_when_the_rich_give_to_the_poor_and_when_all_gain(counts):
    array = np.array(counts, float)
    rich, poor = array.argmax(), array.argmin()
    if array[rich] > array[poor]:
        given_away = array.copy()
        step = (array[rich] - array[poor]) / 4
        given_away[rich] -= step
        given_away[poor] += step
        assert gini(given_away) < gini(array)
        assert gini(array + 1) < gini(array)


@given(values)
def test_gini_rises_when_one_value_outgrows_the_rest(counts):
    array = np.array(counts, float)
    array[array.argmax()] = array.sum() + 1
    richer = array.copy()
    richer[array.argmax()] *= 2
    assert gini(richer) >= gini(array)


def test_nothing_has_no_concentration():
    assert np.isnan(concentration_of(np.zeros(3))).all()
    assert np.isnan(hoyer(np.ones(1)))


def test_rarefied_cells_are_what_random_parts_fill():
    counts = np.array([7, 5, 3, 1, 1, 1, 2])
    random = np.random.default_rng(2)
    drawn = [np.count_nonzero(random.multivariate_hypergeometric(counts, 8)) for _ in range(5000)]
    assert rarefied_cells(*spectrum_of(counts), 8) == pytest.approx(np.mean(drawn), abs=0.03)
    assert rarefied_cells(*spectrum_of(counts), 20) == pytest.approx(7)
    assert rarefied_cells(*spectrum_of(counts), 0) == pytest.approx(0)


def test_cells_of_many_observations_are_rarefied_without_loss_of_digits():
    k, f_k, size = np.array([1, 2, 3, 700, 20_000, 4_000_000]), np.array([20_000_000, 4_000_000, 900_000, 3_000, 40, 1]), 10_000
    total = int(k @ f_k)
    # whole numbers only: the chance to miss a cell of k is the product of (N - m - i) / (N - i) over i < k, or of (N - k - i) / (N - i) over i < m
    exact = 0.0
    for count, number in zip(k.tolist(), f_k.tolist(), strict=True):
        steps = np.arange(min(count, size), dtype=np.longdouble)
        exact += number * float(-np.expm1(np.sum(np.log1p(-np.longdouble(max(count, size)) / (total - steps)))))
    assert rarefied_cells(k, f_k, size) == pytest.approx(exact, rel=1e-8)


def test_a_rarefied_spectrum_is_what_random_parts_have():
    counts = np.array([90, 40, 12, 5, 3, 1, 1, 1, 2])
    random = np.random.default_rng(2)
    parts = random.multivariate_hypergeometric(counts, 40, 4000)
    j, expected = rarefied_spectrum(*spectrum_of(counts), 40)
    found = np.array([(parts == value).sum() / 4000 for value in j])
    assert np.abs(found - expected).max() < 0.04
    assert j @ expected == pytest.approx(40)
    assert expected.sum() == pytest.approx(rarefied_cells(*spectrum_of(counts), 40))


@given(values.filter(lambda counts: sum(counts) > 1))
def test_the_whole_sample_rarefies_to_itself_and_its_spectrum_has_the_same_indices(counts):
    array = np.array(counts)
    j, expected = rarefied_spectrum(*spectrum_of(array), int(array.sum()))
    assert {value: number for value, number in zip(j, expected, strict=True) if number > 1e-9} == pytest.approx(
        dict(zip(*(side.tolist() for side in spectrum_of(array)), strict=True))
    )
    index, sparsity, top = concentration(j, expected, len(array))
    assert (index, sparsity) == pytest.approx(by_definition(counts), abs=1e-9)
    assert 0 < top <= 1


def test_the_fullest_hundredth_holds_what_it_holds():
    # 200 filled cells, the two fullest with 30 and 20 of 248 observations; a hundredth is two cells
    counts = np.array([30, 20, *[1] * 198])
    k, f_k = spectrum_of(counts)
    assert concentration(k.astype(float), f_k.astype(float), 500)[2] == pytest.approx(50 / 248)


def test_nothing_has_no_indices():
    assert np.isnan(concentration(np.zeros(0), np.zeros(0), 5)).all()
    assert np.isnan(concentration(np.ones(1), np.ones(1), 1)[1])


def measured(table, n, seed=0, unordered=False, size=1000):
    cells = group_cells(table.draw(n, 25, seed), unordered)
    return indices(cells, size, table.joint.size)[0]


def test_independent_tables_stand_at_their_null():
    # known answer: the ratio is 1 when rows and columns are independent, also where margins come from a sample four times the common size
    ratios = [measured(independent_table(seed=1), 4000, seed)[0] for seed in range(40)]
    assert np.mean(ratios) == pytest.approx(1.0, abs=3 * np.std(ratios) / np.sqrt(40) + 0.001)


def test_indices_at_a_common_size_do_not_move_with_the_sample():
    table = dirichlet_table(seed=1)
    small, large = (np.mean([measured(table, n, seed) for seed in range(15)], axis=0) for n in (2000, 40_000))
    assert small == pytest.approx(large, rel=0.02)


@pytest.mark.parametrize("unordered", [False, True])
def test_names_and_order_do_not_matter(unordered):
    random = np.random.default_rng(0)
    table = np.triu(random.poisson(2.0, (30, 30)))
    places = 465 if unordered else 900
    turn = random.permutation(30)
    turned = table[turn][:, turn]
    if unordered:
        turned = np.triu(turned + np.tril(turned, -1).T)
    first, second = (indices(group_cells([csr_matrix(each)], unordered), 300, places)[0] for each in (table, turned))
    assert first == pytest.approx(second)


def test_a_table_and_its_transpose_have_the_same_indices():
    table = dirichlet_table(40, 15, seed=2).draw(3000, 3)
    turned = [csr_matrix(part.T) for part in table]
    first, second = (indices(group_cells(each, False), 500, 600) for each in (table, turned))
    assert first == pytest.approx(second)


def test_merging_groups_changes_no_value():
    parts = dirichlet_table(40, 15, seed=2).draw(3000, 6)
    merged = [csr_matrix(parts[place] + parts[place + 1]) for place in (0, 2, 4)]
    first, second = (indices(group_cells(each, False), 500, 600)[0] for each in (parts, merged))
    assert first == pytest.approx(second)


def test_a_corpus_given_twice_says_nearly_the_same_and_no_more_surely():
    parts = block_table(seed=1).draw(20_000, 10)
    once, twice = (indices(group_cells(each, False), 1000, 3600)[0] for each in (parts, [csr_matrix(2 * part) for part in parts]))
    assert once == pytest.approx(twice, rel=0.03)


def pairs_of(joint, n, groups, random):
    drawn = random.choice(joint.size, n, p=joint.ravel())
    parts = []
    for group in range(groups):
        table = np.bincount(drawn[group::groups], minlength=joint.size).reshape(joint.shape)
        parts.append(triu(csr_matrix(table + np.tril(table, -1).T)).tocsr())
    return group_cells(parts, unordered=True)


def test_independent_pairs_fill_as_many_cells_as_the_null_and_bound_ones_fewer():
    random = np.random.default_rng(3)
    p = random.dirichlet(np.ones(60))
    free = pairs_of(np.outer(p, p), 20_000, 5, random)
    assert cells_against_null(free, 2_000) == pytest.approx(1.0, abs=0.03)
    bound = np.kron(np.eye(6), np.ones((10, 10))) * np.outer(p, p)
    tight = pairs_of(bound / bound.sum(), 20_000, 5, random)
    assert cells_against_null(tight, 2_000) < 0.6


@pytest.mark.parametrize("unordered", [False, True])
def test_without_a_group_is_as_if_it_had_never_been_there(unordered):
    parts = [csr_matrix(np.triu(part.toarray())) if unordered else part for part in dirichlet_table(30, 30, seed=3).draw(4000, 5)]
    found = indices(group_cells(parts, unordered), 500, 900)
    for group in range(5):
        rest = [part for place, part in enumerate(parts) if place != group]
        assert found[1 + group] == pytest.approx(indices(group_cells(rest, unordered), 500, 900)[0], rel=1e-12)


def test_too_few_pairs_are_not_compared():
    cells = group_cells([csr_matrix(np.array([[0, 3], [0, 0]]))], unordered=True)
    assert np.isnan(cells_against_null(cells, 10))


def test_cells_of_groups_line_up():
    first, second = csr_matrix(np.array([[1, 2], [0, 0]])), csr_matrix(np.array([[0, 1], [0, 4]]))
    cells = group_cells([first, second], unordered=False)
    assert cells.totals().tolist() == [1, 3, 4]
    assert cells.totals(np.array([0.0, 1.0])).tolist() == [0, 1, 4]
    rows, columns = cells.margins(cells.totals())
    assert (rows.tolist(), columns.tolist()) == ([4, 4], [1, 7])
    assert joint_coverage(cells) == pytest.approx(1 - 1 / 8 * 0)


def corpus(**options):
    documents = {str(number): [sentence(*["the", "pump", "of", "the", "valve", "stops", "the", "pump"])] for number in range(30)}
    return Inputs(counted(documents, **options), EstimatorOptions(common_pairs=100))


def test_ordered_pairs_have_twice_the_places_and_no_more_pairs():
    made = {
        options["ordered"]: estimate_sparsity(corpus(**options), EstimatorOptions(common_pairs=100)).estimates
        for options in ({"ordered": False}, {"ordered": True})
    }
    for unordered, ordered in zip(made[False], made[True], strict=True):
        assert ordered.n == unordered.n > 0
        assert ordered.value is not None
    assert "of all 15 cells" in method_of(made[False][1])
    assert "of all 25 cells" in method_of(made[True][1])


def test_harmonic_weights_are_refused_with_the_reason():
    found = estimate_sparsity(corpus(weights="harmonic"), EstimatorOptions()).estimates
    assert [estimate.measure for estimate in found] == [measure.name for measure in MEASURES]
    assert {estimate.undefined_because.code for estimate in found} == {"undefined_weighted_pairs"}


def test_concentration_stands_beside_its_null_with_intervals():
    random = np.random.default_rng(0)
    documents = {f"d{number}": [sentence(*(f"w{term}" for term in random.zipf(1.6, 300) % 200))] for number in range(40)}
    options = EstimatorOptions(common_pairs=2000)
    found = {estimate.measure: estimate for estimate in estimate_sparsity(Inputs(counted(documents), options), options).estimates}
    assert list(found) == [measure.name for measure in MEASURES]
    for name in ("gini", "hoyer", "top_cells_mass"):  # the words of these documents are independent: each index lies near its null
        assert found[name].interval[0] <= found[name].value <= found[name].interval[1]
        low, high = found[f"{name}_null"].interval
        assert low - 0.01 < found[name].value < high + 0.01
    assert "no test" in method_of(found["gini_null"])
