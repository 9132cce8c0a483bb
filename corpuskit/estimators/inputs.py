"""What estimators measure: the counts of a corpus, and what several of them derive from it, computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import (
    CorpusStats,
    FrequencySpectrum,
    LabelledMessages,
    UnlabelledMessages,
    document_terms,
    labelled_documents,
    labelled_messages,
    languages,
    pair_group,
    spectrum,
    unlabelled_documents,
    unlabelled_messages,
    vocabulary,
)
from corpuskit.estimators.document_groups import (
    DocumentSpectrum,
    GroupSums,
    document_spectra_without_each_group,
    document_spectrum_of_groups,
    group_sums,
    spectra_without_each_group,
)
from corpuskit.estimators.information.drawn_cells import cells_of_groups
from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.jackknife_excess import GroupedTypes
from corpuskit.estimators.labels.cross_fitting import CrossFitted, cross_fit
from corpuskit.estimators.labels.message_groups import link_near_copies, sample_groups
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.robustness.cleaning_spectra import CleaningSpectra, Copies, find_copies, spectra_of_stages
from corpuskit.estimators.vocabulary.new_documents import NewDocuments, coverage_of_new_documents
from corpuskit.estimators.vocabulary.token_coverage import leave_one_document_out
from corpuskit.estimators.words.neighbourhoods import TermSpace, term_space
from corpuskit.text import TextOptions, source_of

LARGEST_SAMPLE = 20_000
"""More labelled messages than this are never used: the interval of an error rate is then already narrower than two points."""

WORK = 1_000_000
"""Messages times labels that are always affordable; because half of it read about half of 11,453 messages with 77 labels, which saved 9 of 34 seconds
on one core, and twice the messages raised the area under the curve of clarity by .00 to .03 (reports/validation/clarity.md)."""


Told = TypeVar("Told")


@dataclass(frozen=True, eq=False)
class LabelledSample:
    """The usable labelled messages of one column, at most as many as the options allow.

    Attributes
    ----------
    messages : LabelledMessages
        Where they come from.
    chosen : int64 array
        Positions in ``messages``.
    labels : int64 array
        Index into ``names`` of each chosen message.
    names : tuple of str
        Labels with enough messages, sorted.
    codes : int64 array
        Index in ``messages.label_names`` of each name.
    groups : int64 array
        Equal for copies and near copies.
    usable : int
        Messages with a usable label before the cap.
    left_out : tuple of (str, int)
        Labels with too few messages, and how many they have.
    folds, seed : int
        How the messages are dealt for cross-fitting.
    """

    messages: LabelledMessages
    chosen: NDArray[np.int64]
    labels: NDArray[np.int64]
    names: tuple[str, ...]
    codes: NDArray[np.int64]
    groups: NDArray[np.int64]
    usable: int
    left_out: tuple[tuple[str, int], ...]
    folds: int
    seed: int

    @property
    def n(self) -> int:
        """Number of chosen messages."""
        return len(self.chosen)

    @cached_property
    def features(self) -> csr_matrix:
        """Features of the chosen messages."""
        return csr_matrix(self.messages.features[self.chosen])

    @cached_property
    def crossed(self) -> CrossFitted:
        """What a linear classifier says of each message that it did not see; it takes most of the time of a table, and several estimators read it."""
        return cross_fit(self.features, self.labels, self.groups, self.folds, self.seed)

    @cached_property
    def effective_n(self) -> float:
        """How many independent messages they are worth, copies and near copies counting as one."""
        return effective_size(np.bincount(self.groups).astype(float)) if self.n else 0.0


def sample_labelled(messages: LabelledMessages, options: EstimatorOptions) -> LabelledSample:
    """Leave out labels with too few messages, link near copies, and cap the number of messages by whole groups."""
    sizes = np.bincount(messages.labels, minlength=len(messages.label_names))
    codes = np.flatnonzero(sizes >= options.min_per_label)
    left_out = tuple((messages.label_names[code], int(sizes[code])) for code in np.flatnonzero((sizes > 0) & (sizes < options.min_per_label)))
    positions = np.flatnonzero(np.isin(messages.labels, codes))
    labels = np.searchsorted(codes, messages.labels[positions])
    groups = link_near_copies(messages.features[positions], messages.fold_groups[positions]) if len(positions) else positions
    most = min(max(options.max_messages, WORK // max(len(codes), 1)), max(LARGEST_SAMPLE, options.max_messages))
    kept = sample_groups(labels, groups, most, options.seed)
    return LabelledSample(
        messages=messages,
        chosen=positions[kept],
        labels=labels[kept].astype(np.int64),
        names=tuple(messages.label_names[code] for code in codes),
        codes=codes.astype(np.int64),
        groups=np.unique(groups[kept], return_inverse=True)[1].astype(np.int64),
        usable=len(positions),
        left_out=left_out,
        folds=options.folds,
        seed=options.seed,
    )


@dataclass(frozen=True, eq=False)
class Inputs:
    """Counts, definitions of labels, and derived views.

    Attributes
    ----------
    stats : CorpusStats
        Counts of the corpus.
    options : EstimatorOptions
        Needed to draw the samples.
    definitions : mapping or None
        Label to description.
    text : TextOptions
        From when on lines are boilerplate and documents near-duplicates.
    before_cleaning : CorpusStats or None
        Documents and lines of the folder as it was found, where ``stats`` was counted without boilerplate or copies.
    spectra_before_cleaning : CleaningSpectra or None
        What was kept of its words.
    measured_tables : dict
        What functions said of :attr:`samples`, where these were measured side by side.
    """

    stats: CorpusStats
    options: EstimatorOptions
    definitions: Mapping[str, str] | None = None
    text: TextOptions = field(default_factory=TextOptions)
    before_cleaning: CorpusStats | None = None
    spectra_before_cleaning: CleaningSpectra | None = None
    measured_tables: dict[Callable[..., Any], tuple[Any, ...]] = field(default_factory=dict)

    def of_tables(self, function: Callable[[LabelledSample, EstimatorOptions], Told], options: EstimatorOptions) -> tuple[Told, ...]:
        """Give what a function says of each of :attr:`samples`: what was measured of them before, else now."""
        if function in self.measured_tables:
            return self.measured_tables[function]
        return tuple(function(sample, options) for sample in self.samples)

    def forget(self, *names: str) -> None:
        """Drop derived views, so that they take no memory; they are computed again if they are asked for."""
        for name in names:
            self.__dict__.pop(name, None)

    @property
    def as_found(self) -> CorpusStats:
        """Documents and lines of the folder as it was found, whatever was removed since."""
        return self.before_cleaning if self.before_cleaning is not None else self.stats

    @cached_property
    def copies(self) -> tuple[Copies, Copies]:
        """Groups of exact copies and of near copies in the folder as it was found."""
        kept = self.spectra_before_cleaning
        return (kept.exact, kept.near) if kept is not None else find_copies(self.as_found, self.text.duplicate_threshold)

    @cached_property
    def cleaning(self) -> CleaningSpectra | None:
        """Spectra of the folder as it was found and without its copies; None where documents or lines are gone and their words were not kept."""
        if self.spectra_before_cleaning is not None:
            return self.spectra_before_cleaning
        if self.as_found.documents["tokens"].sum() != self.stats.documents["tokens"].sum():
            return None
        return spectra_of_stages(self.stats, self.copies, terms=self.document_terms)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages that have words, the one with most tokens first."""
        return languages(self.stats)

    @cached_property
    def spectra(self) -> dict[str, FrequencySpectrum]:
        """Frequency spectrum of each language."""
        return {language: spectrum(self.stats, language) for language in self.languages}

    @cached_property
    def document_terms(self) -> dict[str, csr_matrix]:
        """Documents by terms, for each language."""
        return {language: document_terms(self.stats, language) for language in self.languages}

    @cached_property
    def pair_cells(self) -> dict[str, GroupedCells]:
        """Pairs of terms by group of documents, for each language; five estimators read them. Of very many cells some are drawn."""
        groups, unordered = self.stats.options.groups, not self.stats.options.ordered
        return {language: cells_of_groups(partial(pair_group, self.stats, language), groups, unordered) for language in self.languages}

    @cached_property
    def term_lengths(self) -> dict[str, NDArray[np.int64]]:
        """Characters of each term, for each language, in the order of the columns of :attr:`document_terms`."""
        lengths = {language: vocabulary(self.stats, language)["form"].str.len_chars() for language in self.languages}
        return {language: found.to_numpy().astype(np.int64) for language, found in lengths.items()}

    @cached_property
    def document_groups(self) -> NDArray[np.int64]:
        """Group of each document, for jackknives that leave out one group at a time."""
        return self.stats.documents["group"].to_numpy().astype(np.int64)

    @cached_property
    def group_sums(self) -> dict[str, GroupSums]:
        """Tokens and documents of each type in each group of documents, for each language; six estimators read them."""
        return {language: group_sums(self.document_terms[language], self.document_groups) for language in self.languages}

    @cached_property
    def spectra_without_groups(self) -> dict[str, tuple[FrequencySpectrum, ...]]:
        """Frequency spectra of each language, each without one group of documents."""
        return {language: spectra_without_each_group(self.group_sums[language]) for language in self.languages}

    @cached_property
    def document_spectra(self) -> dict[str, DocumentSpectrum]:
        """For each language, in how many documents its types stand."""
        return {language: document_spectrum_of_groups(self.group_sums[language]) for language in self.languages}

    @cached_property
    def document_spectra_without_groups(self) -> dict[str, tuple[DocumentSpectrum, ...]]:
        """The same, each without one group of documents."""
        return {language: document_spectra_without_each_group(self.group_sums[language]) for language in self.languages}

    @cached_property
    def grouped_types(self) -> dict[str, GroupedTypes]:
        """How the tokens of types spread over groups, for each language."""
        return {language: GroupedTypes.of(self.group_sums[language].tokens) for language in self.languages}

    @cached_property
    def grouped_documents(self) -> dict[str, GroupedTypes]:
        """How the documents of types spread over groups, for each language."""
        return {language: GroupedTypes.of(self.group_sums[language].documents) for language in self.languages}

    @cached_property
    def new_documents(self) -> dict[str, NewDocuments]:
        """For each language the coverage of new documents, and its error."""
        return {language: coverage_of_new_documents(self.document_terms[language]) for language in self.languages}

    @cached_property
    def coverage_without_documents(self) -> dict[str, NDArray[np.float64]]:
        """For each language the coverage of tokens without each document."""
        return {language: leave_one_document_out(self.document_terms[language]) for language in self.languages}

    @cached_property
    def term_spaces(self) -> dict[str, TermSpace]:
        """For each language, how alike the company of its most frequent terms is."""
        return {language: term_space(self.stats, language) for language in self.languages}

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Source of each document: the first folder of its id."""
        return tuple(source_of(document) for document in self.stats.documents["document"])

    @cached_property
    def documents_of_sections(self) -> NDArray[np.int64]:
        """Row of the document that each section belongs to."""
        known = self.stats.documents.select("document").with_row_index("row")
        placed = self.stats.sections.join(known, on="document", how="left", maintain_order="left")
        return placed["row"].to_numpy().astype(np.int64)

    @cached_property
    def labelled(self) -> tuple[LabelledMessages, ...]:
        """Every table and label column with at least two labels."""
        return labelled_messages(self.stats, self.definitions)

    @cached_property
    def unlabelled(self) -> tuple[UnlabelledMessages, ...]:
        """Messages that nobody sorted into the categories of the definitions: of each table, and mails or other documents."""
        return (*unlabelled_messages(self.stats, self.definitions), *unlabelled_documents(self.stats, self.definitions))

    @cached_property
    def samples(self) -> tuple[LabelledSample, ...]:
        """The usable messages of each of :attr:`labelled`."""
        return tuple(sample_labelled(messages, self.options) for messages in self.labelled)

    @cached_property
    def document_samples(self) -> tuple[LabelledSample, ...]:
        """The documents that folders, mail folders, file names or they themselves put into categories: one for each of these kinds."""
        kinds = labelled_documents(self.stats, self.options.min_per_label, self.definitions)
        return tuple(sample_labelled(messages, self.options) for messages in kinds)
