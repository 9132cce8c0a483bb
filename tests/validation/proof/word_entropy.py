"""Do the senses that corpuskit finds of a word go with the entropy of its senses as people marked them?

Contexts of a marked word are its company; how alike other words are comes from the speed corpus of its language. Senses are split by the functions
of an audit, with its window and at the threshold that its pseudo-words set.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, CountOptions
from corpuskit.estimators.words.neighbourhoods import FEWEST_TOGETHER, TermSpace, term_space
from corpuskit.estimators.words.sense_clusters import effective_senses
from corpuskit.estimators.words.word_senses import FEWEST_NEIGHBOURS, LEAST_TOLD_APART, find_senses
from tests.validation.proof.data_sets import Part
from tests.validation.proof.statistics import Found, spearman
from tests.validation.word_senses import REACH, Space, Word, counted, marked_words, pseudo_words, space_of
from tests.validation.word_senses import scores as other_scores

Floats = NDArray[np.float64]

SETS = {"semcor": ("en", "word_sense_semcor", ("lemma", "pos")), "aozora": ("ja", "readings_aozora", ("word",))}
SHOWN = ("diversity", "separation", "frequency", "in_source", "contexts")
"""Scores of ``tests/validation/word_senses.py`` that stand beside: its primary one, the core of the product's, and what needs no meaning."""


class Words(NamedTuple):
    """Words with their contexts, and the corpus of their language."""

    words: list[Word]
    stats: CorpusStats
    language: str
    origin: str


class Senses(NamedTuple):
    """What was found.

    Attributes
    ----------
    effective : array, shape (words,)
        Effective senses; nan for words with too few neighbours.
    truth : array, shape (words,)
        Entropy of the senses in bits.
    rank : Found
        Spearman's rho of the two.
    told_apart, threshold : float
        How well pseudo-words are told from single words, and where a word is split.
    others : dict
        Other scores to their rank correlation with the truth.
    language, origin : str
    """

    effective: Floats
    truth: Floats
    rank: Found
    told_apart: float
    threshold: float
    others: dict[str, Found]
    language: str
    origin: str


def read_and_measure(data: Path, name: str, part: Part, draws: int) -> Senses:
    """Do both, so that a process of its own can and nothing large goes from one to the other."""
    return measure(read_words(data, name, part), draws)


def read_words(data: Path, name: str, part: Part) -> Words:
    """Read the marked words on the report part; else take pseudo-words of the speed corpus of the same language."""
    language, folder, key = SETS[name]
    with gzip.open(data / "speed" / f"{language}.jsonl.gz", "rt", encoding="utf-8") as stream:
        stats, tokens = counted([(row["id"], row["text"]) for row in map(json.loads, stream)])
    if part == "report":
        return Words(marked_words(data / "ambiguity" / folder, key), stats, language, folder)
    return Words(list(pseudo_words(tokens, space_of(stats, language))), stats, language, f"pseudo-words of the speed corpus, {language}")


def measure(given: Words, draws: int) -> Senses:
    """Find the senses of the words and hold their number against the true entropy.

    The rank correlation is undefined where an audit says nothing of senses, because pseudo-words are not told from single words.
    """
    space = term_space(given.stats, given.language)
    company = company_of(given.words, space)
    rows = np.flatnonzero(np.diff(company.indptr) >= FEWEST_NEIGHBOURS).astype(np.int64)
    truth = np.array([word.truth for word in given.words])
    effective = np.full(len(given.words), np.nan)
    told, threshold = float("nan"), float("nan")
    if len(rows) > 1:
        found = find_senses(TermSpace(space.terms, space.together, company, space.likeness), rows)
        effective[rows], told, threshold = effective_senses(found.shares), found.told_apart, found.threshold
    rank = spearman(effective, truth, draws)
    if len(rows) > 1 and not told >= LEAST_TOLD_APART:
        reason = f"an audit refuses: it tells pseudo-words from single words with probability {told:.2f}, and needs {LEAST_TOLD_APART}"
        rank = Found(None, None, len(rows), undefined_because=reason)
    others = _others(given.words, space_of(given.stats, given.language), truth, draws)
    return Senses(effective, truth, rank, told, threshold, others, given.language, given.origin)


def company_of(words: Sequence[Word], space: TermSpace) -> csr_matrix:
    """Give how much oftener than expected each term of the space stands within the window of each word, shape (words, m).

    ``O - E`` where it is above 0 and the term was there at least twice; E as of independent words (``company_in`` of the estimators).
    """
    window = CountOptions().window
    place = {form: number for number, form in enumerate(space.terms["form"].to_list())}
    rows, columns = [], []
    for number, word in enumerate(words):
        own = set(word.name.split("+"))
        near = [form for left, right in word.contexts for form in (*left[-window:], *right[:window]) if form in place and form not in own]
        rows += [number] * len(near)
        columns += [place[form] for form in near]
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(words), space.size))
    counts.sum_duplicates()
    margins, usual = np.asarray(counts.sum(axis=1)).ravel(), np.asarray(space.together.sum(axis=0)).ravel()
    cells = counts.tocoo()
    expected = margins[cells.row] * usual[cells.col] / max(float(usual.sum()), 1.0)
    kept = (cells.data > expected) & (cells.data >= FEWEST_TOGETHER)
    return csr_matrix(((cells.data - expected)[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)


def _others(words: Sequence[Word], space: Space, truth: Floats, draws: int) -> dict[str, Found]:
    place = {form: number for number, form in enumerate(space.forms)}
    values = [other_scores(word, space, place, REACH) for word in words]
    return {name: spearman([value[name] for value in values], truth, draws) for name in SHOWN}
