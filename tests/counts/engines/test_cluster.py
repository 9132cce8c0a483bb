import pytest

from corpuskit.counts import Job, Shard, count_shard, divide, equal
from corpuskit.counts.engines import cluster
from corpuskit.counts.engines.cluster import any_document, count_alike, own_name, refuse_others, require, state
from corpuskit.counts.shards import versions
from corpuskit.errors import MissingDependency, UsageError
from corpuskit.text import TextOptions
from tests.counts.files import make_folder


def test_a_process_is_like_itself_and_says_what_it_counts_with():
    own = state()
    assert versions().items() <= own.items()
    assert own["python"].count(".") == 1
    assert own["sudachidict-core"]
    assert "pypdfium2" in own["reader pdf"]
    refuse_others(own, {"one": state(), "two": dict(own)})
    refuse_others(own, {})


@pytest.mark.parametrize(
    ("name", "version", "told"),
    [
        ("sudachidict-core", "20200101", "pip install sudachidict-core=="),
        ("spacy", "", "spacy none there"),
        ("python", "2.7", "python 2.7 there"),
        ("code", "0" * 64, "code 000000000000000000000000 there"),
        ("reader pdf", "pdf-0", "reader pdf pdf-0 there"),
    ],
)
def test_a_worker_that_differs_is_named_with_both_versions_and_what_to_do(name, version, told):
    own = dict(state())
    with pytest.raises(UsageError) as caught:
        refuse_others(own, {"tcp://a:1": own, "tcp://b:2": {**own, name: version}})
    message = str(caught.value)
    assert message.startswith("Worker tcp://b:2 would count in another way: ")
    assert told in message
    assert f"{own[name][:24]} here" in message
    assert "restart the worker" in message


def test_a_worker_without_corpuskit_is_named():
    with pytest.raises(UsageError, match=r"Worker b cannot run corpuskit \(ModuleNotFoundError: No module named 'corpuskit'\). Install corpuskit \d"):
        refuse_others(state(), {"a": state(), "b": ModuleNotFoundError("No module named 'corpuskit'")})


def test_a_worker_that_does_not_see_the_documents_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"Worker b does not see the documents: .*gone\.txt is not there\. Mount their folder at the same path"):
        refuse_others(state(), {"b": state(tmp_path / "gone.txt")})


def test_a_worker_compares_itself_before_it_counts(tmp_path, monkeypatch):
    shard = Shard(tuple(make_folder(tmp_path)))
    wanted = state()
    assert equal(count_alike(shard, Job(), None, wanted).stats, count_shard(shard, Job()).stats)
    monkeypatch.setattr(cluster, "_versions", lambda: {**wanted, "numpy": "1.0"})
    with pytest.raises(UsageError, match=r"numpy 1\.0 there"):
        count_alike(shard, Job(), None, wanted)
    assert own_name().endswith(")")


def test_a_document_is_chosen_that_this_process_sees(tmp_path):
    shards = divide(make_folder(tmp_path), least_bytes=0)
    assert any_document(shards) == tmp_path / "a" / "order.md"
    (tmp_path / "a" / "order.md").unlink()
    assert any_document(shards) == tmp_path / "a" / "pump.txt"
    assert any_document([]) is None


def test_one_of_many_workers_takes_one_core():
    job = Job().alone()
    assert (job.read.jobs, job.text.threads) == (1, 1)
    assert Job(text=TextOptions(threads=3)).alone().text.threads == 3
    assert job.digest() == Job().digest()


def test_a_missing_package_is_told_with_the_command():
    require("json", "dask")
    with pytest.raises(MissingDependency, match=r'The engine dask needs the package no_such_package: pip install "corpuskit\[dask\]"'):
        require("no_such_package", "dask")
