"""``corpuskit tasks``: the catalogue on the screen and as JSON."""

import json

import pytest
from rich.cells import cell_len

from corpuskit.cli.main import run
from corpuskit.tasks import TASKS


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
