"""Files inside files: every one a part, all together bounded."""

import gzip
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest import ReadOptions
from corpuskit.ingest import parts as module
from corpuskit.ingest.container import Container, Member, member_name
from corpuskit.ingest.parts import edition_for, part_from_json, part_to_json, parts_of
from corpuskit.ingest.reader import RawFile


def lines(file: RawFile) -> Iterator[Member]:
    """A container of the tests: one member a line, ``name=content``; ``!`` breaks it."""
    for line in file.data.decode().split(";"):
        if line == "!":
            raise ReadError("broken", "cut off")
        if line == "?":
            raise ValueError("a library fell over")
        name, _, content = line.partition("=")
        locked = ReadError("encrypted", "locked")
        yield Member(member_name(name), locked if content == "locked" else content.replace("|", ";").encode(), "2026-01-02T00:00:00+00:00")


@pytest.fixture(autouse=True)
def containers(monkeypatch):
    box = Container("box", (".box",), "box of the tests", lines)
    monkeypatch.setattr(module, "container_for", lambda name: box if name.endswith(".box") else None)


def told(data: str, **options: object) -> list[tuple[str, str]]:
    found = parts_of("x.box", data.encode(), ReadOptions(**options))
    return [(part.inner, part.outcome.code if isinstance(part.outcome, ReadError) else part.outcome.sections[0].text) for part in found]


def test_a_plain_file_is_one_part():
    (part,) = parts_of("a.txt", "本文".encode(), ReadOptions())
    assert (part.inner, part.reader, part.outcome.sections[0].text) == ("", "txt", "本文")


def test_every_member_is_a_part_with_its_own_reason():
    assert told("a.txt=one;b.docx=no;c.txt=locked;d.png=x;e/f.md=# two") == [
        ("a.txt", "one"),
        ("b.docx", "broken"),
        ("c.txt", "encrypted"),
        ("d.png", "unsupported"),
        ("e/f.md", "two"),
    ]


def test_a_container_in_a_container_has_a_path_and_a_depth():
    assert told("in.box=a.txt=deep") == [("in.box/a.txt", "deep")]
    assert told("in.box=a.txt=deep", max_depth=0) == [("in.box", "too_large")]


def test_names_are_told_apart():
    assert [name for name, _ in told("a.txt=1;a.txt=2;a.txt=3")] == ["a.txt", "a.txt (2)", "a.txt (3)"]


def test_what_came_before_a_break_is_kept_and_the_break_is_told():
    assert told("a.txt=one;!;b.txt=two") == [("a.txt", "one"), ("", "broken")]
    assert told("a.txt=one;?") == [("a.txt", "one"), ("", "broken")]


def test_nothing_inside_is_a_reason():
    assert told("") == [("", "empty")]


def test_members_and_bytes_of_all_depths_are_bounded_together():
    assert told("a.txt=1;b.box=c.txt=2|d.txt=3;e.txt=4", max_members=3) == [
        ("a.txt", "1"),
        ("b.box/c.txt", "2"),
        ("b.box/d.txt", "3"),
        ("e.txt", "too_large"),
    ]
    assert told("a.txt=12345;b.txt=12345;c.txt=1", max_decompressed_bytes=9) == [("a.txt", "12345"), ("b.txt", "too_large")]


def test_a_part_is_the_same_after_json():
    parts = list(parts_of("x.box", b"a.txt=one;b.docx=no", ReadOptions()))
    again = [part_from_json(part_to_json(part)) for part in parts]
    assert again[0] == parts[0]
    assert (again[1].outcome.code, again[1].outcome.reason) == (parts[1].outcome.code, parts[1].outcome.reason)


def test_what_holds_other_files_depends_on_all_readers():
    assert edition_for("a.txt").startswith("txt-")
    assert edition_for("a.eml") == edition_for("b.box") != edition_for("a.txt")
    with pytest.raises(ReadError):
        edition_for("a.xyz")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/a//b", "a/b"),
        ("C:\\x\\y.txt", "x/y.txt"),
        ("..", "unnamed"),
        ("a\nb", "a_b"),
        ("か\u3099.txt", "が.txt"),
    ],
)
def test_names_of_members_lead_nowhere(name, clean):
    assert member_name(name) == clean


def mail(*sizes: int) -> bytes:
    """A mail with a compressed attachment of each size."""
    message = EmailMessage()
    message["Subject"] = "x"
    for number, size in enumerate(sizes):
        message.add_attachment(gzip.compress(b"a" * size), maintype="application", subtype="gzip", filename=f"{number}.txt.gz")
    return message.as_bytes()


def test_attachments_count_with_the_archive_they_lie_in(monkeypatch):
    held = {"a.eml": mail(50_000), "b.eml": mail(50_000, 50_000), "c.eml": mail(1)}
    box = Container("box", (".box",), "box of the tests", lambda _: (Member(name, data) for name, data in held.items()))
    monkeypatch.setattr(module, "container_for", lambda name: box if name.endswith(".box") else None)
    first, second, rest = parts_of("x.box", b"x", ReadOptions(max_decompressed_bytes=120_000))
    assert first.outcome.warnings == ()
    assert second.outcome.warnings == ("attachment_not_read: 1.txt.gz (too_large)",)
    assert (rest.inner, rest.outcome.code, "max_decompressed_bytes" in rest.outcome.reason) == ("c.eml", "too_large", True)
