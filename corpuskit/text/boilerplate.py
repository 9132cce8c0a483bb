"""Boilerplate lines: running headers and footers, signatures, navigation, disclaimers: lines that stand in many documents of one source.

A line is known by a hash of what it says, so that the text itself ends on this floor. Which lines are boilerplate can only be told when all
documents are counted: here they are counted, batch by batch, and later left out if that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import polars as pl
import xxhash
from numpy.typing import NDArray

from corpuskit.text.normalization import is_word, normalise
from corpuskit.text.table import LINE_SCHEMA
from corpuskit.text.tokenizers import Tokenizer

SHORTEST, LONGEST = 3, 200
"""Characters of a line that can be boilerplate: shorter ones are figures and bullets, longer ones paragraphs, which near-duplicates compare."""

REMOVED = "␡"
"""Form of the token that stands for each token of a removed line. It is no word, so it is never counted and leaves its gap."""

Boilerplate = frozenset[tuple[str, int]]
"""Source and hash of each line to leave out."""

_NUMBERS = re.compile(r"(?<![0-9])[0-9]{1,3}(?![0-9])")
"""Numbers that count pages have up to three digits; longer ones are years and order numbers, which are what a line has to say."""
_LETTER = re.compile(r"[^\W\d_]")


def source_of(document: str) -> str:
    """Give the source of a document: the first folder of its id, empty at the top."""
    folder, slash, _ = document.partition("/")
    return folder if slash else ""


def line_hash(line: str) -> int:
    """Give the xxh3 hash of a line: normalised, white space folded, short numbers written as 0 ("Page 3 of 12" and "Page 4 of 12" are one line).

    Returns
    -------
    int
        0 for a line that cannot be boilerplate: shorter or longer than :data:`SHORTEST` to :data:`LONGEST` characters, or without a letter
        (a row of figures would equal every other once its numbers are folded).
    """
    if len(line) > 2 * LONGEST:
        return 0
    folded = normalise(line)
    if not SHORTEST <= len(folded) <= LONGEST or not _LETTER.search(folded):
        return 0
    return xxhash.xxh3_64_intdigest(_NUMBERS.sub("0", folded).encode("utf-8", "surrogatepass")) or 1


def words_per_line(tokenizer: Tokenizer, types: NDArray[np.uint32], per_line: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the words of lines that were cut: tokens with a letter or digit.

    Parameters
    ----------
    tokenizer : Tokenizer
        That cut them.
    types : uint32 array, shape (tokens,)
        Row of each token in the tokenizer's types.
    per_line : int64 array, shape (lines,)
        Tokens of each line.
    """
    forms = tokenizer.types.forms
    used = np.flatnonzero(np.bincount(types, minlength=len(forms)))
    word = np.zeros(len(forms), np.int64)
    word[used] = [is_word(forms[row]) for row in used.tolist()]
    line = np.repeat(np.arange(per_line.size), per_line)
    return np.bincount(line, weights=word[types], minlength=per_line.size).astype(np.int64)


def count_lines(hashes: Sequence[int], sections: Sequence[int], words: NDArray[np.int64], documents: Sequence[str]) -> pl.DataFrame:
    """Count the lines of a batch.

    Parameters
    ----------
    hashes : sequence of int, one for each line
        From :func:`line_hash`; lines with 0 are not counted.
    sections : sequence of int, one for each line
        Number of the section it stands in.
    words : int64 array, shape (lines,)
        Words of each line.
    documents : sequence of str, one for each section
        Document of each section.

    Returns
    -------
    polars.DataFrame
        With the schema ``LINE_SCHEMA``, sorted by source and line.
    """
    lines = pl.DataFrame({"line": hashes, "section": sections, "words": words}, schema={"line": pl.UInt64, "section": pl.UInt32, "words": pl.Int64})
    places = pl.DataFrame(
        {"document": documents, "source": [source_of(name) for name in documents]}, schema=dict.fromkeys(("document", "source"), pl.String)
    )
    return (
        lines.filter(pl.col("line") != 0)
        .join(places.with_row_index("section"), on="section")
        .group_by("source", "line")
        .agg(
            pl.col("document").n_unique().cast(pl.Int64).alias("documents"),
            pl.len().cast(pl.Int64).alias("occurrences"),
            pl.col("words").sum(),
            pl.col("document").min().alias("first"),
        )
        .sort("source", "line")
        .select(list(LINE_SCHEMA))
    )
