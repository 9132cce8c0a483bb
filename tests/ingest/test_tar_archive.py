import bz2
import gzip
import io
import lzma
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import MIB, RawFile, ReadOptions
from corpuskit.ingest.tar_archive import TAR


def read(data, **options):
    return list(TAR.members(RawFile("x.tar", data, ReadOptions(**options))))


def outcome(data, **options):
    return [(member.name, member.data.code if isinstance(member.data, ReadError) else member.data) for member in read(data, **options)]


def tarred(*contents, encoding="utf-8", form=tarfile.PAX_FORMAT):
    """Write a tar of (name, content); content may be a dict of what differs in the header."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", encoding=encoding, format=form) as archive:
        for name, content in contents:
            entry = tarfile.TarInfo(name)
            entry.mtime = 1_747_700_000
            if isinstance(content, dict):
                for field, value in content.items():
                    setattr(entry, field, value)
                archive.addfile(entry)
            else:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=("plain", "gzip", "bzip2", "xz"))
def test_members_come_in_order_whatever_the_compression(pack):
    text = "規程を改定しました。".encode() * 1_000
    data = pack(tarred(("b/規程.txt", text), ("folder", {"type": tarfile.DIRTYPE}), ("a.txt", b"")))
    assert outcome(data) == [("b/規程.txt", text), ("a.txt", b"")]
    assert read(data)[0].modified == "2025-05-20T00:13:20+00:00"


def test_members_are_taken_out_lazily():
    data = tarred(("a.txt", b"a"), ("b.txt", b"b")) + b"rubbish"
    members = TAR.members(RawFile("x.tar", data, ReadOptions()))
    assert next(members).name == "a.txt"


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_names_are_read_as_they_were_meant(form, encoding):
    name = "規程/改定した能力表.txt"
    assert [found for found, _ in outcome(tarred((name, b"x"), encoding=encoding, form=form))] == [name]


def test_a_name_in_no_encoding_is_kept_readable():
    data = tarred(("aXY.txt", b"x"), form=tarfile.USTAR_FORMAT)
    header = bytearray(data[:512].replace(b"aXY", b"\x81 a"))
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    (member,) = read(bytes(header) + data[512:])
    assert member.name == "\ufffd a.txt"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_links_and_devices_are_never_followed(kind):
    data = tarred(("a.txt", b"secret"), ("b.txt", {"type": kind, "linkname": "a.txt"}))
    assert outcome(data) == [("a.txt", b"secret"), ("b.txt", "not_a_file")]


def test_names_that_lead_out_stay_inside_and_hidden_members_are_said_last():
    names = ["../../etc/passwd", "/root/a.txt", "./b.txt", "__MACOSX/c.txt", "a/._d.txt"]
    found = outcome(tarred(*((name, b"x") for name in names)))
    assert found[:3] == [("etc/passwd", b"x"), ("root/a.txt", b"x"), ("b.txt", b"x")]
    assert found[3:] == [("__MACOSX", "hidden"), ("a/._d.txt", "hidden")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_unpacks_no_more_than_the_limits(pack):
    data = pack(tarred(("a.txt", b"text"), ("b.txt", bytes(40 * MIB))))
    members = TAR.members(RawFile("x.tgz", data, ReadOptions()))
    assert next(members).data == b"text"
    with pytest.raises(ReadError, match="max_ratio") as caught:
        next(members)
    assert caught.value.code == "too_large"


def test_a_declared_size_beyond_the_limit_is_refused_and_the_others_are_read():
    data = tarred(("huge.txt", bytes(2 * MIB)), ("a.txt", b"text"))
    assert outcome(data, max_decompressed_bytes=MIB) == [("huge.txt", "too_large"), ("a.txt", b"text")]


def test_the_whole_is_bounded_and_the_rest_said_once():
    data = tarred(*((f"{number}.txt", bytes(MIB)) for number in range(6)))
    found = outcome(data, max_decompressed_bytes=3 * MIB)
    assert [name for name, _ in found] == ["0.txt", "1.txt", "2.txt", "other files"]
    assert found[-1][1] == "too_large"


def test_members_beyond_the_limit_are_said_once():
    found = outcome(tarred(*((f"{number}.txt", b"") for number in range(50))), max_members=20)
    assert len(found) == 21
    assert found[-1] == ("other files", "too_large")


def sparse(size):
    """Write a GNU sparse file: 512 real bytes at its start, and a declared size."""
    header = bytearray(tarred(("sparse.txt", b"x" * 512), form=tarfile.GNU_FORMAT)[:512])
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[386:410] = b"%011o\0%011o\0" % (0, 512)
    header[483:495] = b"\x80" + size.to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + b"x" * 512 + bytes(1024)


def test_a_sparse_file_is_read_within_the_limits():
    assert outcome(sparse(2_000)) == [("sparse.txt", b"x" * 512 + bytes(1_488))]
    assert outcome(sparse(40 * MIB)) == [("sparse.txt", "too_large")]
    assert outcome(sparse(2**80)) == [("sparse.txt", "too_large")]


def test_a_size_below_zero_is_broken():
    data = bytearray(tarred(("a.txt", b"text"), form=tarfile.GNU_FORMAT))
    data[124:136] = b"\xff" * 12
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    with pytest.raises(ReadError) as caught:
        read(bytes(data))
    assert caught.value.code == "broken"


@pytest.mark.parametrize(
    "data",
    [b"no tar", tarred(("a.txt", b"x" * 2_000))[:1_000], gzip.compress(b"text"), gzip.compress(tarred(("a.txt", b"text")))[:60]],
    ids=("text", "cut off", "gzip of text", "cut off gzip"),
)
def test_what_is_no_tar_is_broken(data):
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "broken"


def test_damage_between_members_is_never_taken_for_the_end():
    data = bytearray(tarred(("a.txt", b"text"), ("b.txt", b"text"), form=tarfile.GNU_FORMAT))
    data[1024 + 3] ^= 0xFF
    members = TAR.members(RawFile("x.tar", bytes(data), ReadOptions()))
    assert next(members).name == "a.txt"
    with pytest.raises(ReadError) as caught:
        next(members)
    assert caught.value.code == "broken"


def test_an_archive_without_members_gives_none():
    assert read(tarred()) == []


WHOLE = tarred(
    ("規程" * 40 + ".txt", "規程を改定しました。".encode() * 20), ("b.txt", b"text"), ("c", {"type": tarfile.SYMTYPE, "linkname": "b.txt"})
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@given(st.data())
def test_damage_raises_nothing_but_a_reason(pack, data):
    damaged = bytearray(pack(WHOLE))
    for _ in range(data.draw(st.integers(0, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        for member in read(bytes(damaged[: data.draw(st.integers(0, len(damaged)))])):
            assert member.name
            assert isinstance(member.data, bytes | ReadError)
    except ReadError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
