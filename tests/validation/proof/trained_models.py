"""Truth (a) of section 2: errors of three models of different kinds that are trained here on all labels of a task.

Five folds, near copies in one fold, up to 6,000 rows. Everything that a model knows (weights of features, spaces, the model itself) is made of the
rows of the other four folds alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from corpuskit.estimators.labels.message_groups import deal_folds, link_near_copies
from corpuskit.text import hashed_features
from tests.validation.proof.words import words_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST, FOLDS, SEED = 6_000, 5, 0
SPACE, NEIGHBOURS = 100, 5
"""Directions of the co-occurrence space and neighbours that vote in it."""

INPUTS, HIDDEN, EPOCHS = 300, 128, 40
"""Directions that the network reads, units of its one hidden layer, and passes over the rows; because twice as many passes moved its error on three
development tasks (exclusivity, license grant, non-compete) by .012 at most."""


class Errors(NamedTuple):
    """Share of rows that each model named wrongly, and of how many rows."""

    svm: float
    neighbours: float
    network: float
    rows: int

    @property
    def mean(self) -> float:
        return (self.svm + self.neighbours + self.network) / 3


MODELS = {
    "svm": "linear support vector machine on characters",
    "neighbours": "5 nearest neighbours in the co-occurrence space",
    "network": "neural network of one hidden layer",
}
"""Fields of :class:`Errors` that are models, and what they are called."""


def trained_errors(texts: Sequence[str], labels: Sequence[str], language: str, seed: int = SEED) -> Errors:
    """Train and judge the three models on a task.

    Parameters
    ----------
    texts, labels : sequence of str
        Of equal length; where there are more than 6,000, as many are drawn.
    language : str
        ``en`` or ``ja``.
    seed : int
        Of the draw, the folds and the models.
    """
    chosen = np.sort(np.random.default_rng(seed).permutation(len(texts))[:MOST])
    kept = [texts[place] for place in chosen]
    codes = np.unique([labels[place] for place in chosen], return_inverse=True)[1].astype(np.int64)
    same = np.unique(kept, return_inverse=True)[1].astype(np.int64)
    folds = deal_folds(codes, link_near_copies(hashed_features(kept), same), FOLDS, seed)
    characters, words = _character_grams(kept), words_of(kept, language).counts()
    wrong = np.zeros((3, len(kept)), np.bool_)
    for fold in range(FOLDS):
        asked = folds == fold
        known, answers = ~asked, codes[~asked]
        given = (
            support_vectors(characters[known], answers, characters[asked], seed),
            nearest(words[known], answers, words[asked], seed),
            network(words[known], answers, words[asked], seed),
        )
        wrong[:, asked] = np.stack(given) != codes[asked]
    svm, neighbours, net = (float(share) for share in wrong.mean(axis=1))
    return Errors(svm, neighbours, net, len(kept))


def _character_grams(texts: Sequence[str]) -> csr_matrix:
    """Count grams of 2 to 5 characters that at least two texts have; one that a single text has cannot be learned."""
    counted = CountVectorizer(analyzer="char", ngram_range=(2, 5), min_df=min(2, len(texts)), dtype=np.float32).fit_transform(texts)
    return csr_matrix(counted)


def support_vectors(known: csr_matrix, labels: Integers, asked: csr_matrix, seed: int) -> Integers:
    """Predict by a linear support vector machine, one class against the rest, on tf-idf with logarithmic counts (Joachims 1998)."""
    weights = TfidfTransformer(sublinear_tf=True).fit(known)
    model = LinearSVC(C=1.0, tol=0.01, random_state=seed).fit(weights.transform(known), labels)
    return np.asarray(model.predict(weights.transform(asked)), np.int64)


def nearest(known: csr_matrix, labels: Integers, asked: csr_matrix, seed: int) -> Integers:
    """Predict by the 5 nearest neighbours (cosine) in the space of word-document counts: PPMI, then truncated singular value decomposition.

    Reference: Levy, Goldberg and Dagan 2015; votes count by closeness, so that a tie goes to the nearer ones.
    """
    word = np.asarray(known.sum(axis=0), np.float64).ravel()
    space, placed = _space(ppmi(known, word), SPACE, seed)
    model = KNeighborsClassifier(n_neighbors=min(NEIGHBOURS, known.shape[0]), weights="distance")
    model.fit(normalize(placed), labels)
    return np.asarray(model.predict(normalize(space.transform(ppmi(asked, word)))), np.int64)


def ppmi(counts: csr_matrix, word: Floats) -> csr_matrix:
    """Give positive pointwise mutual information of words and documents: ``max(0, log (n_wd N / (n_w n_d)))``.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, words)
    word : array, shape (words,)
        How often each word was counted in the documents that are known; words that are not known there weigh nothing.
    """
    found = counts.tocoo()
    document = np.asarray(counts.sum(axis=1)).ravel()
    seen = word[found.col] > 0
    rows, columns, data = found.row[seen], found.col[seen], found.data[seen]
    information = np.log(data * word.sum() / (word[columns] * document[rows]))
    return csr_matrix((np.maximum(information, 0.0), (rows, columns)), shape=counts.shape)


def network(known: csr_matrix, labels: Integers, asked: csr_matrix, seed: int) -> Integers:
    """Predict by a network of one hidden layer on 300 directions of tf-idf of words; Adam, a fixed number of passes."""
    weights = TfidfTransformer(sublinear_tf=True).fit(known)
    space, placed = _space(weights.transform(known), INPUTS, seed)
    # one scale for all directions: each by itself would raise the last ones to the height of the first
    scale = float(np.sqrt((placed**2).mean())) or 1.0
    model = MLPClassifier((HIDDEN,), alpha=1e-3, batch_size=min(64, len(labels)), max_iter=EPOCHS, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the number of passes is meant
        model.fit(placed / scale, labels)
    return np.asarray(model.predict(space.transform(weights.transform(asked)) / scale), np.int64)


def _space(matrix: csr_matrix, directions: int, seed: int) -> tuple[TruncatedSVD, Floats]:
    """Fit a truncated singular value decomposition; gives it and the rows in it."""
    most = max(min(directions, min(matrix.shape) - 1), 1)
    space = TruncatedSVD(most, n_iter=3, random_state=seed)
    return space, space.fit_transform(matrix)
