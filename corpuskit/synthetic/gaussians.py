"""Two classes of normally distributed points: the Bayes error is a formula in any number of dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr


@dataclass(frozen=True, eq=False)
class GaussianPoints:
    """Points of two equally frequent classes with unit variance.

    Attributes
    ----------
    points : array, shape (n, dimension)
        The points.
    labels : array of int, shape (n,)
        Class 0 or 1.
    distance : float
        Distance d of the two means.
    """

    points: NDArray[np.float64]
    labels: NDArray[np.int64]
    distance: float

    @property
    def error(self) -> float:
        """Bayes error ``Phi(-d/2)``, the same in every dimension."""
        return float(ndtr(-self.distance / 2))

    @property
    def posterior(self) -> NDArray[np.float64]:
        """Probability of class 1 at each point: ``1 / (1 + exp(-d x_1))``, as only the first coordinate tells the classes apart."""
        return np.asarray(expit(self.distance * self.points[:, 0]), dtype=float)


def gaussian_points(n: int, dimension: int = 2, distance: float = 2.0, seed: int = 0) -> GaussianPoints:
    """Draw points whose class means lie ``distance`` apart along the first coordinate, evenly about 0."""
    random = np.random.default_rng(seed)
    labels = random.integers(2, size=n)
    points = random.standard_normal((n, dimension))
    points[:, 0] += (labels - 0.5) * distance
    return GaussianPoints(points, labels.astype(np.int64), distance)
