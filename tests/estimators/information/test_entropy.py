import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.information.entropy import entropy_of_groups, estimate_entropy
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost
from corpuskit.synthetic import FeatureTable, zipf_shares
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.method_words import method_of

TABLE = FeatureTable(zipf_shares()[:, None])


def groups_of(n, seed, agreement=0.0):
    return csr_matrix(np.hstack([part.toarray() for part in TABLE.draw(n, 25, seed, agreement)]).T)


@pytest.mark.parametrize("agreement", [0.0, 0.002])
def test_known_entropy_also_where_words_cluster(agreement):
    # the truth is exact, 5.875 nats; Chao, Wang and Jost's own value is .07 too low in the second case (reports/validation/estimators.md)
    values = [entropy_of_groups(groups_of(20_000, seed, agreement), seed)[0].values[0] for seed in range(8)]
    assert np.mean(values) == pytest.approx(TABLE.joint_entropy, abs=0.03)


def test_few_groups_or_one_with_nearly_all_words_tell_nothing_of_clustering():
    groups = groups_of(4000, 0)
    assert entropy_of_groups(groups[:7]) is None
    assert entropy_of_groups(csr_matrix(groups.multiply(np.where(np.arange(25) == 3, 200, 1)[:, None]))) is None


def test_too_little_seen_is_refused():
    # 30,000 words, 40 documents of 20 tokens: with six in ten of the running words seen the value would be .25 nats too low
    inputs = corpus(drawn(40, words=20, types=30_000, clustered=False, exponent=0.8))
    refused = by_measure(estimate_entropy(inputs, inputs.options))["entropy"]
    assert refused.undefined_because.code == "undefined_low_coverage_for_entropy"
    assert refused.undefined_because.parameters["coverage"] < 0.7


def test_documents_with_nearly_all_of_their_own_are_refused():
    # an intraclass correlation of .1: a document of 500 tokens has met some 36 types independently
    inputs = corpus(np.hstack([part.toarray() for part in TABLE.draw(20_000, 40, 0, 0.1)]).T)
    refused = by_measure(estimate_entropy(inputs, inputs.options))["entropy"].undefined_because
    assert refused.code in ("undefined_observations_cluster", "undefined_low_coverage_for_entropy")


def test_few_groups_have_the_value_for_independent_words_without_an_interval():
    inputs = corpus(drawn(5, words=1000, clustered=False))
    found = by_measure(estimate_entropy(inputs, inputs.options))["entropy"]
    spectrum = inputs.spectra["en"]
    assert found.value == chao_wang_jost(spectrum.k, spectrum.f_k)
    assert found.interval is None
    assert [part.code for part in found.method][1:] == ["method_unseen_as_independent", "method_no_interval_too_few_groups"]


def test_each_estimate_names_its_method():
    inputs = corpus(drawn(40))
    found = by_measure(estimate_entropy(inputs, inputs.options))
    assert method_of(found["entropy"]).startswith("Chao-Wang-Jost")
    assert found["entropy_lowest"].value <= found["entropy_highest"].value
    assert found["entropy_lowest"].interval is None
    assert found["entropy"].interval[0] < found["entropy"].value < found["entropy"].interval[1]
