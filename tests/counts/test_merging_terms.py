import polars as pl
import pytest

from corpuskit.counts import save
from corpuskit.counts.arrays import InFiles, InMemory
from corpuskit.counts.merging_terms import merge_terms
from corpuskit.counts.storage import StoredStats
from tests.counts.build import counted, sentence

FIRST = {"a": [sentence("pump", "oil", "the", "pump"), sentence("出張旅費", "人々", language="ja")]}
SECOND = {"b": [sentence("valve", "oil"), sentence("労働者", "出張旅費", "出張旅費", language="ja")]}


@pytest.mark.parametrize("at_once", [1, 3, 10**6])
@pytest.mark.parametrize("files", [False, True])
def test_the_vocabulary_and_the_place_of_each_term_do_not_depend_on_how_many_are_merged_at_a_time(at_once, files, tmp_path):
    parts = [counted(FIRST), counted(SECOND)]
    save(parts[0], tmp_path / "0")
    arrays = InFiles(tmp_path / "arrays") if files else InMemory()
    for given in (parts, [StoredStats(tmp_path / "0"), parts[1]]):
        places = [arrays.growing(int) for _ in given]
        pieces = list(merge_terms(given, places, at_once))
        merged = pl.concat(pieces)
        assert merged.equals(counted(FIRST | SECOND).terms)
        assert len(pieces) > 1 or at_once > 7
        for part, place in zip(parts, places, strict=True):
            assert merged["form"].gather(place.filled()).to_list() == part.terms["form"].to_list()
