import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.compressed_rtf import unpack_rtf
from corpuskit.ingest.reader import ReadOptions

OPTIONS = ReadOptions()
# the two examples of MS-OXRTFCP, section 4
HELLO = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c0900206277 05b06c647d0a800fa0")
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_the_examples_of_the_standard():
    assert unpack_rtf(HELLO, OPTIONS) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpack_rtf(CROSSING, OPTIONS) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_stored_text_is_given_as_it_is():
    assert unpack_rtf(struct.pack("<II4sI", 20, 6, b"MELA", 0) + b"{\\rtf}rubbish", OPTIONS) == b"{\\rtf}"


def test_what_is_cut_off_is_read_as_far_as_it_goes():
    assert b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n".startswith(unpack_rtf(HELLO[:-8], OPTIONS))


@pytest.mark.parametrize("data", [b"", HELLO[:15], HELLO.replace(b"LZFu", b"????")])
def test_what_is_none_is_broken(data):
    with pytest.raises(ReadError) as caught:
        unpack_rtf(data, OPTIONS)
    assert caught.value.code == "broken"


def test_the_limits_hold():
    packed = struct.pack("<II4sI", 0, 2**31, b"LZFu", 0) + b"\xff" * 17 * 2_000
    with pytest.raises(ReadError) as caught:
        unpack_rtf(packed, ReadOptions(max_decompressed_bytes=1_000))
    assert caught.value.code == "too_large"


@given(st.binary(max_size=500))
def test_rubbish_never_raises_anything_but_a_reason(rubbish):
    assert isinstance(unpack_rtf(HELLO[:16] + rubbish, OPTIONS), bytes)
