"""Made annotators, crowds and words whose ambiguity is known, of the same shape as the data of the report part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.validation.proof.made_answers import made_answers
from tests.validation.word_senses import Word, counted, entropy

if TYPE_CHECKING:
    from tests.validation.proof.people import Annotated, Crowd
    from tests.validation.proof.word_entropy import Words

LABELS = ("contradiction", "entailment", "neutral")
TOPICS, OF_TOPIC, SENTENCE = 8, 30, 11
LETTERS = "bdfghklmnprstvz"


def annotated(people: int = 3, seed: int = 0) -> Annotated:
    """Make texts whose class three people name, each with a slip in one of six cases."""
    from tests.validation.proof.people import Annotated

    made = made_answers(seed)
    random, names = np.random.default_rng([seed, 12]), np.array(made.names)
    shown = np.repeat(made.labels[:, None], people, axis=1)
    slips = random.random(shown.shape) < 1 / 6
    shown = np.where(slips, random.integers(0, len(names), shown.shape), shown)
    return Annotated(made.texts, [names[row].tolist() for row in shown], 0, f"made texts, {people} annotators")


def crowd(items: int = 160, seed: int = 0) -> Crowd:
    """Make items that nine workers split over, evenly where linguists call them ambiguous and one in nine otherwise."""
    from tests.validation.proof.people import Annotated, Crowd

    random = np.random.default_rng([seed, 13])  # not the stream that the experiment draws from
    ambiguous = random.random(items) < 0.5
    labels, entropies = [], []
    for split in ambiguous:
        chances = (0.5, 0.5, 0.0) if split else (8 / 9, 1 / 9, 0.0)
        drawn = random.choice(3, 9, p=chances)
        labels.append([LABELS[code] for code in sorted(drawn)])
        entropies.append(entropy(np.bincount(drawn)))
    texts = [f"item {number} {' '.join(random.choice(list(LETTERS), 12))}" for number in range(items)]
    return Crowd(Annotated(texts, labels, 0, "made items, crowd of nine"), entropies, ambiguous.tolist())


def words(number: int = 40, contexts: int = 60, seed: int = 0) -> Words:
    """Make a corpus of topics, each with words of its own, and words that are used in one to three topics."""
    from tests.validation.proof.word_entropy import Words

    random = np.random.default_rng([seed, 13])  # not the stream that the experiment draws from
    topics = [[_form(random) for _ in range(OF_TOPIC)] for _ in range(TOPICS)]
    texts = []
    for document in range(200):
        topic = topics[document % TOPICS]
        sentences = (" ".join(random.choice(topic, SENTENCE)).capitalize() + "." for _ in range(12))
        texts.append((f"{document:04}", " ".join(sentences)))
    stats, _ = counted(texts)
    made = []
    for place in range(number):
        senses = place % 3 + 1
        chosen = random.choice(TOPICS, senses, replace=False)
        sizes = random.multinomial(contexts, random.dirichlet(np.full(senses, 3.0)))
        company = [
            (random.choice(topics[topic], 5).tolist(), random.choice(topics[topic], 5).tolist())
            for topic, size in zip(chosen, sizes, strict=True)
            for _ in range(size)
        ]
        made.append(Word(f"word{place}", company, entropy(sizes), float(contexts)))
    return Words(made, stats, "en", "made words of one to three topics")


def _form(random: np.random.Generator) -> str:
    return "".join(str(random.choice(list(LETTERS))) + str(random.choice(list("aeiou"))) for _ in range(3))
