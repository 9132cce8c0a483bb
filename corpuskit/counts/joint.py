"""Joint counts of (message, intention): the one input of every sparsity and ambiguity estimator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.views import pair_groups, pairs, vocabulary

Kind = Literal["pairs", "labels"]


@dataclass(frozen=True, eq=False)
class Joint:
    """Counts over (message, intention).

    Attributes
    ----------
    subject : str
        ``lang:<language>`` or ``labels:<document>#<column>``.
    kind : str
        ``pairs``: word x context word. ``labels``: word x label.
    counts : csr_matrix of int64 (float64 where pairs are weighted), shape (messages, intentions)
        Sum of ``groups``. Read-only.
    messages, intentions : tuple of str
        What rows and columns stand for.
    groups : tuple of csr_matrix of int64
        The same counts for each group of documents (of messages, for labels), to leave out one group at a time. Groups may be empty.
    """

    subject: str
    kind: Kind
    counts: csr_matrix
    messages: tuple[str, ...]
    intentions: tuple[str, ...]
    groups: tuple[csr_matrix, ...]

    @property
    def n(self) -> int:
        """Number of counted pairs (message, intention); of harmonic weights their sum, rounded."""
        return round(self.counts.sum())


def joint_of_pairs(stats: CorpusStats, language: str) -> Joint:
    """Give the joint distribution of word and context word of a language.

    The matrix is symmetric, its total twice the number of pairs of positions: each pair is read once from either end, so a pair of equal words
    adds 2 to the diagonal (the convention of quanteda's ``fcm``). Row and column sums are equal. Counted with ``ordered``, the matrix is not
    mirrored: rows are the word before, columns the word after, and the total is the number of pairs. With harmonic weights the counts are float64.

    ``n``, singletons and doubletons of the matrix therefore count every pair of different words twice; where these matter (coverage,
    entropies), take :func:`~corpuskit.counts.pairs`, which holds each once.
    """
    names = tuple(vocabulary(stats, language)["form"])
    mirrored = freeze if stats.options.ordered else _mirrored
    return Joint(
        subject=f"lang:{language}",
        kind="pairs",
        counts=mirrored(pairs(stats, language)),
        messages=names,
        intentions=names,
        groups=tuple(mirrored(group) for group in pair_groups(stats, language)),
    )


def _mirrored(upper: csr_matrix) -> csr_matrix:
    return freeze(csr_matrix(upper + upper.T.tocsr()))


@dataclass(frozen=True, eq=False)
class LabelledMessages:
    """The messages of one table that carry a label in one column.

    A message with several values in the column stands once for each, always in one fold group.

    Attributes
    ----------
    subject : str
        ``labels:<document>#<column>``.
    document, column : str
        Where the labels were found.
    locators : tuple of str
        Place of each message in the document.
    features : csr_matrix of float32, shape (messages, FEATURES)
        Hashed character n-grams.
    term_counts : csr_matrix of int64, shape (messages, terms)
        Words of each message; only terms that occur in one.
    terms : tuple of str
        Forms, in canonical order (language, form).
    first_terms : int32 array, shape (messages, 64)
        The first words of each message in order, as indices into ``terms``; -1 where the message is shorter.
    labels : int64 array
        Index into ``label_names`` of each message.
    label_names : tuple of str
        Labels of this column, sorted; behind them, sorted, those that only the second coder or raters used.
    fold_groups : int64 array
        Equal for messages with equal text (``text_hash``): they must stay on one side of every split.
    description_features : csr_matrix or None
        The descriptions, row by row (empty rows where one is missing); None where no label is described.
    unlabelled_features : csr_matrix of float32, shape (unlabelled, FEATURES)
        Rows of the document without a value in this column.
    unlabelled_locators : tuple of str
        Their places in the document.
    language : str
        That of most messages.
    second : int64 array or None
        Label that a second person gave, -1 for none; None where there is no second column.
    votes : int64 array or None, shape (messages, label_names)
        How many raters gave each message each label; None where there are no columns of raters.
    stop : bool array or None
        Which of ``terms`` are function words; None where it is not known.
    facets : mapping of str to tuple of str
        What else tells messages apart, by kind (``language``, ``source``, ``month``): one value for each message, empty where it is not known.
    not_read : mapping of str to str
        Where each message is a document: those beyond the ones that are read, with their label, empty for none.
    """

    subject: str
    document: str
    column: str
    locators: tuple[str, ...]
    features: csr_matrix
    term_counts: csr_matrix
    terms: tuple[str, ...]
    first_terms: NDArray[np.int32]
    labels: NDArray[np.int64]
    label_names: tuple[str, ...]
    fold_groups: NDArray[np.int64]
    description_features: csr_matrix | None
    unlabelled_features: csr_matrix
    language: str
    unlabelled_locators: tuple[str, ...] = ()
    second: NDArray[np.int64] | None = None
    votes: NDArray[np.int64] | None = None
    stop: NDArray[np.bool_] | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_read: Mapping[str, str] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of labelled messages."""
        return int(self.labels.size)

    @property
    def unlabelled(self) -> int:
        """Number of rows of the document without a value in this column."""
        return int(self.unlabelled_features.shape[0])

    def joint(self, groups: int = 25) -> Joint:
        """Count words by label, kept apart for groups of messages (equal messages in one group).

        Parameters
        ----------
        groups : int
            Number of groups of nearly equal numbers of distinct messages; fewer where there are fewer distinct messages.
        """
        group_of = self.fold_groups % groups
        by_group = tuple(self._words_by_label(group_of == group) for group in range(min(groups, int(self.fold_groups.max(initial=-1)) + 1)))
        return Joint(self.subject, "labels", self._words_by_label(np.ones(self.n, np.bool_)), self.terms, self.label_names, by_group)

    def _words_by_label(self, chosen: NDArray[np.bool_]) -> csr_matrix:
        where = np.flatnonzero(chosen)
        marks: Any = csr_matrix((np.ones(where.size, np.int64), (where, self.labels[where])), shape=(self.n, len(self.label_names)))
        counts = csr_matrix(self.term_counts.T @ marks)
        counts.sum_duplicates()
        return freeze(counts)
