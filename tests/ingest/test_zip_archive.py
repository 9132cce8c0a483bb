import bz2
import io
import struct
import warnings
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import MIB, RawFile, ReadOptions
from corpuskit.ingest.zip_archive import ZIP


def read(data, **options):
    return list(ZIP.members(RawFile("x.zip", data, ReadOptions(**options))))


def outcome(data, **options):
    return [(member.name, member.data.code if isinstance(member.data, ReadError) else member.data) for member in read(data, **options)]


def zipped(contents, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in contents:
            archive.writestr(name, content)
    return stream.getvalue()


def by_hand(*entries):
    """Write a zip from (raw name, content, what differs): ``flags``, ``method``, ``size`` (declared), ``extra``, ``packed``, ``attributes``."""
    body, directory = bytearray(), bytearray()
    for name, content, differs in entries:
        packed = differs.get("packed", content)
        fields = (differs.get("flags", 0), differs.get("method", 0), 0x6000, 0x5AB4, zlib.crc32(content))
        sizes = (len(packed), differs.get("size", len(content)), len(name))
        extra, attributes = differs.get("extra", b""), differs.get("attributes", 0)
        header = struct.pack("<4sHHHHHHIIIHH", b"PK\1\2", 3 << 8, 20, *fields, *sizes, len(extra))
        directory += header + struct.pack("<HHHII", 0, 0, 0, attributes, differs.get("offset", len(body))) + name + extra
        body += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *fields, *sizes, 0) + name + packed
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body + directory + end)


def deflated(content):
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(content) + machine.flush()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_come_in_order_without_folders(method):
    text = "規程を改定しました。".encode() * 100
    assert outcome(zipped([("b/規程.txt", text), ("folder/", b""), ("a.txt", b"")], method)) == [("b/規程.txt", text), ("a.txt", b"")]


def test_members_are_unpacked_lazily():
    members = ZIP.members(RawFile("x.zip", zipped([("a.txt", b"a"), ("b.txt", b"b")]), ReadOptions()))
    assert next(members).name == "a.txt"


def test_hidden_members_and_those_of_systems_are_not_read_and_said_last():
    names = ["__MACOSX/a/._b.txt", "a/.DS_Store", "a/.git/config", "Thumbs.db", "~$b.docx", "a/b.txt"]
    hidden = ["__MACOSX", "a/.DS_Store", "a/.git", "Thumbs.db", "~$b.docx"]
    assert outcome(zipped([(name, b"x") for name in names])) == [("a/b.txt", b"x"), *((name, "hidden") for name in hidden)]


@pytest.mark.parametrize(
    ("raw", "flags", "extra", "name"),
    [
        ("規程/改定①.txt".encode("cp932"), 0, b"", "規程/改定①.txt"),
        ("ソフト能表.txt".encode("cp932"), 0, b"", "ソフト能表.txt"),  # letters whose second byte is a backslash
        ("規程.txt".encode(), 0, b"", "規程.txt"),
        ("規程.txt".encode(), 0x0800, b"", "規程.txt"),
        ("café.txt".encode("cp437"), 0, b"", "café.txt"),
        (b"a.txt", 0, struct.pack("<HHBI", 0x7075, 5 + 8, 1, zlib.crc32(b"a.txt")) + "規程.x".encode(), "規程.x"),
        (b"a.txt", 0, struct.pack("<HHBI", 0x7075, 5 + 8, 1, 12345) + "規程.x".encode(), "a.txt"),  # the name was changed since
    ],
    ids=("cp932", "backslash bytes", "utf-8 without flag", "utf-8", "cp437", "unicode field", "stale unicode field"),
)
def test_names_are_read_as_they_were_meant(raw, flags, extra, name):
    assert outcome(by_hand((raw, b"text", {"flags": flags, "extra": extra}))) == [(name, b"text")]


def test_times_are_utc_where_the_archive_says_so():
    utc = struct.pack("<HHBI", 0x5455, 5, 1, 1_747_700_000)
    members = read(by_hand((b"a", b"a", {"extra": utc}), (b"b", b"b", {})))
    assert [member.modified for member in members] == ["2025-05-20T00:13:20+00:00", "2025-05-20T12:00:00"]
    unknown = zipfile.ZipInfo("c", (1980, 1, 1, 0, 0, 0))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(unknown, b"c")
    assert read(stream.getvalue())[0].modified == ""


def test_names_that_lead_out_stay_inside():
    names = ["../../etc/passwd", "/root/a.txt", "C:\\Users\\b.txt", "a/../../c.txt"]
    assert [name for name, _ in outcome(zipped([(name, b"x") for name in names]))] == ["etc/passwd", "root/a.txt", "Users/b.txt", "a/c.txt"]


def test_encrypted_members_say_so_and_the_others_are_read():
    data = by_hand((b"locked.txt", b"x" * 30, {"flags": 1}), (b"strong.txt", b"x", {"flags": 0x41}), (b"open.txt", b"open", {}))
    assert outcome(data) == [("locked.txt", "encrypted"), ("strong.txt", "encrypted"), ("open.txt", b"open")]


def test_links_are_not_followed():
    data = by_hand((b"link.txt", b"/etc/passwd", {"attributes": 0o120777 << 16}), (b"file.txt", b"x", {"attributes": 0o100644 << 16}))
    assert outcome(data) == [("link.txt", "not_a_file"), ("file.txt", b"x")]


def test_unknown_compression_is_unsupported():
    assert outcome(by_hand((b"a.txt", b"text", {"method": 9}), (b"b.txt", b"text", {"flags": 0x20}))) == [
        ("a.txt", "unsupported"),
        ("b.txt", "unsupported"),
    ]


@pytest.mark.parametrize(("size", "says"), [(10, "declares 10"), (50_000, "declares 50,000")])
def test_a_member_that_lies_about_its_size_is_broken(size, says):
    content = b"words " * 1_000
    (member,) = read(by_hand((b"a.txt", content, {"method": 8, "packed": deflated(content), "size": size})))
    assert member.data.code == "broken"
    assert says in member.data.reason


def test_a_small_declared_size_keeps_a_bomb_from_unpacking():
    bomb = bz2.compress(bytes(64 * MIB))
    (member,) = read(by_hand((b"a.txt", b"", {"method": 12, "packed": bomb, "size": 100})))
    assert member.data.code == "broken"


def test_a_wrong_checksum_is_broken():
    data = by_hand((b"a.txt", b"text", {})).replace(b"text", b"test")
    assert outcome(data) == [("a.txt", "broken")]


def test_a_member_of_four_declared_gigabytes_is_refused_and_the_others_are_read():
    data = by_hand((b"huge.txt", b"x", {"size": 0xFFFFFFFE, "method": 8}), (b"a.txt", b"a" * 1_000, {}))
    assert outcome(data, max_ratio=1e9) == [("huge.txt", "too_large"), ("a.txt", b"a" * 1_000)]


def test_a_flat_bomb_is_refused_by_what_it_declares():
    with pytest.raises(ReadError, match="max_ratio") as caught:
        read(zipped([(f"{number}.txt", bytes(8 * MIB)) for number in range(4)]))
    assert caught.value.code == "too_large"


def test_a_nested_bomb_gives_its_next_level_only():
    inner = zipped([("0.txt", bytes(8 * MIB))])
    middle = zipped([(f"{number}.zip", inner) for number in range(100)])
    (member,) = read(zipped([("middle.zip", middle)]))
    assert member.data == middle


def test_the_whole_is_bounded_and_the_rest_said_once():
    data = zipped([(f"{number}.txt", bytes([number]) * MIB) for number in range(10)], zipfile.ZIP_STORED)
    found = outcome(data, max_decompressed_bytes=3 * MIB)
    assert [name for name, _ in found] == ["0.txt", "1.txt", "2.txt", "7 other files"]
    assert found[-1][1] == "too_large"


def test_members_beyond_the_limit_are_said_once():
    data = by_hand(*((f"{number}.txt".encode(), b"", {}) for number in range(50_000)))
    found = read(data)
    assert len(found) == 10_001
    assert found[-1].name == "40000 other files"
    assert "max_members" in found[-1].data.reason


def test_entries_that_lie_upon_each_other_are_refused():
    kernel = deflated(bytes(1_000))
    data = by_hand(*((f"{number}".encode(), bytes(1_000), {"method": 8, "packed": kernel, "offset": 0}) for number in range(5)))
    with pytest.raises(ReadError, match="upon each other") as caught:
        read(data)
    assert caught.value.code == "broken"


def test_a_directory_of_too_many_entries_is_not_listed(monkeypatch):
    monkeypatch.setattr("corpuskit.ingest.zip_archive.MOST_ENTRIES", 5)
    with pytest.raises(ReadError, match="more than 5"):
        read(zipped([(f"{number}.txt", b"") for number in range(6)]))


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04 and no more", zipped([("a.txt", b"text")])[:-30]], ids=("text", "start", "cut off"))
def test_what_is_no_zip_is_broken(data):
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "broken"


def test_an_empty_archive_has_no_members():
    assert read(zipped([])) == []


WHOLE = zipped([("規程.txt", "規程を改定しました。".encode() * 20), ("b.txt", b"stored")]) + b""


@given(st.data())
def test_damage_raises_nothing_but_a_reason(data):
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, 8))
    try:
        for member in read(bytes(damaged[start : data.draw(st.integers(len(damaged) // 2, len(damaged)))])):
            assert member.name
            assert isinstance(member.data, bytes | ReadError)
    except ReadError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
