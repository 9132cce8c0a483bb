"""``corpuskit tasks``: the catalogue on the screen and as JSON."""

import json

import pytest
from rich.cells import cell_len

from corpuskit.cli.main import run
from corpuskit.tasks import FRAMEWORKS, TASKS, OwnerAnswers


def test_json_lists_the_whole_catalogue(capsys):
    assert run(["tasks", "list", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert [task["id"] for task in body["tasks"]] == list(TASKS)
    assert body["exit_code"] == 0
    assert len(body["tasks"]) >= 36


def test_the_list_has_a_line_for_each_task_and_fits_into_80_columns(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["tasks", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(TASKS)
    assert max(map(cell_len, lines)) <= 80


@pytest.mark.parametrize("name", list(TASKS))
def test_every_task_can_be_shown_with_all_its_words(capsys, name):
    assert run(["tasks", "show", name]) == 0
    shown = capsys.readouterr().out
    for words in (TASKS[name].name.en, TASKS[name].name.ja, *TASKS[name].cues.ja):
        assert words in shown
    assert run(["tasks", "show", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["task"]["id"] == name


def test_a_task_that_is_not_there_is_answered_with_the_closest(capsys):
    assert run(["tasks", "show", "ticket_rooting"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Unknown task 'ticket_rooting'. Did you mean 'ticket_routing'? Valid: " in told.err


def test_own_tasks_are_listed_and_shown(capsys, tmp_path):
    config = tmp_path / "corpuskit.toml"
    config.write_text('[[tasks.own.tasks]]\nid = "faq_answer"\nname = {en = "Help page", ja = "ヘルプ"}\n', encoding="utf-8")
    assert run(["tasks", "list", "--config", str(config)]) == 0
    assert "Help page" in capsys.readouterr().out
    assert run(["tasks", "show", "faq_answer", "--config", str(config)]) == 0
    assert "ヘルプ" in capsys.readouterr().out


@pytest.mark.parametrize("language", [[], ["--ja"]])
def test_questions_are_shown_with_what_each_answer_changes(capsys, language):
    assert run(["tasks", "questions", "minutes_summary", *language]) == 0
    shown = capsys.readouterr().out
    assert '[tasks.answers."minutes_summary"]' in shown
    assert ("取締役会の議事録である" if language else "Minutes of the board") in shown
    assert "eu_ai_act:5(1)(f) (2026-11-23)" in shown
    assert ("区分はT4" if language else "T4: a person decides") in shown
    assert "staff_scores" not in shown


def test_all_questions_are_given_as_json(capsys):
    assert run(["tasks", "questions", "--json"]) == 0
    assert {one["key"] for one in json.loads(capsys.readouterr().out)["questions"]} == set(OwnerAnswers.model_fields)


def test_every_rule_is_listed_with_its_date(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["tasks", "rules"]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert len(lines) >= sum(len(named.framework.rules) for named in FRAMEWORKS.values())
    assert any("eu_ai_act:III.4(a)" in line and "2027-12-02" in line and "2026-11-23" in line for line in lines)
    assert run(["tasks", "rules", "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["frameworks"]] == list(FRAMEWORKS)
