import json

import polars as pl
import pytest
from hypothesis import given, settings

from corpuskit.counts import CountOptions, count_nothing, equal, load, merge, save
from corpuskit.errors import RecordError, UsageError
from tests.counts.build import counted, message, sentence
from tests.counts.strategies import CORPORA, OPTIONS

DOCUMENTS = {
    "旅費.docx": [sentence("日本", "a", "b", language="ja", heading=["第1条"], fields=[("合計", "amount", 2**63)])],
    "t.csv": [message("x y", {"l": "A"}), message("z", {"l": "B"})],
}


@settings(max_examples=25, deadline=None)
@given(CORPORA, OPTIONS)
def test_what_is_saved_is_loaded_value_for_value(tmp_path_factory, documents, options):
    stats = counted(documents, **options)
    folder = tmp_path_factory.mktemp("stored") / "counts"
    save(stats, folder)
    assert equal(load(folder), stats)


def test_counts_stored_before_there_were_weights_are_flat_and_unordered(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "counts")
    manifest = tmp_path / "counts" / "counts.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    assert (content["options"].pop("weights"), content["options"].pop("ordered")) == ("flat", False)
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert equal(load(tmp_path / "counts"), counted(DOCUMENTS))


def test_counts_of_nothing_survive(tmp_path):
    save(count_nothing(CountOptions(groups=2)), tmp_path / "zero")
    assert equal(load(tmp_path / "zero"), count_nothing(CountOptions(groups=2)))


def test_loaded_counts_merge_and_cannot_be_written(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "deep" / "er" / "counts")
    loaded = load(tmp_path / "deep" / "er" / "counts")
    assert not loaded.section_terms.data.flags.writeable
    other = {"u": [sentence("a", "q")]}
    assert equal(merge([loaded, counted(other)]), counted(DOCUMENTS | other))


def test_any_tool_can_read_the_matrices(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "counts")
    entries = pl.read_parquet(tmp_path / "counts" / "cooccurrence.parquet")
    assert entries.columns == ["group", "row", "column", "count"]
    assert entries["count"].sum() == 3 + 1
    assert pl.read_parquet(tmp_path / "counts" / "bigrams.parquet")["count"].sum() == 2 + 1


def test_nothing_but_the_counts_is_left_behind(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "counts")
    assert [path.name for path in tmp_path.iterdir()] == ["counts"]


def test_a_failed_save_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OSError, match="No space"):
        save(counted(DOCUMENTS), tmp_path / "counts")
    assert list(tmp_path.iterdir()) == []


def test_stored_counts_are_never_overwritten(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "counts")
    with pytest.raises(UsageError, match="never overwritten"):
        save(counted({}), tmp_path / "counts")
    assert equal(load(tmp_path / "counts"), counted(DOCUMENTS))


def test_no_folder_is_a_wrong_call(tmp_path):
    with pytest.raises(UsageError, match="no such folder"):
        load(tmp_path / "missing")
    with pytest.raises(RecordError, match="holds no readable"):
        load(tmp_path)


def test_a_newer_version_is_refused(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "counts")
    manifest = tmp_path / "counts" / "counts.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | {"version": 99}), encoding="utf-8")
    with pytest.raises(RecordError, match="newer corpuskit"):
        load(tmp_path / "counts")


def test_an_older_version_is_refused(tmp_path):
    save(counted(DOCUMENTS), tmp_path / "counts")
    manifest = tmp_path / "counts" / "counts.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | {"version": 1}), encoding="utf-8")
    with pytest.raises(RecordError, match=r"older corpuskit \(format 1.*Count again"):
        load(tmp_path / "counts")


@pytest.mark.parametrize("name", ["terms.parquet", "cooccurrence.parquet", "bigrams.parquet", "section_terms.parquet", "first_terms.parquet"])
@pytest.mark.parametrize("damage", ["missing", "cut", "shorter", "outside", "disordered"])
def test_damage_is_noticed(tmp_path, name, damage):
    save(counted(DOCUMENTS), tmp_path / "counts")
    path = tmp_path / "counts" / name
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    elif damage == "shorter":
        pl.read_parquet(path).head(1).write_parquet(path)
    elif damage == "disordered":
        pl.read_parquet(path).reverse().write_parquet(path)
    elif name == "terms.parquet":
        pl.read_parquet(path).drop("form").write_parquet(path)
    else:
        pl.read_parquet(path).with_columns(column=pl.lit(10_000, pl.UInt32)).write_parquet(path)
    with pytest.raises(RecordError, match=r"damaged|holds no"):
        load(tmp_path / "counts")
