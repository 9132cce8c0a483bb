import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.joint_cells import both_orders, joint_coverage, joint_entropies
from tests.estimators.spiders import GIRDLED


def grouped(tables, unordered=False):
    return group_cells([csr_matrix(table) for table in tables], unordered)


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
