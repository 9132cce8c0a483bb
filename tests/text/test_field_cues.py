import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest import Section
from corpuskit.text import TextOptions, tokenize
from corpuskit.text.field_cues import LONGEST_CUE, MOST_FIELDS, cue_of, find_fields
from tests.text.documents import document


def found(*sections):
    """Cue, type and place of each field of a document."""
    made = [Section(one) if isinstance(one, str) else one for one in sections]
    return [(field.cue, field.type, field.place) for field in find_fields(made)]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Invoice No.: INV-001", [("invoice no.", "identifier", "line")]),
        ("請求番号：INV-001", [("請求番号", "identifier", "line")]),
        ("請求番号 INV-001", [("請求番号", "identifier", "line")]),
        ("合　計：1,234円", [("合計", "amount", "line")]),
        ("【発行日】2024年4月1日", []),
        ("【発行日】：2024年4月1日", [("発行日", "date", "line")]),
        ("(1) 納期: 令和6年4月1日", [("納期", "date", "line")]),
        ("- Governing law: Delaware", [("governing law", "text", "line")]),
        ("備考：", [("備考", "empty", "line")]),
        ("発行日：2024/4/1、支払期限：2024/4/30", [("発行日", "date", "line"), ("支払期限", "date", "running")]),
        ("Invoice No.: A-1, Date: 2024-04-01", [("invoice no.", "identifier", "line"), ("date", "date", "running")]),
        ("合計金額は、5,500円です。", [("合計金額", "amount", "running")]),
        ("The total amount is USD 100.00.", [("total amount", "amount", "running")]),
        ("12. Governing Law. This agreement follows the laws of Delaware.", [("governing law", "text", "running")]),
        ("第12条（準拠法） 本契約は日本法に従う。", [("準拠法", "text", "running")]),
        ("小計\t1,000円", [("小計", "amount", "cell")]),
        ("品名\t数量\t単価\t金額\nりんご\t10\t100円\t1,000円", []),
        ("請求番号\tINV-001\t発行日\t2024-04-01", [("請求番号", "identifier", "cell"), ("発行日", "date", "cell")]),
    ],
)
def test_known_forms(text, fields):
    assert found(text) == fields


@pytest.mark.parametrize(
    "text",
    [
        "10:30 meeting in room 4",
        "https://example.com/a",
        "Note: the office is closed",
        "You should remember the following: bring a pen",
        "この規則は、令和6年4月1日から施行する。",
        "次のとおり：一、二、三",
        "提出する書類は以下：申請書",
        "a@example.com: sent",
        "12345-67: A",
        "担当 山田",  # a blank alone needs a value of a known form
        "本日は晴天です。",
        "会議 室",
    ],
)
def test_what_is_no_field(text):
    assert found(text) == []


def test_hidden_text_and_rows_of_messages_are_left_out():
    hidden = Section("Invoice No.: INV-001", kind="hidden")
    message = Section("Invoice No.: INV-001", kind="row", labels=(("queue", "IT"),))
    register = [Section(f"no: {n}; name: x; total: 5", kind="row") for n in range(3)]
    assert found(hidden, message, *register) == []


def test_a_table_of_two_columns_holds_a_name_and_a_value_in_each_row():
    rows = [Section(f"Invoice No.: {name}; INV-001: {value}", kind="row") for name, value in (("Date", "2024-04-01"), ("Total", "USD 5.00"))]
    assert found(*rows) == [("invoice no.", "identifier", "cell"), ("date", "date", "cell"), ("total", "amount", "cell")]
    named = [Section(f"項目: {name}; 内容: {value}", kind="row") for name, value in (("発行日", "2024-04-01"), ("合計", "5円"))]
    assert found(*named) == [("発行日", "date", "cell"), ("合計", "amount", "cell")]


def test_an_article_is_known_by_its_heading():
    sections = [Section("本契約は日本法に従う。", heading=("契約書", "第9条（準拠法）")), Section("別の文。", heading=("契約書", "第9条（準拠法）"))]
    assert found(*sections) == [("準拠法", "text", "running")]


def test_a_value_counts_once_for_a_document_however_it_is_written():
    fields = find_fields([Section("発行日：2024年4月1日"), Section("発行日：令和6年4月1日\n発行日：2024-05-01")])
    assert [(field.section, field.cue, field.value) for field in fields] == [
        (0, "発行日", xxhash.xxh3_64_intdigest(b"2024-04-01")),
        (1, "発行日", xxhash.xxh3_64_intdigest(b"2024-05-01")),
    ]


def test_the_position_is_that_in_the_document():
    assert [field.position for field in find_fields([Section("x" * 50), Section("Total: 5 EUR\n" + "y" * 37)])] == [50]


def test_a_document_gives_a_bounded_number_of_fields_the_first_ones():
    fields = find_fields([Section("\n".join(f"Field q{chr(97 + n // 26)}{chr(97 + n % 26)}: {n}" for n in range(MOST_FIELDS + 50)))])
    assert len(fields) == MOST_FIELDS
    assert fields[-1].cue == "field qdv"
    assert [field.position for field in fields] == sorted(field.position for field in fields)


@given(st.text(alphabet="ab :：\n\t1.（）()第条はＡ円-、,is ", max_size=200))
def test_any_text_can_be_read_and_every_cue_is_in_normal_form(text):
    for field in find_fields([Section(text or "x")]):
        assert 1 < len(field.cue) <= LONGEST_CUE
        assert cue_of(field.cue) == field.cue
        assert 0 <= field.position <= 100
        assert (field.value == 0) == (field.type == "empty")


@pytest.mark.parametrize("unit", ["a: ", "あ", "Aa ", "1. ", "第1条（", "は1", "(a", "、a", " is $", "1,", "ア ", "a@"])
def test_hostile_repetition_is_read_to_its_end_and_stays_bounded(unit):
    assert len(find_fields([Section(unit * (200_000 // len(unit)))])) <= MOST_FIELDS


def test_fields_stand_in_the_table_with_their_section():
    (table,) = tokenize([document("a.txt", "first", "Total: 5 EUR"), document("b.txt", "Date: 2024-04-01")], TextOptions())
    assert table.fields.select("document", "section", "cue", "type", "place").rows() == [
        ("a.txt", 1, "total", "amount", "line"),
        ("b.txt", 2, "date", "date", "line"),
    ]
