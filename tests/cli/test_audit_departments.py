"""``corpuskit audit`` without a path: sources, departments, and what it tells machines."""

import json

import pytest

from corpuskit.audit import load_schedule, load_settings
from tests.cli.conftest import corpuskit

TOML = """\
[output]
formats = ["html", "json"]
[[sources]]
name = "tickets"
path = "support"
include = ["*.csv"]
text_columns = ["freitext"]
label_columns = ["thema"]
[[sources]]
name = "規程"
path = "rules"
[[sources]]
name = "spare"
path = "spare"
[[departments]]
name = "support"
sources = ["tickets"]
gate = {fail_on = "note"}
[[departments]]
name = "人事"
sources = ["規程"]
[[departments]]
name = "legal"
path = "nowhere"
"""


@pytest.fixture
def company(tmp_path):
    root = tmp_path / "company"
    for folder in ("support", "rules", "spare"):
        (root / folder).mkdir(parents=True)
    rows = [f"the invoice {n} is wrong,billing\nthe valve {n} leaks,repair" for n in range(12)]
    (root / "support" / "a.csv").write_text("\n".join(["freitext,thema", *rows]) + "\n", encoding="utf-8")
    (root / "support" / "note.txt").write_text("not for the audit\n", encoding="utf-8")
    (root / "rules" / "旅費.txt").write_text("出張の日当は三千円とする。出張は事前に申請する。\n", encoding="utf-8")
    (root / "spare" / "b.txt").write_text("A spare note.\n", encoding="utf-8")
    (root / "corpuskit.toml").write_text(TOML, encoding="utf-8")
    return root


def lines_of(stderr: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in stderr.splitlines() if line.startswith("{")]


def test_departments_get_their_own_verdicts_and_the_exit_code_is_the_highest(company):
    run = corpuskit("audit", "--no-cache", "--jobs", "1", "--log-json", "-", "--metrics", "node/audit.prom", cwd=company)
    assert run.returncode == 2, run.stderr
    assert run.stdout.index("[support]") < run.stdout.index("[人事]")
    rows = [line.split()[:2] for line in run.stdout.splitlines()[-3:]]
    assert rows == [["support", "1"], ["人事", "0"], ["legal", "2"]]
    assert "corpuskit: legal: corpuskit.toml, line 24 (departments.2.path): nowhere: no such file or folder" in run.stderr
    assert "note: source 'spare' is read by no department." in run.stderr
    assert "wrote reports/index.html" in run.stderr
    ended = [one for one in lines_of(run.stderr) if one["event"] in ("audit_ended", "audit_failed")]
    assert [(one["department"], one["exit_code"]) for one in ended] == [("support", 1), ("人事", 0), ("legal", 2)]
    assert 'corpuskit_audit_exit_code{corpus="人事"} 0' in (company / "node" / "audit.prom").read_text(encoding="utf-8")
    assert (company / "reports" / "index.html").is_file()


def test_one_department_is_audited_compared_and_listed_by_its_name(call, company):
    options = ("--no-cache", "--jobs", "1", "--department", "人事", "--quiet")
    for _ in range(2):
        assert call("audit", *options, cwd=company).returncode == 0
    assert sorted(path.name for path in (company / "reports").iterdir()) == ["index.html", "人事"]
    listed = json.loads(call("history", "list", "--department", "人事", "--json").stdout)
    assert len(listed["audits"]) == 2
    assert call("compare", "--last", "2", "--department", "人事").returncode == 0
    shown = call("history", "show", "last", "--department", "人事")
    assert "人事: 1 of 1 files read" in shown.stdout
    pruned = json.loads(call("history", "prune", "--department", "人事", "--keep", "1", "--reports", "1", "--dry-run", "--json").stdout)
    assert {path.rpartition(".")[2] for path in pruned["removed"]} >= {"html", "json"}
    assert all(path.startswith("reports/人事/") for path in pruned["removed"])
    assert pruned["dry_run"]
    assert len(json.loads(call("history", "list", "--department", "人事", "--json").stdout)["audits"]) == 2
    both = call("history", "list", "--department", "人事", "--history", "x")
    assert (both.returncode, "Give one of them" in both.stderr) == (2, True)


def test_json_holds_each_report_or_why_there_is_none(call, company):
    run = call("audit", "--no-cache", "--jobs", "1", "--json", "--department", "人事", "--department", "legal", cwd=company)
    result = json.loads(run.stdout)
    assert (run.returncode, result["exit_code"]) == (2, 2)
    assert [(one["name"], one["exit_code"], bool(one["report"])) for one in result["departments"]] == [("人事", 0, True), ("legal", 2, False)]
    assert "nowhere" in result["departments"][1]["problem"]


def test_sources_without_departments_are_one_corpus(call, company):
    text = TOML.partition("[[departments]]")[0]
    (company / "corpuskit.toml").write_text(text, encoding="utf-8")
    run = call("audit", "--no-cache", "--jobs", "1", "--json", "--log-json", "log.jsonl", cwd=company)
    report = json.loads(run.stdout)
    assert [(one["name"], one["files_read"], one["files_left_out"]) for one in report["corpus"]["sources"]] == [
        ("tickets", 1, 1),
        ("規程", 1, 0),
        ("spare", 1, 0),
    ]
    assert report["corpus"]["root"] == "tickets, 規程, spare"
    assert (company / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1].count('"audit_ended"') == 1
    page = next((company / "reports").glob("tickets*.html")).read_text(encoding="utf-8")
    assert "tickets (support; 1 of 1 files read, 1 left out by its patterns)" in page


def test_a_path_on_the_command_line_leaves_the_configuration_aside_and_says_so(call, company):
    run = call("audit", "rules", "--no-cache", "--jobs", "1", "--json", cwd=company)
    assert json.loads(run.stdout)["corpus"]["sources"] == []
    assert "left aside" in run.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--department", "sales"), "Unknown department 'sales'"),
        (("rules", "--department", "人事"), "Leave the paths out"),
        (("--metrics", "rules"), "--metrics rules: cannot be written"),
        (("--department", "人事", "--log-json", "rules/旅費.txt/log"), "旅費.txt"),
    ],
)
def test_wrong_calls_are_told_before_anything_is_read(call, company, options, told):
    run = call("audit", "--no-cache", *options, cwd=company)
    assert (run.returncode, run.stdout) == (2, "")
    assert told in run.stderr
    assert not (company / "reports").exists()


def test_without_paths_and_sources_it_is_said_what_is_missing(call, tmp_path):
    run = call("audit", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "Name files or folders, or [[sources]] or [[departments]]" in run.stderr


def test_a_single_audit_that_fails_is_told_to_machines_too(call, tmp_path):
    (tmp_path / "empty").mkdir()
    run = call("audit", "empty", "--log-json", "log", "--metrics", "m.prom", cwd=tmp_path)
    assert run.returncode == 2
    events = [json.loads(line)["event"] for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert events[0] == "audit_started"
    assert events[-1] == "audit_failed"
    assert "corpuskit_audit_exit_code" in (tmp_path / "m.prom").read_text(encoding="utf-8")


def test_printed_settings_of_a_department_say_where_each_comes_from(call, company):
    run = call("audit", "--print-config", "--department", "support", "--fail-on", "error", cwd=company)
    lines = run.stdout.splitlines()
    assert lines[0] == "# department support"
    assert 'fail_on = "error"  # command line' in lines
    assert 'formats = ["html", "json"]  # corpuskit.toml' in lines
    assert 'folder = "reports/support"  # department support' in lines
    assert "seed = 0  # default" in lines
    own = call("audit", "--print-config", "--department", "support").stdout
    assert 'fail_on = "note"  # corpuskit.toml, department support' in own.splitlines()
    everything = call("audit", "--print-config").stdout
    (company / "again.toml").write_text(everything, encoding="utf-8")
    for department in ("", "support", "人事"):
        again, given = (load_settings(company / name, company, {}, department) for name in ("again.toml", "corpuskit.toml"))
        assert again.model_dump() == given.model_dump()


def test_departments_can_be_scheduled(call, company, tmp_path):
    place = tmp_path / "schedules"
    added = call("schedule", "add", "weekly", "--department", "人事", "--with", "print", "--schedules", place, cwd=company)
    assert added.returncode == 0, added.stderr
    kept = load_schedule("weekly", place)
    assert (kept.paths, kept.options) == ((), ("--department", "人事"))
    wrong = call("schedule", "add", "other", "--department", "sales", "--with", "print", "--schedules", place, cwd=company)
    assert (wrong.returncode, "Unknown department 'sales'" in wrong.stderr) == (2, True)
