import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.retrieval.retrieval_cues import Cues
from corpuskit.estimators.retrieval.retrieval_measures import mean_of_cues, reciprocal, self_posteriors, share_of_cues


def test_mean_reciprocal_rank_by_hand():  # (1 + 1/2 + 1/4 + 0) / 4
    assert reciprocal(np.array([1.0, 2.0, 4.0, np.inf])).mean() == 1.75 / 4


def test_the_mean_has_an_interval_from_eight_documents_on():
    values = np.tile([1.0, 0.5], 8)
    mean, interval = mean_of_cues(values, np.arange(16) // 2, 0.95)
    assert mean == 0.75
    assert interval == pytest.approx((0.75, 0.75))  # each document has the same mean
    assert mean_of_cues(values, np.arange(16) // 4, 0.95) == (0.75, None)


def test_the_interval_of_a_mean_is_that_of_the_jackknife():
    """One value a document: the jackknife's error is the standard error of the mean, s / sqrt(n)."""
    values = np.linspace(0, 1, 11)
    mean, interval = mean_of_cues(values, np.arange(11), 0.95)
    half = 2.228138852 * values.std(ddof=1) / np.sqrt(11)  # t with 10 degrees of freedom
    assert interval == pytest.approx((mean - half, mean + half))


def test_a_share_in_clusters_is_as_wide_as_that_of_whole_documents():
    outcome = np.repeat([True, False], 50)
    alone = share_of_cues(outcome, np.arange(100), 0.95)
    clustered = share_of_cues(outcome, np.arange(100) // 10, 0.95)
    assert (alone[0], alone[2]) == (0.5, pytest.approx(100 / 99))
    assert clustered[2] > 9
    assert clustered[1][0] < alone[1][0] < alone[1][1] < clustered[1][1]


def test_the_posterior_of_passages_that_all_look_the_same_is_even():
    terms, own = csr_matrix(np.ones((40, 1))), np.arange(40)
    found = self_posteriors(Cues("headings", terms, own, own), csr_matrix(np.ones((1, 40))))
    assert found == pytest.approx(np.full(40, 1 / 40))


def test_the_posterior_of_names_of_their_own_is_certain():
    own = np.arange(40)
    found = self_posteriors(Cues("headings", csr_matrix(np.eye(40)), own, own), csr_matrix(np.eye(40)))
    assert found.min() > 0.99


def test_the_posterior_is_calibrated_where_half_of_the_cues_are_wrong():
    """A cue names one passage, and its own is that one in three of four cases: the softmax learns to believe it three times in four."""
    random = np.random.default_rng(0)
    named = np.arange(400) % 20
    own = np.where(random.random(400) < 0.75, named, (named + random.integers(1, 20, 400)) % 20)
    found = self_posteriors(Cues("headings", csr_matrix(np.eye(20)[named]), own, np.arange(400)), csr_matrix(np.eye(20)))
    assert np.max(found) == pytest.approx(np.mean(own == named), abs=0.06)


def test_the_scale_of_scores_does_not_matter():
    own = np.arange(60) % 30
    cues = Cues("headings", csr_matrix(np.eye(30)[own] + np.roll(np.eye(30), 1, axis=1)[own]), own, np.arange(60))
    weights = csr_matrix(np.eye(30) * np.linspace(1, 2, 30))
    by_term = csr_matrix(weights.T)
    assert self_posteriors(cues, by_term) == pytest.approx(self_posteriors(cues, by_term * 2.5), abs=0.01)
