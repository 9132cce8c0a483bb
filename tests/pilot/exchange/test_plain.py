import csv
from io import StringIO

from corpuskit.pilot import cases_csv, table_csv, table_jsonl
from corpuskit.pilot.exchange.plain import CSV
from corpuskit.pilot.sheets import FORMULA
from tests.pilot.frames import HOSTILE, cases


def test_no_cell_of_a_table_is_a_formula_and_none_is_lost(tmp_path):
    data = cases_csv(cases(), "task")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert not any(cell.startswith(FORMULA) for row in rows for cell in row)
    (tmp_path / "t.csv").write_bytes(data)
    assert CSV.read(tmp_path / "t.csv", "").columns["input"] == [text.strip() for text in HOSTILE]


def test_the_mark_that_excel_needs_can_be_left_out():
    assert table_csv([{"id": "1"}]).startswith(b"\xef\xbb\xbf")
    assert table_csv([{"id": "1"}], mark=False) == b"id\r\n1\r\n"


def test_lines_leave_out_what_is_empty():
    assert table_jsonl([{"id": "1", "truth": ""}, {"id": "2", "truth": "あ"}]).decode() == '{"id": "1"}\n{"id": "2", "truth": "あ"}\n'


def test_half_a_character_does_not_stop_a_table():
    assert b"a?b" in table_csv([{"id": "1", "input": "a\ud800b"}])
    assert b"a\\ud800b" in table_jsonl([{"id": "1", "input": "a\ud800b"}]) or b"a?b" in table_jsonl([{"id": "1", "input": "a\ud800b"}])
