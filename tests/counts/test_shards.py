from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, Job, divide
from corpuskit.counts.shards import FILES, LEAST_BYTES, MOST_BYTES, MOST_FILES, code_digest, name_each, name_of_all
from corpuskit.ingest import FoundFile, ReadOptions
from corpuskit.text import Cue, TextOptions
from tests.counts.files import one_shard


def found(number, size=200_000):
    return FoundFile(Path(f"{number:05}.txt"), f"{number:05}.txt", size, "2024-01-01T00:00:00Z")


FOUND = [found(number) for number in range(2000)]


def test_every_file_is_in_one_shard_and_the_order_stays():
    shards = divide(FOUND)
    assert [file for shard in shards for file in shard.files] == FOUND
    assert all(shard.bytes >= LEAST_BYTES for shard in shards[:-1])
    assert 4 + FILES / 1.5 < len(FOUND) / len(shards) < 4 + FILES * 1.5
    assert divide([]) == []


def test_tiny_files_share_a_shard_up_to_a_number():
    shards = divide([found(number, 10) for number in range(2 * MOST_FILES + 1)])
    assert [len(shard.files) for shard in shards] == [MOST_FILES, MOST_FILES, 1]


def test_a_large_file_ends_its_shard():
    shards = divide([found(1), found(2, MOST_BYTES), found(3)])
    assert [file.id for file in shards[0].files][-1] <= "00002.txt"


@given(st.sets(st.integers(0, 1999), max_size=5))
def test_files_that_come_or_go_change_their_own_shards_only(gone):
    before = {shard.files for shard in divide(FOUND)}
    after = {shard.files for shard in divide([file for number, file in enumerate(FOUND) if number not in gone])}
    # a shard that loses a file may end one boundary later; then the ends agree again
    assert len(after - before) <= 4 * len(gone)


def test_the_name_depends_on_the_files_and_on_nothing_else(tmp_path):
    job = Job()
    shard = one_shard(tmp_path / "documents")
    (first,) = name_each([shard], job)
    assert name_each([shard], job) == [first]
    assert first.key != name_each([replace(shard, files=shard.files[:-1])], job)[0].key
    renamed = replace(shard, files=(replace(shard.files[0], id="0"), *shard.files[1:]))
    dated = replace(shard, files=(replace(shard.files[0], modified="2020"), *shard.files[1:]))
    moved = replace(shard, files=(replace(shard.files[0], path=tmp_path / "x"), *shard.files[1:]))
    (tmp_path / "x").write_bytes(shard.files[0].path.read_bytes())
    (tmp_path / "x").rename(tmp_path / f"x{shard.files[0].path.suffix}")
    moved = replace(shard, files=(replace(shard.files[0], path=tmp_path / f"x{shard.files[0].path.suffix}"), *shard.files[1:]))
    keys = {name_each([one], job)[0].key for one in (shard, renamed, dated)}
    assert len(keys) == 3
    assert name_each([moved], job)[0].key == first.key
    shard.files[0].path.write_bytes(b"changed")
    assert name_each([shard], job)[0].key != first.key


def test_the_name_depends_on_every_option_that_changes_counts():
    jobs = [
        Job(),
        Job(read=ReadOptions(max_rows=5)),
        Job(text=TextOptions(japanese_mode="A")),
        Job(count=CountOptions(window=3)),
        Job(cues=(Cue("task", "en", "pump"),)),
        Job(boilerplate=frozenset({("", 1)})),
        Job(left_out=frozenset({"a"})),
    ]
    assert len({job.digest() for job in jobs}) == len(jobs)
    same = [Job(read=ReadOptions(jobs=3)), Job(text=TextOptions(threads=2, batch_bytes=1, cached_chunks=1))]
    assert {job.digest() for job in same} == {Job().digest()}


def test_all_shards_together_have_a_name():
    shards = name_each(divide(FOUND[:100]), Job())
    assert name_of_all(shards) != name_of_all(shards[::-1])
    assert name_of_all(shards[:1]) == shards[0].key


def test_the_digest_of_the_code_is_that_of_its_files():
    assert code_digest(("counts",)) != code_digest(("text",))
    assert code_digest(("counts", "text")) == code_digest(("counts", "text"))
