"""``corpuskit pilot monitor``: exit codes, both languages, JSON."""

import json

import pytest

from corpuskit.cli.main import run
from corpuskit.pilot import append
from tests.pilot.use import events


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "use.jsonl"
    append(path, events(each=120, error=0.03), "L2")
    return path


def test_a_quiet_task_is_told_in_both_languages(log, capsys):
    assert run(["pilot", "monitor", str(log), "--tolerance", "0.1"]) == 0
    english = capsys.readouterr().out
    assert "No alarm." in english
    assert "ticket_routing: 960 cases in use from 2026-01-05 to 2026-02-25" in english
    assert run(["pilot", "monitor", str(log), "--tolerance", "0.1", "--ja"]) == 0
    japanese = capsys.readouterr().out
    assert "警報はありません。" in japanese
    assert "却下率" in japanese
    assert all(len(line) <= 300 for line in english.splitlines())


def test_an_alarm_has_exit_code_1_and_stands_in_the_json(tmp_path, capsys):
    log = tmp_path / "use.jsonl"
    append(log, events(each=120, error=0.5), "L2")
    assert run(["pilot", "monitor", str(log), "--tolerance", "0.05", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["exit_code"] == 1
    assert "monitor_error_above" in {alarm["code"] for alarm in found["alarms"]}
    assert all(alarm["text"] for alarm in found["alarms"])


def test_nothing_to_judge_has_exit_code_2(tmp_path, capsys):
    path = tmp_path / "use.jsonl"
    append(path, events(weeks=1, each=5, sampled=0.0), "L2")
    assert run(["pilot", "monitor", str(path), "--tolerance", "0.05"]) == 2
    assert "Nothing could be judged." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "Give --plan"),
        (["--tolerance", "2"], "--tolerance: .*less than 1"),
        (["--tolerance", "0.05", "--every", "hour"], "--every: .*'day', 'week' or 'month'"),
        (["--tolerance", "0.05", "--catch-rate", "1"], "--catch-rate"),
    ],
)
def test_wrong_calls_are_told(log, capsys, options, told):
    import re

    assert run(["pilot", "monitor", str(log), *options]) == 2
    assert re.search(told, capsys.readouterr().err)


def test_tolerance_and_alpha_of_the_plan_are_used(log, tmp_path, capsys):
    plan = tmp_path / "plan.json"
    assert run(["pilot", "plan", "--tolerance", "0.2", "--expected", "0.1", "--alpha", "0.1", "--task", "ticket_routing", "--out", str(plan)]) == 0
    assert run(["pilot", "monitor", str(log), "--plan", str(plan), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.split("\n{", 1)[-1].join(["{", ""]))["options"]["tolerance"] == 0.2


def company(folder, word, n=30):
    folder.mkdir()
    for place in range(n):
        (folder / f"{place}.txt").write_text(f"The {word} for order {place} was late. Please send the {word} again to our office.", encoding="utf-8")
    return folder


def test_inputs_that_are_about_something_else_raise_an_alarm(log, tmp_path, capsys):
    documents, same, other = (company(tmp_path / name, word) for name, word in (("d", "invoice"), ("s", "invoice"), ("o", "password")))
    base = ["pilot", "monitor", str(log), "--tolerance", "0.1", "--no-cache", "--documents", str(documents)]
    assert run([*base, "--inputs", str(same), "--json"]) == 0
    quiet = json.loads(capsys.readouterr().out)
    assert [(one["measure"], one["alarm"]) for one in quiet["drifts"]] == [("terms", False)]
    assert run([*base, "--inputs", str(other), "--ja"]) == 1
    told = capsys.readouterr().out
    assert "増えた語：password" in told
    assert "減った語：invoice" in told


def test_inputs_need_the_documents(log, capsys):
    assert run(["pilot", "monitor", str(log), "--tolerance", "0.1", "--inputs", str(log)]) == 2
    assert "belong together" in capsys.readouterr().err
