import json
import zipfile

import pytest

from corpuskit.errors import InputError, MissingDependency
from corpuskit.pilot.exchange import inspect_ai
from corpuskit.pilot.exchange.inspect_ai import INSPECT_AI
from tests.pilot.exchange.files import FIXTURES, LABELS, ROWS, rows_of, written

ANSWERS = [
    ("c1", "1", "請求", "false"),
    ("c1", "2", "請求", "false"),
    ("c2", "1", "返品", "false"),
    ("c2", "2", "返品", "false"),
    ("c3", "1", "", "true"),
    ("c3", "2", "", "true"),
]


@pytest.mark.parametrize("ending", ["json", "eval"])
def test_a_log_is_read_with_its_epochs(ending):
    """Written by Inspect with its mock model, in both of its formats; an empty answer is a withheld one."""
    if ending == "eval" and not hasattr(zipfile, "ZIP_ZSTANDARD"):
        pytest.importorskip("zstandard", reason="zstandard is not installed (extra inspect)")
    sheet = INSPECT_AI.read(FIXTURES / f"inspect_ai_0.3.285.{ending}", "")
    assert sorted(rows_of(sheet, "id", "repeat", "prediction", "abstained")) == ANSWERS
    assert set(sheet.columns["model"]) == {"mockllm/model"}
    assert all(sheet.columns["run_id"])


def test_a_data_set_has_input_target_and_id(tmp_path):
    (path,) = written(tmp_path, INSPECT_AI)
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1]) == {
        "id": "c2",
        "input": "file:///etc/hostname is not delivered",
        "target": "配送",
        "metadata": {"doc_id": "a#row 3", "labels": list(LABELS), "slice.language": "en"},
    }


def test_without_zstandard_the_way_out_is_told(monkeypatch):
    if hasattr(zipfile, "ZIP_ZSTANDARD"):
        pytest.skip("this Python unpacks Zstandard itself")
    monkeypatch.setattr(inspect_ai, "_zstandard", lambda: None)
    with pytest.raises(MissingDependency, match="inspect log dump"):
        INSPECT_AI.read(FIXTURES / "inspect_ai_0.3.285.eval", "")


def test_logs_that_are_none_or_not_finished_are_told(tmp_path):
    (tmp_path / "a.eval").write_bytes(b"nothing")
    with zipfile.ZipFile(tmp_path / "b.eval", "w") as packed:
        packed.writestr("header.json", "{}")
    (tmp_path / "c.json").write_text('{"eval": {}}', encoding="utf-8")
    (tmp_path / "d.json").write_text('{"samples": [{"output": {}}]}', encoding="utf-8")
    for name, told in (
        ("a.eval", "damaged"),
        ("b.eval", "no finished log"),
        ("c.json", "no samples"),
        ("d.json", "sample 1 has no id"),
        ("e.eval", "cannot be read"),
    ):
        with pytest.raises(InputError, match=told):
            INSPECT_AI.read(tmp_path / name, "")


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(inspect_ai, "LARGEST_SAMPLE", 1000)
    with zipfile.ZipFile(tmp_path / "b.eval", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("header.json", "{}")
        packed.writestr("samples/c1_epoch_1.json", " " * 5000)
    with pytest.raises(InputError, match="unpacks to 5,000 bytes"):
        INSPECT_AI.read(tmp_path / "b.eval", "")


def test_its_own_reader_takes_the_data_set(tmp_path):
    dataset = pytest.importorskip("inspect_ai.dataset", reason="inspect-ai is not installed (extra exchange-tests)")
    (path,) = written(tmp_path, INSPECT_AI)
    read = dataset.json_dataset(str(path))
    assert [(sample.id, sample.input, sample.target) for sample in read] == [(row["id"], row["input"], row["truth"]) for row in ROWS]
