import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.retrieval.retrieval_ambiguity import rank_by_rest
from corpuskit.estimators.retrieval.retrieval_cues import Cues
from corpuskit.estimators.retrieval.retrieval_scores import (
    bm25_weights,
    by_rest,
    by_space,
    by_words,
    place_terms,
    ranks_of_own,
    weigh,
    weights_by_term,
)


def cues(rows, own):
    return Cues("headings", csr_matrix(np.array(rows, float)), np.array(own), np.zeros(len(own), np.int64))


def topics(passages=60, seed=0, words=12):
    """Passages of three topics with ten words each; a word stands in about half of its topic's passages."""
    random = np.random.default_rng(seed)
    topic = np.arange(passages) % 3
    table = np.zeros((passages, 30), np.int64)
    for row in range(passages):
        table[row, topic[row] * 10 : topic[row] * 10 + 10] = random.poisson(words / 10, 10)
    return topic, csr_matrix(table)


def test_known_scores():  # one term in one of two sections of equal length: log(1 + (2 - 1 + .5) / (1 + .5)) * 2.2 * 3 / (3 + 1.2)
    weights = bm25_weights(csr_matrix(np.array([[3, 0], [0, 3]])))
    assert weights.toarray()[0, 0] == pytest.approx(np.log(2) * 2.2 * 3 / 4.2)


def test_known_scores_of_two_words_by_hand():
    """Three sections of 4, 2 and 3 words, mean 3; idf of a word in two of three: log(1 + 1.5/2.5), in one: log(1 + 2.5/1.5)."""
    counts = csr_matrix(np.array([[2, 1, 1], [1, 0, 1], [0, 0, 3]]))
    common, rare = np.log(1 + 1.5 / 2.5), np.log(1 + 2.5 / 1.5)
    first = common * 2.2 * 2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3)) + rare * 2.2 * 1 / (1 + 1.2 * (0.25 + 0.75 * 4 / 3))
    second = common * 2.2 * 1 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3))
    scores = by_words(csr_matrix(bm25_weights(counts).T))(csr_matrix(np.array([[1.0, 1.0, 0.0]])))
    assert scores[0].tolist() == pytest.approx([first, second, 0.0])


def test_ranks_count_ties_half():
    weights = csr_matrix(np.array([[1.0, 0], [2.0, 0], [1.0, 0], [0, 1.0], [1.0, 0]]))
    found = ranks_of_own(cues([[1, 0], [1, 0], [1, 0]], [0, 1, 3]), by_words(csr_matrix(weights.T)), 5)
    assert found.tolist() == [3.0, 1.0, np.inf]


def test_documents_are_ranked_by_their_best_passage():
    weights = csr_matrix(np.array([[1.0], [3.0], [2.0], [0.0]]))
    found = ranks_of_own(cues([[1], [1], [1]], [0, 1, 2]), by_words(csr_matrix(weights.T)), 4, starts=np.array([0, 2, 3]))
    assert found.tolist() == [1.0, 2.0, np.inf]


def test_a_whole_space_gives_the_cosines_of_tf_idf():
    _, counts = topics(12)
    weighted = weigh(counts)
    placed = weighted.passages @ place_terms(weighted, np.arange(12), 12)
    assert placed @ placed.T == pytest.approx((weighted.passages @ weighted.passages.T).toarray(), abs=1e-9)


def test_the_space_finds_passages_that_lack_the_word():
    topic, counts = topics()
    lacking = np.flatnonzero((topic == 1) & (counts[:, 10].toarray().ravel() == 0))
    assert len(lacking) > 3
    weighted = weigh(counts)
    scores = by_space(weighted, place_terms(weighted, np.arange(60), 3))(csr_matrix(np.eye(30)[[10]]))[0]
    assert scores[lacking].min() > scores[topic != 1].max()
    assert by_words(csr_matrix(bm25_weights(counts).T))(csr_matrix(np.eye(30)[[10]]))[0][lacking].max() == 0


def test_without_the_cues_words_a_passage_of_nothing_else_scores_nothing():
    _, counts = topics()
    table = counts.toarray()
    table[0] = 0
    table[0, 10] = 5
    weighted = weigh(csr_matrix(table))
    terms = place_terms(weighted, np.arange(1, 60), 3)
    scores = by_rest(weighted, terms, np.array([10]), np.arange(60))(csr_matrix(np.eye(30)[[10]]))[0]
    assert scores[0] == 0
    assert by_space(weighted, terms)(csr_matrix(np.eye(30)[[10]]))[0][0] > 0


def test_without_the_cues_words_it_does_not_matter_how_often_they_stand():
    """What is left of a passage is the same, whatever number of the cue's words is taken out: its length alone is not counted."""
    _, counts = topics()
    more = counts.toarray()
    more[0, 10] = 9
    used, cue, found = np.array([10]), csr_matrix(np.eye(30)[[10]]), []
    for table in (counts.toarray(), more):
        weighted = weigh(csr_matrix(table))
        found.append(by_rest(weighted, place_terms(weighted, np.arange(1, 60), 3), used, np.array([0]))(cue)[0, 0])
    first, second = found
    assert second == pytest.approx(first, rel=0.05)  # idf moves a little where the word was absent


def test_headings_that_say_nothing_of_the_rest_are_at_chance():
    """Words drawn independently: the rest of a passage cannot tell its own; ten of a hundred are found by chance."""
    found = []
    for seed in range(10):
        random = np.random.default_rng(seed)
        counts = csr_matrix(random.poisson(0.15, (100, 300)))
        own = [np.sort(random.choice(counts[row].indices, 2, replace=False)) for row in range(100)]
        terms = csr_matrix((np.ones(200), np.concatenate(own), np.arange(0, 201, 2)), shape=(100, 300))
        places = np.arange(100)
        found.append(rank_by_rest(weigh(counts), Cues("headings", terms, places, places), seed))
    assert np.mean(np.concatenate(found) <= 10) == pytest.approx(0.1, abs=0.04)


def test_weights_by_term_are_the_turned_weights_of_the_terms_asked_for():
    counts = np.random.default_rng(3).poisson(0.4, (40, 12))
    weights = bm25_weights(csr_matrix(counts))
    found = weights_by_term(weights, np.array([7, 2, 7, 11]))
    expected = weights.toarray().T
    expected[[0, 1, 3, 4, 5, 6, 8, 9, 10]] = 0
    assert found.shape == (12, 40)
    assert np.array_equal(found.toarray(), expected)
    assert weights_by_term(weights, np.zeros(0, np.int64)).nnz == 0
