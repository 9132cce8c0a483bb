from dataclasses import FrozenInstanceError, fields, replace
from importlib import metadata

import pytest
from pydantic import ValidationError

from corpuskit.errors import ReadError
from corpuskit.ingest import READERS, Extraction, RawFile, Reader, ReadOptions, Section


def nothing(file):
    return Extraction(())


@pytest.mark.parametrize(
    ("option", "refused", "allowed"),
    [
        ("max_file_bytes", 0, 1),
        ("max_decompressed_bytes", 0, 1),
        ("max_ratio", 1, 1.5),
        ("max_rows", 0, 1),
        ("max_depth", -1, 0),
        ("text_columns", "message", ("message",)),
        ("second_label_column", 2, "second"),
    ],
)
def test_limits_have_bounds(option, refused, allowed):
    assert getattr(ReadOptions(**{option: allowed}), option) == allowed
    with pytest.raises(ValidationError, match=option):
        ReadOptions(**{option: refused})


def test_options_are_frozen_complete_and_survive_json():
    options = ReadOptions(text_columns=("本文",), max_rows=5)
    assert ReadOptions.model_validate_json(options.model_dump_json()) == options
    with pytest.raises(ValidationError, match="frozen"):
        options.max_rows = 1
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        ReadOptions(rows=1)


CHANGED = {
    "text_columns": ("message",),
    "label_columns": ("queue",),
    "second_label_column": "second",
    "rater_columns": ("a", "b"),
    "rater_column": "who",
    "item_column": "id",
    "encoding": "cp932",
    "max_file_bytes": 1,
    "max_decompressed_bytes": 1,
    "max_ratio": 2.0,
    "max_rows": 1,
    "max_depth": 0,
    "max_members": 1,
    "max_pages": 1,
    "max_cells": 1,
}
CHANGES_NOTHING = {"jobs": 3, "max_seconds": 1.0, "max_memory_bytes": 2**30}
"""How fast and how safely, not what: a text read by one process is the text read by eight."""


def test_the_digest_changes_with_every_option():
    assert {*CHANGED, *CHANGES_NOTHING} == set(ReadOptions.model_fields)
    assert ReadOptions(**CHANGES_NOTHING).digest() == ReadOptions().digest()
    digests = [ReadOptions(**{option: value}).digest() for option, value in CHANGED.items()]
    assert len({ReadOptions().digest(), *digests}) == len(CHANGED) + 1
    # names are joined nowhere: two columns are not one with a comma in it
    assert ReadOptions(text_columns=("a", "b")).digest() != ReadOptions(text_columns=("a,b",)).digest()


def test_equal_options_have_equal_digests():
    assert ReadOptions(max_ratio=200).digest() == ReadOptions(max_ratio=200.0).digest() == ReadOptions().digest()
    assert len(ReadOptions().digest()) == 16
    int(ReadOptions().digest(), 16)


def test_the_edition_changes_with_the_reader_and_with_the_packages_it_reads_by():
    reader = Reader("x", (".x",), "X", nothing, packages=("lxml", "no-such-package"))
    assert reader.edition() == f"x-1 lxml-{metadata.version('lxml')} no-such-package-none"
    assert replace(reader, version=2).edition() == reader.edition().replace("x-1", "x-2")
    assert replace(reader, packages=()).edition() == "x-1"


def test_editions_tell_readers_apart():
    editions = [reader.edition() for reader in READERS.values()]
    assert len(set(editions)) == len(editions)
    assert [edition for edition in editions if edition.endswith("-none")] == []


def test_a_file_alone_reads_nothing_inside_it():
    file = RawFile("a.eml", b"x", ReadOptions())
    assert file.depth == 0
    with pytest.raises(ReadError, match=r"inner\.pdf \(4 bytes, depth 1\): files inside this file are not read") as caught:
        file.read_inner("inner.pdf", b"%PDF", 1)
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize(
    "spec", [Reader("x", (".x",), "X", nothing), RawFile("a", b"", ReadOptions()), Extraction((Section("x"),))], ids=lambda spec: type(spec).__name__
)
def test_specs_cannot_be_changed(spec):
    with pytest.raises(FrozenInstanceError):
        setattr(spec, fields(spec)[0].name, "other")


SAMPLES = {
    "txt": ("a.txt", "一行目。\nSecond line."),
    "md": ("a.md", "# Title\n\ntext"),
    "csv": ("a.csv", "id,message\n1,the valve is stuck\n"),
    "jsonl": ("a.jsonl", '{"text": "the valve is stuck"}\n'),
    "html": ("a.html", "<p>text</p>"),
    "eml": ("a.eml", "Subject: x\n\ntext\n"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reader_is_a_function_of_bytes_and_options(name):
    file, text = SAMPLES[name]
    first, second = (READERS[name].extract(RawFile(file, text.encode(), ReadOptions())) for _ in range(2))
    assert first == second
    assert first.sections
