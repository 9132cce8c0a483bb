import numpy as np
import pytest
from scipy.sparse import csr_matrix, triu

from corpuskit.estimators.information.draw_error import cells_drawn, error_of_draw
from corpuskit.estimators.information.drawn_cells import draw_cells
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.joint_parts import JointParts
from tests.estimators.information.test_drawn_cells import DRAWN, ENTRIES, EXACT, TABLES


def elsewhere(seed):
    """The same table with its terms in another order: a hash of the place then draws other cells."""
    turn = np.random.default_rng(seed).permutation(400)
    whole = [table + table.T - csr_matrix(np.diag(table.diagonal())) for table in TABLES]
    return [triu(csr_matrix(table)[turn][:, turn]).tocsr().astype(np.int64) for table in whole]


def test_the_joint_entropy_is_right_on_average_and_as_spread_as_its_error_says():
    filled = np.arange(10)
    exact = JointParts.of(EXACT).measures(filled)[0][1, 0]
    misses, errors = [], []
    for seed in range(15):
        cells = draw_cells(elsewhere(seed).__getitem__, 10, True, ENTRIES // 3)
        misses.append(JointParts.of(cells).measures(filled)[0][1, 0] - exact)
        errors.append(error_of_draw(cells))
    assert abs(np.mean(misses)) < 3 * np.mean(errors) / np.sqrt(15)
    assert np.sqrt(np.mean(np.square(misses))) == pytest.approx(np.mean(errors), rel=0.45)  # 2.5 standard errors of the spread of 15


def test_where_nothing_is_left_to_chance_there_is_no_error():
    assert error_of_draw(EXACT) == 0.0
    assert error_of_draw(draw_cells(TABLES.__getitem__, 10, True, 2 * ENTRIES)) == 0.0
    assert cells_drawn(EXACT) == ()


def test_what_was_drawn_is_told():
    [told] = cells_drawn(DRAWN)
    assert told.parameters["fullest"] == (~DRAWN.whole.drawn).sum()
    assert told.parameters["share"] == DRAWN.whole.share
    assert told.parameters["error"] == error_of_draw(DRAWN) > error_of_draw(draw_cells(TABLES.__getitem__, 10, True, ENTRIES))
    assert group_cells(TABLES, True).whole is None
