import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpuskit.counts import ENGINES, Job, Place, divide
from corpuskit.counts.engines import cluster, dask
from corpuskit.counts.partial_cache import fetch
from corpuskit.errors import UsageError
from corpuskit.ingest import find_files
from tests.counts.engines.clusters import Corpus, nothing, refuse_to_work

distributed = pytest.importorskip("distributed", reason="needs corpuskit[dask]")
pytestmark = pytest.mark.xdist_group("dask")
RUN = ENGINES["dask"].run


class Cluster:
    """A scheduler and two workers, each a process of its own, that talk over TCP."""

    def __init__(self, folder):
        self._file = folder / "scheduler.json"
        self._log = (folder / "log.txt").open("wb")
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers = [self.start_worker() for _ in range(2)]
        self.address = self.wait_for(2)

    def wait_for(self, workers):
        with distributed.Client(scheduler_file=str(self._file), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
            return client.scheduler.address

    def start_worker(self, before=""):
        return self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0", before=before)

    def _start(self, kind, *options, before=""):
        run = f"{before}\nfrom distributed.cli.dask_{kind} import main\nmain()"
        command = [sys.executable, "-c", run, "--scheduler-file", str(self._file), *options]
        return subprocess.Popen(command, cwd=self._file.parent, stdout=self._log, stderr=self._log)

    def stop(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        self._log.close()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


def test_a_cluster_gives_the_counts_of_one_process(corpus, running, tmp_path):
    told = []
    place = Place(address=running.address, cache=tmp_path)
    found = RUN(corpus.shards, corpus.job, place, lambda done, file: told.append((done, file)))
    assert corpus.is_counted_by(found)
    assert sum(done for done, _ in told) == len(corpus.files)
    assert {file for _, file in told} == {shard.files[-1].id for shard in corpus.shards}
    assert all(fetch(tmp_path, shard.key) is not None for shard in corpus.shards)


def test_workers_fetch_documents_of_a_store_themselves(corpus, running):
    pytest.importorskip("fsspec", reason="needs corpuskit[remote]")
    stored = find_files([Path(corpus.folder.as_uri())])
    assert all(file.remote or file.skipped for file in stored)
    found = RUN(divide(stored, least_bytes=0), corpus.job, Place(address=running.address), nothing)
    assert found.stats.terms.equals(corpus.expected.stats.terms)
    assert found.intake["document"].to_list() == corpus.expected.intake["document"].to_list()


def test_results_are_merged_on_the_workers_in_levels(corpus, running, monkeypatch):
    monkeypatch.setattr(dask, "MERGED_AT_ONCE", 2)
    taken = []
    monkeypatch.setattr(dask.Gatherer, "add", lambda self, partial, add=dask.Gatherer.add: (taken.append(partial), add(self, partial))[1])
    assert corpus.is_counted_by(RUN(corpus.shards, corpus.job, Place(address=running.address), nothing))
    assert 1 <= len(taken) <= 2


def test_a_document_given_twice_is_refused(corpus, running):
    with pytest.raises(UsageError, match="counted twice"):
        RUN([*corpus.shards[:2], *corpus.shards[:2]], corpus.job, Place(address=running.address), nothing)


def test_workers_with_other_versions_are_refused_before_any_work(corpus, running, monkeypatch):
    own = cluster._versions()
    monkeypatch.setattr(cluster, "_versions", lambda: {**own, "sudachidict-core": "20200101"})
    with pytest.raises(UsageError, match=r"Worker tcp://127\.0\.0\.1:\d+ would count .* 20200101 here.*pip install sudachidict-core==20200101"):
        RUN(corpus.shards, corpus.job, Place(address=running.address), refuse_to_work)


def test_a_worker_without_corpuskit_is_named(corpus, running):
    bare = running.start_worker("import sys\nsys.modules['corpuskit'] = None")
    try:
        running.wait_for(3)
        with pytest.raises(UsageError, match=r"Worker tcp://127\.0\.0\.1:\d+ cannot run corpuskit \(.*corpuskit.*\)\. Install corpuskit \d"):
            RUN(corpus.shards, corpus.job, Place(address=running.address), refuse_to_work)
    finally:
        bare.kill()
        bare.wait()


def test_without_an_address_workers_are_started_here(corpus):
    assert corpus.is_counted_by(RUN(corpus.shards, corpus.job, Place(jobs=2), nothing))


def test_no_shards_need_no_cluster():
    assert RUN([], Job(), Place(address="tcp://127.0.0.1:9"), nothing).stats.documents.is_empty()


def test_a_scheduler_that_does_not_answer_is_told(corpus, monkeypatch):
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://here"):
        with pytest.raises(UsageError, match=f"No Dask scheduler answers at '{address}'"):
            RUN(corpus.shards, corpus.job, Place(address=address), nothing)


def test_a_scheduler_without_workers_is_told(corpus, running, monkeypatch):
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 1)
    wait = distributed.Client.wait_for_workers

    def wait_for_nine(client, workers, timeout):
        wait(client, 9, timeout=timeout)

    monkeypatch.setattr(distributed.Client, "wait_for_workers", wait_for_nine)
    with pytest.raises(UsageError, match="The Dask scheduler has no workers"):
        RUN(corpus.shards, corpus.job, Place(address=running.address), refuse_to_work)


def test_a_killed_worker_changes_nothing(corpus, running):
    killed = []

    def kill(done, file):
        if not killed:
            running.workers[0].kill()
            killed.append(time.monotonic())

    assert corpus.is_counted_by(RUN(corpus.shards, corpus.job, Place(address=running.address), kill))
    assert killed
    assert running.workers[0].wait(10) == -9


def test_a_scheduler_that_dies_is_told(corpus, running, monkeypatch):
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 2)
    with pytest.raises(UsageError, match="The Dask scheduler was lost on the way"):
        RUN(corpus.shards, corpus.job, Place(address=running.address), lambda *_: running.scheduler.kill())
