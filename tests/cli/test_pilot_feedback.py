"""``corpuskit pilot feedback``: candidates apart from the gate set, in both languages."""

import json

import pytest

from corpuskit.cli.main import run
from corpuskit.pilot import append
from tests.pilot.use import events


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "use.jsonl"
    append(path, events(each=120, error=0.3, error_class="fact"), "L2")
    return path


def test_candidates_are_written_and_those_of_the_gate_kept_out(log, tmp_path, capsys):
    everything = tmp_path / "all.jsonl"
    assert run(["pilot", "feedback", str(log), "--out", str(everything), "--json"]) == 0
    n = json.loads(capsys.readouterr().out)["candidates"]
    rows = [json.loads(line) for line in everything.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == n > 10
    gate = tmp_path / "gate.csv"
    gate.write_text("id,truth\n" + "".join(f"{row['id']},x\n" for row in rows[:4]), encoding="utf-8")
    rest = tmp_path / "rest.jsonl"
    assert run(["pilot", "feedback", str(log), "--gate", str(gate), "--out", str(rest), "--ja"]) == 0
    told = capsys.readouterr().out
    assert f"候補 {n - 4} 件" in told
    assert "4 件は判定用のデータに含まれるため" in told
    assert len(rest.read_text(encoding="utf-8").splitlines()) == n - 4


def test_nothing_is_overwritten(log, tmp_path, capsys):
    out = tmp_path / "kept.jsonl"
    out.write_text("mine", encoding="utf-8")
    assert run(["pilot", "feedback", str(log), "--out", str(out)]) == 2
    assert "never overwritten" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
