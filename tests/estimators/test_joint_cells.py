import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix

from corpuskit.estimators.joint_cells import both_orders, group_cells, joint_coverage, joint_entropies
from tests.estimators.spiders import GIRDLED

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


def test_coverage_of_known_cells():
    # the 26 species of the Girdled forest as cells of a table: iNEXT's coverage, theory 2.1
    table = np.append(GIRDLED, 0).reshape(3, 9)
    assert joint_coverage(grouped([table])) == pytest.approx(0.92886, abs=5e-6)
    # singletons are counted in the sum of the groups, not within them
    halves = [table // 2, table - table // 2]
    assert joint_coverage(grouped(halves)) == pytest.approx(0.92886, abs=5e-6)


def test_coverage_is_undefined_where_nothing_was_seen_twice():
    assert joint_coverage(grouped([np.zeros((2, 3), int)])) is None
    assert joint_coverage(grouped([[[1, 1], [0, 1]]])) is None
    assert joint_coverage(grouped([np.zeros((0, 0), int)] * 2)) is None
    assert joint_coverage(grouped([[[1, 0]], [[1, 0]]])) == 1.0


def test_groups_without_observations_are_not_filled():
    assert grouped([[[1, 0]], [[0, 0]], [[0, 2]]]).filled_groups().tolist() == [0, 2]


def test_unordered_pairs_are_read_from_either_end():
    cells = grouped([[[2, 3], [0, 0]]], unordered=True)
    read = {(int(row), int(column)): count for row, column, count in zip(*both_orders(cells, cells.totals()), strict=True)}
    assert read == {(0, 0): 4.0, (0, 1): 3.0, (1, 0): 3.0}
    rows, _, counts = both_orders(cells, cells.totals())
    assert np.bincount(rows, weights=counts).tolist() == cells.margins(cells.totals())[0].tolist()


def test_entropies_of_many_equal_cells():
    # worked: 4 rows of 2 columns, all equally frequent: log 4, log 2, log 8
    cells = grouped([np.full((4, 2), 1000)])
    assert joint_entropies(cells) == pytest.approx((np.log(4), np.log(2), np.log(8)), abs=0.001)
    pairs = grouped([[[0, 5000], [0, 0]]], unordered=True)
    assert joint_entropies(pairs) == pytest.approx((np.log(2), np.log(2), np.log(2)), abs=0.001)
    assert joint_entropies(grouped([[[1, 0]]])) is None
