import pickle
from dataclasses import dataclass, replace

import polars as pl
import pytest

from corpuskit.counts.packed_frames import PackedFrame, as_held, packable
from corpuskit.counts.parquet_frames import write_frame

FRAME = pl.DataFrame({"source": ["部署", "a"], "line": pl.Series([2**64 - 1, 0], dtype=pl.UInt64), "first": [None, "b"]})


@packable("lines")
@dataclass(frozen=True, eq=False)
class Counts:
    name: str
    lines: pl.DataFrame


@pytest.fixture
def packed(tmp_path):
    write_frame(FRAME, tmp_path / "lines.parquet")
    return PackedFrame(tmp_path / "lines.parquet")


def test_a_packed_table_outlives_its_file_and_is_what_it_was(packed, tmp_path):
    (tmp_path / "lines.parquet").unlink()
    assert packed.unpack().equals(FRAME)
    assert packed.height == 2
    packed.write(tmp_path / "again.parquet")
    assert pl.read_parquet(tmp_path / "again.parquet").equals(FRAME)


def test_only_a_table_that_is_kept_is_unpacked_once(packed, tmp_path):
    kept = PackedFrame(tmp_path / "lines.parquet", kept=True)
    assert kept.unpack() is kept.unpack()
    assert kept.unpack().equals(packed.unpack())
    assert packed.unpack() is not packed.unpack()


def test_an_attribute_that_holds_a_packed_table_gives_the_table(packed):
    counts = Counts("a", packed)
    assert counts.lines.equals(FRAME)
    assert as_held(counts, "lines") is packed
    assert as_held(counts, "name") == "a"
    assert replace(counts, name="b").lines.equals(FRAME)
    with pytest.raises(AttributeError):
        counts.lines = FRAME


def test_a_pickle_holds_the_table_itself(packed):
    again = pickle.loads(pickle.dumps(Counts("a", packed)))
    assert isinstance(as_held(again, "lines"), pl.DataFrame)
    assert again.lines.equals(FRAME)
