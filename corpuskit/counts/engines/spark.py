"""The Spark engine: shards are rows of a table, counted by mapInArrow and merged by groupBy. It asks no more of Spark than these two."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial as bound
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpuskit.counts.arrow_tables import Piece, from_pieces, to_pieces
from corpuskit.counts.engines.cluster import MERGED_AT_ONCE, State, any_document, count_alike, own_name, refuse_others, require, state
from corpuskit.counts.engines.engine import Engine, Place, Progress
from corpuskit.counts.engines.spark_session import errors_told, session, told_progress
from corpuskit.counts.gathering import Gatherer
from corpuskit.counts.partial import Partial, merge_partials
from corpuskit.counts.shards import Job, Shard
from corpuskit.counts.stats import CountOptions
from corpuskit.errors import CorpuskitError, UsageError

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Table
    from pyspark.sql import DataFrame, SparkSession

PIECES = "part long, table string, number int, content binary"
"""Columns of partial results: which of them, and its pieces (:mod:`corpuskit.counts.arrow_tables`)."""

FAILED = "failed"
"""In place of a table: what went wrong, as text; because Spark would try four times what cannot succeed, and bury the reason."""

TASKS_PER_CORE = 4


def run_spark(shards: Sequence[Shard], job: Job, place: Place, progress: Progress) -> Partial:
    """Count shards on a Spark cluster: that of the master ``place.address``; without one in the session that is active, or on this machine.

    Raises
    ------
    MissingDependency
        PySpark, pandas, PyArrow or Java is not installed.
    UsageError
        There is no master at the address, a worker would count in another way or does not see the documents, workers die one after the other,
        or two files give a document of the same id.
    """
    for module in ("pyspark", "pandas", "pyarrow"):
        require(module, "spark")
    with Gatherer(job.count) as gatherer:
        if shards:
            with session(place.address) as spark, errors_told():
                _refuse_other_workers(spark, shards)
                parts = max(min(len(shards), TASKS_PER_CORE * spark.sparkContext.defaultParallelism), ceil(len(shards) / MERGED_AT_ONCE))
                merged = _merged(_counted(spark, shards, job, place, parts), parts, job.count)
                with told_progress(spark, parts, shards, progress):
                    for partial in _partials(row.asDict() for row in merged.toLocalIterator()):
                        gatherer.add(partial)
        return gatherer.result()


def _refuse_other_workers(spark: SparkSession, shards: Sequence[Shard]) -> None:
    """Ask as many tasks as keep every core busy; what joins later is asked again when it counts."""
    document, tasks = any_document(shards), 2 * spark.sparkContext.defaultParallelism

    def described(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        for _ in batches:
            yield _batch({"worker": [own_name()], "state": [json.dumps(state(document))]})

    rows = spark.range(0, tasks, 1, tasks).mapInArrow(described, "worker string, state string").collect()
    refuse_others(state(document), {row["worker"]: json.loads(row["state"]) for row in rows})


def _counted(spark: SparkSession, shards: Sequence[Shard], job: Job, place: Place, parts: int) -> DataFrame:
    """Count shards; each task merges those it was given."""
    count = bound(_count, job=job.alone(), folder=place.cache, wanted=state())

    def counted(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        # our own shards, pickled by the driver that also sent this function
        own = (pickle.loads(content) for batch in batches for content in batch.column("shard").to_pylist())
        return _batches(context.partitionId(), lambda: count(own))

    # dealt out again, since Spark makes of a list no more tasks than there are cores
    table = spark.createDataFrame([(pickle.dumps(shard),) for shard in shards], "shard binary")
    return table.repartition(parts).mapInArrow(counted, PIECES)


def _count(shards: Iterable[Shard], job: Job, folder: Path | None, wanted: State) -> Partial:
    with Gatherer(job.count) as gatherer:
        for shard in shards:
            gatherer.add(count_alike(shard, job, folder, wanted))
        return gatherer.result()


def _merged(table: DataFrame, parts: int, options: CountOptions) -> DataFrame:
    """Merge partial results, as many at once as MERGED_AT_ONCE, until no more than that are left."""

    def merged(pieces: Table) -> Table:
        from pyarrow import Table

        part = pieces.column("bucket")[0].as_py()
        return Table.from_batches(_batches(part, lambda: merge_partials(list(_partials(pieces.to_pylist())), options)))

    while True:
        parts = ceil(parts / MERGED_AT_ONCE)
        # repartition first: else Spark would choose how many tasks merge, and would choose one
        buckets = table.selectExpr(f"part div {MERGED_AT_ONCE} as bucket", "*").repartition(parts, "bucket")
        table = buckets.groupBy("bucket").applyInArrow(merged, PIECES)
        if parts <= MERGED_AT_ONCE:
            return table


def _partials(rows: Iterable[dict[str, Any]]) -> Iterator[Partial]:
    """Put partial results together from rows in which the pieces of each stand in any order, but together."""
    for _, own in groupby(rows, key=lambda row: row["part"]):
        pieces = [Piece(row["table"], row["number"], row["content"]) for row in own]
        failed = next((piece.content for piece in pieces if piece.table == FAILED), None)
        if failed is not None:
            raise UsageError(bytes(failed).decode())
        yield from_pieces(pieces)


def _batches(part: int, made: Callable[[], Partial]) -> Iterator[RecordBatch]:
    """Give a partial result as batches of one piece each, or why there is none."""
    try:
        pieces = to_pieces(made())
    except CorpuskitError as error:
        pieces = iter([Piece(FAILED, 0, str(error).encode())])
    for piece in pieces:
        yield _batch({"part": [part], "table": [piece.table], "number": [piece.number], "content": [piece.content]})


def _batch(columns: dict[str, list[Any]]) -> RecordBatch:
    import pyarrow

    types = {"part": pyarrow.int64(), "number": pyarrow.int32(), "content": pyarrow.binary()}
    return pyarrow.RecordBatch.from_pydict({name: pyarrow.array(values, types.get(name, pyarrow.string())) for name, values in columns.items()})


SPARK = Engine(name="spark", summary="on a Spark cluster, or with Spark on this machine; for corpora beyond one machine", run=run_spark)
