import polars as pl
import pytest

from corpuskit.counts import save
from corpuskit.counts.merging_lines import merge_lines
from corpuskit.counts.storage import StoredStats
from tests.counts.build import Part, counted


def folder(source, numbers):
    return {f"{source}/{number}": [Part(paragraphs=[[["line", str(number % 7), source]], [["the", "same"]]])] for number in numbers}


@pytest.fixture
def parts():
    return [counted(folder("a", range(4)) | folder("c", range(20))), counted(folder("a", range(4, 30)) | folder("b", range(3)))]


@pytest.mark.parametrize("at_once", [1, 2, 5, 11, 10**6])
def test_lines_do_not_depend_on_how_many_are_merged_at_a_time(parts, at_once, tmp_path):
    for number, part in enumerate(parts):
        save(part, tmp_path / str(number))
    whole = counted(folder("a", range(30)) | folder("b", range(3)) | folder("c", range(20))).lines
    assert whole["source"].n_unique() == 3
    for given in (parts, parts[::-1], [StoredStats(tmp_path / "0"), parts[1]]):
        merged = pl.concat(merge_lines(given, at_once))
        assert merged.equals(whole)
        assert merged.schema == whole.schema


def test_of_no_lines_there_are_none():
    nothing = counted({"a": []})
    assert not list(merge_lines([nothing, nothing]))
