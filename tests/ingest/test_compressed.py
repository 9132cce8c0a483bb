import bz2
import contextlib
import gzip
import lzma
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.compressed import COMPRESSIONS, Unpacking, compression_of, unpack
from corpuskit.ingest.reader import MIB, ReadOptions
from corpuskit.ingest.readers import plain_name, unpacked

OPTIONS = ReadOptions()
PACK = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}
every_compression = pytest.mark.parametrize("kind", PACK)


@every_compression
def test_one_stream_several_and_none(kind):
    pack = PACK[kind]
    assert unpack(pack(b"one"), kind, OPTIONS) == b"one"
    assert unpack(pack(b"one ") + pack(b"") + pack(b"two") + b"\0" * 12, kind, OPTIONS) == b"one two"
    assert unpack(pack(b""), kind, OPTIONS) == b""
    assert unpack(pack(bytes(range(256)) * 5_000), kind, OPTIONS) == bytes(range(256)) * 5_000


@every_compression
def test_what_is_broken_says_so(kind):
    whole = PACK[kind](b"some words " * 1_000)
    for data in (b"plain text", whole[:-12], whole[: len(whole) // 2], whole + b"rubbish", b""):
        with pytest.raises(ReadError) as caught:
            unpack(data, kind, OPTIONS)
        assert caught.value.code == "broken"


@every_compression
def test_a_bomb_is_refused_by_size_and_by_ratio(kind):
    bomb = PACK[kind](bytes(40 * MIB))
    for options in (ReadOptions(max_decompressed_bytes=MIB), OPTIONS):
        with pytest.raises(ReadError) as caught:
            unpack(bomb, kind, options)
        assert caught.value.code == "too_large"


@every_compression
def test_a_bomb_is_given_up_at_the_limit(kind):
    stream = Unpacking(PACK[kind](bytes(40 * MIB)), kind, ReadOptions(max_decompressed_bytes=MIB))
    assert len(stream.read(MIB // 2)) == MIB // 2
    with pytest.raises(ReadError, match="max_decompressed_bytes"):
        stream.read(MIB)


@every_compression
def test_small_repetitive_files_are_no_bombs(kind):
    assert len(unpack(PACK[kind](b"same line\n" * 100_000), kind, OPTIONS)) == 1_000_000


def test_an_xz_that_asks_for_gigabytes_of_dictionary_is_refused():
    header = bytearray(lzma.compress(b"x"))
    place = header.index(b"\x21\x01") + 2  # the dictionary size of the LZMA2 filter in the block header
    header[place] = 39  # 3 GiB
    size = (header[12] + 1) * 4
    header[12 + size - 4 : 12 + size] = zlib.crc32(header[12 : 12 + size - 4]).to_bytes(4, "little")
    with pytest.raises(ReadError) as caught:
        unpack(bytes(header), "xz", OPTIONS)
    assert caught.value.code == "too_large"


@every_compression
@given(st.lists(st.integers(1, 5_000), max_size=8))
def test_reading_in_pieces_gives_the_same_bytes(kind, sizes):
    content = b"".join(number.to_bytes(2, "big") for number in range(6_000))
    stream = Unpacking(PACK[kind](content[:7_000]) + PACK[kind](content[7_000:]), kind, OPTIONS)
    assert b"".join([*(stream.read(size) for size in sizes), stream.read()]) == content
    assert stream.read() == stream.read(5) == b""


@every_compression
@given(st.data())
def test_damage_raises_nothing_but_a_reason(kind, data):
    whole = bytearray(PACK[kind]("規程を改定しました。".encode() * 50))
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with contextlib.suppress(ReadError):
        assert isinstance(unpack(cut, kind, OPTIONS), bytes)


def test_the_first_bytes_tell_the_compression():
    assert {kind: compression_of(pack(b"x")) for kind, pack in PACK.items()} == {kind: kind for kind in PACK}
    assert compression_of(b"plain") == ""


def test_names_lose_one_compression_whatever_its_case():
    assert [plain_name(name) for name in ("a.csv.gz", "A.TXT.BZ2", "b.md.xz", "c.txt")] == ["a.csv", "A.TXT", "b.md", "c.txt"]
    for suffix, kind in COMPRESSIONS.items():
        assert unpacked(f"a.txt{suffix}", PACK[kind](b"words"), OPTIONS) == ("a.txt", b"words")
