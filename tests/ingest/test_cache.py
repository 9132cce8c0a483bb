import gzip
import logging
import stat
import sys

import pytest

from corpuskit.ingest import ReadOptions, read
from corpuskit.ingest.cache import cache_key, load, store
from corpuskit.ingest.document import Section
from corpuskit.ingest.parts import Part
from corpuskit.ingest.reader import Extraction
from corpuskit.ingest.readers import READERS

READ = Extraction(
    (Section("本文", ("a", "b"), "row", "row 2", (("区分", "x"),), (("id", "1"),)), Section("two")), (("title", "t"),), ("w: 1",), "cp932", "scored"
)
PARTS = (Part("", "txt", "00", 3, "", READ), Part("in/b.txt", "txt", "01", 4, "2026-01-02T00:00:00+00:00", READ))


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_stored_is_loaded(tmp_path):
    store(tmp_path / "cache", "ab12", PARTS)
    assert load(tmp_path / "cache", "ab12") == PARTS
    assert load(tmp_path / "cache", "ab13") is None
    assert [path.name for path in files(tmp_path)] == ["ab12.json.gz"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_only_the_owner_can_look_in(tmp_path):
    store(tmp_path / "new" / "cache", "ab12", PARTS)
    assert stat.S_IMODE((tmp_path / "new" / "cache").stat().st_mode) == 0o700
    assert stat.S_IMODE(files(tmp_path)[0].stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [b"", b"rubbish", gzip.compress(b"{}"), gzip.compress(b"[]"), gzip.compress(b'{"key": "other"}'), gzip.compress(b"x" * 1000)[:20]],
    ids=("empty", "no gzip", "no key", "no object", "another key", "cut off"),
)
def test_a_corrupt_entry_is_made_anew(tmp_path, content, caplog):
    store(tmp_path, "ab12", PARTS)
    files(tmp_path)[0].write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert load(tmp_path, "ab12") is None
    assert "made anew" in caplog.text


def test_the_key_depends_on_all_that_the_extraction_does():
    txt, options = READERS["txt"], ReadOptions()
    one = cache_key("00", ".txt", txt.edition(), options.digest())
    others = [
        cache_key("01", ".txt", txt.edition(), options.digest()),
        cache_key("00", ".md", txt.edition(), options.digest()),
        cache_key("00", ".txt", READERS["md"].edition(), options.digest()),
        cache_key("00", ".txt", txt.edition(), ReadOptions(text_columns=("text",)).digest()),
    ]
    assert len({one, *others}) == 5


def test_reading_through_the_cache_gives_the_same_documents(tmp_path):
    folder, cache = tmp_path / "docs", tmp_path / "cache"
    folder.mkdir()
    (folder / "a.csv").write_text("id,message\n1,the pump leaks again\n", encoding="utf-8")
    (folder / "b.txt").write_text("議事録", encoding="utf-8")
    (folder / "c.txt").write_text("")
    without = list(read([folder]))
    assert list(read([folder], cache=cache)) == list(read([folder], cache=cache)) == without
    assert len(files(cache)) == 2


def test_the_cache_is_used_and_knows_no_paths(tmp_path, monkeypatch):
    folder, cache = tmp_path / "docs", tmp_path / "cache"
    folder.mkdir()
    (folder / "a.txt").write_text("text")
    first = next(iter(read([folder], cache=cache)))
    (folder / "a.txt").rename(folder / "moved.txt")
    monkeypatch.setattr("corpuskit.ingest.reading.Worker.read", lambda *_: pytest.fail("read again"))
    second = next(iter(read([folder], cache=cache)))
    assert (second.id, second.sections) == ("moved.txt", first.sections)


def test_a_cache_that_cannot_be_written_costs_nothing_but_speed(tmp_path, caplog):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "cache").write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        documents = list(read([tmp_path / "a.txt"], cache=tmp_path / "cache"))
    assert documents[0].sections[0].text == "text"
    assert "cannot be written" in caplog.text
