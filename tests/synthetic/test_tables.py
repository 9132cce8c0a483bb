import numpy as np
import pytest

from corpuskit.synthetic import FeatureTable, block_table, dirichlet_table, independent_table, zipf_shares, zipf_table
from corpuskit.synthetic.tables import entropy_of


def test_a_deterministic_mapping_is_wholly_determined():
    table = FeatureTable(np.kron(np.eye(4), np.ones((5, 1))) / 20)
    assert (table.determination, table.error) == (pytest.approx(1.0), pytest.approx(0.0))
    assert table.joint_entropy == pytest.approx(np.log(20))


def test_independent_rows_tell_nothing():
    table = independent_table(seed=3)
    assert table.information == pytest.approx(0.0, abs=1e-12)
    assert table.error == pytest.approx(1 - table.joint.sum(axis=0).max())


def test_a_table_worked_by_hand():
    # p = 1/2 on (0,0), 1/4 on (1,0) and (1,1): H = 1.5 log 2, H(rows) = log 2, H(columns) = h(1/4)
    table = FeatureTable(np.array([[0.5, 0.0], [0.25, 0.25]]))
    column = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    assert table.joint_entropy == pytest.approx(1.5 * np.log(2))
    assert table.information == pytest.approx(column - 0.5 * np.log(2))
    assert table.error == pytest.approx(0.25)


@pytest.mark.parametrize("made", [dirichlet_table(seed=1), block_table(seed=1), independent_table(seed=1), zipf_table(seed=1)])
def test_probabilities_sum_to_one_and_draws_follow_them(made):
    assert made.joint.sum() == pytest.approx(1)
    parts = made.draw(200_000, 7, seed=2)
    assert sum(part.sum() for part in parts) == 200_000
    assert max(part.sum() for part in parts) - min(part.sum() for part in parts) <= 1
    found = sum(part.toarray() for part in parts) / 200_000
    assert np.abs(found - made.joint).max() < 5 * np.sqrt(made.joint.max() / 200_000)


def test_clustered_draws_agree_within_groups_as_often_as_asked():
    table = FeatureTable(zipf_shares(50)[:, None])
    chance, within = float((table.joint**2).sum()), []
    for seed in range(40):
        counts = np.hstack([part.toarray() for part in table.draw(20_000, 20, seed, 0.05)]).astype(float)
        sizes = counts.sum(axis=0)
        within.append(np.mean((counts * (counts - 1)).sum(axis=0) / (sizes * (sizes - 1))))
    assert np.mean(within) == pytest.approx(chance + 0.05 * (1 - chance), rel=0.03)


def test_shares_of_zipf():
    shares = zipf_shares(1000)
    assert shares.sum() == pytest.approx(1)
    assert shares[0] / shares[9] == pytest.approx(10)


def test_rows_fall_by_zipf_and_columns_do_so_on_average():
    joint = zipf_table(2000, 50, 10.0, seed=3).joint
    rows = joint.sum(axis=1)
    assert rows[0] / rows[9] == pytest.approx(10)
    assert (joint / rows[:, None]).mean(axis=0)[[0, 1, 4, 9]] == pytest.approx(zipf_shares(50)[[0, 1, 4, 9]], rel=0.1)
    # features that name their label against features that say little
    assert zipf_table(300, 50, 1.0, seed=0).determination > 0.5 > 0.1 > zipf_table(300, 50, 1000.0, seed=0).determination


def test_entropy_of_equal_shares():
    assert entropy_of(np.full(8, 1 / 8)) == pytest.approx(np.log(8))
    assert entropy_of(np.array([1.0, 0.0])) == 0


def test_the_seed_decides():
    first, same, other = (dirichlet_table(seed=1).draw(500, 3, seed) for seed in (1, 1, 2))
    assert all((one != two).nnz == 0 for one, two in zip(first, same, strict=True))
    assert any((one != two).nnz for one, two in zip(first, other, strict=True))
