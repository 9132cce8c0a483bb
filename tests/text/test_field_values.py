import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.field_values import VALUE_TYPES, read_value

SAME = [
    (
        "date",
        "2024-04-01",
        ["令和6年4月1日", "2024年4月1日", "2024/4/1", "2024-04-01", "April 1, 2024", "1 April 2024", "２０２４年４月１日"],
    ),
    ("date", "2024-04-01", ["2024年4月1日(月)"]),
    ("date", "2024-04-01 10 00", ["2024年4月1日 10:00", "2024-04-01 10:00", "April 1, 2024, 10:00"]),
    ("date", "12-6", ["12月6日", "12/6(金)"]),
    ("amount", "1234", ["¥1,234", "1,234円", "￥１，２３４－", "金1,234円也", "USD 1,234.00", "$1,234", "1,234円（税込）", "1234 yen"]),
    ("amount", "100万", ["100万円", "１００万円"]),
    ("percentage", "12.5", ["12.5%", "12.5％", "約12.5%", "12.50 percent"]),
    ("number", "1200", ["1,200", "1200", "1200.0"]),
    ("number", "3名", ["3名", "約3名", "３名"]),
    ("phone", "0312345678", ["03-1234-5678", "TEL: 03-1234-5678", "(03) 1234-5678"]),
    ("email", "keiri@example.com", ["keiri@example.com", "Keiri@Example.com"]),
    ("identifier", "inv-001", ["INV-001", "ＩＮＶ-001"]),
    ("identifier", "0012", ["0012"]),
    ("identifier", "総務第12号", ["総務第12号"]),
    ("empty", "", ["", "　", "____", "年　月　日", "-", "……", "（　　）"]),
    ("text", "state of delaware", ["State of Delaware", "state  of delaware."]),
    ("text", "三月末", ["三月末"]),
]


@pytest.mark.parametrize(("kind", "canonical", "written"), SAME, ids=[f"{kind} {canonical}" for kind, canonical, _ in SAME])
def test_ways_of_writing_a_value_are_one_value(kind, canonical, written):
    assert [read_value(one) for one in written] == [(kind, canonical)] * len(written)


@pytest.mark.parametrize("written", ["from 2024-04-01 on the usual terms", "1,234円 と 5,678円", "INV-001 and INV-002", "10 days after delivery"])
def test_a_sentence_with_a_value_in_it_is_text(written):
    assert read_value(written).type == "text"


def test_long_values_are_text_without_looking():
    assert read_value("1" * 61).type == "text"


@given(st.text(max_size=80))
def test_every_text_has_a_kind_and_reading_it_twice_changes_nothing(text):
    value = read_value(text)
    assert value.type in VALUE_TYPES
    assert read_value(text) == value
    if value.type == "text":
        assert read_value(value.canonical) == value
