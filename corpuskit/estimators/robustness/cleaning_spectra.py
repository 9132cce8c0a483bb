"""Spectra of a corpus at each stage of cleaning: as it was found, without exact copies, without near copies. Few numbers, so they outlive the counts.

Each stage has its spectra without each group of documents, too, and the groups are those of the folder as it was found, so that differences
between stages can be taken group by group. A copy stands in the group of the document that stays for it: left out apart, the one would stay for
the other, and the difference would seem less certain than it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, FrequencySpectrum, document_terms, exact_groups, languages, near_groups
from corpuskit.estimators.document_groups import (
    DocumentSpectrum,
    document_spectra_without_each_group,
    document_spectrum_of_groups,
    group_sums,
    spectra_without_each_group,
)

Integers = NDArray[np.int64]
Copies = tuple[tuple[str, ...], ...]
"""Ids of documents that say the same, the one that stays first."""


@dataclass(frozen=True, eq=False)
class Spectra:
    """Spectra of one language.

    Attributes
    ----------
    words : FrequencySpectrum
    documents : DocumentSpectrum
    """

    words: FrequencySpectrum
    documents: DocumentSpectrum


@dataclass(frozen=True, eq=False)
class StageSpectra:
    """Spectra of one language at one stage of cleaning.

    Attributes
    ----------
    whole : Spectra
        Of all documents of the stage.
    without : dict
        Number of a group to the spectra without it; a group that holds no word of the language is not there.
    """

    whole: Spectra
    without: Mapping[int, Spectra]

    def without_each(self, groups: Collection[int]) -> tuple[Spectra, ...]:
        """Give the spectra without each of the groups; leaving out one that holds nothing leaves the whole."""
        return tuple(self.without.get(group, self.whole) for group in groups)


@dataclass(frozen=True, eq=False)
class CleaningSpectra:
    """What is kept of the counts of a folder as it was found.

    Attributes
    ----------
    exact, near : tuple of tuple of str
        Groups of exact copies and of near copies; the first of each group stays.
    groups : polars.DataFrame
        Columns ``document`` and ``group``: the jackknife group of each document, one for all copies of a document.
    as_found, without_exact, without_near : mapping
        Language to its spectra; the last two hold only the languages in which documents were left out. Without near copies means without exact
        ones, too.
    without_left_out : mapping
        Language to its spectra without the documents that were left out of the counts for any reason; empty where no lines were removed.
    """

    exact: Copies
    near: Copies
    groups: pl.DataFrame
    as_found: Mapping[str, StageSpectra]
    without_exact: Mapping[str, StageSpectra]
    without_near: Mapping[str, StageSpectra]
    without_left_out: Mapping[str, StageSpectra]

    def groups_of(self, documents: pl.Series) -> Integers:
        """Give the jackknife group of documents of the folder, by their ids."""
        found = pl.DataFrame({"document": documents}).join(self.groups, on="document", how="left", maintain_order="left")
        return found["group"].to_numpy().astype(np.int64)


def spectra_of_terms(terms: csr_matrix, group: Integers) -> StageSpectra:
    """Give the spectra of a documents-by-types matrix, whole and without each group of documents.

    Parameters
    ----------
    terms : csr_matrix, shape (documents, V)
    group : int64 array, shape (documents,)
        Documents of groups below 0 are left out.

    Returns
    -------
    StageSpectra
        Cost O(stored entries) and O(V) for each group.
    """
    sums = group_sums(terms, group)
    whole = Spectra(FrequencySpectrum.of(sums.tokens_of_types), document_spectrum_of_groups(sums))
    parts = zip(spectra_without_each_group(sums), document_spectra_without_each_group(sums), strict=True)
    return StageSpectra(whole, {number: Spectra(*part) for number, part in zip(sums.numbers.tolist(), parts, strict=True)})


def find_copies(stats: CorpusStats, threshold: float) -> tuple[Copies, Copies]:
    """Give the groups of exact copies and those of near copies, from this similarity on; of each group the first document stays."""
    return exact_groups(stats), near_groups(stats, threshold)


def spectra_of_stages(
    stats: CorpusStats,
    copies: tuple[Copies, Copies],
    left_out: Collection[str] = (),
    lines: bool = False,
    terms: Mapping[str, csr_matrix] | None = None,
) -> CleaningSpectra:
    """Give the spectra of a folder with and without its copies.

    Parameters
    ----------
    stats : CorpusStats
        Counts of the folder as it was found.
    copies : (Copies, Copies)
        From :func:`find_copies`.
    left_out : collection of str
        Documents that are going to be left out of the counts.
    lines : bool
        Whether boilerplate lines are going to be left out, so that the spectra before that are needed.
    terms : mapping, optional
        Language to documents by terms, where they are at hand.

    Returns
    -------
    CleaningSpectra
        Without any spectra where there are no copies and no lines are left out: then nothing costs anything.
    """
    exact, near = copies
    group, names = together(stats.documents, exact, near), stats.documents["document"]
    groups = stats.documents.select("document").with_columns(group=pl.Series(group, dtype=pl.Int64))
    copied = {document for each in exact for document in each[1:]}
    nearly = {document for each in near for document in each[1:]}
    as_found: dict[str, StageSpectra] = {}
    without_exact: dict[str, StageSpectra] = {}
    without_near: dict[str, StageSpectra] = {}
    without_left_out: dict[str, StageSpectra] = {}
    for language in languages(stats) if copied or nearly or lines else ():
        counts = terms[language] if terms is not None else document_terms(stats, language)
        as_found[language] = spectra_of_terms(counts, group)
        without_exact |= _without(copied, language, counts, group, names)
        without_near |= _without(copied | nearly, language, counts, group, names) if nearly else {}
        if lines:
            without_left_out |= {language: as_found[language]} | _without(left_out, language, counts, group, names)
    return CleaningSpectra(exact, near, groups, as_found, without_exact, without_near, without_left_out)


def spectra_before_cleaning(stats: CorpusStats, threshold: float, left_out: Collection[str], lines: bool) -> CleaningSpectra:
    """Give what is kept of the words of a folder before it is counted anew without some documents or lines. Parameters as above."""
    return spectra_of_stages(stats, find_copies(stats, threshold), left_out, lines)


def together(documents: pl.DataFrame, exact: Copies, near: Copies) -> Integers:
    """Give the group of each document, that of the document that stays for it where it is a copy. Shape (documents,)."""
    group = dict(documents.select("document", "group").iter_rows())
    for copies in (*near, *exact):  # the one that stays of exact copies may itself be a near copy, so near ones come first
        for document in copies[1:]:
            group[document] = group[copies[0]]
    return np.array([group[document] for document in documents["document"]], np.int64)


def _without(left_out: Collection[str], language: str, terms: csr_matrix, group: Integers, documents: pl.Series) -> dict[str, StageSpectra]:
    """Give the spectra of a language without some documents; nothing where none of these has a word of it."""
    kept = ~documents.is_in(list(left_out)).to_numpy()
    if not np.any(np.diff(terms.indptr)[~kept] > 0):
        return {}
    return {language: spectra_of_terms(terms, np.where(kept, group, -1))}
