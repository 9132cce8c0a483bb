import json
from dataclasses import replace

import pytest

from corpuskit.report.to_html import to_html
from corpuskit.report.to_markdown import to_markdown
from tests.validation.proof import __main__ as command
from tests.validation.proof.page import as_json, as_report
from tests.validation.proof.results import Aim, Experiment, Figure, Table

VERSIONS = {"corpuskit": "0.1.0"}
REACHED = Figure("tasks_order", "Order of tasks", 0.95, (0.91, 0.98), 11, "tasks", "Spearman", "report part", aim=Aim(low=0.9, source="protocol, 2"))
MISSED = replace(REACHED, code="tasks_intervals", says="Intervals", value=0.7, interval=(0.6, 0.8), first_reading=False)
UNDEFINED = replace(REACHED, code="tasks_few", says="Too little", value=None, interval=None, undefined_because="fewer than 5 tasks")
DESCRIBED = replace(REACHED, code="tasks_curve", says="A curve", aim=None, interval=None)
FOUND = (
    Experiment(
        "tasks",
        "Tasks",
        "Does it rank?",
        (REACHED, MISSED, UNDEFINED, DESCRIBED),
        (Table("tasks_all", "All tasks", ("task", "error", "rows"), (("<script>", 0.1234567, 1200), ("b", None, 5))),),
        ("a note",),
        (Table("tasks_times", "Times", ("task", "seconds"), (("a", 1.5),)),),
    ),
    Experiment("peers", "Peers", "Who finds what?", not_run="no tool is installed"),
)


def test_missed_and_undefined_figures_stand_beside_those_that_were_reached():
    text = to_markdown(as_report(FOUND, "report", VERSIONS), "proof").text
    assert "Of 3 aims 1 were borne out, 0 borne out by the value but not by its interval, 1 missed, 1 undefined." in text
    for told in ("✓ borne out", "✕ not borne out", "fewer than 5 tasks", "described only", "at least 0.9", "opened before", "no tool is installed"):
        assert told in text
    assert "measured once, on one machine" in text


def test_the_page_is_a_report_like_any_other_and_keeps_text_as_text():
    html = to_html(as_report(FOUND, "report", VERSIONS), "proof").text
    assert "Content-Security-Policy" in html
    assert "&lt;script&gt;" in html
    assert "0.123" in html


def test_what_was_written_is_read_back_the_same(tmp_path):
    command.write(FOUND, "report", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["proof.html", "proof.json", "proof.md"]
    assert tuple(command.read(tmp_path / "proof.json", "report").values()) == FOUND
    assert command.read(tmp_path / "proof.json", "development") == {}
    assert command.read(tmp_path / "none.json", "report") == {}


def test_the_json_holds_standings_and_keeps_what_the_machine_decides_apart():
    stored = json.loads(json.dumps(as_json(FOUND, "report", VERSIONS)))
    tasks = stored["experiments"][0]
    assert [figure["standing"] for figure in tasks["figures"]] == ["borne_out", "not_borne_out", "undefined", "described"]
    assert [table["code"] for table in tasks["tables"]] == ["tasks_all"]
    assert [table["code"] for table in tasks["measured_once"]] == ["tasks_times"]
    assert stored["experiments"][1]["not_run"] == "no tool is installed"


def test_the_report_part_is_not_opened_without_a_reason(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main([str(tmp_path), "--part", "report"])
    assert stopped.value.code == 2
    assert "say why with --why" in capsys.readouterr().err


def test_a_folder_that_is_none_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        command.main([str(tmp_path / "nothing")])
    assert "is no folder" in capsys.readouterr().err
