import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.coverage import chao_jost_coverage
from corpuskit.estimators.grouped_cells import group_cells
from corpuskit.estimators.influence import (
    coverage_of_new_documents,
    dealt_at_random,
    effect_of_clustering,
    estimate_influence,
    independent_error_of_index,
    index_without_each_group,
    without_each_source,
)
from corpuskit.estimators.resampling import jackknife_error
from corpuskit.synthetic import FeatureTable, dirichlet_table, zipf_shares
from tests.counts.build import counted, sentence
from tests.estimators.words import method_of


def documents_of(random, documents=12, types=40):
    return csr_matrix(random.poisson(0.6, (documents, types)) * (random.random((documents, types)) < 0.4))


def test_a_variance_four_times_as_large_is_an_effect_of_four():
    effect, (low, high) = effect_of_clustering(0.02, 0.01, 25)
    assert effect == pytest.approx(4)
    # worked from the chi-square quantiles of 24 degrees of freedom, 39.364 and 12.401
    assert (low, high) == pytest.approx((4 * 24 / 39.364, 4 * 24 / 12.401), rel=1e-4)
    wider = effect_of_clustering(0.02, 0.01, 25, freedom=24)[1]
    assert wider[0] < low < high < wider[1]
    assert effect_of_clustering(0.02, 0.0, 25) is None


def test_dealing_keeps_cells_and_about_the_sizes():
    cells = group_cells(dirichlet_table(30, 10, seed=1).draw(5000, 10), unordered=False)
    dealt = dealt_at_random(cells, np.random.default_rng(0))
    assert (dealt.totals() == cells.totals()).all()
    assert np.asarray(dealt.counts.sum(axis=0)).ravel() == pytest.approx(np.full(10, 500), abs=120)


def design_effect(agreement, seed):
    cells = group_cells(dirichlet_table(seed=1).draw(20_000, 25, seed, agreement), unordered=False)
    return (jackknife_error(index_without_each_group(cells)) / independent_error_of_index(cells, seed)) ** 2


def test_independent_observations_have_an_effect_of_one_and_clustered_ones_of_more():
    assert np.mean([design_effect(0.0, seed) for seed in range(4)]) == pytest.approx(1.0, abs=0.6)
    assert np.mean([design_effect(0.005, seed) for seed in range(4)]) > 2


def test_leaving_out_a_source_is_counting_without_it():
    random = np.random.default_rng(0)
    counts, sources = documents_of(random), np.array([0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 0, 1])
    found = without_each_source(counts, sources)
    for source in range(3):
        left = np.asarray(counts[sources != source].sum(axis=0)).ravel()
        assert found[source] == pytest.approx(chao_jost_coverage((left == 1).sum(), (left == 2).sum(), left.sum()))
    assert np.isnan(without_each_source(counts, np.zeros(12, int))).all()


def test_coverage_of_new_documents_left_out_is_the_value_of_the_rest():
    counts = documents_of(np.random.default_rng(0))
    value, left_out = coverage_of_new_documents(counts)
    assert 0 < value < 1
    for document in range(12):
        assert left_out[document] == pytest.approx(coverage_of_new_documents(counts[np.arange(12) != document])[0])


def test_coverage_of_new_documents_by_hand():
    # worked: "a" in both documents (5 tokens), "b" in one (2), so w1 = 2, w2 = 5, n = 7, D = 2: 1 - 2/7 * 2/(2 + 5)
    value, _ = coverage_of_new_documents(csr_matrix(np.array([[3, 2], [2, 0]])))
    assert value == pytest.approx(1 - 2 / 7 * 2 / 7)
    assert coverage_of_new_documents(csr_matrix(np.array([[3, 2]])))[0] is None
    assert coverage_of_new_documents(csr_matrix(np.array([[1, 0], [0, 1]])))[0] is None
    assert coverage_of_new_documents(csr_matrix(np.array([[1], [4]])))[0] == 1.0


def test_only_the_coverage_of_new_documents_is_right_where_documents_have_words_of_their_own():
    table, new, tokens = FeatureTable(zipf_shares()[:, None]), [], []
    for seed in range(10):
        counts = csr_matrix(np.hstack([part.toarray() for part in table.draw(20_000, 40, seed, 0.02)]).T)
        totals = np.asarray(counts.sum(axis=0)).ravel()
        truth = table.joint[totals > 0].sum()
        new.append(coverage_of_new_documents(counts)[0] - truth)
        tokens.append(chao_jost_coverage((totals == 1).sum(), (totals == 2).sum(), 20_000) - truth)
    assert abs(np.mean(new)) < 0.015
    assert np.mean(tokens) > 0.1


def corpus(sources=4, per_source=5):
    random = np.random.default_rng(0)
    share = random.dirichlet(np.full(80, 0.3))
    documents = {}
    for source in range(sources):
        for number in range(per_source):
            own = [f"own{term}" for term in random.integers(0, 300, 60)] if source == 2 else []
            documents[f"s{source}/d{number}.txt"] = [sentence(*(f"w{term}" for term in random.choice(80, 200, p=share)), *own)]
    return documents


def by_measure(documents, **options):
    chosen = EstimatorOptions()
    return {each.measure: each for each in estimate_influence(Inputs(counted(documents, **options), chosen), chosen).estimates}


def test_the_source_that_moves_coverage_most_is_named():
    found = by_measure(corpus())
    assert "without one source) / T; largest for 's2' of" in method_of(found["coverage_influence"])
    assert found["coverage_influence"].value < 0  # coverage is higher without it
    for name in ("coverage_design_effect", "sparsity_u_design_effect", "coverage_of_new_documents"):
        assert found[name].interval[0] <= found[name].value <= found[name].interval[1]
    assert "document group" in method_of(found["sparsity_u_influence"])


def test_one_source_or_document_has_nothing_to_leave_out():
    found = by_measure(corpus(sources=1))
    assert found["coverage_influence"].undefined_because.code == "undefined_too_few_groups"
    alone = by_measure({"a.txt": corpus()["s0/d0.txt"]})
    assert {each.undefined_because.code for each in alone.values()} == {"undefined_too_few_groups"}


def test_one_word_and_words_all_apart_have_reasons():
    assert all(each.value is None for each in by_measure({"a.txt": [sentence("word")]}).values())
    apart = by_measure({f"{number}.txt": [sentence(*(f"d{number}w{term}" for term in range(9)))] for number in range(9)})
    assert apart["coverage_of_new_documents"].undefined_because.code == "undefined_no_shared_words"


def test_harmonic_weights_are_refused_for_u_alone():
    found = by_measure(corpus(), weights="harmonic")
    assert (
        found["sparsity_u_design_effect"].undefined_because.code == found["sparsity_u_influence"].undefined_because.code == "undefined_weighted_pairs"
    )
    assert found["coverage_design_effect"].value is not None
