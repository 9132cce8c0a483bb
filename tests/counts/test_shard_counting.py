from dataclasses import replace

import pytest

from corpuskit.counts import CountOptions, Job, ShardCounter, count_documents, count_nothing, count_shard, divide, equal, merge
from corpuskit.counts.partial_cache import fetch
from corpuskit.counts.shard_counting import count_batches
from corpuskit.counts.shards import name_each
from corpuskit.errors import UsageError
from corpuskit.ingest import Document, ReadOptions, Section, Source
from corpuskit.text import TextOptions
from tests.counts.build import batch, counted, sentence
from tests.counts.files import counted_at_once, make_folder, one_shard


def document(name, text):
    return Document(
        id=name, source=Source(path=name, sha256=name, bytes=len(text), modified="2024-01-01", reader="text"), sections=(Section(text=text),)
    )


@pytest.mark.parametrize("batches", range(8))
def test_any_number_of_batches_gives_the_counts_of_the_whole(batches):
    documents = {f"d{number}": [sentence("a", f"w{number % 3}", "b")] for number in range(batches)}
    parts = (batch({name: parts}) for name, parts in documents.items())
    assert equal(count_batches(parts, CountOptions()), counted(documents))


def test_a_document_in_two_batches_is_refused():
    part = batch({"d": [sentence("a")]})
    with pytest.raises(UsageError, match="counted twice: d"):
        count_batches([part, part], CountOptions())


def test_documents_are_tokenised_and_counted():
    texts = {"a.txt": "The pump leaks oil, again.\nThe pump stopped.", "b.txt": "Order a new pump, please. It leaks."}
    whole = count_documents((document(*item) for item in texts.items()), TextOptions())
    assert whole.documents["document"].to_list() == ["a.txt", "b.txt"]
    assert dict(whole.terms.select("form", "frequency").iter_rows())["pump"] == 3
    assert dict(whole.terms.select("form", "document_frequency").iter_rows())["pump"] == 2
    one_by_one = count_documents((document(*item) for item in reversed(texts.items())), TextOptions(batch_bytes=1))
    assert equal(whole, one_by_one)


def test_no_documents_give_the_counts_of_nothing():
    assert equal(count_documents((), TextOptions()), count_nothing(CountOptions()))


def test_shards_come_in_order_and_add_up(tmp_path):
    job, told = Job(), []
    shards = divide(make_folder(tmp_path, copies=5), least_bytes=0)
    with ShardCounter(job) as counter:
        parts = list(counter.count(shards, told.append))
    assert told == [file.id for shard in shards for file in shard.files]
    for shard, part in zip(shards, parts, strict=True):
        assert part.intake["document"].to_list() == sorted(file.id for file in shard.files)
    assert equal(merge([part.stats for part in parts], job.count), counted_at_once(tmp_path, job))


def test_a_document_that_is_left_out_was_still_read(tmp_path):
    shard = one_shard(tmp_path)
    name = next(file.id for file in shard.files if file.id.endswith("pump.txt"))
    partial = count_shard(shard, Job(left_out=frozenset({name})))
    assert name not in partial.stats.documents["document"]
    assert partial.intake.filter(document=name)["code"].to_list() == [None]


def test_the_pure_function_keeps_and_takes_what_has_a_name(tmp_path):
    job, cache = Job(read=ReadOptions(jobs=1)), tmp_path / "cache"
    (shard,) = name_each([one_shard(tmp_path / "documents")], job)
    first = count_shard(shard, job, cache)
    assert equal(fetch(cache, shard.key).stats, first.stats)
    nameless = count_shard(replace(shard, key=""), job, cache)
    assert equal(nameless.stats, first.stats)
    gone = replace(shard, files=tuple(replace(file, path=tmp_path / "gone") for file in shard.files))
    assert equal(count_shard(gone, job, cache).stats, first.stats), "files are not opened when the result is known"
