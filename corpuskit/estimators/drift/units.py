"""Two corpora as units of text over one vocabulary: rows of tables one by one, other documents whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from corpuskit.counts import CorpusStats

MOST_TERMS = 2_000
"""Terms that are compared one by one, the most frequent of both sides; because rarer ones change with every document and only add noise. The rest
counts as one."""

MOST_UNITS = 20_000
"""Units of a side that are used, spread evenly; because more move no divergence in its second digit."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a corpus.

    Attributes
    ----------
    stats : CorpusStats
    frame : DataFrame
        ``document``, ``ordinal`` (null for a whole document), ``language``, ``text`` (hash of what it says; of an unknown one its place), one row for
        each text.
    of_section : array of int64, shape (sections,)
        Number of the unit that each section belongs to; -1 for those that are left out. Equal texts are one unit: copies come together, and dealing
        them apart would make chance look smaller than it is.
    count : int
        Units.
    """

    stats: CorpusStats
    frame: pl.DataFrame
    of_section: Integers
    count: int

    @classmethod
    def of(cls, stats: CorpusStats, without: frozenset[int] = frozenset()) -> Units:
        """List the units, without those that say what one of these hashes stands for."""
        alone = pl.when(pl.col("kind") == "row").then(pl.col("ordinal")).otherwise(None)
        sections = stats.sections.select("document", alone.alias("ordinal"), pl.col("language").alias("own"), pl.col("text_hash").alias("row_text"))
        facts = stats.documents.select("document", "language", pl.col("text_hash").alias("text"))
        every = sections.join(facts, on="document", how="left", maintain_order="left").select(
            "document",
            "ordinal",
            pl.when(pl.col("ordinal").is_null()).then("language").otherwise("own").alias("language"),
            pl.when(pl.col("ordinal").is_null()).then("text").otherwise("row_text").alias("text"),
        )
        told = every.with_columns(pl.col("text").fill_null(pl.struct("document", "ordinal").hash(seed=0)))
        held = told.filter(~pl.col("text").is_in(list(without)))
        numbered = held.select("text").unique(maintain_order=True).with_row_index("unit")
        places = told.join(numbered, on="text", how="left", maintain_order="left")["unit"]
        frame = held.unique(["document", "ordinal"], maintain_order=True)
        return cls(stats, frame, places.cast(pl.Int64).fill_null(-1).to_numpy(), numbered.height)

    @property
    def texts(self) -> frozenset[int]:
        """Hashes of what the units say."""
        return frozenset(self.frame["text"].to_list())


@dataclass(frozen=True, eq=False)
class Sides:
    """Units of two corpora in one language.

    Attributes
    ----------
    forms : tuple of str
        The V - 1 terms that are compared; the last column of ``counts`` holds all others.
    counts : csr_matrix of int64, shape (m1 + m2, V)
        Words of each unit, those of the first corpus in the first m1 rows.
    first : int
        m1.
    """

    forms: tuple[str, ...]
    counts: csr_matrix
    first: int

    @property
    def second(self) -> int:
        """Units of the second corpus."""
        return int(self.counts.shape[0]) - self.first


def sides_of(first: Units, second: Units, language: str) -> Sides:
    """Line up the units that have words of one language.

    Function words are left out: they carry the style of an author, not what the work is about.

    Parameters
    ----------
    first, second : Units
    language : str
        ``en`` or ``ja``; values of different languages are never put together.
    """
    both = pl.concat([_content(units.stats, language).select("form", "frequency") for units in (first, second)])
    frequent = both.group_by("form").agg(pl.col("frequency").sum()).sort(["frequency", "form"], descending=[True, False]).head(MOST_TERMS)
    column = {form: place for place, form in enumerate(frequent["form"].to_list())}
    matrices = [_words(units, language, column) for units in (first, second)]
    return Sides(tuple(column), csr_matrix(vstack(matrices)), int(matrices[0].shape[0]))


def _content(stats: CorpusStats, language: str) -> pl.DataFrame:
    return stats.terms.with_row_index("row").filter((pl.col("language") == language) & ~pl.col("stop"))


def _words(units: Units, language: str, column: dict[str, int]) -> csr_matrix:
    """Add the sections of each unit together, in the columns of the compared terms and one for the rest; units without a word are left out."""
    terms = _content(units.stats, language)
    own = units.stats.section_terms[:, terms["row"].to_numpy()]
    place = np.array([column.get(form, len(column)) for form in terms["form"].to_list()], dtype=np.int64)
    onto = csr_matrix((np.ones(len(place), np.int64), (np.arange(len(place)), place)), shape=(len(place), len(column) + 1))
    held = np.flatnonzero(units.of_section >= 0)
    gather = csr_matrix((np.ones(len(held), np.int64), (units.of_section[held], held)), shape=(units.count, len(units.of_section)))
    found = csr_matrix(gather @ (own @ onto))
    used = np.flatnonzero(np.diff(found.indptr))
    if len(used) > MOST_UNITS:
        used = used[np.linspace(0, len(used) - 1, MOST_UNITS).astype(np.int64)]
    return csr_matrix(found[used])
