import numpy as np
import polars as pl
import pytest

from corpuskit.counts import equal, load, parquet_matrices, save, storage
from corpuskit.counts.arrays import InFiles, InMemory
from corpuskit.counts.parquet_matrices import entries_by_group, entries_of, matrix_of, read_matrix, write_matrices
from corpuskit.counts.sparse import empty, same, tally
from tests.counts.build import counted, message, sentence


def drawn(seed, rows=60, columns=40, entries=500):
    random = np.random.default_rng(seed)
    return tally(random.integers(0, rows, entries) // 2 * 2, random.integers(0, columns, entries), (rows, columns))


MATRICES = {
    "counts": drawn(0),
    "one long row": tally(np.full(90, 3), np.arange(90), (7, 90)),
    "features": drawn(1).astype(np.float32),
    "first terms": drawn(2).astype(np.int32),
}


@pytest.mark.parametrize("at_once", [1, 7, 100, 10**6])
@pytest.mark.parametrize("name", MATRICES)
def test_a_matrix_read_piece_by_piece_is_what_was_written(name, at_once, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_matrices, "AT_ONCE", at_once)
    monkeypatch.setattr(parquet_matrices, "PIECE", at_once)
    matrix, path = MATRICES[name], tmp_path / "m.parquet"
    assert write_matrices((matrix,), path, by_group=False) == matrix.nnz
    for arrays in (InMemory(), InFiles(tmp_path / "arrays")):
        assert same(read_matrix(path, matrix.nnz, matrix.shape, arrays), matrix)


@pytest.mark.parametrize("at_once", [1, 30, 10**6])
def test_pieces_of_groups_make_the_same_table_as_groups_at_once(at_once, tmp_path, monkeypatch):
    groups = [drawn(0), empty((60, 40)), drawn(1)]
    monkeypatch.setattr(parquet_matrices, "AT_ONCE", at_once)
    monkeypatch.setattr(parquet_matrices, "PIECE", at_once)
    write_matrices(groups, tmp_path / "m.parquet", by_group=True)
    table = pl.read_parquet(tmp_path / "m.parquet")
    assert table.equals(entries_by_group(groups))
    for number, matrix in enumerate(groups):
        assert same(matrix_of(table.filter(pl.col("group") == number).drop("group"), matrix.shape), matrix)


@pytest.mark.parametrize("at_once", [10, 10**6])
def test_entries_out_of_order_or_outside_are_refused_also_between_pieces(at_once, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_matrices, "AT_ONCE", at_once)
    entries, path = entries_of(drawn(0)), tmp_path / "m.parquet"
    turned = pl.concat([entries.slice(10, 10), entries.slice(0, 10), entries.slice(20)])
    turned.write_parquet(path)
    with pytest.raises(ValueError, match="out of order"):
        read_matrix(path, turned.height, (60, 40), InMemory())
    entries.write_parquet(path)
    with pytest.raises(ValueError, match="outside"):
        read_matrix(path, entries.height, (60, 30), InMemory())


def test_mapped_arrays_outlive_their_files(tmp_path):
    matrix = drawn(0)
    mapped = InFiles(tmp_path / "arrays").matrix(matrix)
    for path in (tmp_path / "arrays").iterdir():
        path.unlink()
    assert same(mapped, matrix)
    assert same(mapped + mapped, matrix + matrix)
    with pytest.raises(ValueError, match="read-only"):
        mapped.data[0] = 1


def test_large_stored_counts_are_mapped_and_equal(tmp_path, monkeypatch):
    stats = counted({"a": [sentence("x", "y", "x")], "b": [message("y z", {"kind": "1"}), message("z w", {"kind": "2"})]})
    save(stats, tmp_path / "counts")
    monkeypatch.setattr(storage, "MAPPED_FROM", 0)
    monkeypatch.setattr(parquet_matrices, "AT_ONCE", 2)
    assert equal(load(tmp_path / "counts"), stats)
