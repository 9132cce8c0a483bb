import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix

from corpuskit.estimators.information.grouped_cells import group_cells

TABLES = st.integers(1, 4).flatmap(
    lambda groups: st.tuples(st.just(groups), st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda shape: arrays(np.int64, shape, elements=st.integers(0, 3))
    )
)


def grouped(tables, unordered=False):
    return group_cells([csr_matrix(table) for table in tables], unordered)


@given(TABLES)
def test_cells_of_groups_are_lined_up(tables):
    cells = grouped(tables)
    rebuilt = np.zeros(tables.shape)
    dense = cells.counts.toarray()
    for cell, (row, column) in enumerate(zip(cells.rows, cells.columns, strict=True)):
        rebuilt[:, row, column] += dense[cell]
    assert (rebuilt == tables).all()
    assert len(set(zip(cells.rows.tolist(), cells.columns.tolist(), strict=True))) == len(cells.rows) == np.count_nonzero(tables.sum(axis=0))


@given(TABLES)
def test_totals_and_margins_are_those_of_the_summed_table(tables):
    cells = grouped(tables)
    rows, columns = cells.margins(cells.totals())
    assert cells.totals().sum() == tables.sum()
    assert rows.tolist() == tables.sum(axis=(0, 2)).tolist()
    assert columns.tolist() == tables.sum(axis=(0, 1)).tolist()


@given(TABLES, st.integers(0, 3))
def test_a_group_of_weight_zero_is_left_out(tables, group):
    group %= len(tables)
    weights = np.ones(len(tables))
    weights[group] = 0
    left = np.delete(tables, group, axis=0).sum(axis=0)
    rows, columns = grouped(tables).margins(grouped(tables).totals(weights))
    assert rows.tolist() == left.sum(axis=1).tolist()
    assert columns.tolist() == left.sum(axis=0).tolist()


def test_unordered_pairs_have_one_margin_that_counts_both_members():
    # three pairs {a, b} and one pair {a, a}: a is a member five times, b three times
    rows, columns = grouped([[[1, 3], [0, 0]]], unordered=True).margins(np.array([1.0, 3.0]))
    assert rows.tolist() == columns.tolist() == [5.0, 3.0]


def test_groups_without_observations_are_not_filled():
    assert grouped([[[1, 0]], [[0, 0]], [[0, 2]]]).filled_groups().tolist() == [0, 2]


@pytest.mark.parametrize("seed", range(5))
def test_cells_stand_row_by_row_each_once(seed):
    random = np.random.default_rng(seed)
    tables = random.poisson(0.1, (7, 40, 30))
    cells = grouped(tables)
    places = cells.rows * 30 + cells.columns
    assert (np.diff(places) > 0).all()
    assert places.tolist() == np.flatnonzero(tables.sum(axis=0)).tolist()
    assert (tables.reshape(7, -1)[:, places] == cells.counts.toarray().T).all()


def test_entries_that_stand_twice_are_summed_and_large_or_broken_counts_are_kept():
    twice = csr_matrix((np.array([2, 3]), np.array([1, 1]), np.array([0, 2])), shape=(1, 2))
    assert group_cells([twice], unordered=False).counts.toarray().tolist() == [[5]]
    assert twice.nnz == 2, "what is given is not changed"
    large = group_cells([csr_matrix(np.array([[2**40, 0]]))], unordered=False)
    assert large.totals().tolist() == [2.0**40]
    assert group_cells([csr_matrix(np.array([[0.5, 0.25]]))], unordered=False).totals().tolist() == [0.5, 0.25]
