import numpy as np
import pytest

from corpuskit.synthetic import chernoff_coefficient, ring_matrices, ring_messages


@pytest.mark.parametrize(("ambiguity", "published"), [(0.0, 0.0), (0.02, 0.065), (0.04, 0.157)])
def test_the_published_ambiguities_come_out(ambiguity, published):  # figure 3 of arXiv 2304.09960: own-letter start, transitions scored only
    assert ring_messages(50_000, ambiguity, start="own").error == pytest.approx(published, abs=0.003)


@pytest.mark.parametrize(
    ("ambiguity", "error", "disagreement"),  # exact posteriors, computed apart with 100,000 messages
    [(0.01, 0.0370, 0.0527), (0.02, 0.0893, 0.1257), (0.04, 0.1963, 0.2689), (0.10, 0.4131, 0.5356)],
)
def test_the_exact_error_under_a_uniform_start(ambiguity, error, disagreement):
    messages = ring_messages(30_000, ambiguity)
    assert messages.expected_error == pytest.approx(error, abs=0.003)
    assert messages.error == pytest.approx(messages.expected_error, abs=0.006)
    assert messages.expected_disagreement == pytest.approx(disagreement, abs=0.003)


def test_an_own_first_letter_gives_the_intention_away():
    messages = ring_messages(500, 0.04, start="own")
    assert (messages.letters[:, 0] // 3 == messages.intentions).all()


def test_transitions_are_probabilities():
    assert np.allclose(ring_matrices(0.02).sum(axis=2), 1)
    plain = ring_matrices(0.0)
    assert np.allclose(np.unique(plain.sum(axis=2).round(12)), [0, 1])


def test_the_seed_decides():
    first, same, other = (ring_messages(20, 0.04, seed=seed) for seed in (1, 1, 2))
    assert (first.letters == same.letters).all()
    assert (first.letters != other.letters).any()
    assert first.texts()[0] == "".join("abcdefghijklmnopqr"[letter] for letter in first.letters[0])


@pytest.mark.parametrize(
    ("ambiguity", "bits", "determination", "chernoff"),  # theory 5.1, computed apart from this code
    [(0.01, 0.149, 0.942, 0.0625), (0.02, 0.366, 0.858, 0.154), (0.04, 0.803, 0.690, 0.333), (0.10, 1.629, 0.370, 0.654)],
)
def test_the_exact_entropy_and_chernoff_rate_under_a_uniform_start(ambiguity, bits, determination, chernoff):
    messages = ring_messages(30_000, ambiguity)
    assert messages.conditional_entropy == pytest.approx(bits, abs=0.012)
    assert 1 - messages.conditional_entropy / np.log2(6) == pytest.approx(determination, abs=0.005)
    assert chernoff_coefficient(ambiguity) == pytest.approx(chernoff, abs=6e-4)


def test_a_prior_moves_the_posterior_and_lowers_the_error():
    skewed = ring_messages(20_000, 0.04, prior=np.array([0.9, 0.02, 0.02, 0.02, 0.02, 0.02]))
    assert np.bincount(skewed.intentions)[0] == pytest.approx(18_000, abs=200)
    assert skewed.error == pytest.approx(skewed.expected_error, abs=0.006)
    assert skewed.expected_error < 0.1 < ring_messages(20_000, 0.04).expected_error  # never above that of always guessing the commonest


def test_the_errors_of_two_messages_do_not_multiply():
    # theory 0.2: eps1 * eps2 would promise less than the truth; here from two messages of one intention
    first, second = (ring_messages(20_000, 0.04, seed=seed) for seed in (1, 2))
    size = min(np.bincount(first.intentions).min(), np.bincount(second.intentions).min())
    rows = [np.concatenate([np.flatnonzero(messages.intentions == intention)[:size] for intention in range(6)]) for messages in (first, second)]
    both = first.posterior[rows[0]] * second.posterior[rows[1]]
    error = float((both.argmax(axis=1) != first.intentions[rows[0]]).mean())
    assert error > 1.2 * first.expected_error**2
