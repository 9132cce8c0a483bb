import polars as pl
import pytest

from corpuskit.counts import save
from corpuskit.counts.counting import arrange
from corpuskit.counts.merging_rows import merge_rows
from corpuskit.counts.storage import StoredStats
from tests.counts.build import counted, message


def table(name, rows):
    return {name: [message("text", {"queue": f"label {number % 3}", "urgent": "yes"}) for number in range(rows)]}


@pytest.mark.parametrize("at_once", [1, 3, 20, 10**6])
def test_rows_do_not_depend_on_how_many_are_merged_at_a_time(at_once, tmp_path):
    parts = [counted(table("b", 4) | table("d", 9)), counted(table("a", 6) | table("c", 1) | table("e", 2))]
    save(parts[0], tmp_path / "0")
    whole = arrange(pl.concat([part.labels for part in parts]))
    for given in (parts, parts[::-1], [StoredStats(tmp_path / "0"), parts[1]]):
        pieces = list(merge_rows(given, "labels", at_once))
        assert pl.concat(pieces).equals(whole)
        assert len(pieces) > 1 or at_once >= whole.height
