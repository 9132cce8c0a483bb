import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.robustness.influence import (
    effect_of_clustering,
    estimate_influence,
    without_each_source,
)
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from tests.counts.build import counted, sentence
from tests.estimators.method_words import method_of


def documents_of(random, documents=12, types=40):
    return csr_matrix(random.poisson(0.6, (documents, types)) * (random.random((documents, types)) < 0.4))


def test_a_variance_four_times_as_large_is_an_effect_of_four():
    effect, (low, high) = effect_of_clustering(0.02, 0.01, 24)
    assert effect == pytest.approx(4)
    # worked from the chi-square quantiles of 24 degrees of freedom, 39.364 and 12.401
    assert (low, high) == pytest.approx((4 * 24 / 39.364, 4 * 24 / 12.401), rel=1e-4)
    wider = effect_of_clustering(0.02, 0.01, 24, freedom_of_independent=24)[1]
    assert wider[0] < low < high < wider[1]
    assert effect_of_clustering(0.02, 0.0, 24) is None


def test_leaving_out_a_source_is_counting_without_it():
    random = np.random.default_rng(0)
    counts, sources = documents_of(random), np.array([0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 0, 1])
    found = without_each_source(counts, sources)
    for source in range(3):
        left = np.asarray(counts[sources != source].sum(axis=0)).ravel()
        assert found[source] == pytest.approx(chao_jost_coverage((left == 1).sum(), (left == 2).sum(), left.sum()))
    assert np.isnan(without_each_source(counts, np.zeros(12, int))).all()


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
