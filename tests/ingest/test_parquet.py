import datetime
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.parquet import PARQUET
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from tests.ingest import packages


def written(columns):
    stream = io.BytesIO()
    pl.DataFrame(columns).write_parquet(stream)
    return stream.getvalue()


def tickets(count=12):
    return {
        "番号": list(range(count)),
        "問い合わせ内容": [f"ポンプ{n}号機から油が漏れています。至急点検してください。" for n in range(count)],
        "区分": ["修理" if n % 2 else "点検" for n in range(count)],
    }


def extract(data, **options):
    return PARQUET.extract(RawFile("x.parquet", data, ReadOptions(**options)))


def test_a_table_of_tickets_becomes_rows_with_labels():
    found = extract(written(tickets()))
    first = found.sections[0]
    assert (first.kind, first.locator, first.labels, first.fields) == ("row", "row 1", (("区分", "点検"),), (("番号", "0"),))
    assert first.text == "ポンプ0号機から油が漏れています。至急点検してください。"


def test_values_of_every_type_are_written_as_in_any_table():
    data = written(
        {
            "list": [[1, 2], None],
            "struct": [{"x": 1, "y": "あ"}, None],
            "date": [datetime.date(2025, 4, 1), None],
            "time": [datetime.datetime(2025, 4, 1, 9, 30), None],
            "float": [0.1 + 0.2, float("nan")],
            "bool": [True, None],
            "bytes": [b"text", b"\xff"],
        }
    )
    found = extract(data)
    assert [s.text for s in found.sections] == [
        'list: [1, 2]; struct: {"x": 1, "y": "あ"}; date: 2025-04-01; time: 2025-04-01 09:30:00; float: 0.3; bool: true; bytes: text'
    ]


def test_rows_and_cells_beyond_the_limits_are_counted():
    data = written(tickets(20))
    found = extract(data, max_rows=10)
    assert (len(found.sections), found.warnings) == (10, ("rows_left_out: 10",))
    found = extract(data, max_cells=30, max_rows=12)
    assert (len(found.sections), found.warnings) == (10, ("rows_left_out: 8", "cells_left_out: 6"))


def test_named_columns():
    assert extract(written(tickets()), text_columns=("番号",)).sections[3].text == "3"
    with pytest.raises(ReadError) as caught:
        extract(written(tickets()), text_columns=("nothing",))
    assert caught.value.code == "missing_column"


WHOLE = written(tickets())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"rubbish", "broken"),
        (WHOLE[:200], "broken"),
        (b"PAR1" + b"\x00" * 60 + b"PAR1", "broken"),
        (b"PARE" + b"\x00" * 60 + b"PARE", "encrypted"),
        (written({"a": [None, None]}), "no_text"),
        (written({"text": []}), "no_text"),
    ],
    ids=range(6),
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.parquet", data, ReadOptions())
    assert caught.value.code == code


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_damaged_files_give_text_or_a_reason(flips):
    data = bytearray(WHOLE)
    for place, value in flips:
        data[place] = value
    texts, reason = packages.texts_or_reason("x.parquet", bytes(data))
    assert bool(texts) != bool(reason)
