import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest.container import Container, is_hidden, member_name, too_many, too_much
from corpuskit.ingest.reader import ReadOptions


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("a/b.txt", "a/b.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\c.txt", "c.txt"),
        ("C:\\d\\e.txt", "d/e.txt"),
        ("カ\u3099.txt", "ガ.txt"),
        ("a\x00\n.txt", "a__.txt"),
        ("../..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert member_name(name) == clean


@given(st.text())
def test_no_name_leads_out(name):
    clean = member_name(name)
    assert clean
    assert not clean.startswith("/")
    assert not {"", ".", ".."} & set(clean.split("/"))


def test_hidden_and_system_files_are_told_by_any_part_of_the_path():
    assert all(is_hidden(name) for name in (".a", "b/.git/c.txt", "__MACOSX/d", "e/Thumbs.db", "~$f.docx"))
    assert not any(is_hidden(name) for name in ("a.txt", "b.c/d.txt", "../e.txt", "./f.txt"))


def test_the_rest_is_said_with_the_limit_that_was_met():
    options = ReadOptions(max_members=5, max_decompressed_bytes=7)
    assert (too_many(options, 3).name, too_many(options).name) == ("3 other files", "other files")
    assert "read.max_members" in too_many(options).data.reason
    assert "read.max_decompressed_bytes" in too_much(options, 3).data.reason
    assert too_much(options).data.code == "too_large"


def test_the_edition_names_container_version_and_packages():
    assert Container("x", (".x",), "X", lambda _: iter(()), 3).edition() == "x-3"
