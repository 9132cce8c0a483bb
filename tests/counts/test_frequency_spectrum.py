from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts import FrequencySpectrum

# the 26 species of the spider data (iNEXT, Girdled; Sackett and others 2011), and two that were not seen
GIRDLED = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, 2, 2, 2, 2, *[1] * 12, 0, 0]


def test_known_frequencies():
    found = FrequencySpectrum.of(np.array(GIRDLED))
    assert (found.n, found.types, found.f1, found.f2, found.seen(15), found.seen(3)) == (168, 26, 12, 4, 2, 0)
    assert found.k.tolist() == [1, 2, 4, 6, 8, 9, 15, 17, 22, 46]


def test_nothing_one_and_equal():
    nothing = FrequencySpectrum.of(np.zeros(0, np.int64))
    assert (nothing.n, nothing.types, nothing.f1, nothing.seen(0)) == (0, 0, 0, 0)
    one = FrequencySpectrum.of(np.array([1]))
    assert (one.n, one.types, one.f1, one.f2) == (1, 1, 1, 0)
    equal = FrequencySpectrum.of(np.full(9, 7))
    assert (equal.n, equal.types, equal.f1) == (63, 9, 0)


@given(st.lists(st.integers(0, 50)))
def test_it_is_what_counting_twice_gives(frequencies):
    found = FrequencySpectrum.of(np.array(frequencies, np.int64))
    counted = Counter(frequency for frequency in frequencies if frequency)
    assert dict(zip(found.k.tolist(), found.f_k.tolist(), strict=True)) == counted
    assert found.k.tolist() == sorted(found.k.tolist())
    assert (found.n, found.types) == (sum(frequencies), sum(counted.values()))


def test_types_that_were_not_seen_do_not_enter():
    assert FrequencySpectrum.of(np.zeros(5, np.int64)).types == 0
    assert FrequencySpectrum.of(np.array([3, 0, 3])).seen(0) == 0


def test_tokens_do_not_overflow_small_integers():
    # 2^31 tokens of one word and as many of another, counted in 32 bits
    frequencies = np.array([2**31, 2**31], np.uint32)
    assert FrequencySpectrum.of(frequencies).n == 2**32


def test_it_cannot_be_written():
    found = FrequencySpectrum.of(np.array(GIRDLED))
    for array in (found.k, found.f_k):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5
