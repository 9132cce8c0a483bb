import os
import signal
import threading
import time
from pathlib import Path

import pytest

from corpuskit.counts import ENGINES, Job, Place, Shard, divide, equal
from corpuskit.counts.engines import local
from corpuskit.counts.partial_cache import fetch
from corpuskit.counts.shards import name_each
from corpuskit.ingest import find_files
from tests.counts.files import counted_at_once, make_folder


def nothing(done, file):
    pass


@pytest.fixture
def apart(monkeypatch):
    """Start processes for the smallest corpus."""
    monkeypatch.setattr(local, "PROCESSES_FROM", 0)


@pytest.mark.xdist_group("processes")
def test_processes_give_the_counts_of_one_process(tmp_path, apart):
    files, job = make_folder(tmp_path / "documents", copies=12), Job()
    shards = divide(files, least_bytes=0)
    assert len(shards) > 2
    done = []
    found = ENGINES["local"].run(shards, job, Place(jobs=2), lambda number, _: done.append(number))
    assert equal(found.stats, counted_at_once(tmp_path / "documents", job))
    assert sum(done) == len(files) == found.intake.height
    assert children_of(os.getpid()) == [], "no process is left with its tokenizers in memory"


@pytest.mark.xdist_group("processes")
def test_a_killed_process_changes_nothing(tmp_path, apart):
    job = Job()
    shards = divide(make_folder(tmp_path / "documents", copies=12), least_bytes=0)
    killed = []

    def kill(done, file):
        if not killed:
            child = children_of(os.getpid())
            os.kill(child[0], signal.SIGKILL)
            killed.append(child[0])

    found = ENGINES["local"].run(shards, job, Place(jobs=2), kill)
    assert killed
    assert equal(found.stats, counted_at_once(tmp_path / "documents", job))


def children_of(process):
    """Give the processes that count: children that run the module of the pool."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == process and b"popen_loky" in command:
            found.append(int(stat.parent.name))
    return found


def test_what_the_cache_knows_is_not_counted_again(tmp_path, monkeypatch):
    files, job, cache = make_folder(tmp_path / "documents", copies=6), Job(), tmp_path / "cache"
    shards = name_each(divide(files, least_bytes=0), job)
    first = ENGINES["local"].run(shards, job, Place(cache=cache), nothing)
    assert all(fetch(cache, shard.key) is not None for shard in shards)
    monkeypatch.setattr(local, "_here", lambda missing, *_: iter(()) if not missing else pytest.fail("counted again"))
    again = ENGINES["local"].run(shards, job, Place(cache=cache), nothing)
    assert equal(first.stats, again.stats)
    assert first.intake.equals(again.intake)


def test_one_changed_file_costs_its_shard(tmp_path):
    job, cache, folder = Job(), tmp_path / "cache", tmp_path / "documents"
    before = name_each(divide(make_folder(folder, copies=12), least_bytes=0), job)
    ENGINES["local"].run(before, job, Place(cache=cache), nothing)
    (folder / "003" / "a" / "pump.txt").write_text("A valve.", encoding="utf-8")
    after = name_each(divide(find_files([folder]), least_bytes=0), job)
    changed = [shard for shard in after if shard.key not in {one.key for one in before}]
    assert [sum(file.id.endswith("003/a/pump.txt") for file in shard.files) for shard in changed] == [1]
    counted = ENGINES["local"].run(after, job, Place(cache=cache), nothing)
    assert equal(counted.stats, counted_at_once(folder, job))


def test_no_shards_give_the_counts_of_nothing():
    found = ENGINES["local"].run([], Job(), Place(), nothing)
    assert found.stats.documents.is_empty()
    assert found.intake.is_empty()


def test_readers_and_threads_end_with_the_run(tmp_path):
    before = threading.active_count()
    ENGINES["local"].run([Shard(tuple(make_folder(tmp_path / "documents")))], Job(), Place(), nothing)
    time.sleep(0.1)
    assert threading.active_count() <= before + 1
