import polars as pl
import pytest

from corpuskit.counts import save
from corpuskit.counts.arrays import InMemory
from corpuskit.counts.counting import arrange
from corpuskit.counts.merging_rows import merge_documents, merge_rows, merge_sections
from corpuskit.counts.storage import StoredStats
from corpuskit.errors import UsageError
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


@pytest.mark.parametrize("at_once", [1, 3, 10**6])
def test_sections_come_with_the_row_they_had_in_the_parts(at_once, tmp_path):
    first, second = table("b", 4) | table("d", 9), table("a", 6) | table("c", 1)
    parts = [counted(first), counted(second)]
    save(parts[1], tmp_path / "1")
    whole = counted(first | second).sections
    for given in (parts, [parts[0], StoredStats(tmp_path / "1")]):
        order = InMemory().growing(int)
        merged = pl.concat(merge_sections(given, order, at_once))
        assert merged.equals(whole)
        assert pl.concat([part.sections for part in parts])[order.filled()].equals(whole)


@pytest.mark.parametrize("at_once", [1, 10**6])
def test_all_documents_that_are_in_two_parts_are_told_together(at_once):
    parts = [counted(table("a", 1) | table("b", 1) | table("c", 1)), counted(table("c", 1) | table("a", 1))]
    with pytest.raises(UsageError, match="2 documents are counted twice: a, c"):
        list(merge_documents(parts, at_once))
