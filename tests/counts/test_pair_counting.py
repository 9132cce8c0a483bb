from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts import pair_counting
from corpuskit.counts.pair_counting import Keys, Run, count_pairs


def slowly(line, term, window, ordered=False, unit=None):
    """Count pair by pair."""
    found = Counter()
    for later in range(len(line)):
        for earlier in range(later):
            apart = line[later] - line[earlier]
            if apart <= window:
                pair = (term[earlier], term[later])
                found[pair if ordered else tuple(sorted(pair))] += 1 if unit is None else unit // apart
    return found


def as_counter(matrix):
    entries = matrix.tocoo()
    return Counter({(int(row), int(column)): int(count) for row, column, count in zip(entries.row, entries.col, entries.data, strict=True)})


TEXTS = st.lists(st.tuples(st.integers(1, 7), st.integers(0, 9)), max_size=60)


@pytest.fixture
def small(monkeypatch):
    """Blocks, pieces, ranges and runs so small that a short text fills many."""
    for name, size in (("PIECE", 4), ("BLOCK", 8), ("RANGE", 5), ("MOST_BYTES", 320)):
        monkeypatch.setattr(pair_counting, name, size)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("unit", [None, 60])
@pytest.mark.parametrize("vocabulary", [10, 100_000])
def test_blocks_pieces_ranges_and_threads_change_nothing(small, threads, ordered, unit, vocabulary):
    rng = np.random.default_rng(vocabulary + threads)
    line = np.cumsum(rng.integers(1, 4, 300))
    term = rng.integers(0, 10, 300) * (vocabulary // 10 - 1)
    matrix = count_pairs(line, term, vocabulary, 5, ordered=ordered, unit=unit, threads=threads)
    assert as_counter(matrix) == slowly(line.tolist(), term.tolist(), 5, ordered, unit)
    assert matrix.has_canonical_format
    assert matrix.data.dtype == np.int64
    assert not matrix.data.flags.writeable


@given(TEXTS, st.booleans(), st.integers(1, 6))
def test_every_pair_within_the_window_counts_once(text, ordered, window):
    line = np.cumsum([step for step, _ in text], dtype=np.int64)
    term = np.array([word for _, word in text], np.int64)
    assert as_counter(count_pairs(line, term, 10, window, ordered=ordered)) == slowly(line.tolist(), term.tolist(), window, ordered)


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("vocabulary", [1, 2, 65_536, 65_537, 92_681, 92_682, 150_000])
def test_keys_at_the_edges_of_their_types_come_back_as_pairs(vocabulary, ordered):
    keys = Keys(vocabulary, ordered)
    assert keys.dtype is (np.uint32 if vocabulary <= (65_536 if ordered else 92_681) else np.uint64)
    ends = sorted({0, vocabulary // 2, vocabulary - 1})
    places = sorted((low, high) for low in ends for high in ends if ordered or low <= high)
    left, right = (np.array([place[axis] for place in places], keys.dtype) for axis in (0, 1))
    written = keys.of(left, right)
    assert (np.diff(written.astype(np.int64)) > 0).all()
    assert written.tolist()[0] == 0
    matrix = keys.matrix(Run(written, np.arange(1, len(places) + 1)))
    assert list(as_counter(matrix)) == places
    if not ordered:
        assert keys.of(right, left).tolist() == written.tolist()


def test_places_far_along_the_line_are_no_matter():
    line = np.array([2**40, 2**40 + 1, 2**50], np.int64)
    assert as_counter(count_pairs(line, np.array([1, 0, 1]), 2, 3)) == {(0, 1): 1}


def test_no_words_and_one_word_make_no_pair():
    for words in (0, 1):
        assert count_pairs(np.arange(words), np.zeros(words, np.int64), 3, 5).nnz == 0
