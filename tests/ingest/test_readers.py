import dataclasses
import importlib
import pkgutil
import random

import pytest

import corpuskit.ingest
from corpuskit.errors import ReadError
from corpuskit.ingest import READERS, Reader, ReadOptions
from corpuskit.ingest.readers import extract, reader_for


def test_every_reader_of_the_floor_is_registered():
    modules = [importlib.import_module(f"corpuskit.ingest.{module.name}") for module in pkgutil.iter_modules(corpuskit.ingest.__path__)]
    defined = {value.name for module in modules for value in vars(module).values() if isinstance(value, Reader)}
    assert defined == set(READERS)


def test_no_suffix_has_two_readers():
    suffixes = [suffix for reader in READERS.values() for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.casefold() for suffix in suffixes)


def test_the_suffix_decides_whatever_its_case_and_with_gz():
    assert reader_for("A.DOCX").name == "docx"
    assert reader_for("data.jsonl.gz").name == "jsonl"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.png", "txt"),
        ("README", "without a suffix"),
        ("a.pages", "Save it as docx"),
        ("a.7z", "Unpack it, or"),
        ("a.pst", "mbox"),
        (".gz", "suffix"),
    ],
)
def test_unsupported_kinds_name_those_that_are_read(name, says):
    with pytest.raises(ReadError, match=says) as caught:
        reader_for(name)
    assert caught.value.code == "unsupported"
    assert "docx" in caught.value.reason


def outcome(name, content):
    try:
        found = extract(name, content, ReadOptions())
    except ReadError as error:
        return [], error.code, error.reason
    return [section.text for section in found.sections], "", ""


@pytest.mark.parametrize("reader", READERS.values(), ids=lambda reader: reader.name)
@pytest.mark.parametrize("seed", range(4))
def test_rubbish_never_raises_anything_but_a_reason(reader, seed):
    data = random.Random(seed).randbytes(5_000)
    for content in (data, data[:3], b"PK\x03\x04" + data, b"%PDF-1.7\n" + data, b"\xff\xfe" + data, b"{" + data):
        texts, code, reason = outcome(f"x{reader.suffixes[0]}", content)
        assert code in {"", "broken", "undecodable", "no_text", "empty", "encrypted"}
        assert bool(reason) == bool(code)
        assert all(text.strip() for text in texts)


def test_an_exception_of_a_library_becomes_a_reason(monkeypatch):
    def explode(file):
        raise RuntimeError("deep inside\nmore")

    broken = dataclasses.replace(READERS["txt"], extract=explode)
    monkeypatch.setattr("corpuskit.ingest.readers.reader_for", lambda _: broken)
    with pytest.raises(ReadError, match=r"RuntimeError: deep inside$") as caught:
        extract("x.txt", b"text", ReadOptions())
    assert caught.value.code == "broken"
