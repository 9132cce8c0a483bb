import numpy as np
import pytest

from corpuskit.synthetic import ring_matrices, ring_messages


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
