import numpy as np
import pytest
from scipy.sparse import csr_matrix, triu

from corpuskit.estimators.information.association_index import association_index
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.independent_index import (
    dealt_at_random,
    error_by_observation,
    error_of_dealt,
    index_by_groups,
    index_without_each_group,
)
from corpuskit.estimators.information.joint_parts import JointParts
from corpuskit.estimators.resampling import jackknife_error
from corpuskit.synthetic import dirichlet_table


def clustered(agreement=0.0, seed=0, n=20_000):
    return group_cells(dirichlet_table(seed=1).draw(n, 25, seed, agreement), unordered=False)


def pairs_of_terms(n=20_000, terms=80, groups=25):
    random = np.random.default_rng(4)
    joint = np.outer(*[random.dirichlet(np.full(terms, 0.2))] * 2) * random.gamma(0.5, size=(terms, terms))
    drawn = random.choice(joint.size, (groups, n // groups), p=joint.ravel() / joint.sum())
    tables = [np.bincount(own, minlength=joint.size).reshape(joint.shape) for own in drawn]
    return group_cells([triu(csr_matrix(table + np.tril(table, -1).T)).tocsr() for table in tables], unordered=True)


def test_dealing_keeps_cells_and_about_the_sizes():
    cells = group_cells(dirichlet_table(30, 10, seed=1).draw(5000, 10), unordered=False)
    dealt = dealt_at_random(cells, np.random.default_rng(0))
    assert (dealt.totals() == cells.totals()).all()
    assert np.asarray(dealt.counts.sum(axis=0)).ravel() == pytest.approx(np.full(10, 500), abs=120)


@pytest.mark.parametrize("cells", [clustered(), pairs_of_terms()])
def test_u_without_each_group_is_u_of_the_rest(cells):
    found = index_by_groups(JointParts.of(cells), cells.filled_groups())
    assert found[0] == association_index(cells)
    for group in (0, 24):
        assert found[1 + group] == association_index(cells, (np.arange(25) != group).astype(float))


def test_a_group_alone_cannot_be_left_out_and_a_single_column_has_no_index():
    alone = group_cells([csr_matrix(np.array([[3, 2], [1, 4]]))], unordered=False)
    assert len(index_without_each_group(JointParts.of(alone), np.arange(1))) == 0
    constant = group_cells([csr_matrix(np.array([[3], [1]]))] * 2, unordered=False)
    assert np.isnan(index_by_groups(JointParts.of(constant), np.arange(2))).all()
    assert error_by_observation(constant, JointParts.of(constant)) == 0.0


def design_effect(agreement, seed):
    cells = clustered(agreement, seed)
    return (jackknife_error(index_without_each_group(JointParts.of(cells), cells.filled_groups())) / error_of_dealt(cells, seed)) ** 2


def test_independent_observations_have_an_effect_of_one_and_clustered_ones_of_more():
    assert np.mean([design_effect(0.0, seed) for seed in range(4)]) == pytest.approx(1.0, abs=0.6)
    assert np.mean([design_effect(0.005, seed) for seed in range(4)]) > 2


@pytest.mark.parametrize("cells", [clustered(n=2_000), pairs_of_terms(2_000)])
def test_the_jackknife_over_observations_is_what_leaving_out_each_gives(cells):
    # every observation left out in turn, the slow way
    totals = cells.totals()
    whole, without = association_index(cells), []
    for cell in range(len(totals)):
        left = totals.copy()
        left[cell] -= 1
        table = csr_matrix((left, (cells.rows, cells.columns)), shape=cells.shape)
        table.eliminate_zeros()
        without.append(association_index(group_cells([table], cells.unordered)) - whole)
    mean = totals @ without / totals.sum()
    slow = np.sqrt((1 - 1 / totals.sum()) * (totals @ (np.array(without) - mean) ** 2))
    assert error_by_observation(cells, JointParts.of(cells)) == pytest.approx(slow, rel=0.01)


@pytest.mark.parametrize("cells", [clustered(), pairs_of_terms()])
def test_leaving_out_observations_says_the_same_as_dealing_them(cells):
    assert error_by_observation(cells, JointParts.of(cells)) == pytest.approx(np.mean([error_of_dealt(cells, seed) for seed in range(6)]), rel=0.15)
