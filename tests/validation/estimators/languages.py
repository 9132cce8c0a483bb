"""Languages of words in documents whose truths are sums over the types, and corpora drawn from them as the estimators take them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.sparse import csr_matrix
from scipy.special import gammaln
from scipy.stats import binom

from corpuskit.counts import CorpusStats, FrequencySpectrum
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.vocabulary.growth import PER, fit_heaps, sizes_up_to
from corpuskit.synthetic.tables import entropy_of

Floats = NDArray[np.float64]
GROUPS = 25
SOURCES = 8


@dataclass(frozen=True, eq=False)
class Words:
    """Documents of equal length, or of lengths that are drawn.

    Attributes
    ----------
    shares : array, shape (types,)
        Probabilities of the types.
    documents, length : int
        Documents, and tokens of each.
    agreement : float
        0: tokens are independent. Above: each document draws from a Dirichlet distribution of its own around the shares; the intraclass correlation.
    uneven : float
        Standard deviation of the logarithm of the documents' lengths, which are drawn; the truths of growth hold for 0 alone.
    """

    shares: Floats
    documents: int
    length: int
    agreement: float = 0.0
    uneven: float = 0.0

    @property
    def n(self) -> int:
        return self.documents * self.length

    def draw(self, seed: int) -> csr_matrix:
        """Draw tokens by document and type."""
        random = np.random.default_rng(seed)
        sizes = np.exp(self.uneven * random.standard_normal(self.documents)) if self.uneven else np.ones(self.documents)
        lengths = np.maximum(np.round(self.n * sizes / sizes.sum()), 1).astype(np.int64)
        return csr_matrix(np.array([drawn_counts(self.shares, int(length), self.agreement, random) for length in lengths]))

    def missed_by(self, length: int) -> Floats:
        """Give the probability that a document of this length lacks each type: binomial, or beta-binomial where documents have words of their own."""
        if not self.agreement:
            return np.asarray((1 - self.shares) ** length, dtype=float)
        strength = (1 - self.agreement) / self.agreement
        rest = strength * (1 - self.shares)
        return np.asarray(np.exp(gammaln(rest + length) - gammaln(rest) - gammaln(strength + length) + gammaln(strength)), dtype=float)

    @cached_property
    def missed(self) -> Floats:
        """The probability that a document lacks each type."""
        return self.missed_by(self.length)

    @cached_property
    def entropy(self) -> float:
        return entropy_of(self.shares)

    def growth(self, target: float) -> dict[str, float]:
        """Give what the last document brings in expectation, the exponent of growth, and the documents until the target, beyond those at hand."""
        sizes = sizes_up_to(self.documents)
        types = np.array([(1 - self.missed**size).sum() for size in sizes])
        new = float((self.missed ** (self.documents - 1) * (1 - self.missed)).sum())
        until = brentq(lambda size: float(self.shares @ self.missed**size) - (1 - target), 0.1, 1e5)
        return {
            "new_types": new,
            "new_word_rate": PER * new / self.length,
            "heaps": fit_heaps(sizes.astype(float), types)[0],
            "documents_needed": float(max(0, int(np.ceil(until - self.documents)))),
        }

    def hill(self, coverage: float) -> dict[str, float]:
        """Give the expected numbers at a level of coverage, for independent tokens."""
        p = self.shares
        size = int(np.ceil(brentq(lambda size: float(p @ (1 - p) ** size) - (1 - coverage), 1, 1e7)))
        types = float((1 - (1 - p) ** size).sum())
        logs = 0.0
        for low in range(0, len(p), 200):
            part = p[low : low + 200]
            k = np.arange(1, int(size * part[0] + 10 * np.sqrt(size * part[0]) + 20))
            logs += float((binom.pmf(k[None, :], size, part[:, None]) * (k * np.log(k))).sum())
        return {
            "hill_0": types,
            "hill_1": float(np.exp(np.log(size) - logs / size)),
            "hill_2": float(1 / (1 / size + (size - 1) / size * (p @ p))),
            "hapax_at_common": float(size * (p @ (1 - p) ** (size - 1)) / types),
        }


def drawn_counts(shares: Floats, size: int, agreement: float, random: np.random.Generator) -> NDArray[np.int64]:
    """Draw observations of one document or group and count them.

    With agreement a, each is a copy of a random earlier one with probability i / (i + (1 - a) / a), i the number of earlier ones: this urn of Polya
    (Blackwell and MacQueen 1973) gives the counts of a Dirichlet distribution of the document's own, without drawing a share for every type.
    """
    reach, place = np.cumsum(shares), np.arange(size)
    drawn = np.minimum(np.searchsorted(reach, random.random(size) * reach[-1], side="right"), len(shares) - 1)
    if agreement:
        strength = (1 - agreement) / agreement
        source = np.where(random.random(size) * (strength + place) < strength, place, (random.random(size) * place).astype(np.int64))
        while np.any(source != source[source]):
            source = source[source]
        drawn = drawn[source]
    return np.bincount(drawn, minlength=len(shares))


def word_inputs(counts: csr_matrix) -> Inputs:
    """Make inputs of tokens by document and type, with documents dealt to groups and sources in turn."""
    documents = np.arange(counts.shape[0])
    names = [f"{number % SOURCES}/{number}.txt" for number in documents]
    inputs = _inputs(documents=pl.DataFrame({"document": names, "group": documents % GROUPS}))
    counts = csr_matrix(counts).astype(np.int64)
    totals = np.asarray(counts.sum(axis=0)).ravel()
    seen = totals > 0
    kept = csr_matrix(counts[:, seen])
    preset(inputs, document_terms={"en": kept}, spectra={"en": FrequencySpectrum.of(totals[seen])}, document_groups=documents % GROUPS)
    preset(inputs, term_lengths={"en": 3 + np.flatnonzero(seen) % 8})
    return inputs


def pair_inputs(cells: GroupedCells) -> Inputs:
    """Make inputs of the cells of a joint table."""
    inputs = _inputs()
    preset(inputs, pair_cells={"en": cells}, samples=())
    return inputs


def _inputs(**stats: Any) -> Inputs:
    counted = SimpleNamespace(options=SimpleNamespace(weights="flat", groups=GROUPS, ordered=False), tokenizers={}, **stats)
    inputs = Inputs(stats=cast(CorpusStats, counted), options=EstimatorOptions())
    preset(inputs, languages=("en",))
    return inputs


def preset(inputs: Inputs, **views: Any) -> None:
    """Give derived views instead of having them computed from counts: estimators then run on what was drawn."""
    inputs.__dict__.update(views)
