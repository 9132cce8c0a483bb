from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.ingest.iso_2022_jp import as_cp932, is_iso_2022_jp, strict_text


def test_it_is_known_by_its_escapes_and_seven_bits():
    assert is_iso_2022_jp("番号".encode("iso2022_jp"))
    assert not is_iso_2022_jp(b"plain")
    assert not is_iso_2022_jp(b"\x1b[0m colours of a terminal")
    assert not is_iso_2022_jp("番号".encode("iso2022_jp") + "番".encode())


def test_every_character_of_the_standard_is_rewritten_as_shift_jis():
    pairs = (bytes((row, cell)) for row in (*range(0x21, 0x29), *range(0x30, 0x75)) for cell in range(0x21, 0x7F))
    for pair in pairs:
        found = strict_text(b"\x1b$B" + pair + b"\x1b(B")
        if found is not None and len(found[0]) == 1 and found[1] == "iso2022_jp":
            assert as_cp932(b"\x1b$B" + pair + b"\x1b(B") == found[0].encode("shift_jis")


def test_half_width_kana_and_vendor_rows():
    assert as_cp932(b"\x1b(I\x31\x32\x1b(B a").decode("cp932") == "ｱｲ a"
    assert as_cp932(b"\x1b$B\x2d\x21\x2d\x6a\x1b(B").decode("cp932") == "①㈱"


def test_a_lost_escape_costs_one_line():
    data = "番号".encode("iso2022_jp")[:-3] + b"\nplain\n"
    assert as_cp932(data).decode("cp932") == "番号\nplain\n"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_rewritten(data):
    as_cp932(b"\x1b$B" + bytes(byte & 0x7F for byte in data))
