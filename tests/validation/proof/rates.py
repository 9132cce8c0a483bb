"""How fast messages of one intention resolve it: the exact error of the best decoder, and what three rules predict."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from corpuskit.synthetic import ring_matrices

Floats = NDArray[np.float64]

INTENTIONS, ALPHABET, STEPS = 6, 18, 20


def best_decoder_errors(ambiguity: float, most: int, draws: int, seed: int) -> Floats:
    """Give the error of the best decoder after 1 to ``most`` messages of one intention, under equally frequent intentions and a uniform start.

    ``P(m) = sum_x [sum_t q(x, t) - max_t q(x, t)]`` by importance sampling. For every pair (i, j) of intentions messages are drawn from
    ``(q_i q_j)^(1/2) / Z_ij``, a Markov chain of messages on which the two are mistaken for each other; the pairs are mixed evenly (deterministic
    mixture, Owen and Zhou 2000). No weight is above 12.5 times the largest ``Z_ij^m`` (the bound of Bhattacharyya), so errors of 1e-9 need no more
    draws than errors of .1, where plain draws would see none.

    Parameters
    ----------
    ambiguity : float
        Above 0.
    most : int
        Messages.
    draws : int
        Draws for each of the 15 pairs.
    seed : int

    Returns
    -------
    array, shape (most,)
    """
    matrices, random = ring_matrices(ambiguity), np.random.default_rng(seed)
    logs = np.log(matrices)
    pairs = list(combinations(range(INTENTIONS), 2))
    chains = [_chain(np.sqrt(matrices[one] * matrices[other])) for one, other in pairs]
    log_sums = np.log([total for _, _, total in chains])
    totals = np.zeros(most)
    for start, transitions, _ in chains:
        scores = np.zeros((draws, INTENTIONS))
        for m in range(most):
            scores += _log_likelihoods(start, transitions, logs, draws, random)
            proposed = np.stack([(scores[:, one] + scores[:, other]) / 2 for one, other in pairs], axis=1) - (m + 1) * log_sums
            top = scores.max(axis=1)
            shares = np.exp(scores - top[:, None])
            missed = (shares.sum(axis=1) - shares.max(axis=1)) / INTENTIONS
            totals[m] += (missed / np.exp(proposed - top[:, None]).mean(axis=1)).mean()
    return np.asarray(totals / len(pairs))


def _chain(between: Floats) -> tuple[Floats, Floats, float]:
    """Turn unscaled transitions into a chain of 20 steps: start (18,), transitions of each step (20, 18, 18), and the sum over all messages."""
    ahead = [np.ones(ALPHABET)]
    for _ in range(STEPS):
        ahead.append(between @ ahead[-1])
    transitions = np.array([between * ahead[left - 1] / ahead[left][:, None] for left in range(STEPS, 0, -1)])
    return ahead[-1] / ahead[-1].sum(), transitions, float(ahead[-1].mean())


def _log_likelihoods(start: Floats, transitions: Floats, logs: Floats, draws: int, random: np.random.Generator) -> Floats:
    """Draw messages and give the log-likelihood of their transitions under each intention, shape (draws, 6). The first letter is 1/18 under all."""
    now = random.choice(ALPHABET, draws, p=start)
    found = np.zeros((draws, INTENTIONS))
    for step in transitions:
        after = (random.random(draws)[:, None] >= step.cumsum(axis=1)[now]).sum(axis=1).clip(max=ALPHABET - 1)
        found += logs[:, now, after].T
        now = after
    return found


def product_rule(error: float, most: int) -> Floats:
    """Give ``error^m`` for m = 1 to ``most``: the rule of the paper, with the mean error of one message."""
    return np.asarray(error ** np.arange(1, most + 1), dtype=float)


def odds_rule(error: float, most: int) -> Floats:
    """Give ``o^m / (1 + o^m)`` with the odds ``o = error / (1 - error)``: messages independent, intentions equally frequent."""
    odds = (error / (1 - error)) ** np.arange(1, most + 1)
    return np.asarray(odds / (1 + odds), dtype=float)


def chernoff_rule(errors: Floats, coefficient: float, fitted: int = 3) -> Floats:
    """Give ``a coefficient^m``, the factor ``a`` being the geometric mean of what the first ``fitted`` errors say it is."""
    powers = coefficient ** np.arange(1, len(errors) + 1)
    factor = np.exp(np.log(errors[:fitted] / powers[:fitted]).mean())
    return np.asarray(factor * powers, dtype=float)


def decades_off(predicted: Floats, errors: Floats, after: int = 3) -> float:
    """Give the mean absolute difference of log10 on the messages after those that a factor was fitted on."""
    return float(np.abs(np.log10(predicted[after:] / errors[after:])).mean())
