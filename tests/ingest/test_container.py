import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest.container import Container, hidden_members, member_name, too_many, too_much
from corpuskit.ingest.hidden_names import HiddenEntries
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


def test_hidden_members_are_said_with_what_they_are():
    hidden = HiddenEntries(5)
    assert hidden.takes("__MACOSX/a")
    (member,) = hidden_members(hidden)
    assert (member.name, member.data.code) == ("__MACOSX", "hidden")
    assert member.data.reason.startswith("Hidden folder with 1 file in an archive")


def test_the_rest_is_said_with_the_limit_that_was_met():
    options = ReadOptions(max_members=5, max_decompressed_bytes=7)
    assert (too_many(options, 3).name, too_many(options).name) == ("3 other files", "other files")
    assert "read.max_members" in too_many(options).data.reason
    assert "read.max_decompressed_bytes" in too_much(options, 3).data.reason
    assert too_much(options).data.code == "too_large"


def test_the_edition_names_container_version_and_packages():
    assert Container("x", (".x",), "X", lambda _: iter(()), 3).edition() == "x-3"
