import logging
import os
import stat

import polars as pl
import pytest

from corpuskit.counts import Job, count_shard, equal
from corpuskit.counts.partial import Partial
from corpuskit.counts.partial_cache import KEPT_DAYS, fetch, keep, keep_shard, prune, was_written_to
from corpuskit.counts.shards import name_each
from tests.counts.files import TEXTS, one_shard

KEY = "ab" + "0" * 62


@pytest.fixture(scope="module")
def partial(tmp_path_factory):
    return count_shard(one_shard(tmp_path_factory.mktemp("documents")), Job())


@pytest.fixture
def kept(tmp_path, partial):
    keep(tmp_path, KEY, partial)
    return tmp_path / "counts" / KEY[:2] / KEY


def test_what_was_kept_comes_back(tmp_path, kept, partial):
    known = fetch(tmp_path, KEY)
    assert equal(known.stats, partial.stats)
    assert known.intake.equals(partial.intake)
    assert fetch(tmp_path, "cd" + KEY[2:]) is None
    assert fetch(None, KEY) is None
    assert fetch(tmp_path, "") is None


def test_only_the_owner_can_look(tmp_path, kept):
    assert stat.S_IMODE((tmp_path / "counts").stat().st_mode) == 0o700


def test_no_text_of_the_documents_is_kept(kept):
    tables = [pl.read_parquet(path) for path in kept.glob("*.parquet")]
    written = "\n".join(table.select(pl.exclude(pl.Binary)).write_ndjson() for table in tables)
    assert '"pump"' in written, "words are kept"
    for text in TEXTS.values():
        for line in text.splitlines():
            assert len(line) < 20 or line not in written


@pytest.mark.parametrize("name", ["terms.parquet", "cooccurrence.parquet", "bigrams.parquet", "intake.parquet", "counts.json", "documents.parquet"])
@pytest.mark.parametrize("how", ["flipped", "cut", "gone", "emptied"])
def test_damage_is_noticed_told_and_mended(tmp_path, kept, partial, name, how, caplog):
    path = kept / name
    data = path.read_bytes()
    if how == "flipped":
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 0x55]) + data[middle + 1 :])
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"")
    with caplog.at_level(logging.WARNING):
        assert fetch(tmp_path, KEY) is None
    assert "made anew" in caplog.text
    keep(tmp_path, KEY, partial)
    assert equal(fetch(tmp_path, KEY).stats, partial.stats)


def test_reasons_that_pass_are_not_kept(tmp_path, partial):
    for code, there in (("timeout", False), ("crashed", False), ("vanished", False), ("permission", False), ("broken", True)):
        row = partial.intake.filter(partial.intake["code"].is_not_null())[:1]
        keep(tmp_path / code, KEY, Partial(partial.stats, row.with_columns(code=row["code"].replace(row["code"][0], code))))
        assert (fetch(tmp_path / code, KEY) is not None) is there, code


def test_a_folder_that_cannot_be_written_costs_speed_only(tmp_path, partial, caplog, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpuskit.counts.partial_cache.save", refuse)
    keep(tmp_path, KEY, partial)
    assert "cannot be written" in caplog.text
    assert fetch(tmp_path, KEY) is None


def test_what_nobody_uses_is_removed(tmp_path, kept):
    used = kept.stat().st_mtime
    assert prune(tmp_path, now=used + 86_400) == 0
    os.utime(kept, (used - (KEPT_DAYS + 1) * 86_400,) * 2)
    assert prune(tmp_path, now=used) == 1
    assert not kept.exists()
    assert prune(tmp_path / "none") == 0


def test_a_file_that_was_written_to_meanwhile_leaves_nothing_in_the_cache(tmp_path):
    job = Job()
    (shard,) = name_each([one_shard(tmp_path / "documents")], job)
    pump = next(file.path for file in shard.files if file.id.endswith("pump.txt"))
    pump.write_text("Another text, written after the name was given.", encoding="utf-8")
    partial = count_shard(shard, job, tmp_path / "cache")
    assert was_written_to([shard], partial)
    assert fetch(tmp_path / "cache", shard.key) is None
    (again,) = name_each([shard], job)
    assert not was_written_to([again], partial)
    keep_shard(tmp_path / "cache", again, partial)
    assert equal(fetch(tmp_path / "cache", again.key).stats, partial.stats)
