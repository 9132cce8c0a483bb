from pathlib import Path

import numpy as np
import pytest

from corpuskit.counts.arrays import InFiles, InMemory
from corpuskit.counts.mapped_pages import give_back_freed, give_back_pages, out_of_memory
from corpuskit.counts.sparse import choose, choose_columns, column_sums, row_sums, same, tally


@pytest.fixture(params=["memory", "files"])
def held(request, tmp_path):
    """A matrix, and the same matrix where it stands in files."""
    random = np.random.default_rng(0)
    matrix = tally(random.integers(0, 900, 80_000), random.integers(0, 700, 80_000), (900, 700))
    arrays = InMemory() if request.param == "memory" else InFiles(tmp_path / "arrays")
    return matrix, arrays.matrix(matrix)


def test_pages_that_were_given_back_are_read_again(held):
    matrix, stored = held
    assert same(out_of_memory(stored), matrix)
    give_back_pages(matrix.data[3:])
    give_back_freed()
    assert same(stored, matrix)


def test_what_is_looked_through_is_the_same_wherever_it_stands(held):
    matrix, stored = held
    rows, columns = np.arange(0, 900, 7), np.arange(699, 0, -3)
    assert choose_columns(stored, columns).toarray().tolist() == matrix.toarray()[:, columns].tolist()
    assert choose(stored, rows, columns).toarray().tolist() == matrix.toarray()[rows][:, columns].tolist()
    assert column_sums(stored).tolist() == matrix.toarray().sum(axis=0).tolist()
    assert row_sums(stored).tolist() == matrix.toarray().sum(axis=1).tolist()
    assert same(stored, matrix)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells which pages of a file a process holds")
def test_looking_through_a_file_leaves_none_of_its_pages_behind(tmp_path):
    entries = np.ones(3 * 2**20, np.int64)
    entries.tofile(tmp_path / "large")
    mapped = np.memmap(tmp_path / "large", np.int64, mode="r")
    assert int(mapped.sum()) == entries.size
    before = _resident(tmp_path / "large")
    give_back_pages(mapped[5:])
    assert (before, _resident(tmp_path / "large")) == (entries.nbytes, 0)


def _resident(path):
    """Bytes of a mapped file that this process holds."""
    lines = Path("/proc/self/smaps").read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.endswith(str(path)))
    return next(int(line.split()[1]) * 1024 for line in lines[start:] if line.startswith("Rss:"))
