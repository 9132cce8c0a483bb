import numpy as np
import polars as pl
import pytest

from corpuskit.text import TOKENIZERS, TextOptions
from corpuskit.text.tokenizers import english_table
from corpuskit.text.tokenizers.english_table import FILE
from tests.text.tokenizers.lines import forms, sample_lines

LINES = [*sample_lines()[::25], "\"Quoted\" 'so' it's \"", "", "Don't"]


def new(most=500_000):
    return TOKENIZERS["spacy"].load(TextOptions(cached_chunks=most))


@pytest.fixture(scope="module")
def learned():
    tokenizer = new()
    tokenizer.cut(LINES)
    return tokenizer


@pytest.fixture
def folder(tmp_path, learned):
    learned.save(tmp_path / "cache")
    return tmp_path / "cache"


def never(run):
    raise AssertionError(f"{run} was cut again")


def test_what_was_learned_is_taken_over_and_changes_nothing(learned, folder, monkeypatch):
    warm = new()
    assert warm.load(folder)
    monkeypatch.setattr(warm._chunks, "_cut", never)
    before, after = learned.cut(LINES), warm.cut(LINES)
    assert (before.types.tolist(), before.lengths.tolist()) == (after.types.tolist(), after.lengths.tolist())
    assert (warm.types.forms, warm.types.traits) == (learned.types.forms, learned.types.traits)


def test_new_runs_are_learned_on_top(learned, folder):
    warm, line = new(), 'Utterly "new" words, isn\'t it? "Don\'t"'
    assert warm.load(folder)
    assert forms(warm, line) == forms(new(), line)
    warm.save(folder)
    again = new()
    assert again.load(folder)
    assert again._chunks.runs == learned._chunks.runs, "a few new runs are not worth writing"
    forms(warm, " ".join(f"word{number}" for number in range(len(learned._chunks) // 50)))
    warm.save(folder)
    assert again.load(folder)
    assert again._chunks.runs == warm._chunks.runs
    assert again.types == warm.types


def test_what_was_learned_before_loading_is_replaced(folder):
    tokenizer = new()
    forms(tokenizer, "Before anything else")
    assert tokenizer.load(folder)
    assert forms(tokenizer, *LINES) == forms(new(), *LINES)


def test_the_table_is_bounded(tmp_path):
    tokenizer = new(3)
    tokenizer.cut(["one two, three four five six"])
    tokenizer.save(tmp_path)
    small = new(3)
    assert small.load(tmp_path)
    assert (small._chunks.runs, small.types.forms) == (["one", "two,", "three"], ["one", "two", ",", "three"])
    assert forms(small, "four one, two,") == ["four", "one", ",", "two", ","]
    assert not new(2).load(tmp_path)


def test_an_empty_table(tmp_path):
    new().save(tmp_path)
    tokenizer = new()
    assert tokenizer.load(tmp_path)
    assert forms(tokenizer, "a word") == ["a", "word"]


def test_only_one_file_is_left(folder, learned):
    learned.save(folder)
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_write_that_fails_leaves_the_old_table(folder, learned, monkeypatch):
    def fail(*_, **__):
        raise OSError("disk full")

    before = (folder / FILE).read_bytes()
    monkeypatch.setattr(pl.DataFrame, "write_parquet", fail)
    with pytest.raises(OSError, match="disk full"):
        learned.save(folder)
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert (folder / FILE).read_bytes() == before


def rewritten(folder, change):
    change(pl.read_parquet(folder / FILE, memory_map=False)).write_parquet(folder / FILE)


NONE = pl.lit(None)
IS_RUN = pl.col("types").is_not_null()
CHANGES = {
    "no rows": lambda frame: frame[:0],
    "no header": lambda frame: frame[1:],
    "only a header of something else": lambda frame: frame[:1].with_columns(text=pl.lit("{}")),
    "other columns": lambda frame: frame.drop("traits"),
    "another type": lambda frame: frame.with_columns(pl.col("traits").cast(pl.Int64)),
    "a number without a type": lambda frame: frame.with_columns(types=pl.col("types").list.eval(pl.element() + 2**31)),
    "runs without a text": lambda frame: frame.with_columns(text=pl.when(IS_RUN).then(NONE).otherwise("text")),
    "types without a form": lambda frame: frame.with_columns(form=NONE.cast(pl.String)),
    "types without traits": lambda frame: frame.with_columns(traits=NONE.cast(pl.UInt8)),
    "types without opening": lambda frame: frame.with_columns(opening=NONE.cast(pl.Boolean)),
    "other forms": lambda frame: frame.with_columns(form=pl.col("form") + "x"),
    "other runs": lambda frame: frame.with_columns(text=pl.when(IS_RUN).then(pl.col("text") + "x").otherwise("text")),
    "runs twice": lambda frame: pl.concat([frame, frame.filter(IS_RUN)]),
    "numbers that are missing": lambda frame: frame.with_columns(types=pl.col("types").list.eval(NONE.cast(pl.UInt32))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_table_that_does_not_agree_with_itself_is_ignored(folder, change):
    rewritten(folder, change)
    tokenizer = new()
    assert not tokenizer.load(folder)
    assert forms(tokenizer, *LINES[:50]) == forms(new(), *LINES[:50])


@pytest.mark.parametrize("damage", [lambda _: b"", lambda data: data[: len(data) // 2], lambda _: b"not a table", lambda data: data[100:]])
def test_a_damaged_file_is_ignored_and_made_anew(folder, learned, damage):
    (folder / FILE).write_bytes(damage((folder / FILE).read_bytes()))
    assert not new().load(folder)
    learned.save(folder)
    assert new().load(folder)


def test_no_table_is_no_error(tmp_path):
    assert not new().load(tmp_path / "nowhere")
    (tmp_path / FILE).mkdir()
    assert not new().load(tmp_path)


@pytest.mark.parametrize("what", ["VERSION", "spacy"])
def test_a_table_of_another_version_is_ignored(folder, monkeypatch, what):
    tokenizer = new()
    if what == "spacy":
        tokenizer.info = tokenizer.info.model_copy(update={"version": "3.0.0"})
    else:
        monkeypatch.setattr(english_table, "VERSION", 0)
    assert not tokenizer.load(folder)


def test_flipped_bytes_never_raise(folder, learned):
    data = (folder / FILE).read_bytes()
    random = np.random.default_rng(1)
    for _ in range(60):
        damaged = bytearray(data)
        damaged[random.integers(len(data))] ^= 0xFF
        (folder / FILE).write_bytes(bytes(damaged))
        table = english_table.load_table(folder, learned.info.version, 500_000)
        assert table is None or len(table.runs) == len(learned._chunks)
