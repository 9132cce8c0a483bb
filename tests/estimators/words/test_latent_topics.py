import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.words.latent_intentions import AGREEING, best, identified
from corpuskit.estimators.words.latent_topics import completion, fit_topics, halves, overall, posterior, topics_by_number
from corpuskit.synthetic import ring_messages


def planted(n=300, topics=3, words=60, terms=300, seed=0):
    random = np.random.default_rng(seed)
    of_topic, kinds = random.dirichlet(np.full(terms, 0.05), topics), random.integers(topics, size=n)
    return csr_matrix(np.stack([random.multinomial(words, 0.8 * of_topic[kind] + 0.2 / terms) for kind in kinds])), kinds


def transitions(n, seed=1):
    """Pairs of neighbouring letters of the ring language, e = .04."""
    letters = ring_messages(n, 0.04, seed=seed).letters
    pairs = (letters[:, :-1] * 18 + letters[:, 1:]).ravel()
    counts = csr_matrix((np.ones(len(pairs), np.int64), (np.repeat(np.arange(n), 20), pairs)), shape=(n, 324))
    counts.sum_duplicates()
    return counts


def test_topics_far_apart_are_found_and_their_number_too():
    counts, kinds = planted()
    found = topics_by_number(counts)
    assert best(found).topics == 3
    assert best(found).agreement > 0.95
    assert identified(best(found))
    prior, words = fit_topics(counts.astype(float), 3)
    given = posterior(words, prior, counts).argmax(axis=1)
    assert len(set(zip(given.tolist(), kinds.tolist(), strict=True))) == 3
    assert np.nanmean(best(found).open) < 0.01


def test_text_of_one_topic_has_none():
    random = np.random.default_rng(0)
    share = random.dirichlet(np.full(300, 0.3))
    counts = csr_matrix(np.stack([random.multinomial(60, share) for _ in range(300)]))
    assert not any(identified(fitted) for fitted in topics_by_number(counts))
    assert max(fitted.gain for fitted in topics_by_number(counts)) < 0


def test_the_ring_language_is_not_identified():
    # theory 2.5: at n = 500 the value depends on k alone (meaningless); at n = 3,000 held-out likelihood finds k = 6, yet 37 % are in wrong classes
    few = topics_by_number(transitions(500), (2, 3, 6, 12))
    assert not identified(best(few))
    assert best(few).topics == 2
    values = [float(np.nanmean(fitted.open)) for fitted in few]
    assert values == sorted(values)
    assert values[-1] > 1.5 * values[0]
    many = topics_by_number(transitions(3000), (2, 3, 6, 12))
    assert best(many).topics == 6
    assert best(many).gain > 2 * best(many).gain_error
    assert best(many).agreement < AGREEING
    assert not identified(best(many))


def test_halves_are_all_words_and_each_once():
    counts, _ = planted(50)
    one, other = halves(counts, np.random.default_rng(0))
    assert (one + other != counts).nnz == 0
    assert 0.4 < one.sum() / counts.sum() < 0.6


def test_one_topic_completes_by_the_shares_of_words():
    counts, _ = planted(20)
    one, other = halves(counts, np.random.default_rng(0))
    expected = other @ np.log(overall(one))
    assert completion(overall(one)[None, :], np.ones(1), one, other) == pytest.approx(expected)
    prior, words = fit_topics(one, 1)
    assert (prior.tolist(), words[0].tolist()) == ([1.0], overall(one).tolist())


def test_words_of_topics_are_probabilities():
    prior, words = fit_topics(planted()[0].astype(float), 5)
    assert prior.sum() == pytest.approx(1)
    assert words.sum(axis=1) == pytest.approx(np.ones(5))
    assert words.min() > 0
