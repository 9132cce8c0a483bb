"""A Spark session for one run, that leaves no trace in a session of the user's, and what it says of its progress."""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpuskit.counts.engines.engine import Progress
from corpuskit.counts.shards import Shard
from corpuskit.errors import MissingDependency, UsageError

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

QUIET = {
    "spark.app.name": "corpuskit",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={Path(__file__).with_name('spark_log.properties').as_uri()}",
}
PIECES_AT_ONCE = "16"
"""Pieces that Spark hands over in one batch; because its 10,000 could exceed the 2 GB of a batch."""

ALL_CORES = "local[*,4]"
"""This machine; a task is tried four times, as on a cluster."""

LOOK_SECONDS = 1.0


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """Give a session with a master; without one that which is active, else one on this machine. Ended if it was made here.

    Raises
    ------
    MissingDependency
        There is no Java.
    UsageError
        Another master is active, or none answers.
    """
    with warnings.catch_warnings():
        # of pandas nothing is used: Spark only insists that it is there
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        from pyspark import SparkContext

        active = SparkContext._active_spark_context
        if active is not None and master not in ("", active.master):
            raise UsageError(f"A Spark session with the master {active.master} is active. Stop it, or leave out the master {master}.")
        context = active or _started(master or ALL_CORES)
        try:
            yield _own_settings(context)
        finally:
            if active is None:
                context.stop()


def _started(master: str) -> SparkContext:
    from pyspark import SparkConf, SparkContext

    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise MissingDependency("Spark needs Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless).")
    # else Spark takes the first python3 it finds, which has no corpuskit
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = QUIET | (ON_THIS_MACHINE if master.startswith("local") else {})
    configuration = SparkConf().setMaster(master)
    for name, value in settings.items():
        configuration.setIfMissing(name, value)
    try:
        return SparkContext(conf=configuration)
    except Exception as error:  # py4j raises errors of Java, which have no class here
        raise UsageError(f"Spark does not start with the master {master!r} ({str(error).splitlines()[0]}). See its address, and its log.") from error


def _own_settings(context: SparkContext) -> SparkSession:
    """Give a new session in a context, so that settings made for this run end with it."""
    from pyspark.sql import SparkSession

    own = SparkSession(context).newSession()
    own.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", PIECES_AT_ONCE)
    return own


@contextmanager
def errors_told() -> Iterator[None]:
    """Say in one sentence what Spark says in pages.

    Raises
    ------
    UsageError
        With the last error of Python on a worker, or else the last of Java.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        pages = str(error)
        found = re.findall(r"^\w+(?:Error|Exception)\b.*$", pages, re.MULTILINE) or re.findall(r"^Caused by: (.*)$", pages, re.MULTILINE)
        reason = found[-1] if found else pages.partition("\n")[0]
        raise UsageError(
            f"Spark could not finish ({reason.strip()}). Install corpuskit in the Python of every executor and give each core 2 GB beside the JVM; "
            "the logs of the executors say more."
        ) from error


@contextmanager
def told_progress(spark: SparkSession, parts: int, shards: Sequence[Shard], progress: Progress) -> Iterator[None]:
    """Tell about files while Spark counts, judged by the tasks that it says are done; the rest at the end."""
    files = sum(len(shard.files) for shard in shards)
    last = shards[-1].files[-1].id
    ended, told = threading.Event(), 0

    def look() -> None:
        nonlocal told
        while not ended.wait(LOOK_SECONDS):
            done = files * _tasks_done(spark.sparkContext, parts) // parts
            if done > told:
                progress(done - told, "")
                told = done

    watcher = threading.Thread(target=look, name="spark progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
    progress(files - told, last)


def _tasks_done(context: SparkContext, parts: int) -> int:
    """Count the tasks that are done in the stage that counts, which has as many tasks as there are parts; 0 while it is not in work."""
    tracker = context.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return max((stage.numCompletedTasks for stage in stages if stage is not None and stage.numTasks == parts), default=0)
