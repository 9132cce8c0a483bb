from itertools import pairwise, product

import numpy as np
import pytest

from tests.validation.proof.prompts import INTENTIONS, NEWLINE, divergence, draw_prompts, ring_text


def likelihoods(prompts, row):
    """Likelihood of each message of a prompt under each intention, from the letters alone; the first letter is 1/18 under all."""
    found = []
    for message in prompts.letters[row]:
        steps = list(pairwise(message[:-1]))
        found.append([np.prod([matrix[before, after] for before, after in steps]) for matrix in prompts.matrices])
    return np.array(found)


def test_the_text_follows_the_ring():
    text = ring_text(3_000, 0.0, seed=1)  # without noise the letters of a message name its intention
    assert text.shape == (3_000, 22)
    assert (text[:, -1] == NEWLINE).all()
    blocks = text[:, :-1] // 3
    assert (blocks == blocks[:, :1]).all()
    moves = np.diff(blocks[:, 0]) % INTENTIONS
    assert set(moves.tolist()) == {0, 1}
    assert np.mean(moves == 0) == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(len(moves)))


def test_the_mixture_of_one_intention_is_that_of_bayes():
    prompts = draw_prompts(12, 0.04, seed=3)
    for row in range(12):
        weights = likelihoods(prompts, row)[2:].prod(axis=0)
        expected = (weights / weights.sum()) @ prompts.matrices[:, prompts.first[row]]
        assert prompts.mixture(2, ring=False)[row, :-1] == pytest.approx(expected)


def test_the_mixture_of_the_text_is_the_sum_over_all_ways_round_the_ring():
    prompts = draw_prompts(6, 0.04, seed=4)
    for row in range(6):
        likely = likelihoods(prompts, row)[2:]
        weights = np.zeros(INTENTIONS)
        for start, first, second in product(range(INTENTIONS), (0, 1), (0, 1)):
            middle = (start + first) % INTENTIONS
            weights[(middle + second) % INTENTIONS] += likely[0, start] * likely[1, middle]
        expected = (weights / weights.sum()) @ prompts.matrices[:, prompts.first[row]]
        assert prompts.mixture(2, ring=True)[row, :-1] == pytest.approx(expected)


def test_without_noise_nothing_is_left_to_resolve():
    prompts = draw_prompts(60, 0.0, seed=5)
    assert divergence(prompts.truth, prompts.mixture(1, ring=True)).max() == pytest.approx(0.0, abs=1e-12)


def test_longer_prompts_end_as_shorter_ones_do():
    prompts = draw_prompts(30, 0.02, seed=6)
    assert prompts.written(4).shape == (30, 89)
    assert (prompts.written(4)[:, -45:] == prompts.written(2)).all()
    assert np.bincount(prompts.intentions).tolist() == [5] * 6


def test_divergence():
    truth = np.array([[0.5, 0.5], [1.0, 0.0], [0.5, 0.5]])
    model = np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]])
    assert divergence(truth, model) == pytest.approx([0.5 * np.log(4 / 3), np.log(2), np.inf])
