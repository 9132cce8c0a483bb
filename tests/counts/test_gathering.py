import pytest

from corpuskit.counts import CountOptions, Job, ShardCounter, divide, equal, merge_partials
from corpuskit.counts.gathering import Gatherer, nbytes
from corpuskit.counts.packed_frames import PackedFrame, as_held
from corpuskit.counts.storage import FRAMES
from corpuskit.errors import UsageError
from tests.counts.files import counted_at_once, make_folder


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    shards = divide(make_folder(folder, copies=9), least_bytes=0)
    with ShardCounter(Job()) as counter:
        return list(counter.count(shards)), counted_at_once(folder, Job())


@pytest.mark.parametrize("most_bytes", [1, 60_000, 2**40])
@pytest.mark.parametrize("step", [1, -1])
def test_the_whole_depends_neither_on_memory_nor_on_the_order_of_the_parts(parts, most_bytes, step, tmp_path):
    found, whole = parts
    with Gatherer(CountOptions(), most_bytes, tmp_path) as gatherer:
        for part in found[::step]:
            gatherer.add(part)
        result = gatherer.result()
        assert gatherer.laid == {1: len(found), 2**40: 0}.get(most_bytes, gatherer.laid)
    assert equal(result.stats, whole)
    assert result.intake.equals(merge_partials(found, CountOptions()).intake)
    held = [as_held(result, "intake"), *(as_held(result.stats, name) for name in FRAMES)]
    assert {isinstance(table, PackedFrame) for table in held} == {gatherer.laid > 0}, "what was laid on disk stays packed"
    assert not list(tmp_path.iterdir()), "nothing stays on disk"


def test_nothing_stays_on_disk_after_a_failure(parts, tmp_path):
    found, _ = parts
    with Gatherer(CountOptions(), 1, tmp_path) as gatherer:
        gatherer.add(found[0])
        gatherer.add(found[0])
        with pytest.raises(UsageError, match="counted twice"):
            gatherer.result()
    assert not list(tmp_path.iterdir())


def test_nothing_gives_nothing():
    with Gatherer(CountOptions()) as gatherer:
        assert gatherer.result().stats.documents.is_empty()


def test_bytes_are_those_of_the_arrays(parts):
    _, whole = parts
    assert nbytes(whole) >= sum(matrix.data.nbytes for matrix in (*whole.cooccurrence, *whole.bigrams))
