"""``corpuskit history`` and ``corpuskit compare`` on real audits of a small company."""

import json

import pytest

from tests.audit.company import company, tickets


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    from corpuskit.cli.main import run

    root = tmp_path_factory.mktemp("weekly")
    folder = company(root / "company")
    base = [
        "audit",
        str(folder),
        "--label-column",
        "queue",
        "--out",
        str(root / "reports"),
        "--cache",
        str(root / "cache"),
        "-q",
        "--format",
        "html,json",
    ]
    assert run([*base, "--report-lang", "en"]) == 0
    tickets(folder, vague=60)
    assert run([*base, "--report-lang", "en"]) == 0
    return root


def test_audits_are_listed_and_shown(call, root):
    history = ("--history", str(root / "reports" / "history"))
    listed = json.loads(call("history", "list", *history, "--json").stdout)["audits"]
    assert len(listed) == 2
    shown = call("history", "show", "last", *history)
    assert shown.returncode == 0
    assert "ticket_routing@tickets.csv" in shown.stdout
    assert listed[1]["run_id"] in shown.stdout


def test_a_measure_is_followed(call, root):
    history = ("--history", str(root / "reports" / "history"))
    points = json.loads(call("history", "trend", "language_ambiguity@labels:tickets.csv#queue", *history, "--json").stdout)["points"]
    assert len(points) == 2
    assert all(point["interval"][0] <= point["value"] <= point["interval"][1] for point in points)
    wrong = call("history", "trend", "nothing@here", *history)
    assert (wrong.returncode, "no audit has 'nothing@here'" in wrong.stderr) == (2, True)


def test_two_audits_are_compared_with_exit_code_1_at_an_alarm(call, root):
    history = ("--history", str(root / "reports" / "history"))
    told = call("compare", "--last", "2", *history)
    assert told.returncode == 1
    assert "The labels in queue are given in another mix" in told.stdout
    assert "More often: other" in told.stdout
    japanese = call("compare", "--last", "2", *history, "--ja").stdout
    assert "queue のラベルの構成が変わりました" in japanese
    body = json.loads(call("compare", "--last", "2", *history, "--json").stdout)
    assert body["exit_code"] == 1
    assert body["documents"]["changed"]["names"] == ["tickets.csv"]


def test_an_audit_with_itself_has_no_alarm(call, root):
    told = call("compare", "last", "last", "--history", str(root / "reports" / "history"))
    assert told.returncode == 0
    assert "Nothing that asks for somebody to look." in told.stdout


def test_the_report_holds_the_change(root):
    page = sorted((root / "reports").glob("*-2.en.html"))[0].read_text(encoding="utf-8")
    assert "Changed since" in page
    assert "The labels in queue are given in another mix" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare",), "Name two audits, or give --last 2"),
        (("compare", "last"), "Name two audits"),
        (("compare", "--last", "3"), "Name two audits"),
        (("history", "show", "1999"), "no audit '1999'"),
        (("history", "prune", "--keep", "0"), "At least one"),
    ],
)
def test_wrong_calls_are_told(call, root, arguments, told):
    found = call(*arguments, "--history", str(root / "reports" / "history"))
    assert (found.returncode, told in found.stderr) == (2, True)


def test_no_history_is_told(call, tmp_path):
    assert "no audits yet" in call("history", "list", "--history", str(tmp_path)).stdout
    found = call("compare", "--last", "2", "--history", str(tmp_path))
    assert (found.returncode, "0 audits, two are needed" in found.stderr) == (2, True)


def test_old_audits_are_removed(call, root, tmp_path):
    import shutil

    shutil.copytree(root / "reports" / "history", tmp_path / "history")
    assert call("history", "prune", "--keep", "1", "--history", str(tmp_path / "history")).stdout.splitlines()[0] == "3 files removed"
    assert len(json.loads(call("history", "list", "--history", str(tmp_path / "history"), "--json").stdout)["audits"]) == 1


def test_what_is_pruned_is_told_and_only_told_in_a_dry_run(call, root, tmp_path):
    import shutil

    shutil.copytree(root / "reports", tmp_path / "reports")
    (tmp_path / "corpuskit.toml").write_text("[retention]\nreports = 1\nrecords = 1\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    told = json.loads(call("history", "prune", "--dry-run", "--json", cwd=tmp_path).stdout)
    assert sorted(tmp_path.rglob("*")) == before
    done = json.loads(call("history", "prune", "--json", cwd=tmp_path).stdout)
    assert (done["removed"], done["dry_run"]) == (told["removed"], False)
    assert {path.rpartition(".")[2] for path in done["removed"]} >= {"json", "html"}
    assert not any((tmp_path / path).exists() for path in done["removed"])
    assert len(list((tmp_path / "reports" / "history").glob("*.record.json"))) == 1
    assert call("history", "prune", "--json", cwd=tmp_path).stdout.count("reports/") == 0


def test_limits_that_contradict_each_other_are_refused(call, tmp_path):
    found = call("history", "prune", "--keep", "2", "--reports", "3", "--history", tmp_path)
    assert (found.returncode, "reports (3) cannot be more than records (2)" in found.stderr) == (2, True)
