from dataclasses import FrozenInstanceError, replace

import pytest

from corpuskit.counts import ENGINES, CountOptions, Engine, count_nothing, equal, merge
from corpuskit.errors import UnknownName, UsageError
from corpuskit.ingest import Document, Section, Source
from corpuskit.registry import Registry
from corpuskit.text import TextOptions

TEXTS = {
    "a.txt": "The pump leaks oil, again.\nThe pump stopped.",
    "b.txt": "Order a new pump, please. It leaks.",
    "規程.txt": "この規程は旅費を定める。旅費は別表による。",
    "empty.txt": "——",
}


def documents(names=TEXTS):
    for name in names:
        source = Source(path=name, sha256=name, bytes=len(TEXTS[name]), modified="2024-01-01", reader="text")
        yield Document(id=name, source=source, sections=(Section(text=TEXTS[name]),))


def run_in_shards(found, text_options, cues, count_options):
    """Count each document apart, as machines would that know nothing of each other, and merge."""
    shards = [ENGINES["local"].run(iter([document]), text_options, cues, count_options) for document in found]
    return merge(shards[::-1], count_options)


ALL = Registry("engine", (*ENGINES.values(), Engine(name="shards", summary="one document at a time", run=run_in_shards)))


@pytest.mark.parametrize("name", list(ALL))
def test_every_engine_gives_equal_counts(name):
    options = CountOptions(window=3, groups=4)
    reference = ENGINES["local"].run(documents(), TextOptions(), (), options)
    assert reference.documents.height == 4
    assert equal(ALL[name].run(documents(), TextOptions(), (), options), reference)
    assert equal(ALL[name].run(documents(reversed(TEXTS)), TextOptions(batch_bytes=1), (), options), reference)


@pytest.mark.parametrize("name", list(ALL))
def test_every_engine_counts_nothing_and_refuses_a_document_given_twice(name):
    assert equal(ALL[name].run(iter(()), TextOptions(), (), CountOptions()), count_nothing(CountOptions()))
    with pytest.raises(UsageError, match=r"counted twice: a\.txt"):
        ALL[name].run(documents(["a.txt", "b.txt", "a.txt"]), TextOptions(), (), CountOptions())


@pytest.mark.parametrize("name", list(ALL))
def test_every_engine_reads_the_documents_once(name):
    read = []

    def watched():
        for document in documents():
            read.append(document.id)
            yield document

    ALL[name].run(watched(), TextOptions(batch_bytes=1), (), CountOptions())
    assert read == list(TEXTS)


def test_an_unknown_engine_is_named():
    with pytest.raises(UnknownName, match=r"Unknown engine 'locla'. Did you mean 'local'\? Valid: local"):
        ENGINES["locla"]


def test_a_spec_cannot_be_changed_and_says_when_to_choose_it():
    engine = ENGINES["local"]
    assert engine.summary
    with pytest.raises(FrozenInstanceError):
        engine.name = "other"
    with pytest.raises(ValueError, match="Two engines are named 'local'"):
        Registry("engine", (engine, replace(engine, summary="again")))
