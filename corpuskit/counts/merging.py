"""Counts of parts become counts of the whole: exact, associative, with the counts of nothing as zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts.counting import arrange, refuse_twice, with_units
from corpuskit.counts.sparse import Integers, add, assemble, empty, relocate, same
from corpuskit.counts.stats import (
    STATS_DOCUMENT_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_LINE_SCHEMA,
    STATS_NOTICE_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
    STATS_TERM_SCHEMA,
    CorpusStats,
    CountOptions,
)
from corpuskit.counts.storage import StoredStats
from corpuskit.errors import UsageError
from corpuskit.text import FEATURES, TokenizerInfo


def count_nothing(options: CountOptions) -> CorpusStats:
    """Give the counts of no document: the zero of :func:`merge`."""
    return CorpusStats(
        options=options,
        documents=pl.DataFrame(schema=STATS_DOCUMENT_SCHEMA),
        sections=pl.DataFrame(schema=STATS_SECTION_SCHEMA),
        terms=pl.DataFrame(schema=STATS_TERM_SCHEMA),
        labels=pl.DataFrame(schema=STATS_LABEL_SCHEMA),
        signals=pl.DataFrame(schema=STATS_SIGNAL_SCHEMA),
        personal_data=pl.DataFrame(schema=STATS_PERSONAL_SCHEMA),
        notices=pl.DataFrame(schema=STATS_NOTICE_SCHEMA),
        lines=pl.DataFrame(schema=STATS_LINE_SCHEMA),
        section_terms=empty((0, 0)),
        heading_terms=empty((0, 0)),
        cooccurrence=tuple(empty((0, 0)) for _ in range(options.groups)),
        bigrams=tuple(empty((0, 0)) for _ in range(options.groups)),
        features=empty((0, FEATURES), np.float32),
        tokenizers={},
    )


Part = CorpusStats | StoredStats


def merge(parts: Sequence[Part], options: CountOptions | None = None) -> CorpusStats:
    """Merge counts of parts of a corpus: ``merge([count(a), count(b)])`` equals ``count(a + b)`` value for value.

    Of stored parts one table is in memory at a time, of co-occurrence one document group.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
        Counted with equal options and tokenizers, over different documents. None is changed.
    options : CountOptions, optional
        What the parts must have been counted with; needed when there are no parts. Default: those of the first part.

    Returns
    -------
    CorpusStats
        In canonical order, arrays read-only.

    Raises
    ------
    UsageError
        Options or tokenizers differ, a document is in two parts, or there are neither parts nor options.
    """
    if options is None:
        if not parts:
            raise UsageError("Nothing to merge, and no options to say how nothing was counted. Give the options.")
        options = parts[0].options
    _refuse_other_options(parts, options)
    tokenizers = _tokenizers(parts)
    filled = [part for part in parts if _rows(part, "documents")]
    if not filled:
        return replace(count_nothing(options), tokenizers=tokenizers)
    if len(filled) == 1 and filled[0].tokenizers == tokenizers:
        return filled[0].whole() if isinstance(filled[0], StoredStats) else filled[0]
    documents = pl.concat([part.documents for part in filled]).sort("document")
    refuse_twice(documents)
    sections, section_order = _sections(filled)
    terms, term_rows = _terms(filled)
    return CorpusStats(
        options=options,
        documents=documents.rechunk(),
        sections=sections,
        terms=terms,
        labels=arrange(pl.concat([part.labels for part in filled])),
        signals=arrange(pl.concat([part.signals for part in filled])),
        personal_data=arrange(pl.concat([part.personal_data for part in filled])),
        notices=arrange(pl.concat([part.notices for part in filled])),
        lines=_lines(filled),
        section_terms=_stack(filled, "section_terms", term_rows, terms.height, section_order),
        heading_terms=_stack(filled, "heading_terms", term_rows, terms.height, section_order),
        cooccurrence=_add_groups(filled, "cooccurrence", term_rows, terms.height, options.groups),
        bigrams=_add_groups(filled, "bigrams", term_rows, terms.height, options.groups),
        features=_stack(filled, "features", None, FEATURES, section_order),
        tokenizers=tokenizers,
    )


def equal(a: CorpusStats, b: CorpusStats) -> bool:
    """Tell whether two counts agree in every option, frame and matrix entry."""
    return all(_equal(getattr(a, field.name), getattr(b, field.name)) for field in fields(CorpusStats))


def _equal(a: object, b: object) -> bool:
    if isinstance(a, pl.DataFrame) and isinstance(b, pl.DataFrame):
        return a.schema == b.schema and a.equals(b)
    if isinstance(a, csr_matrix) and isinstance(b, csr_matrix):
        return same(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(_equal(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b)


def _refuse_other_options(parts: Sequence[Part], options: CountOptions) -> None:
    for part in parts:
        if part.options != options:
            asked, found = options.model_dump(), part.options.model_dump()
            differing = ", ".join(f"{name} {found[name]} instead of {asked[name]}" for name in asked if asked[name] != found[name])
            raise UsageError(f"Only counts with equal options can be merged; one has {differing}. Count all parts with the same options.")


def _tokenizers(parts: Sequence[Part]) -> dict[str, TokenizerInfo]:
    merged: dict[str, TokenizerInfo] = {}
    for part in parts:
        for language, info in part.tokenizers.items():
            if merged.setdefault(language, info) != info:
                used = " and ".join(f"{each.name} {each.version} {each.mode}".strip() for each in (merged[language], info))
                raise UsageError(
                    f"The parts cut {language!r} with different tokenizers ({used}): their counts do not mean the same. "
                    "Count all parts with one tokenizer and dictionary."
                )
    return dict(sorted(merged.items()))


def _sections(parts: Sequence[Part]) -> tuple[pl.DataFrame, Integers]:
    """Give all sections in canonical order, and for each the row it had when the parts stood one below the other."""
    stacked = pl.concat([part.sections for part in parts]).with_row_index("stacked")
    ordered = stacked.sort("document", "ordinal")
    return ordered.drop("stacked").rechunk(), ordered["stacked"].to_numpy().astype(np.int64)


def _lines(parts: Sequence[Part]) -> pl.DataFrame:
    """Add up lines that are equal in one source; no document is in two parts, so numbers of documents add up too."""
    return (
        pl.concat([part.lines for part in parts])
        .group_by("source", "line")
        .agg(pl.col("documents", "occurrences", "words").sum(), pl.col("first").min())
        .sort("source", "line")
        .select(STATS_LINE_SCHEMA.keys())
    )


def _terms(parts: Sequence[Part]) -> tuple[pl.DataFrame, list[Integers]]:
    """Give the common vocabulary, and for each part the row of each of its terms there (strictly increasing)."""
    stacked = pl.concat([part.terms for part in parts])
    summed = stacked.group_by("language", "form").agg(pl.col("stop").any(), pl.col("frequency", "document_frequency").sum())
    terms = with_units(summed, stacked).sort("language", "form").select(STATS_TERM_SCHEMA.keys())
    rows = terms.select("language", "form").with_row_index("row")
    placed = [part.terms.join(rows, on=["language", "form"], how="left", maintain_order="left")["row"].to_numpy() for part in parts]
    return terms, [place.astype(np.int64) for place in placed]


def _stack(parts: Sequence[Part], name: str, columns: Sequence[Integers] | None, width: int, order: Integers) -> csr_matrix:
    """Put matrices with sections as rows one below the other, columns aligned, and the rows in ``order``. Parts are read one at a time."""
    entries = sum(_rows(part, name) for part in parts)
    rows = sum(_rows(part, "sections") for part in parts)
    indptr = np.zeros(rows + 1, np.int64)
    indices: Integers = np.empty(entries, np.int32 if width < 2**31 else np.int64)
    data = np.empty(entries, np.float32 if columns is None else np.int64)
    row = entry = 0
    for number, part in enumerate(parts):
        matrix = getattr(part, name)
        indptr[row + 1 : row + 1 + matrix.shape[0]] = matrix.indptr[1:].astype(np.int64) + entry
        indices[entry : entry + matrix.nnz] = matrix.indices if columns is None else columns[number][matrix.indices]
        data[entry : entry + matrix.nnz] = matrix.data
        row, entry = row + matrix.shape[0], entry + matrix.nnz
    stacked = assemble(indptr, indices, data, (rows, width))
    if (order[1:] > order[:-1]).all():
        return stacked
    moved = stacked[order]
    return assemble(moved.indptr, moved.indices, moved.data, moved.shape)


def _rows(part: Part, name: str) -> int:
    """Rows of a frame or entries of a matrix of a part."""
    if isinstance(part, StoredStats):
        return part.height(name)
    table = getattr(part, name)
    return int(table.height if isinstance(table, pl.DataFrame) else table.nnz)


def _add_groups(parts: Sequence[Part], name: str, term_rows: Sequence[Integers], width: int, groups: int) -> tuple[csr_matrix, ...]:
    """Add up matrices of words by words, group by group."""
    return tuple(
        add([relocate(_of_group(part, name, group), rows, rows, (width, width)) for part, rows in zip(parts, term_rows, strict=True)])
        for group in range(groups)
    )


def _of_group(part: Part, name: str, group: int) -> csr_matrix:
    found: csr_matrix = part.of_group(name, group) if isinstance(part, StoredStats) else getattr(part, name)[group]
    return found
