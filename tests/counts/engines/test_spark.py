import os
import shutil
import signal
from pathlib import Path

import pytest

from corpuskit.counts import ENGINES, Job, Place
from corpuskit.counts.engines import cluster, spark, spark_session
from corpuskit.counts.partial_cache import fetch
from corpuskit.errors import UsageError
from tests.counts.engines.clusters import Corpus, nothing, refuse_to_work

pytest.importorskip("pyspark", reason="needs corpuskit[spark]")
pytestmark = [
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="needs Java 17 (openjdk-17-jre-headless)"),
    # py4j leaves its sockets to the garbage collector
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
RUN = ENGINES["spark"].run
MASTER = "local-cluster[2,1,1024]"
"""A master and two workers of one core each; every executor is a process of its own, with Python processes of its own."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="module")
def running():
    with spark_session.session(MASTER) as started:
        yield started


def executors():
    """Give the processes below this one that are executors of Spark."""
    parents, found = {}, []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number = int(stat.parent.name)
            parents[number] = int(stat.read_text().rpartition(")")[2].split()[1])
            if b"CoarseGrainedExecutorBackend" in (stat.parent / "cmdline").read_bytes():
                found.append(number)
        except OSError:
            continue
    return sorted(number for number in found if os.getpid() in ancestors(number, parents))


def ancestors(number, parents):
    while number := parents.get(number, 0):
        yield number


def test_a_cluster_gives_the_counts_of_one_process(corpus, running, tmp_path):
    assert len(executors()) == 2
    told = []
    found = RUN(corpus.shards, corpus.job, Place(address=MASTER, cache=tmp_path), lambda done, _: told.append(done))
    assert corpus.is_counted_by(found)
    assert sum(told) == len(corpus.files)
    assert all(fetch(tmp_path, shard.key) is not None for shard in corpus.shards)


def test_results_are_merged_in_levels(corpus, running, monkeypatch):
    monkeypatch.setattr(spark, "MERGED_AT_ONCE", 2)
    taken = []
    monkeypatch.setattr(spark.Gatherer, "add", lambda self, partial, add=spark.Gatherer.add: (taken.append(partial), add(self, partial))[1])
    assert corpus.is_counted_by(RUN(corpus.shards, corpus.job, Place(), nothing))
    assert 1 <= len(taken) <= 2


def test_a_document_given_twice_is_refused(corpus, running):
    with pytest.raises(UsageError, match="counted twice"):
        RUN([*corpus.shards[:2], *corpus.shards[:2]], corpus.job, Place(), nothing)


def test_workers_with_other_versions_are_refused_before_any_work(corpus, running, monkeypatch):
    own = cluster._versions()
    monkeypatch.setattr(cluster, "_versions", lambda: {**own, "sudachidict-core": "20200101"})
    with pytest.raises(UsageError, match=r"Worker .+ \(process \d+\) would count .* 20200101 here.*pip install sudachidict-core==20200101"):
        RUN(corpus.shards, corpus.job, Place(), refuse_to_work)
    monkeypatch.setattr(spark, "_refuse_other_workers", nothing)
    with pytest.raises(UsageError, match=r"Worker .+ \(process \d+\) would count .* 20200101 here"):
        RUN(corpus.shards[:2], corpus.job, Place(), nothing)


def test_an_error_of_spark_is_told_with_its_reason(corpus, running):
    with spark_session.session(MASTER) as own:
        broken = own.range(1).mapInArrow(lambda batches: (1 / 0 for _ in batches), spark.PIECES)
        with pytest.raises(UsageError, match=r"^Spark could not finish \(ZeroDivisionError: division by zero\)\. "), spark_session.errors_told():
            list(broken.toLocalIterator())


def test_another_master_than_the_active_one_is_refused(corpus, running):
    with pytest.raises(UsageError, match=r"A Spark session with the master local-cluster\[2,1,1024\] is active"):
        RUN(corpus.shards, corpus.job, Place(address="local[3]"), nothing)


def test_no_shards_need_no_cluster():
    assert RUN([], Job(), Place(address="spark://127.0.0.1:9"), nothing).stats.documents.is_empty()


def test_a_killed_executor_changes_nothing(corpus, running, monkeypatch):
    monkeypatch.setattr(spark_session, "LOOK_SECONDS", 0.05)
    killed = []

    def kill(done, file):
        if not killed and file == "":
            killed.append(executors()[0])
            os.kill(killed[0], signal.SIGKILL)

    assert corpus.is_counted_by(RUN(corpus.shards, corpus.job, Place(), kill))
    assert killed
    assert killed[0] not in executors()
