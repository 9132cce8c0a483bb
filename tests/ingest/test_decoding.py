import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode, kana_score

JAPANESE = "社員は、出張の前に上長の承認を受けなければならない。㈱アオミネの①番の書式を使い、髙橋さんに提出する。\n"
PLAIN = "社員は、出張の前に上長の承認を受けなければならない。書式を使い、総務に提出してください。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "euc_jp", "iso2022_jp"])
def test_japanese_text_survives_every_encoding_of_japan(encoding):
    text = PLAIN if encoding in ("euc_jp", "iso2022_jp") else JAPANESE
    assert decode((text * 3).encode(encoding)).text == text * 3


def test_shift_jis_is_read_as_the_real_thing():
    decoded = decode(JAPANESE.encode("cp932"))
    assert (decoded.encoding, decoded.warnings) == ("cp932", ("encoding_guessed: cp932",))
    assert decode(b'<meta charset="Shift_JIS">' + "①㈱".encode("cp932"), html=True).text.endswith("①㈱")


def test_what_is_certain_is_not_called_guessed():
    for encoding in ("utf-8", "utf-16", "iso2022_jp"):
        assert decode(PLAIN.encode(encoding)).warnings == ()


def test_vendor_characters_in_iso_2022_jp_are_not_lost():
    # ① is row 13 cell 1: bytes 2D 21 between the escape sequences; no codec of the standard library knows it in ISO-2022-JP
    data = "番号".encode("iso2022_jp")[:-3] + b"\x2d\x21" + b"\x1b(B and more\n"
    assert decode(data).text == "番号① and more\n"


def test_html_says_its_encoding_itself():
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=EUC-JP"></head><body>規程</body></html>'
    assert "規程" in decode(page.encode("euc_jp"), html=True).text


def test_a_wrong_declaration_is_not_believed():
    assert decode("規程を定める".encode(), "us-ascii-but-not-really").text == "規程を定める"
    assert decode(b'<meta charset="us-nonsense">' + PLAIN.encode("euc_jp"), html=True).text.endswith(PLAIN)


def test_western_text_is_not_taken_for_japanese():
    assert decode("Die Prüfung über Größe – naïve café".encode("cp1252")).text == "Die Prüfung über Größe – naïve café"


def test_utf_16_without_a_mark_is_recognised():
    assert decode("plain words in a wide file".encode("utf-16-le")).text == "plain words in a wide file"
    assert decode("plain words in a wide file".encode("utf-16-be")).encoding == "utf-16-be"


def test_a_few_broken_bytes_cost_a_warning_and_not_the_file():
    decoded = decode((PLAIN * 20).encode() + b"\xff" + (PLAIN * 20).encode())
    assert "undecodable_bytes: 1" in decoded.warnings
    assert decoded.text.count("総務") == 40


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), b"\x00" * 101, b"ab\x00\x01\x02cd" * 50])
def test_binary_content_is_no_text(data):
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == "undecodable"


def test_kana_tells_japanese_from_misread_bytes():
    assert kana_score(PLAIN) > 0.3
    assert kana_score(PLAIN.encode("euc_jp").decode("cp932", "ignore")) < 0.05
    assert kana_score("") == kana_score("ascii") == 0.0


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_utf_8_is_always_read_exactly(text):
    if not text.startswith("\ufeff"):
        assert decode(text.encode()).text == text


def test_a_stray_zero_byte_in_a_text_is_no_reason_to_refuse_it():
    assert decode((PLAIN * 20).encode() + b"\x00" + PLAIN.encode()).text.count("総務") == 21
