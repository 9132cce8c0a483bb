"""``corpuskit automation``: ready files, printed or written once."""

import pytest
import yaml

from corpuskit.audit import AUTOMATIONS


def test_without_a_kind_all_are_listed(call):
    shown = call("automation")
    assert shown.returncode == 0
    assert all(kind in shown.stdout for kind in AUTOMATIONS)


def test_a_file_is_printed_with_folder_gates_and_time(call, tmp_path):
    options = ("--every", "daily", "--at", "2:30", "--tz", "Asia/Tokyo", "--reports", "out", "--lang", "ja")
    made = call("automation", "github-actions", "規程", *options, "--", "--fail-on", "warning", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    workflow = yaml.safe_load(made.stdout)
    assert workflow[True]["schedule"] == [{"cron": "30 2 * * *", "timezone": "Asia/Tokyo"}]
    audit = next(step["run"] for step in workflow["jobs"]["audit"]["steps"] if step.get("name") == "Audit")
    assert "--fail-on warning --baseline last" in audit
    assert "--report-lang ja --out out " in audit
    assert "-- '規程' > corpuskit-outcome.json" in audit
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "cron"),
    [
        ((), "17 3 * * 1"),
        (("--every", "monthly"), "17 3 1 * *"),
        (("--at", "5:45"), "45 5 * * 1"),
        (("--every", "9 4 * * MON-FRI"), "9 4 * * MON-FRI"),
    ],
)
def test_the_time_is_off_peak_unless_another_is_asked_for(call, tmp_path, options, cron):
    made = call("automation", "kubernetes", *options, "--tz", "UTC", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert next(yaml.safe_load_all(made.stdout))["spec"]["schedule"] == cron


def test_a_file_is_written_once(call, tmp_path):
    written = call("automation", "gitlab-ci", "--out", "ci/audit.yml", cwd=tmp_path)
    assert (written.returncode, written.stdout) == (0, "")
    assert "it belongs at .gitlab-ci.yml" in written.stderr
    before = (tmp_path / "ci" / "audit.yml").read_bytes()
    again = call("automation", "docker", "--out", "ci/audit.yml", cwd=tmp_path)
    assert again.returncode == 2
    assert "is not overwritten" in again.stderr
    assert (tmp_path / "ci" / "audit.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("jenkins",), "Unknown kind of file 'jenkins'"),
        (("docker", "--lang", "fr"), "Valid: en, ja"),
        (("github-actions", "documents", "--", "--fail-on", "often"), "often"),
        (("github-actions", "documents", "--", "--no-such"), "--no-such"),
        (("github-actions", "documents", "--", "--json"), "a schedule chooses what is printed"),
        (("kubernetes", "documents"), "inside of the container"),
        (("airflow", "--every", "0 6 * * 1", "--at", "5:00"), "has its own time of day"),
    ],
)
def test_a_wrong_call_says_what_is_right_and_writes_nothing(call, tmp_path, arguments, told):
    kind, *rest = arguments
    refused = call("automation", kind, "--out", "file", *rest, cwd=tmp_path)
    assert refused.returncode == 2
    assert told in refused.stderr
    assert list(tmp_path.iterdir()) == []
