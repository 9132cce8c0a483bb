import json

import pytest

from corpuskit.errors import InputError
from corpuskit.pilot.exchange.mlflow import MLFLOW
from tests.pilot.exchange.files import FIXTURES, ROWS, rows_of, written


def test_a_table_goes_out_and_comes_back_with_its_answers(tmp_path):
    (path,) = written(tmp_path, MLFLOW, [{**row, "prediction": "返品"} for row in ROWS])
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert first == {
        "inputs": {"id": "c1", "input": ROWS[0]["input"]},
        "expectations": {"expected_response": "請求"},
        "outputs": "返品",
        "tags": {"id": "c1", "doc_id": "a#row 2", "slice.language": "ja"},
    }
    assert rows_of(MLFLOW.read(path, ""), "id", "truth", "prediction") == [("c1", "請求", "返品"), ("c2", "配送", "返品"), ("c3", "返品", "返品")]


def test_the_result_of_an_evaluation_is_read():
    """``result_df`` of ``mlflow.genai.evaluate`` on the table above, as pandas writes it."""
    sheet = MLFLOW.read(FIXTURES / "mlflow_3.17.2.json", "")
    assert sorted(rows_of(sheet, "id", "truth", "prediction")) == [("c1", "請求", "請求"), ("c2", "配送", "返品"), ("c3", "返品", "返品")]
    assert dict(rows_of(sheet, "id", "input"))["c1"] == ROWS[0]["input"]


@pytest.mark.parametrize("outputs", ["返品", {"response": "返品"}, {"content": "返品", "x": 1}, '{"response": "返品"}'])
def test_answers_inside_objects_are_found(tmp_path, outputs):
    (tmp_path / "t.jsonl").write_text(json.dumps({"inputs": '{"id": "c1"}', "outputs": outputs}), encoding="utf-8")
    assert rows_of(MLFLOW.read(tmp_path / "t.jsonl", ""), "id", "prediction") == [("c1", "返品")]


def test_tables_without_cases_and_other_files_are_told(tmp_path):
    for content, told in (([{"inputs": {"q": 1}}], "entry 1 names no case"), ({"a": 1}, "a table of inputs"), ([], "no evaluation table")):
        (tmp_path / "t.json").write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(InputError, match=told):
            MLFLOW.read(tmp_path / "t.json", "")


def test_its_own_reader_takes_the_table(tmp_path):
    pytest.importorskip("mlflow.genai", reason="mlflow-skinny is not installed (extra exchange-tests)")
    from mlflow.genai.evaluation.utils import _convert_to_eval_set

    (path,) = written(tmp_path, MLFLOW)
    frame = _convert_to_eval_set([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    assert frame["inputs"].tolist() == [{"id": row["id"], "input": row["input"]} for row in ROWS]
    assert [one["expected_response"] for one in frame["expectations"]] == [row["truth"] for row in ROWS]
