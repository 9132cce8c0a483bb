"""``corpuskit pilot plan``: without a corpus, and from the report of one."""

import json

import pytest

from corpuskit.report import to_json
from tests.pilot.test_design import LABELS, double_coded, task
from tests.report.sample import sample


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.json"
    bound = double_coded(0.08)
    one = task(id="ticket_routing@a.csv", estimates=(bound.id,))
    other = task(id="ticket_routing@b.csv", estimates=())
    found = sample()
    path.write_text(to_json(found.model_copy(update={"tasks": (one, other), "estimates": (*found.estimates, bound)})), encoding="utf-8")
    return path


def test_the_plan_of_the_contract(call):
    found = call("pilot", "plan", "--tolerance", ".05", "--expected", ".02", "--power", ".8", "--alpha", ".05", "--json")
    assert found.returncode == 0
    body = json.loads(found.stdout)
    assert (body["n"], body["max_errors"], body["exit_code"]) == (234, 6, 0)
    shown = call("pilot", "plan").stdout
    assert "Label 234 cases drawn at random; at most 6 errors pass." in shown
    assert max(map(len, shown.splitlines())) <= 120
    assert "234 件にラベルを付けてください" in call("pilot", "plan", "--ja").stdout


def test_a_plan_is_fixed_with_its_design_and_guide(call, report, tmp_path):
    out, guide = tmp_path / "plan.json", tmp_path / "guide.md"
    options = ("--report", report, "--task", "ticket_routing@b.csv", "--severe", "safety", "--severe-cases", "40", "--minutes", "2")
    found = call("pilot", "plan", *map(str, options), "--out", str(out), "--guide", str(guide))
    assert found.returncode == 0
    assert "safety: 299 cases are needed to show 1 %, if not one is wrong; there are 40." in found.stdout
    assert "clarity, recorded label, language, date (quarters, half years or years, as the cases allow)" in found.stdout
    fixed = json.loads(out.read_text(encoding="utf-8"))
    assert fixed["task"] == "ticket_routing@b.csv"
    assert fixed["design"]["severe"]["needed"] == 299
    assert fixed["design"]["run_id"] == sample().run.id
    assert guide.read_text(encoding="utf-8").startswith("# Label guide: ")


def test_what_the_labels_do_not_allow_is_not_planned(call, report):
    options = ("pilot", "plan", "--report", str(report), "--task", "ticket_routing@a.csv", "--tolerance", "0.05")
    refused = call(*options)
    assert (refused.returncode, "no system can pass" in refused.stderr) == (2, True)
    assert call(*options, "--override", "labels are settled first").returncode == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--task", "ticket_routing"), "2 tasks of the report have this id. Name one: ticket_routing@a.csv, ticket_routing@b.csv"),
        (("--task", "ticket_routing@c.csv"), "no such task. Near it: ticket_routing@"),
        (("--task", "ticket_routing@b.csv", "--severe", "x", "--severe-tolerance", "2"), "between 0 and 1"),
    ],
)
def test_wrong_calls_with_a_report(call, report, options, told):
    found = call("pilot", "plan", "--report", str(report), *options)
    assert found.returncode == 2
    assert told in found.stderr


def test_what_needs_a_report_says_so(call, tmp_path):
    assert "give --report" in call("pilot", "plan", "--guide", str(tmp_path / "g.md")).stderr
    assert "no such file" in call("pilot", "plan", "--report", str(tmp_path / "none.json")).stderr
    assert LABELS.startswith("labels:")
