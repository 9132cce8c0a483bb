import numpy as np
import pytest

from corpuskit.synthetic import gaussian_points


@pytest.mark.parametrize("dimension", [2, 10, 50])
def test_the_error_at_distance_two(dimension):  # Phi(-1) = .158655, theory 2.4
    points = gaussian_points(40_000, dimension)
    assert points.error == pytest.approx(0.158655, abs=5e-7)
    assert points.points.shape == (40_000, dimension)
    assert ((points.posterior > 0.5) != points.labels).mean() == pytest.approx(points.error, abs=0.007)
    assert np.minimum(points.posterior, 1 - points.posterior).mean() == pytest.approx(points.error, abs=0.004)
