"""Corpora of drawn words, whole documents or rows of one table."""

import numpy as np

from tests.counts.build import Part, counted, sentence


def drawn(units=60, words=80, seed=0, types=300, lift=None, times=1.0, language="en", rows=False, prefix="d"):
    """Draw units of Zipfian words; ``lift`` names a word that is ``times`` as frequent as elsewhere."""
    generator = np.random.default_rng(seed)
    weights = 1 / np.arange(1, types + 1)
    if lift is not None:
        weights[lift] *= times
    weights /= weights.sum()
    texts = [[f"w{place}" for place in generator.choice(types, words, p=weights)] for _ in range(units)]
    if rows:
        return counted({f"{prefix}.csv": [Part(paragraphs=[[text]], kind="row", language=language) for text in texts]})
    return counted({f"{prefix}{number}.txt": [sentence(*text, language=language)] for number, text in enumerate(texts)})
