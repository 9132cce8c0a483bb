import pytest

from corpuskit.errors import InputError
from corpuskit.pilot.exchange.entries import cell, load_json, sheet_of_rows


def test_values_become_cells():
    assert [cell(value) for value in (None, " a ", 1.5, True, {"a": "あ"})] == ["", "a", "1.5", "true", '{"a": "あ"}']


def test_json_and_json_lines_in_any_encoding(tmp_path):
    (tmp_path / "a.json").write_bytes('[{"a": "請求書が届きません"}]'.encode("utf-8-sig"))
    (tmp_path / "b.jsonl").write_bytes(b'{"a": 1}\n\n{"a": 2}\n')
    assert load_json(tmp_path / "a.json") == [{"a": "請求書が届きません"}]
    assert load_json(tmp_path / "b.jsonl") == [{"a": 1}, {"a": 2}]


def test_what_is_no_json_or_not_there_is_told(tmp_path):
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: no valid JSON"):
        load_json(tmp_path / "a.json")
    with pytest.raises(InputError, match=r"gone\.json: cannot be read"):
        load_json(tmp_path / "gone.json")


def test_rows_without_what_is_needed_are_told(tmp_path):
    with pytest.raises(InputError, match="no labels in it"):
        sheet_of_rows(tmp_path / "a", [], ("id",), "labels")
    with pytest.raises(InputError, match="nothing for label"):
        sheet_of_rows(tmp_path / "a", [{"id": "1"}], ("id", "label"), "labels")
