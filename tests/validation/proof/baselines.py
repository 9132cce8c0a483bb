"""Simple numbers of a task that could rank tasks as well as corpuskit does: what it has to be better than."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tests.validation.proof.words import words_of

FIRST_TOKENS = 2_000
BASELINES = {
    "classes": "number of classes",
    "labels_per_class": "labels for each class",
    "length": "mean length in characters",
    "type_token_ratio": "type-token ratio of the first 2,000 tokens",
    "majority_error": "error of always naming the commonest class",
}
"""What :func:`baselines_of` gives, and what it is called."""


def baselines_of(texts: Sequence[str], labels: Sequence[str], language: str, labelled: int) -> dict[str, float]:
    """Give the five numbers.

    Parameters
    ----------
    texts, labels : sequence of str
        All rows of the task, which gives these numbers more than an audit of 200 labels has; tokens are taken in the order of the rows.
    language : str
        ``en`` or ``ja``.
    labelled : int
        Labels that the audit has.
    """
    by_class = Counter(labels)
    first = words_of(texts[:FIRST_TOKENS], language).tokens[:FIRST_TOKENS]  # a text has a token or more
    return {
        "classes": float(len(by_class)),
        "labels_per_class": labelled / len(by_class),
        "length": float(np.mean([len(text) for text in texts])),
        "type_token_ratio": len(set(first.tolist())) / max(len(first), 1),
        "majority_error": 1 - max(by_class.values()) / len(labels),
    }
