import numpy as np
import pytest

from corpuskit.estimators.half_samples import Extrapolated
from corpuskit.estimators.information.association_index import extrapolated_measures
from corpuskit.estimators.information.carried_on import CarriedOn, carry_on, times_added
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.synthetic import dirichlet_table, zipf_table


def test_the_last_move_is_added_more_often_for_what_was_not_seen():
    found = Extrapolated(np.array([5.0, 2.0]), np.array([0.4, -0.2]), np.array([0.1, 0.1]), 25)
    assert times_added(0.0, 0.0) == 1
    assert carry_on(found, 0.0, 0.0).values.tolist() == [5.0, 2.0]
    # worked: 1 + 2.5 * .2 + 4.5 * .1 = 1.95, of which once is in the values
    carried = carry_on(found, 0.2, 0.1)
    assert carried.times == pytest.approx(1.95)
    assert carried.values == pytest.approx([5 + 0.95 * 0.4, 2 - 0.95 * 0.2])
    assert carry_on(found, -0.1, -0.2).values.tolist() == [5.0, 2.0]


def test_the_interval_by_hand():
    # t(9) at 95 % is 2.262: (.2262 (1 + .1)) and (.3 + .2) .4 = .2 at right angles
    found = CarriedOn(np.array([5.0]), np.array([-0.4]), np.array([0.1]), 10, unseen=0.2, apart=0.1)
    half = np.hypot(0.2262 * 1.1, 0.2)
    assert found.interval(0) == pytest.approx((5 - half, 5 + half), abs=1e-4)
    assert CarriedOn(np.array([5.0]), np.array([0.4]), None, 3).interval(0) is None


@pytest.mark.parametrize(("table", "n", "agreement", "draws"), [(dirichlet_table(seed=1), 2000, 0.0, 40), (zipf_table(seed=1), 20_000, 0.001, 6)])
def test_the_bias_is_smaller_than_after_one_move(table, n, agreement, draws):
    once, carried = [], []
    for seed in range(draws):
        found = extrapolated_measures(group_cells(table.draw(n, 25, seed, agreement), unordered=False)).measures
        carried.append(found.values[0] - table.determination)
        once.append(carried[-1] - (found.times - 1) * found.moved[0])
    assert abs(np.mean(carried)) < 0.6 * abs(np.mean(once))
