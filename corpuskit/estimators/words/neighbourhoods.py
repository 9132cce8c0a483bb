"""Neighbourhoods of words: which words stand near a term more often than chance, and how alike these neighbours are among themselves.

The common ground of senses, moved, thin and doubled terms. Nothing here is random: words are compared by their whole rows of PPMI, not by
directions that a decomposition finds from a random start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, choose_columns, out_of_memory, pairs_between, ppmi_matrix, vocabulary

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]

LARGEST_SPACE = 2_000
"""Terms whose neighbourhoods are compared at most, the most frequent ones, because the similarity of all pairs of them takes a second and 16 MB."""

RAREST = 10
"""Terms seen less often are no neighbours, because half of their associations rest on a single sentence."""

NEIGHBOURS = 60
"""Neighbours of a term that are looked at, because those below add noise: what names a sense is among the strongest few dozen (Biemann 2006)."""

FEWEST_TOGETHER = 2
"""A neighbour stands near the term at least so often, because once is chance or a slip."""

CONTENT = {"en": r"^\p{L}{3,}$", "ja": r"^(\p{Han}[\p{Han}\p{Hiragana}]*|\p{Katakana}[\p{Katakana}ー]+|\p{Latin}{2,})$"}
"""Terms by language: words of letters alone; Japanese words begin with a Chinese character or are written in katakana or Latin letters."""

NUMBERS = r"[〇一二三四五六七八九十百千万億]"


def content_terms(stats: CorpusStats, language: str, fewest: int = 1, documents: int = 1) -> pl.DataFrame:
    """Give the terms of a language that carry content, seen often enough, the most frequent first; ``column`` is their place in its vocabulary."""
    wanted = ~pl.col("stop") & (pl.col("frequency") >= fewest) & (pl.col("document_frequency") >= documents)
    wanted &= pl.col("form").str.contains(CONTENT.get(language, r"^\p{L}{2,}$"))
    if language == "ja":
        wanted &= ~pl.col("form").str.contains(NUMBERS)
    found = vocabulary(stats, language).with_row_index("column").filter(wanted)
    return found.sort("frequency", "document_frequency", "form", descending=[True, True, False])


def terms_of_sections(stats: CorpusStats, language: str, columns: Integers, sections: slice = slice(None)) -> csr_matrix:
    """Give the words of each section, or some (headings not counted), for some terms, given by their place in the language's vocabulary."""
    places = (stats.terms["language"] == language).arg_true()
    first = int(places[0]) if places.len() else 0
    if sections == slice(None):
        return choose_columns(stats.section_terms, first + columns, narrowed=True)
    found = choose_columns(stats.section_terms[sections], first + columns, narrowed=True)
    out_of_memory(stats.section_terms)
    return found


@dataclass(frozen=True, eq=False)
class TermSpace:
    """The most frequent terms of a language, how often they stand near one another, and how alike their company is.

    Attributes
    ----------
    terms : polars.DataFrame
        As :func:`content_terms`, m rows.
    together : csr_matrix of float64, shape (m, m)
        Pairs, symmetric.
    excess : csr_matrix of float64, shape (m, m)
        Pairs beyond those of independent words, ``O - E`` where PPMI is above 0.
    likeness : float32 array, shape (m, m)
        Cosine of their rows of PPMI.
    """

    terms: pl.DataFrame
    together: csr_matrix
    excess: csr_matrix
    likeness: Singles

    @property
    def size(self) -> int:
        """Number of terms, m."""
        return self.terms.height


def term_space(stats: CorpusStats, language: str) -> TermSpace:
    """Compare the company of the most frequent terms. Cost O(m^2) memory and O(m^3) time, m at most 2,000, whatever the size of the corpus."""
    terms = content_terms(stats, language, RAREST).head(LARGEST_SPACE)
    columns = terms["column"].to_numpy().astype(np.int64)
    chosen = csr_matrix(pairs_between(stats, language, columns, columns), dtype=np.float64)
    together = csr_matrix(chosen + chosen.T)
    return space_of(terms, together)


def space_of(terms: pl.DataFrame, together: csr_matrix) -> TermSpace:
    """Compare rows of a symmetric matrix of pairs."""
    together.sum_duplicates()
    return TermSpace(terms, together, excess_pairs(together), cosines(ppmi_matrix(together)))


def excess_pairs(together: csr_matrix) -> csr_matrix:
    """Give ``O - f_x f_y / N`` where it is above 0 and the pair was seen at least twice; a word is no neighbour of itself."""
    margins, total = np.asarray(together.sum(axis=1)).ravel(), float(together.sum())
    found = together.tocoo()
    expected = margins[found.row] * margins[found.col] / max(total, 1.0)
    kept = (found.data > expected) & (found.data >= FEWEST_TOGETHER) & (found.row != found.col)
    values = (found.data - expected)[kept]
    return csr_matrix((values, (found.row[kept], found.col[kept])), shape=together.shape)


def company_in(stats: CorpusStats, language: str, columns: Integers, space: TermSpace) -> csr_matrix:
    """Give the excess pairs of any terms of a language with those of the space, shape (terms, m).

    ``O - E`` with E from the words of each term that the space holds: margins are those within the space, so a rare term needs no row in it.
    """
    inside = space.terms["column"].to_numpy().astype(np.int64)
    # the pairs of all of them in one pass, since it looks at every pair there is
    wanted = np.union1d(columns, inside)
    own, other = np.searchsorted(wanted, columns), np.searchsorted(wanted, inside)
    every = pairs_between(stats, language, wanted, wanted)
    found = csr_matrix(every[own][:, other] + every[other][:, own].T, dtype=np.float64)
    margins, usual = np.asarray(found.sum(axis=1)).ravel(), np.asarray(space.together.sum(axis=0)).ravel()
    cells = found.tocoo()
    expected = margins[cells.row] * usual[cells.col] / max(float(usual.sum()), 1.0)
    kept = (cells.data > expected) & (cells.data >= FEWEST_TOGETHER) & (columns[cells.row] != inside[cells.col])
    return csr_matrix(((cells.data - expected)[kept], (cells.row[kept], cells.col[kept])), shape=found.shape)


def cosines(rows: csr_matrix) -> Singles:
    """Give the cosine of every pair of rows; 0 for an empty row."""
    dense = np.asarray(rows.astype(np.float32).toarray())
    lengths = np.linalg.norm(dense, axis=1, keepdims=True)
    np.divide(dense, lengths, out=dense, where=lengths > 0)
    return np.asarray(dense @ dense.T, dtype=np.float32)


def strongest(excess: csr_matrix, most: int = NEIGHBOURS) -> tuple[Integers, Floats]:
    """Give the neighbours of each row with most excess pairs.

    Returns
    -------
    places : int64 array, shape (rows, most)
        Columns, the strongest first; 0 where there are fewer.
    weights : array, shape (rows, most)
        Their share of the excess of all of these; 0 where there are fewer.
    """
    excess = csr_matrix(excess)
    rows = np.repeat(np.arange(excess.shape[0]), np.diff(excess.indptr))
    order = np.lexsort((-excess.data, rows))
    rank = np.arange(len(order)) - np.repeat(excess.indptr[:-1], np.diff(excess.indptr))
    kept = rank < most
    places, weights = np.zeros((excess.shape[0], most), np.int64), np.zeros((excess.shape[0], most))
    at = rows[order][kept], rank[kept]
    places[at], weights[at] = excess.indices[order][kept], excess.data[order][kept]
    total = weights.sum(axis=1, keepdims=True)
    return places, np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def ego_networks(likeness: Singles, places: Integers) -> Floats:
    """Give the likeness of the neighbours of each term among themselves, shape (terms, most, most), the diagonal empty: a word tells nothing of
    whether two words are alike."""
    networks = likeness[places[:, :, None], places[:, None, :]].astype(np.float64)
    diagonal = np.arange(places.shape[1])
    networks[:, diagonal, diagonal] = 0.0
    return networks


def mean_likeness(networks: Floats, first: Floats, second: Floats) -> Floats:
    """Give the mean likeness of a neighbour drawn with weights ``first`` to another one drawn with weights ``second``.

    Formula: ``x' K y / (sum x sum y - sum x y)``, K with an empty diagonal. Shapes (terms, most, most), (terms, most), (terms, most); nan where
    there is only one neighbour.
    """
    chances = first.sum(axis=1) * second.sum(axis=1) - (first * second).sum(axis=1)
    sums = np.einsum("ti,tij,tj->t", first, networks, second, optimize=True)
    return np.asarray(np.divide(sums, chances, out=np.full(len(sums), np.nan), where=chances > 1e-12))
