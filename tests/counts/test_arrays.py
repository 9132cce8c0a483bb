import numpy as np
import pytest

from corpuskit.counts.arrays import InFiles, InMemory
from corpuskit.counts.sparse import empty, same, tally


@pytest.fixture(params=["memory", "files"])
def arrays(request, tmp_path):
    return InMemory() if request.param == "memory" else InFiles(tmp_path / "arrays")


def test_places_are_filled_in_any_order(arrays):
    slots = arrays.slots(6, np.int32)
    slots.put(np.array([5, 0, 3]), np.array([50, 0, 30]))
    slots.put(np.zeros(0, np.int64), np.zeros(0))
    slots.put(np.array([1, 2, 4]), np.array([10, 20, 40]))
    assert slots.filled().tolist() == [0, 10, 20, 30, 40, 50]
    assert slots.filled().dtype == np.int32


def test_nothing_takes_no_file_to_map(arrays):
    assert arrays.slots(0, np.float32).filled().size == 0
    assert same(arrays.matrix(empty((3, 4))), empty((3, 4)))


def test_a_matrix_comes_back_equal_and_read_only(arrays):
    random = np.random.default_rng(0)
    matrix = tally(random.integers(0, 9, 80), random.integers(0, 7, 80), (9, 7))
    given = arrays.matrix(matrix)
    assert same(given, matrix)
    assert not given.data.flags.writeable


def test_two_arrays_never_share_a_file(arrays):
    one, two = arrays.slots(2, np.int64), arrays.slots(2, np.int64)
    one.put(np.array([0, 1]), np.array([1, 2]))
    two.put(np.array([0, 1]), np.array([3, 4]))
    assert one.filled().tolist() == [1, 2]
    assert two.filled().tolist() == [3, 4]


def test_an_array_grows_from_its_beginning(arrays):
    growing = arrays.growing(np.int32)
    assert growing.filled().size == 0
    growing.append(np.array([1, 2], np.int64))
    growing.append(np.zeros(0))
    growing.append(np.array([3]))
    assert growing.filled().tolist() == [1, 2, 3]
    assert growing.filled().dtype == np.int32
