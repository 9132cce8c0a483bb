"""Designs of labels: two people who label messages whose exact posterior is known."""

from __future__ import annotations

import numpy as np

from corpuskit.estimators import clopper_pearson, least_error, wilson
from corpuskit.synthetic import ring_messages
from tests.validation.estimators.rows import Design, Outcome


def coders(n: int, ambiguity: float, error: float, disagreement: float) -> Design:
    """Two people label messages of the ring language, each by a draw from the exact posterior; truths from 100,000 messages (theory 5.1)."""

    def replicate(seed: int) -> dict[str, Outcome]:
        messages, random = ring_messages(n, ambiguity, seed=seed + 1), np.random.default_rng(seed)
        first, second = ((messages.posterior.cumsum(axis=1) < random.random((n, 1))).sum(axis=1) for _ in range(2))
        differ = float((first != second).sum())
        low, high = clopper_pearson(differ, n)
        wrong = float((messages.posterior.argmax(axis=1) != messages.intentions).sum())
        return {
            "exact: bound [h(l), u] of two coders": (least_error(differ / n, 6), (least_error(low, 6), high), error),
            "exact: disagreement of two coders": (differ / n, (low, high), disagreement),
            "exact: error of the best reader": (wrong / n, clopper_pearson(wrong, n), error),
            "Wilson, for display: error of the best reader": (wrong / n, wilson(wrong, n), error),
        }

    return Design(f"ring language, e = {ambiguity:g}", n, replicate)
