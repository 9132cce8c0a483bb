"""An audit in a process of its own: real ones, killed ones, ones that say nothing useful."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpuskit.audit.schedule import audit_process
from corpuskit.audit.schedule.audit_process import Ended, Stopped, check_options, result_of, run_audit
from corpuskit.errors import UsageError

from .simulated import DONE, report, schedule

MOMENT = datetime(2026, 1, 5, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cache_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def documents(folder, name="documents"):
    (folder / name).mkdir()
    (folder / name / "rules.md").write_text("# Travel policy\n\nThe allowance is 40 euros.\n", encoding="utf-8")
    return str(folder / name)


def test_a_real_audit_is_made_where_the_schedule_belongs(tmp_path):
    """A folder named corpuskit where it works is not taken for the program."""
    (tmp_path / "corpuskit").mkdir()
    (tmp_path / "corpuskit" / "__main__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    made = schedule(tmp_path, paths=(documents(tmp_path),), options=("--report-lang", "ja", "--format", "html", "--name", "週次"))
    result = result_of(run_audit(made), made, MOMENT, MOMENT, 2.0)
    assert (result.exit_code, result.files_read, result.files_found, result.problem) == (0, 1, 1, "")
    assert result.run_id
    (page,) = (Path(path) for path in result.reports if path.endswith(".ja.html"))
    assert (page.parent, page.is_file()) == (tmp_path / "reports", True)


def test_an_audit_that_cannot_run_says_why_in_its_own_words(tmp_path):
    made = schedule(tmp_path, paths=(str(tmp_path / "missing"),))
    result = result_of(run_audit(made), made, MOMENT, MOMENT, 1.0)
    assert (result.exit_code, result.files_read) == (2, None)
    assert str(tmp_path / "missing") in result.problem
    gone = made.model_copy(update={"folder": str(tmp_path / "gone")})
    assert f"{tmp_path / 'gone'}: No such file or directory" in result_of(run_audit(gone), gone, MOMENT, MOMENT, 1.0).problem


@pytest.mark.parametrize(
    ("ended", "code", "told"),
    [
        (Ended(-9, b"", ""), 2, "killed by signal 9"),
        (Ended(1, b"", "Traceback ...\nMemoryError\n"), 2, "MemoryError"),
        (Ended(0, b"{}", ""), 2, "cannot be read"),
        (Ended(0, b"\xff\xfe", ""), 2, "cannot be read"),
        (Ended(2, b"", ""), 2, "exit code 2"),
        (Ended(130, b"", "corpuskit: Interrupted."), 130, "Interrupted."),
    ],
)
def test_what_is_no_report_is_a_failure_with_its_reason(tmp_path, ended, code, told):
    result = result_of(ended, schedule(tmp_path), MOMENT, MOMENT, 1.0)
    assert result.failed
    assert (result.exit_code, result.files_read) == (code, None)
    assert told in result.problem


def test_the_reasons_of_the_gate_are_told(tmp_path):
    result = result_of(Ended(1, report(1), "wrote a.html\nToo low.\nAnother.\n"), schedule(tmp_path), MOMENT, MOMENT, 1.0)
    assert result.reasons == ("Too low.", "Another.")
    assert result_of(DONE, schedule(tmp_path), MOMENT, MOMENT, 1.0).reasons == ()


def departments(*codes):
    """Give what several departments leave: one with each exit code, which failed where it is 2."""
    each = [{"name": f"d{n}", "exit_code": code, "problem": "" if code < 2 else "gone", "report": None} for n, code in enumerate(codes)]
    for one in each:
        if one["exit_code"] < 2:
            one["report"] = json.loads(report(one["exit_code"]))
    return json.dumps({"departments": each, "exit_code": max(codes)}).encode()


def test_several_departments_are_added_up_and_named(tmp_path):
    beside = ("wrote a.html", "kept x.xlsx: it was changed", "removed by [retention]: 1 report files", "note: source 's' is read by no department.")
    said = "\n".join((*beside, "d1: Too low.", ""))
    one = result_of(DONE, schedule(tmp_path), MOMENT, MOMENT, 1.0)
    both = result_of(Ended(1, departments(0, 1), said), schedule(tmp_path), MOMENT, MOMENT, 1.0)
    assert (both.exit_code, both.failed) == (1, False)
    assert both.files_read == 2 * one.files_read
    assert both.findings == {level: 2 * n for level, n in one.findings.items()}
    assert both.verdict == f"d0: {one.verdict}\nd1: {one.verdict}"
    assert both.reasons == ("d1: Too low.",)


def test_departments_that_failed_are_told_without_what_else_was_said(tmp_path):
    result = result_of(Ended(2, departments(0, 2, 2), "wrote a.html\ncorpuskit: d1: gone\n"), schedule(tmp_path), MOMENT, MOMENT, 1.0)
    assert (result.failed, result.problem) == (True, "d1: gone\nd2: gone")


def test_a_long_complaint_is_cut_to_its_end(tmp_path):
    problem = result_of(Ended(2, b"", "x" * 5000 + " the end"), schedule(tmp_path), MOMENT, MOMENT, 1.0).problem
    assert len(problem) < 700
    assert problem.endswith("the end")


def test_a_stop_ends_the_process(tmp_path, monkeypatch):
    monkeypatch.setattr(audit_process, "CORPUSKIT", ("sh", "-c", f"echo $$ > {tmp_path}/pid; exec sleep 60"))

    def stopping():
        return (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(encoding="utf-8").strip() != ""

    with pytest.raises(Stopped):
        run_audit(schedule(tmp_path), stopping)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text(encoding="utf-8")), 0)


def test_a_process_that_writes_much_does_not_hang(tmp_path, monkeypatch):
    monkeypatch.setattr(audit_process, "CORPUSKIT", ("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2"))
    ended = run_audit(schedule(tmp_path))
    assert (ended.code, len(ended.stdout), len(ended.stderr)) == (0, 3_000_000, 3_000_000)


def test_options_are_tried_before_a_schedule_is_kept(tmp_path):
    check_options(["documents"], ["--report-lang", "ja", "--label-column", "区分"], tmp_path)
    with pytest.raises(UsageError, match=r"--reprot-lang"):
        check_options(["documents"], ["--reprot-lang", "ja"], tmp_path)
    with pytest.raises(UsageError, match="a schedule chooses what is printed"):
        check_options(["documents"], ["--json", "-q"], tmp_path)
    (tmp_path / "corpuskit.toml").write_text("sed = 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="sed"):
        check_options(["documents"], [], tmp_path)
