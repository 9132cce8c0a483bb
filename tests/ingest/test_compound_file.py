import struct

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.compound_file import compound_file, is_encrypted, summary
from tests.ingest.compound import compound


def summary_stream(code_page, properties):
    """Write a summary of (number, text or ticks since 1601)."""
    values = [(1, struct.pack("<Ihxx", 2, code_page))]
    for number, value in properties.items():
        if isinstance(value, str):
            stored = value.encode(f"cp{code_page}") + b"\0"
            values.append((number, struct.pack("<II", 30, len(stored)) + stored.ljust(-(-len(stored) // 4) * 4, b"\0")))
        else:
            values.append((number, struct.pack("<IQ", 64, value)))
    place, index, body = 8 + 8 * len(values), b"", b""
    for number, value in values:
        index += struct.pack("<II", number, place + len(body))
        body += value
    section = struct.pack("<II", place + len(body), len(values)) + index + body
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + bytes(16) + struct.pack("<I", 48) + section


def test_what_a_file_says_of_itself():
    ticks = (1_747_700_000 + 11_644_473_600) * 10_000_000
    stream = summary_stream(932, {2: "旅費規程①", 3: "規程", 4: "総務部", 12: ticks, 13: ticks})
    with compound_file(compound({"\x05SummaryInformation": stream})) as opened:
        assert dict(summary(opened)) == {
            "title": "旅費規程①",
            "subject": "規程",
            "author": "総務部",
            "created": "2025-05-20",
            "modified": "2025-05-20",
        }


@pytest.mark.parametrize("stream", [b"", b"rubbish", summary_stream(932, {2: "x"})[:60]])
def test_a_damaged_summary_says_nothing(stream):
    with compound_file(compound({"\x05SummaryInformation": stream, "x": b"y"})) as opened:
        assert summary(opened) == ()


def test_each_program_says_in_its_own_way_that_a_file_is_encrypted():
    open_, locked = struct.pack("<HH", 0x0809, 4) + bytes(4), struct.pack("<HH", 0x002F, 2) + bytes(2)
    for tree, encrypted in (
        ({"EncryptedPackage": b""}, True),
        ({"WordDocument": bytes(10) + b"\x00\x01"}, True),
        ({"WordDocument": bytes(12)}, False),
        ({"WordDocument": b""}, False),
        ({"Current User": bytes(12) + b"\xdf\xc4\xd1\xf3"}, True),
        ({"Current User": bytes(16)}, False),
        ({"Workbook": open_ + locked}, True),
        ({"Book": open_ + struct.pack("<HH", 0x0085, 0) + locked}, False),
        ({"Other": b"x"}, False),
    ):
        with compound_file(compound(tree)) as opened:
            assert is_encrypted(opened) is encrypted, tree


@pytest.mark.parametrize("data", [b"", b"text", compound({"a": b"x"})[:600]], ids=("empty", "text", "cut off"))
def test_what_is_none_is_broken(data):
    with pytest.raises(ReadError) as caught, compound_file(data):
        pass
    assert caught.value.code == "broken"


def test_damage_met_inside_the_block_is_a_reason_too():
    with pytest.raises(ReadError, match="damaged") as caught, compound_file(compound({"a": b"x"})) as opened:
        opened.openstream("missing")
    assert caught.value.code == "broken"
