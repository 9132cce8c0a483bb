import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, triu

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.entropy import spectrum_of
from corpuskit.estimators.joint_cells import group_cells, joint_coverage
from corpuskit.estimators.sparsity import cells_against_null, estimate_sparsity, gini, hoyer, independent_cells, independent_pairs, rarefied_cells
from tests.counts.build import counted, sentence

values = st.lists(st.integers(0, 40), min_size=2, max_size=30).filter(any)


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
    assert gini(np.zeros(3)) is None
    assert hoyer(np.zeros(3)) is None
    assert hoyer(np.ones(1)) is None


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


def test_rarefied_cells_are_what_random_parts_fill():
    counts = np.array([7, 5, 3, 1, 1, 1, 2])
    random = np.random.default_rng(2)
    drawn = [np.count_nonzero(random.multivariate_hypergeometric(counts, 8)) for _ in range(5000)]
    assert rarefied_cells(*spectrum_of(counts), 8) == pytest.approx(np.mean(drawn), abs=0.03)
    assert rarefied_cells(*spectrum_of(counts), 20) == pytest.approx(7)
    assert rarefied_cells(*spectrum_of(counts), 0) == pytest.approx(0)


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


def test_too_few_pairs_are_not_compared():
    cells = group_cells([csr_matrix(np.array([[0, 3], [0, 0]]))], unordered=True)
    assert cells_against_null(cells, 10) is None


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
    assert "of all 15 cells" in made[False][1].method
    assert "of all 25 cells" in made[True][1].method


def test_harmonic_weights_are_refused_with_the_reason():
    found = estimate_sparsity(corpus(weights="harmonic"), EstimatorOptions()).estimates
    assert [estimate.measure for estimate in found] == ["sparsity_cells_vs_null", "gini", "hoyer"]
    assert {estimate.undefined_because.code for estimate in found} == {"undefined_weighted_pairs"}
