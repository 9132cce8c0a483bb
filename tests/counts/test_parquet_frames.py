import polars as pl
import pytest

from corpuskit.counts.parquet_frames import write_frame, write_pieces

SCHEMA = {"document": pl.String, "count": pl.Int64}
FRAME = pl.DataFrame({"document": ["b", "a", "規程"], "count": [3, 2, 1]}, schema=SCHEMA)


@pytest.mark.parametrize("pieces", [[FRAME], [FRAME[:1], FRAME[1:]], [FRAME[:0], FRAME[:2], FRAME[2:]]])
def test_a_table_written_in_pieces_is_the_one_written_at_once(pieces, tmp_path):
    write_pieces(iter(pieces), SCHEMA, tmp_path / "pieces.parquet")
    write_frame(FRAME, tmp_path / "whole.parquet")
    assert pl.read_parquet(tmp_path / "pieces.parquet").equals(pl.read_parquet(tmp_path / "whole.parquet"))


def test_no_pieces_make_an_empty_table_with_its_columns(tmp_path):
    write_pieces(iter([]), SCHEMA, tmp_path / "pieces.parquet")
    assert pl.read_parquet(tmp_path / "pieces.parquet").equals(FRAME.clear())


def test_what_goes_wrong_while_pieces_are_made_is_told(tmp_path):
    def pieces():
        yield FRAME
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_pieces(pieces(), SCHEMA, tmp_path / "pieces.parquet")
