import csv
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import InputError
from corpuskit.pilot.sheet import read_sheet
from tests.pilot.sheets import write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_table_saved_by_a_spreadsheet_is_read(encoding, tmp_path):
    path = write(tmp_path / "a.csv", {"id": ["1", "2", "3"], "truth": ["請求書の再発行", "配送状況の確認", "返品と交換の手続き"]}, encoding)
    sheet = read_sheet(path)
    assert sheet.columns["truth"] == ["請求書の再発行", "配送状況の確認", "返品と交換の手続き"]
    assert sheet.lines == [2, 3, 4]


def test_lines_count_breaks_inside_cells_and_skip_empty_rows(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text('id\ttruth\n1\t"two\nlines"\n\n2\tb\n3\n', encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.lines == [2, 5, 6]
    assert sheet.columns["truth"] == ["two\nlines", "b", ""]


def test_objects_become_columns(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"id": 1, "slice": {"language": "ja"}, "abstained": True, "confidence": 0.5}, {"id": "2", "truth": None}]
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.columns == {"id": ["1", "2"], "slice.language": ["ja", ""], "abstained": ["true", ""], "confidence": ["0.5", ""], "truth": ["", ""]}
    assert sheet.lines == [1, 3]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    assert read_sheet(tmp_path / "a.json").columns == sheet.columns


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "id,truth\n1,a,b\n", "line 2: 3 cells"),
        ("a.csv", 'id,truth\n1,"a\n2,b\n', "line 3: .* quote is left open"),
        ("a.csv", "id,id\n1,2\n", "'id' stands there twice"),
        ("a.csv", "truth\na\n", "no column 'id'. Columns found: truth"),
        ("a.csv", "id,truth\n", "no rows"),
        ("a.csv", "", "empty"),
        ("a.jsonl", '{"id": 1}\n{"id": \n', "line 2: no valid JSON"),
        ("a.jsonl", '{"id": 1}\n[2]\n', "line 2: an object is expected, not list"),
        ("a.json", '{"id": 1}', "a list of objects is expected, not dict"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(name, content, told, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_sheet(tmp_path / name)


def test_mixed_encodings_are_refused_because_labels_would_be_misread(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("id,truth\n1,請求書の再発行をお願いします\n".encode() + "2,配送状況の確認をお願いします\n".encode("cp932"))
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_sheet(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="Give an existing file"):
        read_sheet(tmp_path / "gone.csv")


def test_many_wrong_rows_are_counted_and_ten_are_listed(tmp_path):
    (tmp_path / "a.csv").write_text("id,truth\n" + "1,a,b\n" * 25, encoding="utf-8")
    with pytest.raises(InputError, match=r"(?s)25 of 25 rows.*and 15 more") as told:
        read_sheet(tmp_path / "a.csv")
    assert str(told.value).count("3 cells") == 10


def test_lines_in_another_encoding_are_named(tmp_path):
    rows = ["id,truth", *(f"c{number},請求書と納期についての問い合わせ" for number in range(50))]
    data = "\n".join(rows).encode() + b"\n" + "c50,返品\nc51,納期\n".encode("cp932")
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(InputError, match=r"t\.csv: not all of it is utf-8 \(2 lines, first: 52, 53\)"):
        read_sheet(tmp_path / "t.csv")


def test_objects_with_different_names_become_one_table(tmp_path):
    (tmp_path / "t.jsonl").write_text(
        '{"id": "a", "slice": {"x": 1}}\n\n{"id": "b", "note": "late"}\n{"slice.x": "2", "slice": {"x": 3}, "id": "c"}\n', "utf-8"
    )
    sheet = read_sheet(tmp_path / "t.jsonl")
    assert sheet.columns == {"id": ["a", "b", "c"], "slice.x": ["1", "", "3"], "note": ["", "late", ""]}
    assert sheet.lines == [1, 3, 4]


@given(st.lists(st.tuples(st.text("ab\"',;=\n\r あ", max_size=6), st.text("ab\n\r,", max_size=6)), min_size=1, max_size=5))
def test_what_a_csv_writer_wrote_is_read_back(tmp_path_factory, cells):
    rows = [(f"c{number}", *row) for number, row in enumerate(cells)]
    file = tmp_path_factory.mktemp("sheets") / "t.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "one", "two"), *rows])
    sheet = read_sheet(file)
    assert sheet.columns["one"] == [row[1].strip() for row in rows]
    assert sheet.columns["two"] == [row[2].strip() for row in rows]
    broken = [sum(len(re.findall("\r\n|\r|\n", cell)) for cell in row) for row in rows]
    assert sheet.lines == [2 + number + sum(broken[:number]) for number in range(len(rows))]


def test_many_different_texts_of_a_column_are_kept_apart(tmp_path):
    ids = [f"c{number}" for number in range(3000)]
    (tmp_path / "t.csv").write_text("id,truth\n" + "".join(f"{case},{case}\n" for case in ids), "utf-8")
    assert read_sheet(tmp_path / "t.csv").columns == {"id": ids, "truth": ids}
