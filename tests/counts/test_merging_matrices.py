import numpy as np
import pytest

from corpuskit.counts import equal, merge, merging_matrices, save
from corpuskit.counts.arrays import InFiles, InMemory
from corpuskit.counts.merging_matrices import add_groups, height, row_lengths, stack
from corpuskit.counts.storage import StoredStats
from tests.counts.build import counted, message, sentence


@pytest.fixture
def parts(tmp_path):
    one = counted({"b": [sentence("x", "y", "x"), sentence("y")]})
    two = counted({"a": [sentence("z", "y")], "c": [sentence("z")]})
    save(two, tmp_path / "two")
    return [one, StoredStats(tmp_path / "two")]


ROWS = [np.array([0, 1]), np.array([1, 2])]
"""Rows of x, y and of y, z in the vocabulary x, y, z."""


@pytest.mark.parametrize("files", [False, True])
def test_rows_are_put_in_order_and_columns_numbered_anew(parts, files, tmp_path):
    arrays = InFiles(tmp_path / "arrays") if files else InMemory()
    stacked = stack(parts, "section_terms", ROWS, 3, np.array([2, 0, 1, 3]), arrays)  # a, b 0, b 1, c
    assert stacked.toarray().tolist() == [[0, 1, 1], [2, 1, 0], [0, 1, 0], [0, 0, 1]]
    assert stacked.has_canonical_format


@pytest.mark.parametrize("files", [False, True])
def test_groups_are_added_up(parts, files, tmp_path):
    arrays = InFiles(tmp_path / "arrays") if files else InMemory()
    groups = add_groups(parts, "cooccurrence", ROWS, 3, parts[0].options.groups, arrays)
    assert sum(groups).toarray().tolist() == [[1, 2, 0], [0, 0, 1], [0, 0, 0]]  # x-x once, x-y twice, y-z once


def test_sizes_of_stored_parts_are_those_of_parts_in_memory(parts):
    whole = parts[1].whole()
    for name in ("section_terms", "heading_terms"):
        assert row_lengths(parts[1], name).tolist() == row_lengths(whole, name).tolist()
    for name in ("documents", "terms", "section_terms"):
        assert height(parts[1], name) == height(whole, name)
    assert height(parts[1], "cooccurrence") == sum(matrix.nnz for matrix in whole.cooccurrence)


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("files", [False, True])
def test_counts_do_not_depend_on_how_many_entries_are_added_or_placed_at_a_time(at_once, files, tmp_path, monkeypatch):
    first = {"b": [sentence("x", "y", "x", "z"), sentence("w", "v")], "d": [message("x y z", {"kind": "1"}), message("z w", {"kind": "2"})]}
    second = {"a": [sentence("z", "y", "u", "u"), sentence("t", "x")], "c": [message("u x", {"kind": "1"})]}
    parts = [counted(first, groups=1), counted(second, groups=1)]
    save(parts[1], tmp_path / "1")
    monkeypatch.setattr(merging_matrices, "AT_ONCE", at_once)
    monkeypatch.setattr(merging_matrices, "ROWS_AT_ONCE", at_once)
    for number, given in enumerate((parts, [parts[0], StoredStats(tmp_path / "1")])):
        arrays = InFiles(tmp_path / f"arrays {number}") if files else InMemory()
        assert equal(merge(given, None, arrays), counted(first | second, groups=1))
