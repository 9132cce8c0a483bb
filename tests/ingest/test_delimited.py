import json

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest import read_table
from corpuskit.ingest.delimited import unique
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.readers import extract


def read(name, text, encoding="utf-8", **options):
    return extract(name, text.encode(encoding), ReadOptions(**options))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter(delimiter):
    text = "\n".join(delimiter.join(row) for row in (["id", "message"], ["1", "the pump leaks"], ["2", "the valve is stuck"]))
    assert [(s.locator, s.text) for s in read("x.csv", text).sections] == [("row 2", "the pump leaks"), ("row 3", "the valve is stuck")]


def test_quotes_newlines_and_cp932():
    text = '番号,内容\n1,"一行目、\n二行目"\n2,"彼は""はい""と言った"\n'
    found = read("x.csv", text * 1, "cp932")
    assert [s.text for s in found.sections] == ["一行目、\n二行目", '彼は"はい"と言った']
    assert found.encoding == "cp932"


def test_long_cells_are_read():
    assert len(read("x.csv", "id,text\n1," + "word " * 60_000 + "\n").sections[0].text) == 299_999


def test_a_table_without_header_is_read_from_its_first_row():
    found = read("x.csv", "".join(f"2025-04-{n:02},The pump has been leaking since day {n}\n" for n in range(1, 17)))
    assert len(found.sections) == 16
    assert found.sections[0].text == "The pump has been leaking since day 1"
    assert found.sections[0].fields == (("column 1", "2025-04-01"),)


def test_ragged_rows_are_filled_and_counted():
    found = read("x.csv", "id,message\n1\n2,the valve is stuck,extra\n")
    assert found.warnings == ("ragged_rows: 2", "rows_without_text: 1")
    assert found.sections[0].fields == (("id", "2"), ("column 3", "extra"))


def test_a_table_without_text_gives_named_values():
    assert [s.text for s in read("x.csv", "品名,数量\n弁,3\nポンプ,\n").sections] == ["品名: 弁; 数量: 3", "品名: ポンプ"]


def test_json_lines_with_nesting_and_broken_lines():
    lines = [json.dumps({"id": n, "text": f"message {n}", "meta": {"channel": "mail", "tags": ["a", "b"]}, "none": None}) for n in range(3)]
    found = read("x.jsonl", "\n".join([*lines, "{broken", ""]))
    assert [s.locator for s in found.sections] == ["row 1", "row 2", "row 3"]
    assert found.sections[0].fields == (("id", "0"), ("meta.channel", "mail"), ("meta.tags", "a; b"))
    assert found.warnings == ("lines_not_json: 1 (first: line 4)",)


def test_mostly_broken_json_lines_are_refused():
    with pytest.raises(ReadError, match="2 of 3 lines"):
        read("x.jsonl", '{"a": 1}\nx\ny\n')


def test_json_arrays_wrapped_arrays_and_plain_objects():
    rows = [{"text": "one message here"}, {"text": "another message here"}]
    for content in (rows, {"count": 2, "items": rows}):
        assert [s.text for s in read("x.json", json.dumps(content)).sections] == ["one message here", "another message here"]
    assert [s.text for s in read("x.json", json.dumps({"name": "弁", "sizes": [1, 2]})).sections] == ["name: 弁\nsizes: 1; 2"]
    assert [s.text for s in read("x.json", '{"text": "first line of two"}\n{"text": "second line of two"}').sections][1] == "second line of two"


def test_deep_json_is_refused_and_not_fatal():
    with pytest.raises(ReadError) as caught:
        read("x.json", "[" * 200_000)
    assert caught.value.code == "broken"


def test_objects_that_share_no_names_do_not_fill_the_memory():
    found = read("x.jsonl", "\n".join(json.dumps({f"key{n}": "v"}) for n in range(3_000)))
    assert len(found.sections) == 3_000


def test_rows_beyond_the_limit_are_counted():
    found = read("x.csv", "id,text\n" + "".join(f"{n},message number {n}\n" for n in range(9)), max_rows=4)
    assert (len(found.sections), found.warnings) == (4, ("rows_left_out: 5",))


def test_twenty_thousand_rows_are_read():
    text = "\n".join(json.dumps({"id": str(n), "text": f"message number {n} about the pump", "label": f"class {n % 7}"}) for n in range(20_000))
    found = read("x.jsonl", text)
    assert len(found.sections) == 20_000
    assert found.sections[8].labels == (("label", "class 1"),)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("x.csv", "\n,\n", "empty"),
        ("x.jsonl", " \n", "empty"),
        ("x.csv", "id,text\n", "no_text"),
        ("x.json", "{}", "no_text"),
        ("x.json", "no", "broken"),
    ],
)
def test_nothing_to_read_says_so(name, text, code):
    with pytest.raises(ReadError) as caught:
        read(name, text)
    assert caught.value.code == code


def test_a_table_of_definitions(tmp_path):
    path = tmp_path / "definitions.csv"
    path.write_bytes("category,description\n修理,故障した製品を直す依頼\n\n返品,\n".encode("cp932"))
    assert read_table(path) == (["category", "description"], [["修理", "故障した製品を直す依頼"], ["返品", ""]])
    path.write_bytes(b"")
    with pytest.raises(ReadError):
        read_table(path)


def test_tables_obey_the_encoding_that_is_named(tmp_path):
    path = tmp_path / "definitions.csv"
    path.write_bytes("category,description\ncafé,naïve\n".encode("cp850"))
    assert read_table(path, "cp850")[1] == [["café", "naïve"]]
    assert read_table(path)[1] != [["café", "naïve"]]
    with pytest.raises(ReadError, match=r"read\.encoding"):
        read_table(path, "utf-8")
    for name in ("x.csv", "x.tsv", "x.jsonl"):
        text = '{"text": "café"}' if name == "x.jsonl" else "text\ncafé"
        found = extract(name, text.encode("cp850"), ReadOptions(encoding="cp850"))
        assert (found.encoding, "café" in found.sections[0].text) == ("cp850", True)


def test_column_names_differ():
    assert unique(["a", "", "a", " b\n"]) == ["a", "column 2", "a (2)", "b"]
