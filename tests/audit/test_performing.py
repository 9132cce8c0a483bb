"""Several audits, of which none stops the others; each in its own folder, with its own thresholds, history and index."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from corpuskit.audit import Tools, history_of, load_record, load_settings, past_audits, perform, perform_departments, write_index_of_departments
from corpuskit.errors import ConfigurationError, InputError
from tests.audit.mailboxes import INBOX, ROUTES, mailbox

NOW = datetime(2026, 11, 29, 6, tzinfo=UTC)
TOML = """\
[read]
jobs = 1
[output]
formats = ["html"]
[[sources]]
name = "rules"
path = "rules"
[[departments]]
name = "strict"
sources = ["rules"]
gate = {fail_on = "note"}
[[departments]]
name = "missing"
path = "nowhere"
[[departments]]
name = "empty"
path = "empty"
[[departments]]
name = "loose"
path = "rules"
[departments.retention]
reports = 1
"""


@pytest.fixture
def company(tmp_path, monkeypatch):
    (tmp_path / "rules").mkdir()
    (tmp_path / "empty").mkdir()
    for number in range(3):
        (tmp_path / "rules" / f"{number}.md").write_text("# Travel policy\n\nThe allowance is 40 euros. Ask first.\n", encoding="utf-8")
    (tmp_path / "corpuskit.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def performed(company, *names, now=NOW, **overrides):
    tools = {}
    done = list(perform_departments(names, None, company, overrides, lambda name: tools.setdefault(name, Tools(now=now))))
    return done, tools


def test_each_department_has_its_own_verdict_and_the_broken_ones_are_told(company):
    done, tools = performed(company, "strict", "missing", "empty", "loose")
    assert [(one.department, one.exit_code) for one in done] == [("strict", 1), ("missing", 2), ("empty", 2), ("loose", 0)]
    assert "line 14 (departments.1.path): " in done[1].problem
    assert "nowhere: no such file or folder" in done[1].problem
    assert "no files found" in done[2].problem
    assert list(tools) == ["strict", "empty", "loose"], "what is known to be missing is not begun"
    assert done[0].reasons
    assert done[0].report.corpus.root == "strict"
    assert [document.id for document in done[0].report.lineage] == ["rules/0.md", "rules/1.md", "rules/2.md"]
    assert [document.id for document in done[3].report.lineage] == ["0.md", "1.md", "2.md"]


def test_each_has_its_own_reports_and_history_and_the_index_lists_them_all(company):
    performed(company, "strict", "loose")
    second, _ = performed(company, "loose", now=NOW + timedelta(days=1))
    assert sorted(path.name for path in (company / "reports").iterdir()) == ["loose", "strict"]
    assert [len(past_audits(company / "reports" / name / "history")) for name in ("strict", "loose")] == [1, 2]
    assert second[0].report.drift is not None
    assert [path.name for path in second[0].removed.reports] == ["loose-2026-11-29.en.html"]
    index = write_index_of_departments(None, company, {})
    assert index == company.joinpath("reports", "index.html").relative_to(company)
    page = index.read_text(encoding="utf-8")
    for link in ("strict/strict-2026-11-29.en.html", "loose/loose-2026-11-30.en.html"):
        assert f'href="./{link}"' in page
        assert (company / "reports" / link).is_file()
    assert "loose-2026-11-29" not in page


def test_the_history_of_a_department_is_beside_its_reports(company):
    performed(company, "strict", output={"folder": "out"})
    assert history_of(None, company, "strict").as_posix() == "reports/strict/history"
    (past,) = past_audits(company / "out" / "strict" / "history")
    assert load_record(past.path).corpus.root == "strict"
    with pytest.raises(ConfigurationError, match="not found"):
        history_of(company / "none.toml", company)


def test_an_index_without_audits_is_not_written(company):
    assert write_index_of_departments(None, company, {}) is None
    assert not (company / "reports").exists()


def test_one_audit_raises_what_is_wrong(company):
    settings = load_settings(None, company, {})
    with pytest.raises(InputError):
        perform([company / "empty"], settings, Tools(now=NOW))
    done = perform([], settings, Tools(now=NOW))
    assert (done.department, done.report.corpus.root, done.exit_code) == ("", "rules", 0)
    assert [path.name for path in done.written if path.suffix == ".html"] == ["rules-2026-11-29.en.html", "index.html"]


def test_a_fault_in_one_department_does_not_cost_the_others_their_audits(company, monkeypatch, caplog):
    def faulty(paths, settings, tools, name=""):
        if name == "strict":
            raise KeyError("formula")
        return perform(paths, settings, tools, name)

    monkeypatch.setattr("corpuskit.audit.performing.perform", faulty)
    done, _ = performed(company, "strict", "loose")
    assert [(one.department, one.exit_code) for one in done] == [("strict", 2), ("loose", 0)]
    assert "KeyError: 'formula'" in done[0].problem
    assert "Traceback" in caplog.text


def tickets(folder):
    lines = ["text,queue"]
    for number in range(160):
        part, order = ("pump", "valve", "seal", "motor")[number % 4], number * 7919
        labels = ("repair", "delivery") if number < 140 else ("", "")
        lines.append(f"The {part} number {order} leaks oil please repair it,{labels[0]}")
        lines.append(f"When is the {part} of order {order + 1} delivered to us,{labels[1]}")
    (folder / "tickets.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_routing_list_is_written_beside_the_report_which_names_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    tickets(tmp_path / "in")
    overrides = {"read": {"jobs": 1, "text_columns": ["text"], "label_columns": ["queue"]}, "output": {"formats": ["json"], "routing": True}}
    done = perform([tmp_path / "in"], load_settings(None, tmp_path, overrides), Tools(now=NOW))
    (routing,) = [path for path in done.written if path.name.endswith(".routing.csv")]
    assert done.report.routing_file == routing.name
    (report,) = [path for path in done.written if path.suffix == ".json" and path.parent.name == "reports"]
    assert json.loads(report.read_text(encoding="utf-8"))["routing_file"] == routing.name
    rows = list(csv.DictReader(StringIO(routing.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 320
    assert {row["Proposed route"] for row in rows} <= {"automate", "review", "person"}
    assert sum(row["Label it has"] == "" for row in rows) == 40
    assert routing.name in (tmp_path / "reports" / "history" / done.written[-1].name).read_text(encoding="utf-8")


def test_mail_folders_that_are_declared_to_be_labels_carry_a_task_from_audit_to_routing_list(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    overrides = {
        "read": {"jobs": 1},
        "output": {"formats": ["json"], "routing": True},
        "tasks": {"declared": [{"task": "ticket_routing", "filed_by": "mail_folders", "max_error": 0.1}]},
    }
    done = perform([mailbox(tmp_path)], load_settings(None, tmp_path, overrides), Tools(now=NOW))
    task = next(one for one in done.report.tasks if one.id == "ticket_routing@mail_folders")
    assert (task.grade, task.documents, task.declared) == ("C", 90, True)
    assert {"language_ambiguity@labels:mail_folders", "definition_ambiguity@labels:mail_folders"} <= set(task.estimates)
    assert task.suitability > 0.9
    assert "labels_from_places" not in {one.code for one in done.report.findings}
    (routing,) = [path for path in done.written if path.name.endswith(".routing.csv")]
    rows = list(csv.reader(StringIO(routing.read_bytes().decode("utf-8-sig"))))[1:]
    assert len(rows) == 120
    waiting = [row for row in rows if row[0].startswith(INBOX)]
    assert {(row[4], row[6]) for row in waiting} == {(kind, "") for kind in ROUTES}
    assert all(row[4] == list(ROUTES)[int(row[0][-8:-4]) % 3] for row in waiting)
    assert {row[8] for row in rows} == {"0.1"}  # the task's own tolerance


def test_without_labels_there_is_no_routing_list(company):
    done = perform([company / "rules"], load_settings(None, company, {"output": {"routing": True}}), Tools(now=NOW))
    assert done.report.routing_file is None
    assert not [path for path in done.written if path.name.endswith(".routing.csv")]
