import numpy as np
import pytest
from scipy.sparse import csr_matrix, triu

from corpuskit.estimators.information.association_index import extrapolated_measures, index_with_interval
from corpuskit.estimators.information.drawn_cells import cells_of_groups, draw_cells, hashed
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.independent_index import error_by_observation, index_by_groups
from corpuskit.estimators.information.joint_cells import joint_coverage
from corpuskit.estimators.information.joint_parts import JointParts
from corpuskit.estimators.information.sparsity import indices
from corpuskit.estimators.resampling import jackknife_error


def tables(seed=0, terms=400, groups=10, n=400_000):
    """Pairs of terms with few frequent and many rare cells, as words have; documents of a group share some of their pairs."""
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, terms + 1)
    joint = np.outer(share, share) * random.gamma(0.2, size=(terms, terms))
    made = []
    for _ in range(groups):
        table = random.poisson(n / groups / joint.sum() * joint * random.gamma(4.0, 0.25, size=joint.shape))
        made.append(triu(csr_matrix(table + np.tril(table, -1).T)).tocsr())
    return made


TABLES = tables()
ENTRIES = sum(table.nnz for table in TABLES)
EXACT = group_cells(TABLES, unordered=True)
DRAWN = draw_cells(TABLES.__getitem__, 10, True, ENTRIES // 3)


def test_small_tables_are_taken_whole():
    cells = cells_of_groups(TABLES.__getitem__, 10, True)
    assert cells.whole is None
    assert (cells.totals() == EXACT.totals()).all()
    assert cells_of_groups(TABLES.__getitem__, 10, True, largest=ENTRIES).whole is None
    assert cells_of_groups(TABLES.__getitem__, 10, True, largest=ENTRIES - 1).whole is not None


def test_about_as_many_entries_are_kept_as_asked_for_and_each_cell_with_all_its_groups():
    assert ENTRIES / 5 < DRAWN.counts.nnz < ENTRIES / 2
    exact = dict(zip(zip(EXACT.rows.tolist(), EXACT.columns.tolist(), strict=True), EXACT.counts.toarray().tolist(), strict=True))
    for row, column, counts in zip(DRAWN.rows.tolist(), DRAWN.columns.tolist(), DRAWN.counts.toarray().tolist(), strict=True):
        assert exact[row, column] == counts


def test_the_fullest_cells_are_all_there_and_stand_for_themselves():
    fullest = ~DRAWN.whole.drawn
    least = DRAWN.counts.toarray()[fullest].max(axis=1).min()
    assert fullest.sum() == (EXACT.counts.toarray().max(axis=1) >= least).sum()
    raised = DRAWN.raised(DRAWN.totals())
    assert (raised[fullest] == DRAWN.totals()[fullest]).all()
    assert raised.sum() == pytest.approx(EXACT.totals().sum())


def test_what_is_known_of_the_whole_is_exact():
    assert DRAWN.observations == EXACT.observations
    assert DRAWN.whole.sizes.tolist() == [table.sum() for table in TABLES]
    assert DRAWN.whole_margins()[0].tolist() == EXACT.whole_margins()[0].tolist()
    assert DRAWN.whole.apart.tolist() == JointParts.of(EXACT).apart.tolist()
    ordered = draw_cells(TABLES.__getitem__, 10, False, ENTRIES // 3)
    assert [side.tolist() for side in ordered.whole_margins()] == [side.tolist() for side in group_cells(TABLES, False).whole_margins()]


def test_a_draw_of_everything_is_the_whole_table():
    cells = draw_cells(TABLES.__getitem__, 10, True, 2 * ENTRIES)
    assert cells.whole.share == 1.0
    filled = np.arange(10)
    assert index_by_groups(JointParts.of(cells), filled) == pytest.approx(index_by_groups(JointParts.of(EXACT), filled), rel=1e-12)
    assert JointParts.of(cells).measures(filled, True)[0] == pytest.approx(JointParts.of(EXACT).measures(filled, True)[0], rel=1e-12)
    assert indices(cells, 1000, 80_200) == pytest.approx(indices(EXACT, 1000, 80_200), rel=1e-12)
    assert joint_coverage(cells) == pytest.approx(joint_coverage(EXACT))


def test_drawn_cells_tell_nearly_what_all_tell():
    cells = draw_cells(TABLES.__getitem__, 10, True, ENTRIES)
    (whole, interval), (drawn, wider) = (index_with_interval(extrapolated_measures(each).measures) for each in (EXACT, cells))
    assert interval[0] < drawn < interval[1]
    assert wider[0] < whole < wider[1]
    exact, found = indices(EXACT, 1000, 80_200), indices(DRAWN, 1000, 80_200)
    errors = np.array([jackknife_error(exact[1:, place]) for place in range(4)])
    assert (np.abs(found[0] - exact[0]) < 2 * errors).all()
    assert joint_coverage(DRAWN) == pytest.approx(joint_coverage(EXACT), abs=0.003)
    assert error_by_observation(DRAWN, JointParts.of(DRAWN)) == pytest.approx(error_by_observation(EXACT, JointParts.of(EXACT)), rel=0.05)


def test_hashes_of_places_are_spread_evenly_and_neighbours_are_apart():
    found = hashed(np.arange(100_000))
    assert np.histogram(found, 10, (0, 1))[0] == pytest.approx(np.full(10, 10_000), abs=400)
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 0.02
    assert (hashed(np.arange(5)) == found[:5]).all()


def test_empty_groups_and_counts_beyond_the_tally_are_kept():
    large = csr_matrix(np.array([[0, 10**6], [0, 1]]))
    cells = draw_cells([large, csr_matrix((2, 2), dtype=np.int64)].__getitem__, 2, True, 4)
    assert cells.observations == 10**6 + 1
    assert cells.filled_groups().tolist() == [0]
