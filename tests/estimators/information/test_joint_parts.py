import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.special import digamma

from corpuskit.estimators.information.association_index import joint_measures
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.joint_cells import joint_coverage
from corpuskit.estimators.information.joint_parts import TABLE, JointParts, weighted
from corpuskit.estimators.vocabulary.spectrum_entropy import spectrum_of

TABLES = st.lists(st.lists(st.integers(0, 3), min_size=12, max_size=12), min_size=3, max_size=6)


def cells_of(tables, unordered):
    shape = (3, 4) if not unordered else (4, 4)
    parts = [np.resize(np.array(table), shape) for table in tables]
    return group_cells([csr_matrix(np.triu(part) if unordered else part) for part in parts], unordered)


def reference(cells, chosen):
    weights = np.zeros(cells.counts.shape[1])
    weights[chosen] = 1
    found = joint_measures(cells, weights)
    return np.full(3, np.nan) if found is None else found


@pytest.mark.parametrize("unordered", [False, True])
@given(TABLES)
def test_a_part_and_the_part_without_each_group_are_as_if_measured_alone(unordered, tables):
    cells = cells_of(tables, unordered)
    chosen = np.arange(0, len(tables), 2)
    found, covered = JointParts.of(cells).measures(chosen, without_each=True)
    assert found[:, 0] == pytest.approx(reference(cells, chosen), nan_ok=True, abs=1e-9)
    for place, group in enumerate(chosen):
        assert found[:, 1 + place] == pytest.approx(reference(cells, chosen[chosen != group]), nan_ok=True, abs=1e-9)
    alone = group_cells([csr_matrix(cells_of([tables[group] for group in chosen], unordered).counts.sum(axis=1))], False)
    assert covered == pytest.approx(joint_coverage(alone) or 0.0)


@given(TABLES)
def test_spectra_without_each_group_are_those_of_the_rest(tables):
    cells = cells_of(tables, True)
    chosen = np.arange(len(tables))
    found = list(JointParts.of(cells).spectra(chosen))
    for place, weights in enumerate([np.ones(len(tables)), *(1 - np.eye(len(tables)))]):
        k, f_k = spectrum_of(cells.totals(weights).astype(np.int64))
        assert (found[place][0].tolist(), found[place][1].tolist()) == (k.tolist(), f_k.tolist())


def test_spectra_hold_counts_beyond_the_table_which_a_group_may_bring_below_it():
    full = [csr_matrix(np.array([[TABLE - 1, 3 * TABLE, 1]])), csr_matrix(np.array([[1, TABLE, 0]]))]
    whole, first, second = JointParts.of(group_cells(full, False)).joint.spectra(np.arange(2))
    assert whole[0].tolist() == [1, TABLE, 4 * TABLE]
    assert first[0].tolist() == [1, TABLE]
    assert (second[0].tolist(), second[1].tolist()) == ([1, TABLE - 1, 3 * TABLE], [1, 1, 1])


@given(TABLES)
def test_totals_without_each_group_are_those_of_the_rest(tables):
    cells = cells_of(tables, False)
    joint = JointParts.of(cells).joint
    for found, weights in zip(joint.totals_without_each(np.arange(len(tables))), [np.ones(len(tables)), *(1 - np.eye(len(tables)))], strict=True):
        assert found.tolist() == cells.totals(weights).tolist()


def test_some_of_the_cells_are_numbered_anew():
    joint = JointParts.of(cells_of([[1, 0, 2, 0, 3, 0, 0, 0, 1, 0, 0, 4], [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1], [1] * 12], False)).joint
    chosen = np.arange(joint.cells) % 2 == 0
    part = joint.among(chosen)
    assert part.totals(np.arange(3)).tolist() == joint.totals(np.arange(3))[chosen].tolist()


def test_counts_beyond_the_table_are_computed():
    counts = np.array([0, 1, TABLE - 1, TABLE, 5 * TABLE])
    assert weighted(counts) == pytest.approx([0.0, *(float(x) * digamma(float(x)) for x in counts[1:])])


def test_a_table_without_cells_is_undefined():
    empty = group_cells([csr_matrix((3, 3), dtype=np.int64)] * 2, unordered=True)
    found, covered = JointParts.of(empty).measures(np.arange(2), without_each=True)
    assert np.isnan(found).all()
    assert covered == 0.0
