import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode, utf_16_without_mark
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.readers import extract

JAPANESE = "社員は、出張の前に上長の承認を受けなければならない。㈱アオミネの①番の書式を使い、髙橋さんに提出する。\n"
SAMPLES = Path(__file__).parents[2] / "sample_data"
SENTENCES = sorted({
    sentence
    for path in SAMPLES.rglob("*")
    if path.suffix in (".txt", ".md", ".csv")
    for sentence in re.findall(r"[^。\n\ufffd]{8,80}。", path.read_bytes().decode("utf-8", "replace"))
    if len(re.findall(r"[ぁ-ん]", sentence)) >= 4
})  # fmt: skip
LETTERS = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんアイウエオカキクケコー。、"
LETTERS += "年月日社員規程請求書支払承認部長契約製品" + "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.-\n"
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


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_utf_8_is_always_read_exactly(text):
    assume(not text.startswith("\ufeff"))
    # letters of these blocks alone, without any other, may be EUC-JP in disguise: 函 there is ȡ here, and no text here uses them alone
    beyond = [character for character in text if character > "\x7f"]
    assume(not beyond or not all("\u0180" <= character <= "\u036f" for character in beyond))
    assert decode(text.encode()).text == text


def test_a_stray_zero_byte_in_a_text_is_no_reason_to_refuse_it():
    assert decode((PLAIN * 20).encode() + b"\x00" + PLAIN.encode()).text.count("総務") == 21


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
@pytest.mark.parametrize(
    "text",
    [
        "区分,説明\n請求,支払",
        "請求書",
        "項目,金額\n売上,100\n",
        "契約書.docx\n見積書.xlsx\n",
        "株式会社青嶺製作所",
        "氏名\t所属\n髙橋\t総務部\n".replace("髙", "高"),
        '<a href="x">.NET 標準</a>',
        "無",
    ],
)
def test_short_tables_without_kana_are_japanese(text, encoding):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, encoding, (f"encoding_guessed: {encoding}",))


@pytest.mark.parametrize(
    "text", ["It’s fine", "about 18F’s management", "eded for new “c", "“Quoted” – and — text…", "Größe; café", "100 € ± 5 %", "le déjeuner à l’été"]
)
def test_short_western_texts_are_western(text):
    assert decode(text.encode("cp1252")).text == text


def test_the_basis_tells_what_is_certain():
    cases = {
        "mark": decode("本文".encode("utf-16")),
        "declared": decode("本文".encode("euc_jp"), "euc-jp"),
        "escape": decode("本文".encode("iso2022_jp")),
        "strict": decode("本文".encode()),
        "scored": decode("請求書".encode("cp932")),
        "forced": decode("本文".encode("cp932"), forced="shift_jis"),
        "detected": decode((PLAIN * 5).encode("euc_jp")),
    }
    assert {name: decoded.basis for name, decoded in cases.items()} == {name: name for name in cases}


def test_a_forced_encoding_is_used_for_all_but_marks_and_mail_charsets():
    assert decode("ｱｲｳ".encode("cp932"), forced="cp932").text == "ｱｲｳ"
    assert decode("値".encode("utf-8-sig"), forced="cp932").text == "値"
    assert decode("値".encode("euc_jp"), "euc-jp", forced="cp932").text == "値"
    assert decode(b'<meta charset="utf-8">' + "値".encode("cp932"), html=True, forced="cp932").text.endswith("値")
    assert decode("番号①".encode("utf-16-le"), forced="utf-16-le").text == "番号①"


def test_a_file_not_in_the_forced_encoding_names_the_first_bad_byte():
    with pytest.raises(ReadError, match=r"byte 0x8B at position 3 \(line 2\)") as caught:
        decode(b"ab\n" + "区".encode("cp932"), forced="utf-8")
    assert caught.value.code == "undecodable"


@pytest.mark.parametrize(("name", "content"), [("a.txt", "値"), ("a.md", "値"), ("a.rst", "値"), ("a.html", "<p>値</p>"),
                                               ("a.csv", "値,値\n値,価"), ("a.json", '["値"]'),
                                               ("a.jsonl", '{"a": "値"}')])  # fmt: skip
def test_every_text_reader_takes_the_forced_encoding(name, content):
    found = extract(name, content.encode("cp932"), ReadOptions(encoding="cp932"))
    assert (found.encoding, found.encoding_basis) == ("cp932", "forced")
    assert "値" in found.sections[0].text


def test_lines_of_two_encodings_are_each_read_in_their_own():
    lines = ["最初の行です。\n".encode(), "次の行は別の文字コードです。\n".encode("cp932"), b"plain\n", "最後の行です。\n".encode()]
    decoded = decode(b"".join(lines))
    assert decoded.text == "最初の行です。\n次の行は別の文字コードです。\nplain\n最後の行です。\n"
    assert decoded.warnings == ("encoding_guessed: utf-8", "mixed_encodings: 1 lines")
    turned = decode(PLAIN.encode("cp932") * 5 + "追記しました。\n".encode())
    assert (turned.text, turned.encoding) == (PLAIN * 5 + "追記しました。\n", "cp932")
    assert "mixed_encodings: 1 lines" in turned.warnings


def test_a_line_that_happens_to_be_utf_8_does_not_make_a_mixture():
    text = PLAIN + "ﾃｱ\n" + PLAIN
    assert "ﾃｱ".encode("cp932").decode() == "ñ"
    assert decode(text.encode("cp932")).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [PLAIN, "区分,説明\r\n請求,支払\r\n", "一覧で、目的のレコードを見る", "の言葉を聞いた時、「ははあ、Ｋ", JAPANESE * 300]
)
def test_japanese_utf_16_without_a_mark_is_recognised(text, encoding):
    assert (decode(text.encode(encoding)).text, decode(text.encode(encoding)).encoding) == (text, encoding)


@pytest.mark.parametrize("text", ["B0D0F0B0", "10203040", "0,0,0,0,0,0", "a0b0c0d0e0f0", PLAIN, "０１２３"])
def test_what_is_no_utf_16_is_not_taken_for_it(text):
    assert utf_16_without_mark(text.encode()) is None
    assert decode(text.encode()).text == text


def test_decomposed_characters_stay_as_they_are():
    assert decode("か\u3099いよう".encode()).text == "か\u3099いよう"


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "windows-1252", "iso-8859-15", "shift_jis", "utf-8"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_a_mail_charset_that_the_bytes_refute_does_not_win(declared, encoding):
    if (declared, encoding) != ("shift_jis", "euc_jp"):
        assert decode((PLAIN * 2).encode(encoding), declared).text == PLAIN * 2


def test_a_true_mail_charset_wins():
    for text, charset in (
        ("café – it’s", "windows-1252"),
        ("Größe", "iso-8859-1"),
        ("Привет, мир", "koi8-r"),
        ("中文内容在这里", "gb2312"),
        ("ｱｲｳ", "shift_jis"),
    ):
        decoded = decode(text.encode("cp1252" if charset == "iso-8859-1" else charset), charset)
        assert (decoded.text, decoded.basis) == (text, "declared")
    vendor = "番号".encode("iso2022_jp")[:-3] + b"\x2d\x21\x1b(B\n"
    assert (decode(vendor, "iso-2022-jp").text, decode(vendor, "iso-2022-jp").basis) == ("番号①\n", "declared")


@pytest.mark.parametrize("declared", ["utf-7", "unicode_escape", "punycode", "base64", "rot13", "undefined", "", "x" * 300, "utf-16", "utf-32"])
def test_names_that_are_no_charset_of_text_are_passed_over(declared):
    assert decode(rb"plain \ud800 +AGE- text", declared).text == r"plain \ud800 +AGE- text"


def test_utf_16_named_inside_a_page_is_no_utf_16():
    assert decode(b'<?xml encoding="utf-16"?><p>' + "値段の表".encode("cp932"), html=True).text.endswith("値段の表")


ROUND = settings(max_examples=60, deadline=None)


@ROUND
@given(st.text(alphabet=LETTERS, min_size=20, max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "iso2022_jp"]))
def test_certain_encodings_give_any_text_back(text, encoding):
    assert decode(text.encode(encoding)).text == text


@ROUND
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), st.sampled_from(["cp932", "euc_jp"]))
def test_guessed_encodings_give_japanese_sentences_back(sentences, encoding):
    text = "\n".join(sentences).encode(encoding, "ignore").decode(encoding)
    assert decode(text.encode(encoding)).text == text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "iso-2022-jp", "iso-8859-1", "utf-16", "nonsense"]), st.booleans(),
       st.sampled_from(["", "cp932", "utf-16", "iso2022_jp", "latin-1"]))  # fmt: skip
def test_random_bytes_give_text_or_a_read_error(data, declared, html, forced):
    try:
        text = decode(data, declared, html, forced).text
    except ReadError:
        return
    text.encode()
