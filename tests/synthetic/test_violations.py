import numpy as np
import pytest

from corpuskit.synthetic import error_with_label_noise, in_dialects, near_copies, repeated_posterior, ring_messages, with_label_noise


def test_label_noise_moves_the_error_as_the_identity_says():
    messages = ring_messages(40_000, 0.02)
    noisy = with_label_noise(messages.intentions, 6, 0.2, seed=1)
    wrong = (messages.posterior.argmax(axis=1) != noisy).mean()
    assert wrong == pytest.approx(error_with_label_noise(messages.expected_error, 6, 0.2), abs=0.008)
    assert error_with_label_noise(0.1, 2, 1.0) == pytest.approx(0.5)
    assert error_with_label_noise(0.1, 6, 0.0) == 0.1


def test_who_takes_copies_for_independent_is_far_too_sure():
    messages = ring_messages(5000, 0.04)
    right, believed = repeated_posterior(messages.posterior, 5)
    assert (right.argmax(axis=1) == believed.argmax(axis=1)).all()
    error = (right.argmax(axis=1) != messages.intentions).mean()
    assert 1 - right.max(axis=1).mean() == pytest.approx(error, abs=0.02)
    assert 1 - believed.max(axis=1).mean() < 0.5 * error
    sure, _ = repeated_posterior(np.array([[1.0, 0.0]]), 3)
    assert sure.tolist() == [[1.0, 0.0]]


def test_copies_differ_in_one_letter_at_most():
    texts, groups = near_copies(ring_messages(20, 0.04).texts(), 2)
    assert len(texts) == 60
    for number in range(20):
        original, *copies = (text for text, group in zip(texts, groups, strict=True) if group == number)
        assert all(sum(one != other for one, other in zip(original, copy, strict=True)) <= 1 for copy in copies)


def test_a_dialect_exchanges_letters_within_its_source():
    letters, sources = ring_messages(300, 0.04).letters, np.repeat([0, 1, 2], 100)
    spoken = in_dialects(letters, sources, 18)
    for source in range(3):
        pairs = set(zip(letters[sources == source].ravel().tolist(), spoken[sources == source].ravel().tolist(), strict=True))
        assert len(pairs) == len({first for first, _ in pairs}) == len({second for _, second in pairs})
    assert (spoken[:100] != spoken[100:200]).any()
