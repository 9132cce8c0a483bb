"""Joint tables of features (words) and labels (contexts, intentions) with known entropies, U and Bayes error; draws from them by group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]


def entropy_of(shares: Floats) -> float:
    """Give ``-sum p log p`` in nats."""
    positive = shares[shares > 0]
    return float(-(positive @ np.log(positive)))


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """A joint distribution.

    Attributes
    ----------
    joint : array, shape (features, labels)
        Probabilities, which sum to 1.
    """

    joint: Floats

    @cached_property
    def joint_entropy(self) -> float:
        """Entropy of feature and label together, in nats."""
        return entropy_of(self.joint.ravel())

    @cached_property
    def label_entropy(self) -> float:
        """Entropy of the label, in nats."""
        return entropy_of(self.joint.sum(axis=0))

    @cached_property
    def information(self) -> float:
        """Mutual information of feature and label, in nats."""
        return entropy_of(self.joint.sum(axis=1)) + self.label_entropy - self.joint_entropy

    @property
    def determination(self) -> float:
        """U, the share of the label's entropy that the feature removes."""
        return self.information / self.label_entropy

    @property
    def error(self) -> float:
        """Bayes error ``1 - sum_x max_t q(x,t)``."""
        return float(1 - self.joint.max(axis=1).sum())

    def draw(self, n: int, groups: int = 25, seed: int = 0, agreement: float = 0.0) -> tuple[csr_matrix, ...]:
        """Draw observations, counted by group of documents.

        Parameters
        ----------
        n : int
            Observations, dealt evenly to the groups.
        groups : int
            Number of groups.
        seed : int
            Seed of the draws.
        agreement : float
            0: observations are independent. Above: every group draws from a distribution of its own, Dirichlet around the joint, such that two
            observations of one group come from the same cell with this probability more than by chance (the intraclass correlation).

        Returns
        -------
        tuple of csr_matrix of int64, shape (features, labels)
            One table per group.
        """
        random = np.random.default_rng(seed)
        flat = self.joint.ravel()
        sizes = np.full(groups, n // groups) + (np.arange(groups) < n % groups)
        tables = []
        for size in sizes:
            share = flat if agreement <= 0 else _around(flat, (1 - agreement) / agreement, random)
            tables.append(csr_matrix(random.multinomial(size, share).reshape(self.joint.shape).astype(np.int64)))
        return tuple(tables)


def _around(shares: Floats, strength: float, random: np.random.Generator) -> Floats:
    drawn = random.standard_gamma(shares * strength)
    return np.asarray(drawn / drawn.sum(), dtype=float)


def dirichlet_table(features: int = 400, labels: int = 20, concentration: float = 0.3, seed: int = 0) -> FeatureTable:
    """Make a table in which each feature has its own Dirichlet distribution of labels, and features are Dirichlet(1) themselves.

    Small ``concentration`` makes features that name their label; large makes features that say little.
    """
    random = np.random.default_rng(seed)
    joint = random.dirichlet(np.full(labels, concentration), size=features) * random.dirichlet(np.ones(features))[:, None]
    return FeatureTable(joint / joint.sum())


def independent_table(features: int = 60, labels: int = 40, seed: int = 0) -> FeatureTable:
    """Make a table with independent rows and columns: information and U are 0, cells are those of the null."""
    random = np.random.default_rng(seed)
    return FeatureTable(np.outer(random.dirichlet(np.ones(features)), random.dirichlet(np.ones(labels))))


def block_table(blocks: int = 6, size: int = 10, seed: int = 0) -> FeatureTable:
    """Make a table in which every feature meets the labels of its own block only, independently inside: U is that of the block."""
    random = np.random.default_rng(seed)
    shares = np.outer(random.dirichlet(np.ones(blocks * size)), random.dirichlet(np.ones(blocks * size)))
    joint = np.kron(np.eye(blocks), np.ones((size, size))) * shares
    return FeatureTable(joint / joint.sum())


def zipf_table(features: int = 1000, labels: int = 200, strength: float = 10.0, exponent: float = 1.0, seed: int = 0) -> FeatureTable:
    """Make a table in which features fall by Zipf's law, and each has its own Dirichlet distribution around labels that do so too.

    Nearer to pairs of words than :func:`dirichlet_table`: a few rows and columns have most of the observations, and cells have no least probability.
    Small ``strength`` makes features that name their label.
    """
    random = np.random.default_rng(seed)
    # shares of gamma variables, because those of tiny shapes are 0 to the last digit, which a Dirichlet draw of all of them at once would not bear
    shares = random.standard_gamma(np.broadcast_to(strength * zipf_shares(labels, exponent), (features, labels)))
    joint = zipf_shares(features, exponent)[:, None] * shares / shares.sum(axis=1, keepdims=True)
    return FeatureTable(joint / joint.sum())


def zipf_shares(types: int = 3000, exponent: float = 1.0) -> Floats:
    """Give probabilities that fall with the power of the rank, like those of words."""
    weights = np.arange(1, types + 1, dtype=float) ** -exponent
    return np.asarray(weights / weights.sum(), dtype=float)
