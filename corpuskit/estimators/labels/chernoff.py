"""How fast further messages of one intention tell it from the others, where their joint distribution is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEIGHTS = np.linspace(0.01, 0.99, 99)
"""Exponents tried; because the sum is convex in the exponent, a step of .01 misses its minimum by less than a thousandth of its depth."""


def chernoff_factor(conditional: Floats) -> float:
    """Give the factor by which each further message of the same intention shrinks the error in the long run.

    Formula: ``rho = max_{i<j} min_l sum_x q_i(x)^l q_j(x)^(1-l)``; the error of m messages is ``exp(-m C)`` up to slower factors, ``C = -ln rho``.
    Reference: Chernoff 1952. The pair of intentions hardest to tell apart decides. It needs the true distributions: relative frequencies with empty
    cells make intentions look far easier to tell apart than they are.

    Parameters
    ----------
    conditional : array, shape (messages, intentions)
        q(message given intention); columns sum to 1.

    Returns
    -------
    float
        0 when no two intentions share a message, 1 when two of them cannot be told apart; 0 for a single intention.
    """
    intentions = conditional.shape[1]
    if intentions < 2:
        return 0.0
    # without this, 0 to a small power would count a message that one of the two never sends
    powers = [np.where(conditional > 0, conditional**weight, 0.0) for weight in WEIGHTS]
    sums = np.stack([one.T @ other for one, other in zip(powers, reversed(powers), strict=True)])
    return float(sums.min(axis=0)[np.triu_indices(intentions, 1)].max())


def least_divergence(conditional: Floats) -> Floats:
    """Give, for each intention, the smallest Kullback-Leibler divergence to another one, in nats; infinite where all others lack a message.

    Parameters
    ----------
    conditional : array, shape (messages, intentions)
        q(message given intention), at least two intentions.
    """
    logs = np.log(np.where(conditional > 0, conditional, 1.0))
    own = (conditional * logs).sum(axis=0)
    lacking = ((conditional > 0).T.astype(float) @ (conditional == 0)) > 0
    divergence = np.where(lacking, np.inf, own[:, None] - conditional.T @ logs)
    np.fill_diagonal(divergence, np.inf)
    return np.asarray(divergence.min(axis=1))


def expected_examples(conditional: Floats, error: float, prior: Floats | None = None) -> Floats:
    """Give the expected number of messages until each intention is sure, as Wald's sequential test would need.

    Formula: ``E[m] ~ (log((1 - d) / d) + log prior odds) / min_th' KL(q_th || q_th')``, at least 0; the odds are those of the nearest rival
    against the intention. Reference: Wald 1945. The overshoot of the last message is left out, so it is a little short. It is not ``ln d / ln
    eps``, which takes the error of one message for the factor of each (theory 1.3).

    Parameters
    ----------
    conditional : array, shape (messages, intentions)
        q(message given intention), at least two intentions.
    error : float
        Wanted posterior error d, 0 < d < 1/2.
    prior : array, shape (intentions,), optional
        Even when left out.

    Returns
    -------
    array, shape (intentions,)
        Infinite where two intentions are equal; 0 where the rivals lack a message that the intention sends.
    """
    divergence = least_divergence(conditional)
    odds = 0.0 if prior is None else np.log((1 - prior) / prior)
    if prior is not None and len(prior) > 2:
        odds = np.log(np.array([np.delete(prior, place).max() for place in range(len(prior))]) / prior)
    wanted = np.maximum(np.log((1 - error) / error) + odds, 0.0) * np.ones(len(divergence))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(divergence > 1e-12, wanted / divergence, np.where(wanted > 0, np.inf, 0.0)))
