from dataclasses import FrozenInstanceError, replace

import pytest

from corpuskit.counts import ENGINES, Engine, Job, Place, count_shard, divide, equal, merge_partials
from corpuskit.errors import UnknownName, UsageError
from corpuskit.registry import Registry
from corpuskit.text import TextOptions
from tests.counts.files import counted_at_once, make_folder

OFFLINE = ("local",)
"""Engines that need nothing beside this process; those of clusters have tests of their own."""


def run_one_by_one(shards, job, place, progress):
    """Count each file apart, as machines would that know nothing of each other, and merge in another order."""
    return merge_partials([count_shard(replace(shard, files=(file,)), job) for shard in shards for file in shard.files][::-1], job.count)


ALL = Registry("engine", (*(ENGINES[name] for name in OFFLINE), Engine(name="one by one", summary="one file at a time", run=run_one_by_one)))


def nothing(done, file):
    pass


@pytest.mark.parametrize("name", list(ALL))
def test_every_engine_gives_equal_counts_and_tells_what_became_of_every_file(name, tmp_path):
    files = make_folder(tmp_path)
    for job in (Job(), Job(text=TextOptions(batch_bytes=1)), Job(left_out=frozenset({"a/order.md"}))):
        found = ALL[name].run(divide(files, least_bytes=0), job, Place(), nothing)
        reference = counted_at_once(tmp_path, job)
        assert reference.documents.height == 5 - len(job.left_out)
        assert equal(found.stats, reference)
        told = dict(found.intake.select("document", "code").iter_rows())
        assert {document.rpartition("/")[2]: code for document, code in told.items() if code} == {"empty.txt": "empty", "broken.docx": "broken"}
        assert len(told) == len(files)


@pytest.mark.parametrize("name", list(ALL))
def test_every_engine_refuses_a_document_given_twice(name, tmp_path):
    shards = divide(make_folder(tmp_path), least_bytes=0)
    with pytest.raises(UsageError, match=r"counted twice: a/order\.md"):
        ALL[name].run([*shards, *shards], Job(), Place(), nothing)


def test_an_unknown_engine_is_named():
    with pytest.raises(UnknownName, match=r"Unknown engine 'locla'. Did you mean 'local'\? Valid: .*local"):
        ENGINES["locla"]


def test_a_spec_cannot_be_changed_and_says_when_to_choose_it():
    engine = ENGINES["local"]
    assert engine.summary
    with pytest.raises(FrozenInstanceError):
        engine.name = "other"
    with pytest.raises(ValueError, match="Two engines are named 'local'"):
        Registry("engine", (engine, replace(engine, summary="again")))
