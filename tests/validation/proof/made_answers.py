"""A made table of questions with made answers in which the relation is planted: whoever is told nothing must find it."""

from __future__ import annotations

import numpy as np

from tests.validation.proof.answers import Answered
from tests.validation.proof.runs import Run

CLASSES, OF_EACH, OWN, WORDS = 10, 40, 12, 8
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu")


def made_answers(seed: int = 0, planted: float = 0.9) -> Answered:
    """Make questions whose classes lend one another words, the more the higher their number, and three runs that err where words are lent.

    Parameters
    ----------
    seed : int
    planted : float
        How far the share of lent words decides that an answer is wrong; with 0 all are wrong equally often.
    """
    random = np.random.default_rng([seed, 11])  # not the stream that the experiment draws from
    words = ["".join(random.choice(SYLLABLES, random.integers(2, 5))) for _ in range(CLASSES * OWN)]
    own = [words[code * OWN : (code + 1) * OWN] for code in range(CLASSES)]
    names = [f"{own[code][0]} {own[code][1]} {own[code][2]}" for code in range(CLASSES)]
    texts, labels, lent = [], [], []
    for code in range(CLASSES):
        for _ in range(OF_EACH):
            share = random.random() * code / (CLASSES - 1)
            borrowed = random.random(WORDS) < share
            partner = own[(code + 1) % CLASSES]
            texts.append(" ".join(str(random.choice(partner if borrow else own[code])) for borrow in borrowed))
            labels.append(code)
            lent.append(float(borrowed.mean()))
    order = np.argsort(names)
    of_name = np.empty(CLASSES, np.int64)
    of_name[order] = np.arange(CLASSES)
    wrong = planted * np.array(lent) + (1 - planted) * 0.3
    runs = []
    for number in range(3):
        right = random.random(len(texts)) > wrong
        confidence = random.random(len(texts)) + 0.3 * right
        runs.append(Run(f"made run {number + 1}", np.arange(len(texts), dtype=np.int64), right, confidence))
    codes = of_name[np.array(labels)]
    of_all, offered = np.ones(CLASSES, np.bool_), np.ones((len(runs), CLASSES), np.bool_)
    return Answered(texts, codes, tuple(names[place] for place in order), of_all, tuple(runs), offered, 0, "made questions and answers")
