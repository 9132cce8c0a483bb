import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.tokenizers.run_numbers import RunNumbers

HASH = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 5).map(lambda high: high << 60), st.integers(4_090, 4_100))
"""Any hash, and many that want the same place or the last ones."""


def of(*hashes):
    return np.array(hashes, np.uint64)


@given(st.lists(st.lists(HASH, max_size=40), max_size=6))
def test_numbers_are_those_of_a_dictionary(columns):
    numbers, expected = RunNumbers(), {}
    for column in columns:
        found = numbers.find(of(*column))
        assert found.tolist() == [expected.get(one, -1) for one in column]
        new = list(dict.fromkeys(one for one in column if one not in expected))
        numbers.add(of(*new))
        for one in new:
            expected[one] = len(expected)
    assert numbers.find(of(*expected)).tolist() == list(range(len(expected)))
    assert len(numbers) == len(expected)


@pytest.mark.parametrize("step", [1, 2**50, 2**64 // 5_003])
def test_many_hashes_with_the_same_last_bits_or_in_a_row(step):
    hashes = np.arange(5_000, dtype=np.uint64) * np.uint64(step)
    numbers = RunNumbers()
    for part in np.array_split(hashes, 7):
        numbers.add(part)
    assert np.array_equal(numbers.find(hashes[::-1]), np.arange(5_000)[::-1])
    assert (numbers.find(hashes + np.uint64(1))[:-1] == (np.arange(1, 5_000) if step == 1 else -1)).all()


def test_nothing_is_found_in_an_empty_table():
    assert RunNumbers().find(of(0, 1, 2**64 - 1)).tolist() == [-1, -1, -1]
    assert RunNumbers().find(of()).size == 0
