import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_matrix, csr_matrix

from corpuskit.estimators.information.clustered_entropy import Together, clustered_entropies, clustered_measures
from corpuskit.estimators.information.drawn_cells import draw_cells
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.joint_parts import TABLE, Entries, JointParts
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.synthetic import FeatureTable, dirichlet_table, zipf_shares

ZIPF = FeatureTable(zipf_shares()[:, None])


def measured(counts, chosen=None, without_each=False):
    """Entropies and shares seen of a dense table of types by groups."""
    chosen = np.arange(counts.shape[1]) if chosen is None else chosen
    sizes = counts[:, chosen].sum(axis=0).astype(float)
    return clustered_entropies(Entries.of(csc_matrix(counts)), chosen, Together.of(sizes, without_each), without_each)


def words(n, seed, agreement=0.0):
    return np.hstack([part.toarray() for part in ZIPF.draw(n, 25, seed, agreement)])


def test_independent_tokens_have_the_entropy_and_the_coverage_of_the_usual_formulas():
    differ, seen = [], []
    for seed in range(10):
        counts = words(5000, seed)
        totals = counts.sum(axis=1)
        (entropy,), (share,) = measured(counts)
        differ.append(entropy - chao_wang_jost(*spectrum_of(totals)))
        seen.append(share - chao_jost_coverage((totals == 1).sum(), (totals == 2).sum(), totals.sum()))
    assert np.mean(differ) == pytest.approx(0, abs=0.015)
    assert np.mean(seen) == pytest.approx(0, abs=0.005)


def test_where_words_cluster_it_loses_a_third_of_the_bias_or_less():
    ours, usual = [], []
    for seed in range(6):
        counts = words(20_000, seed, 0.02)
        ours.append(measured(counts)[0][0] - ZIPF.joint_entropy)
        usual.append(chao_wang_jost(*spectrum_of(counts.sum(axis=1))) - ZIPF.joint_entropy)
    assert np.mean(usual) < -0.3
    assert abs(np.mean(ours)) < 0.5 * abs(np.mean(usual))


@given(st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=6), min_size=5, max_size=12))
def test_without_a_group_it_is_as_if_measured_alone(rows):
    counts = np.array(rows)
    chosen = np.flatnonzero(counts.sum(axis=0) > 0)
    if len(chosen) < 3:
        return
    entropies, seen = measured(counts, chosen, without_each=True)
    for place, group in enumerate(chosen):
        alone = measured(counts, chosen[chosen != group])
        assert entropies[1 + place] == pytest.approx(alone[0][0], nan_ok=True, abs=1e-9)
        assert seen[1 + place] == pytest.approx(alone[1][0], nan_ok=True, abs=1e-9)


def test_copies_inside_a_document_are_no_new_evidence():
    # every token twice in its document: the same types met as often, so about the same entropy; the usual formula believes it has seen all
    counts = words(2000, 0)
    once, twice = measured(counts), measured(2 * counts)
    assert twice[0][0] == pytest.approx(once[0][0], abs=0.05)
    assert twice[1][0] == pytest.approx(once[1][0], abs=0.01)
    assert chao_wang_jost(*spectrum_of(2 * counts.sum(axis=1))) < once[0][0] - 0.3


def test_the_order_of_groups_and_types_does_not_matter():
    counts, random = words(3000, 1), np.random.default_rng(0)
    turned = counts[random.permutation(len(counts))][:, random.permutation(25)]
    assert measured(turned)[0] == pytest.approx(measured(counts)[0])


def test_counts_beyond_the_table_are_computed():
    counts = np.array([[TABLE, 3 * TABLE], [TABLE // 2, TABLE], [2, 1]])
    share = counts.sum(axis=1) / counts.sum()
    assert measured(counts)[0][0] == pytest.approx(-np.sum(share * np.log(share)), abs=0.05)


def test_nothing_has_no_entropy():
    assert np.isnan(measured(np.zeros((3, 4), int))[0]).all()
    assert np.isnan(measured(np.array([[1, 0], [0, 0]]))[0]).all()


def test_the_chance_to_fall_into_one_group():
    found = Together.of(np.array([5.0, 3.0, 2.0]), True)
    assert found.two == pytest.approx([0.38, 13 / 25, 29 / 49, 34 / 64])
    assert found.three[0] == pytest.approx(0.125 + 0.027 + 0.008)


def cells_of(n, seed, agreement=0.0):
    return group_cells(list(dirichlet_table(seed=1).draw(n, 25, seed, agreement)), unordered=False)


def test_measures_of_independent_cells_are_the_usual_ones_and_clustered_ones_are_nearer_the_truth():
    truth, filled = dirichlet_table(seed=1).determination, np.arange(25)
    plain, ours = [], []
    for seed in range(4):
        parts = JointParts.of(cells_of(20_000, seed))
        assert clustered_measures(parts, filled)[0] == pytest.approx(parts.measures(filled)[0], rel=0.02)
        parts = JointParts.of(cells_of(20_000, seed, 0.002))
        plain.append(parts.measures(filled)[0][0, 0] - truth)
        ours.append(clustered_measures(parts, filled)[0][0, 0] - truth)
    assert abs(np.mean(ours)) < 0.6 * np.mean(plain)


def test_a_table_whose_cells_were_all_drawn_has_the_same_measures():
    tables = [csr_matrix(np.triu(part.toarray()[:20, :20] + part.toarray()[20:40, :20].T)) for part in dirichlet_table(40, 20, seed=2).draw(4000, 10)]
    exact, drawn = group_cells(tables, True), draw_cells(tables.__getitem__, 10, True, 2 * sum(table.nnz for table in tables))
    filled = np.arange(10)
    for mine, other in zip(*(clustered_measures(JointParts.of(cells), filled, True) for cells in (exact, drawn)), strict=True):
        assert mine == pytest.approx(other, rel=1e-9)
