"""Designs of running text and of what else documents hold: a Markov chain of words, sections that repeat, terms that a public list lacks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import Segmentation
from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.document_groups import GroupSums, group_sums
from corpuskit.estimators.documents.predictability import WIDENING, held_out_losses
from corpuskit.estimators.information.entropy import corrected_entropy
from corpuskit.estimators.jackknife_excess import GroupedTypes
from corpuskit.estimators.resampling import jackknife_interval, ratio_without_each
from corpuskit.estimators.robustness.segmentation import UNITS, numbers_of
from corpuskit.estimators.vocabulary.public_rarity import TermUse, excess_of_share, shares, shares_without_each
from corpuskit.synthetic import zipf_shares
from corpuskit.synthetic.tables import entropy_of
from tests.validation.estimators.languages import GROUPS, Words
from tests.validation.estimators.rows import Design, Outcome, outcome

TRUTH_DRAWS = 100
FIRST_TRUTH = 10**6
RARE = 0.05
"""Share of types that the list lacks."""


def chain(types: int = 200, documents: int = 50, length: int = 200) -> Design:
    """Documents of a Markov chain of words; the truth of a held-out cross-entropy is its mean over draws, since models of other texts differ."""
    random = np.random.default_rng(0)
    reach = np.cumsum(np.array([random.permutation(zipf_shares(types)) for _ in range(types)]), axis=1)

    def measured(seed: int) -> tuple[float, NDArray[np.float64]]:
        draws = np.random.default_rng(seed)
        word, steps = draws.integers(types, size=documents), [np.zeros(0, np.int64)] * length
        for step in range(length):
            word = np.minimum((reach[word] < draws.random(documents)[:, None]).sum(axis=1), types - 1)
            steps[step] = word
        texts, group = np.array(steps).T, np.arange(documents) % GROUPS
        tables = tuple(_bigrams(texts[group == number], types) for number in range(GROUPS))
        words = csr_matrix(np.array([np.bincount(texts[group == number].ravel(), minlength=types) for number in range(GROUPS)]))
        losses, tokens, _ = held_out_losses(csr_matrix(sum(tables[1:], start=tables[0])), tables, words)
        return float(losses.sum() / tokens.sum()), ratio_without_each(losses, tokens.astype(float))

    truth = mean_of(lambda seed: measured(seed)[0])

    def replicate(seed: int) -> dict[str, Outcome]:
        value, left_out = measured(seed)
        interval = jackknife_interval(value, left_out, factor=WIDENING, bounds=(0.0, np.inf))
        return {"cross-entropy, against its own expectation": (value, interval, truth)}

    return Design("Markov chain of 200 words", documents * length, replicate)


def mean_of(function: Callable[[int], float]) -> float:
    """Give the mean over draws of their own, a truth that no sum gives."""
    return float(np.mean([function(seed) for seed in range(FIRST_TRUTH, FIRST_TRUTH + TRUTH_DRAWS)]))


def _bigrams(texts: NDArray[np.int64], types: int) -> csr_matrix:
    pairs = (texts[:, :-1] * types + texts[:, 1:]).ravel()
    table = csr_matrix(np.bincount(pairs, minlength=types * types).reshape(types, types))
    table.sort_indices()
    return table


def sections(documents: int = 100, each: int = 10, texts: int = 2000) -> Design:
    """Sections whose text is drawn from a stock with Zipf frequencies; the truth is the chance that another section has the same one."""
    stock, n = zipf_shares(texts, 0.8), documents * each
    truth = float(stock @ (1 - (1 - stock) ** (n - 1)))

    def replicate(seed: int) -> dict[str, Outcome]:
        drawn = np.random.default_rng(seed).choice(texts, size=n, p=stock)
        repeated, group = np.bincount(drawn, minlength=texts)[drawn] > 1, np.repeat(np.arange(documents) % GROUPS, each)
        found = np.bincount(group, repeated, GROUPS).astype(float), np.bincount(group, minlength=GROUPS).astype(float)
        value = float(found[0].sum() / n)
        return {"share of repeated sections": (value, jackknife_interval(value, ratio_without_each(*found), bounds=(0.0, 1.0)), truth)}

    return Design("sections from a stock of 2,000 texts", n, replicate)


def rare_terms(n: int = 20_000, agreement: float = 0.002) -> Design:
    """Words of which some are not in a public list; truths are means over draws, as which terms stand in enough documents depends on their number."""
    language = Words(zipf_shares(), 40, n // 40, agreement)
    absent = np.random.default_rng(1).random(len(language.shares)) < RARE
    group = np.arange(40) % GROUPS

    def used(seed: int) -> tuple[GroupSums, TermUse]:
        counts = language.draw(seed)
        sums = group_sums(counts, group)
        return sums, TermUse.of(sums, np.arange(counts.shape[1]))

    def measured(seed: int) -> tuple[float, float]:
        use = used(seed)[1]
        return shares(use.documents, use.tokens, absent)

    truths = mean_of(lambda seed: measured(seed)[0]), mean_of(lambda seed: measured(seed)[1])

    def replicate(seed: int) -> dict[str, Outcome]:
        sums, use = used(seed)
        values, left_out = shares(use.documents, use.tokens, absent), shares_without_each(use, absent)
        excesses = excess_of_share(use, GroupedTypes.of(sums.documents), values[0]), None
        names = ("share of terms rare in public", "share of words rare in public")
        return {
            name: (values[place], jackknife_interval(values[place], left_out[:, place], bounds=(0.0, 1.0), excess=excesses[place]), truths[place])
            for place, name in enumerate(names)
        }

    return Design(f"words by Zipf, 5 % of types in no list, {agreement:g} alike in documents", n, replicate)


def units(n: int = 20_000, agreement: float = 0.002, parts: int = 800) -> Design:
    """Words of two units each, as Japanese in short units: both units of a word stand together, so they are no independent draws."""
    language, random = Words(zipf_shares(), 40, n // 40, agreement), np.random.default_rng(2)
    types = len(language.shares)
    made = random.choice(parts, size=(types, 2), p=zipf_shares(parts, 0.7))
    rows, ones = np.repeat(np.arange(types), 2), np.ones(2 * types, np.int64)
    divided = Segmentation(tuple(str(part) for part in range(parts)), csr_matrix((ones, (rows, made.ravel())), shape=(types, parts)))
    truth = np.asarray(language.shares @ divided.of_terms).ravel() / 2

    def replicate(seed: int) -> dict[str, Outcome]:
        found = numbers_of(language.draw(seed), np.arange(40) % GROUPS, divided)
        seen = np.asarray(found.groups.sum(axis=0)).ravel() > 0
        entropy = corrected_entropy(UNITS.measures[2], "lang:ja", found.spectrum, found.groups, EstimatorOptions(), UNITS.method)
        assert found.known is not None
        return {
            "coverage of new documents, in units": (
                found.known,
                found.known_interval(),
                float(truth[seen].sum()),
            ),
            "entropy, in units": outcome(entropy, entropy_of(truth)),
        }

    return Design(f"words of two of 800 units, {agreement:g} alike in documents", n, replicate)


chain, sections, rare_terms, units = cache(chain), cache(sections), cache(rare_terms), cache(units)
