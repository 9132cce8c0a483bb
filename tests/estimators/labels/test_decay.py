from functools import cache

import numpy as np
import pytest

from corpuskit.estimators.labels.decay import decay_of, decaying_part, fit_decay, length_to, resampled_means
from corpuskit.synthetic import chernoff_coefficient, ring_matrices, ring_messages

LENGTHS = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64])


@cache
def ring_losses(n, ambiguity, lengths, seed=0):
    """Whether the exact posterior after so many letters misses the intention."""
    messages, logs = ring_messages(n, ambiguity, steps=max(lengths), seed=seed), np.log(ring_matrices(ambiguity))
    before, after = messages.letters[:, :-1], messages.letters[:, 1:]
    scores = np.cumsum(logs[:, before, after], axis=2)
    return np.stack([scores[:, :, length - 1].argmax(axis=0) != messages.intentions for length in lengths], axis=1).astype(float)


@pytest.mark.parametrize(("floor", "drop", "rho"), [(0.0, 0.8, 0.94), (0.1, 0.5, 0.8), (0.05, 0.3, 0.99)])
def test_an_exact_exponential_comes_out(floor, drop, rho):
    fits = fit_decay(LENGTHS.astype(float), (floor + drop * rho**LENGTHS)[None, :])
    assert fits.rate[0] == pytest.approx(rho, abs=1e-3)
    assert fits.floor[0] == pytest.approx(floor, abs=5e-3)
    assert fits.squares[0] < 1e-6


@pytest.mark.parametrize(("floor", "drop", "exponent"), [(0.0, 0.8, 0.5), (0.1, 0.5, 1.3)])
def test_an_exact_power_law_comes_out(floor, drop, exponent):
    errors = (floor + drop * LENGTHS**-exponent)[None, :]
    fits = fit_decay(LENGTHS.astype(float), errors, "power")
    assert fits.rate[0] == pytest.approx(exponent, abs=0.02)
    assert fits.floor[0] == pytest.approx(floor, abs=0.01)
    assert fits.squares[0] < 0.01 * fit_decay(LENGTHS.astype(float), errors).squares[0]


def test_a_rising_curve_is_flat_and_a_floor_is_never_below_zero():
    rising, steep = np.linspace(0.1, 0.3, len(LENGTHS)), np.maximum(0.6 - 0.05 * LENGTHS, 0.0)
    fits = fit_decay(LENGTHS.astype(float), np.stack([rising, steep]))
    assert (fits.drop[0], fits.floor[0]) == (0.0, pytest.approx(0.2))
    assert fits.floor[1] >= 0


def test_the_errors_of_the_ring_language_are_the_known_ones():
    # theory 2.6: eps(1, 5, 10, 20, 40, 60) at e = .04
    errors = ring_losses(20_000, 0.04, (1, 5, 10, 20, 40, 60)).mean(axis=0)
    assert errors == pytest.approx([0.751, 0.530, 0.370, 0.196, 0.058, 0.019], abs=0.008)


def test_the_rate_of_the_ring_language_and_its_length_to_five_percent():
    # theory 2.6: fitted rho .929 to .939 against Chernoff .946; a spurious floor of .005 to .017; t*(5 %) = 43
    decay = decay_of(LENGTHS, ring_losses(20_000, 0.04, tuple(LENGTHS.tolist())), np.arange(20_000), resamples=100)
    rho, floor = decay.rho()[0], decay.floor()[0]
    assert 0.929 < rho < 0.939
    slowest = (chernoff_coefficient(0.04, 60) / chernoff_coefficient(0.04, 40)) ** (1 / 20)
    assert slowest == pytest.approx(0.946, abs=5e-4)
    assert 0 <= floor < 0.017
    assert not decay.rests()
    assert decay.form == "exponential"
    assert decay.exponential_share > 0.99
    assert length_to(decay, 0.05).length == pytest.approx(43, abs=2)


def test_four_hundred_messages_hold_the_truth_mostly():
    # theory 2.6: 91.5 % at 400 documents; .93 of 300 samples with 400 resamples each
    held = []
    for seed in range(30):
        reached = length_to(decay_of(LENGTHS, ring_losses(400, 0.04, tuple(LENGTHS.tolist()), seed + 1), np.arange(400), 200), 0.05)
        held.append(reached.length is None or reached.interval[0] <= 43 <= reached.interval[1])
    assert np.mean(held) >= 0.8


def test_messages_of_one_intention_shrink_the_error_by_the_chernoff_factor():
    # theory 2.6, per message observed / Chernoff / eps at e = .04, L = 20: .31 / .333 / .196
    steps = 20
    losses = ring_losses(40_000, 0.04, (steps, 2 * steps, 3 * steps)).mean(axis=0)
    observed = losses[1] / losses[0]
    assert observed == pytest.approx(0.30, abs=0.03)
    assert losses[0] < observed < chernoff_coefficient(0.04, steps) + 0.01  # never the error of one message, as the product rule has it


def test_a_curve_that_rests_is_a_floor_and_what_lies_below_is_not_reachable():
    random = np.random.default_rng(0)
    losses = (random.random((1000, 1)) < 0.2 + 0.5 * 0.8**LENGTHS).astype(float)
    decay = decay_of(LENGTHS, losses, np.arange(1000))
    value, (low, high) = decay.floor()
    assert low < 0.2 < high + 0.02
    assert decay.rests()
    reached = length_to(decay, 0.05)
    assert reached.length is None
    assert reached.never > 0.99
    assert value == pytest.approx(0.2, abs=0.04)
    above = length_to(decay, 0.4)
    assert above.interval[0] <= np.log(0.4) / np.log(0.8) + 1
    assert above.length == pytest.approx(np.log(0.2 / 0.5) / np.log(0.8), abs=1.0)


def test_no_floor_is_claimed_on_a_slow_language_that_has_none():
    decay = decay_of(LENGTHS, ring_losses(20_000, 0.1, tuple(LENGTHS.tolist())), np.arange(20_000), resamples=100)
    assert decay.floor()[1][0] > 0.02  # the fit believes in one
    assert not decay.rests()


def test_nothing_is_said_beyond_twice_the_longest_length():
    random = np.random.default_rng(0)
    losses = (random.random((4000, 1)) < 0.6 * 0.99**LENGTHS).astype(float)
    decay = decay_of(LENGTHS, losses, np.arange(4000))
    assert length_to(decay, 0.05).length is None  # it would be reached after 247
    assert length_to(decay, 0.4).length == pytest.approx(np.log(0.4 / 0.6) / np.log(0.99), rel=0.25)


def test_lower_tolerances_take_longer():
    decay = decay_of(LENGTHS, ring_losses(4000, 0.04, tuple(LENGTHS.tolist())), np.arange(4000), resamples=50)
    found = [length_to(decay, tolerance).length for tolerance in (0.4, 0.2, 0.1, 0.06)]
    assert found == sorted(found)


def test_resamples_are_paired_and_copies_count_once():
    losses = np.repeat(np.random.default_rng(0).random((50, 1)) < 0.5, 3, axis=1).astype(float)
    means = resampled_means(losses, np.arange(50), 200)
    assert (means == means[:, :1]).all()
    groups = np.repeat(np.arange(50), 4)
    assert resampled_means(np.repeat(losses, 4, axis=0), groups, 200) == pytest.approx(means)
    assert means[0, 0] == losses[:, 0].mean()


def test_the_plateau_at_the_beginning_is_left_out():
    assert decaying_part(np.array([0.8, 0.79, 0.8, 0.5, 0.3, 0.2, 0.1, 0.05])) == 3
    assert decaying_part(np.array([0.8, 0.79, 0.8, 0.78, 0.8, 0.2])) == 2  # four points stay
    assert decaying_part(np.full(6, 0.5)) == 0
