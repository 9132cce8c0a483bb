from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpuskit.counts import sparse
from corpuskit.counts.sparse import (
    add,
    assemble,
    choose,
    choose_columns,
    column_sums,
    empty,
    from_entries,
    narrow,
    relocate,
    row_sums,
    run_lengths,
    same,
    stack,
    tally,
)

HEIGHT, WIDTH = 4, 5
PLACES = st.lists(st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)), max_size=30)


def tallied(places, shape=(HEIGHT, WIDTH)):
    rows, columns = (np.array([place[axis] for place in places], np.int64) for axis in (0, 1))
    return tally(rows, columns, shape)


def canonical(matrix):
    """Whether the arrays themselves are sorted, without duplicates and without stored zeros, whatever the flags claim."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keys = rows * matrix.shape[1] + matrix.indices
    return bool((np.diff(keys) > 0).all() and matrix.data.all())


@given(PLACES)
def test_a_tally_counts_each_place(places):
    matrix = tallied(places)
    counts = Counter(places)
    assert matrix.toarray().tolist() == [[counts[row, column] for column in range(WIDTH)] for row in range(HEIGHT)]
    assert canonical(matrix)
    assert matrix.dtype == np.int64


@given(PLACES, PLACES)
def test_tallies_add(one, other):
    assert same(add([tallied(one), tallied(other)]), tallied(one + other))


@given(st.lists(PLACES, min_size=1, max_size=7))
def test_the_order_of_adding_does_not_matter(parts):
    total = add([tallied(part) for part in parts])
    assert same(total, add([tallied(part) for part in reversed(parts)]))
    assert same(total, tallied([place for part in parts for place in part]))
    assert canonical(total)


def test_one_matrix_added_is_itself_and_none_is_refused():
    assert same(add([tallied([(1, 2)])]), tallied([(1, 2)]))
    with pytest.raises(IndexError):
        add([])


@given(PLACES, st.sets(st.integers(0, 9), min_size=HEIGHT, max_size=HEIGHT), st.sets(st.integers(0, 9), min_size=WIDTH, max_size=WIDTH))
def test_relocating_moves_rows_and_columns(places, rows, columns):
    rows, columns = np.array(sorted(rows)), np.array(sorted(columns))
    moved = relocate(tallied(places), rows, columns, (10, 10))
    assert same(moved, tallied([(int(rows[row]), int(columns[column])) for row, column in places], (10, 10)))
    assert canonical(moved)
    only_rows = relocate(tallied(places), rows, None, (10, WIDTH))
    assert same(only_rows, tallied([(int(rows[row]), column) for row, column in places], (10, WIDTH)))


@given(arrays(np.int64, st.integers(0, 20), elements=st.integers(0, 5)))
def test_run_lengths_of_a_sorted_array(values):
    distinct, counts = run_lengths(np.sort(values))
    assert dict(zip(distinct.tolist(), counts.tolist(), strict=True)) == Counter(values.tolist())


def test_no_entries_rows_or_columns():
    assert tallied([]).nnz == 0
    assert same(tallied([]), empty((HEIGHT, WIDTH)))
    assert empty((0, 0)).shape == (0, 0)
    assert tallied([], (3, 0)).shape == (3, 0)
    assert from_entries(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), (0, 4)).shape == (0, 4)


@pytest.mark.parametrize("make", [lambda: tallied([(0, 0), (2, 3)]), lambda: add([tallied([(0, 0)]), tallied([(0, 0)])]), lambda: empty((2, 2))])
def test_arrays_are_read_only(make):
    matrix = make()
    for array in (matrix.data, matrix.indices, matrix.indptr):
        assert not array.flags.writeable
    assert (matrix + matrix).data.flags.writeable


@pytest.mark.parametrize(
    "other",
    [
        tallied([(0, 0), (2, 4)]),
        tallied([(0, 0), (2, 3), (2, 3)]),
        tallied([(0, 0), (2, 3)], (HEIGHT, WIDTH + 1)),
        tallied([(0, 0), (2, 3)]).astype(np.float32),
    ],
    ids=("place", "count", "shape", "type"),
)
def test_matrices_are_the_same_in_every_entry_or_not_the_same(other):
    matrix = tallied([(0, 0), (2, 3)])
    assert same(matrix, tallied([(2, 3), (0, 0)]))
    assert not same(matrix, other)


def test_a_stored_zero_is_not_the_same_as_none():
    stored = assemble(np.array([0, 1]), np.array([0]), np.array([0]), (1, 2))
    assert not same(stored, empty((1, 2)))


@given(PLACES, st.permutations(range(WIDTH)), st.integers(0, WIDTH), st.integers(1, 4))
def test_chosen_columns_and_sums_are_those_of_the_whole_matrix(places, order, number, chunk):
    matrix, columns = tallied(places), np.array(order[:number], np.int64)
    before, sparse.CHUNK = sparse.CHUNK, chunk
    try:
        found = choose_columns(matrix, columns)
        sums = row_sums(matrix).tolist(), column_sums(matrix).tolist()
    finally:
        sparse.CHUNK = before
    assert found.toarray().tolist() == matrix.toarray()[:, columns].tolist()
    assert found.nnz == int((found.toarray() > 0).sum())
    assert found.indptr.tolist() == matrix[:, columns].indptr.tolist()
    assert sums == (matrix.toarray().sum(axis=1).tolist(), matrix.toarray().sum(axis=0).tolist())
    rows = np.arange(HEIGHT)[::2]
    assert choose(matrix, rows, columns).toarray().tolist() == matrix.toarray()[rows][:, columns].tolist()


def test_counts_that_need_more_stay_as_wide_as_they_are():
    small, large = tallied([(0, 0), (2, 1)]), tallied([(1, 2)])
    assert narrow(small).dtype == np.int32
    large = assemble(large.indptr, large.indices, large.data * 2**31, large.shape)
    assert narrow(large).dtype == np.int64
    parts = [narrow(small), narrow(large)]
    whole = stack(parts, WIDTH)
    assert parts == []
    assert whole.toarray().tolist() == [*small.toarray().tolist(), *large.toarray().tolist()]
    assert stack([], WIDTH).shape == (0, WIDTH)
