"""``corpuskit audit``: reports on disk, the outcome on stdout, everything else on stderr, and a clean end when it is stopped."""

import json
import os
import signal

import pytest

from tests.cli.conftest import COLOUR, corpuskit, on_terminal


def test_it_writes_three_reports_and_tells_coverage_first(folder, tmp_path):
    run = corpuskit("audit", folder, "--no-cache", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    suffixes = sorted("".join(path.suffixes[-2:]) for path in (tmp_path / "reports").iterdir() if path.is_file() and path.name != "index.html")
    assert len(suffixes) == 3
    assert "2" in run.stdout.splitlines()[0]
    assert [line for line in run.stderr.splitlines() if not line.startswith("wrote ")] == []
    assert "wrote" not in run.stdout


def test_json_is_the_whole_report_with_the_exit_code_of_the_gate(folder, tmp_path):
    run = corpuskit("audit", folder, "--no-cache", "--json", "--quiet", "--fail-on", "note", cwd=tmp_path)
    report = json.loads(run.stdout)
    assert report["schema_version"] == 1
    assert (report["exit_code"], run.returncode) == (1, 1)
    assert run.stderr == ""
    (stored,) = (tmp_path / "reports").glob("*.json")
    assert json.loads(stored.read_text(encoding="utf-8")) == report


def test_the_options_decide_folder_name_format_and_language(call, folder, tmp_path):
    options = ("--out", "to", "--name", "Q3", "--format", "md, json", "--report-lang", "ja", "--no-excerpts", "--seed", "7", "--json", "-q")
    report = json.loads(call("audit", folder, "--no-cache", *options, cwd=tmp_path).stdout)
    day = report["run"]["started_at"][:10]
    assert sorted(path.name for path in (tmp_path / "to").iterdir()) == [f"Q3-{day}.files", f"Q3-{day}.ja.md", f"Q3-{day}.json", "history"]
    assert (report["run"]["language"], report["run"]["seed"]) == ("ja", 7)
    assert not any(item["quote"] for finding in report["findings"] for item in finding["evidence"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--format", "docx"), ["command line: output.formats", "'html', 'md', 'json', 'sarif', 'xlsx', 'csv', 'parquet' or 'pdf'", "'docx'"]),
        (("--fail-on", "always"), ["command line: gate.fail_on", "'warning'"]),
        (("--config", "none.toml"), ["Configuration file not found: none.toml"]),
        (("--definitions", "none.csv"), ["Definitions file not found: none.csv"]),
    ],
)
def test_a_wrong_value_ends_with_two_before_anything_is_written(call, folder, tmp_path, options, told):
    run = call("audit", folder, "--no-cache", *options, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    for part in told:
        assert part in run.stderr
    assert not (tmp_path / "reports").exists()


def test_an_unknown_key_of_the_configuration_is_refused(call, folder, tmp_path):
    (tmp_path / "corpuskit.toml").write_text("[reads]\n", encoding="utf-8")
    run = call("audit", folder, cwd=tmp_path)
    assert run.returncode == 2
    assert "unknown key 'reads'. Did you mean 'read'?" in run.stderr


def test_an_empty_folder_ends_with_two_and_a_sentence_that_helps(call, tmp_path):
    run = call("audit", tmp_path, "--json", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "no files found. Give a folder with documents" in run.stderr
    assert not (tmp_path / "reports").exists()


def test_a_folder_that_cannot_be_written_ends_with_two_and_its_name(call, folder, tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    run = call("audit", folder, "--no-cache", "--out", "taken", cwd=tmp_path)
    assert run.returncode == 2
    assert "taken" in run.stderr
    assert "Traceback" not in run.stderr


def test_on_a_terminal_progress_counts_files_on_stderr_only(folder, tmp_path):
    shown = on_terminal("audit", folder, "--no-cache", "--report-lang", "en", cwd=tmp_path)
    assert shown.code == 0
    assert "Reading" in shown.stderr
    assert "2/2" in shown.stderr
    assert COLOUR.search(shown.stderr)
    assert "\x1b" not in shown.stdout
    assert shown.stdout.startswith("2 of 2 files")


def test_no_color_keeps_the_progress_and_drops_the_colours(folder, tmp_path):
    shown = on_terminal("audit", folder, "--no-cache", cwd=tmp_path, NO_COLOR="1")
    assert "2/2" in shown.stderr
    assert not COLOUR.search(shown.stderr)


def test_no_progress_still_tells_what_was_written_and_quiet_tells_nothing(folder, tmp_path):
    plain = on_terminal("audit", folder, "--no-cache", "--no-progress", cwd=tmp_path)
    assert [line[:6] for line in plain.stderr.splitlines()] == ["wrote "] * 6  # HTML, Markdown, its pictures, JSON, record, index
    quiet = on_terminal("audit", folder, "--no-cache", "--quiet", cwd=tmp_path)
    assert (quiet.code, quiet.stderr) == (0, "")
    assert quiet.stdout == plain.stdout


def test_quiet_does_not_hide_an_error(call, tmp_path):
    run = call("audit", "nowhere", "--quiet", cwd=tmp_path)
    assert run.returncode == 2
    assert "nowhere: no such file or folder" in run.stderr


@pytest.fixture
def heard():
    """Let children hear SIGINT even where the tests themselves were started deaf to it (``&`` in a script)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_an_interrupted_audit_ends_with_130_and_leaves_nothing_half_written(tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(3000):
        (many / f"{number}.txt").write_text(f"Procedure {number}: check the valve and the pump before you start. " * 20, encoding="utf-8")
    shown = on_terminal("audit", many, "--no-cache", cwd=tmp_path, when="/3000", then=lambda process: os.kill(process, signal.SIGINT))
    assert shown.code == 130
    assert shown.stdout == ""
    assert "Interrupted. Nothing half-written was left behind" in shown.stderr
    assert "Traceback" not in shown.stderr
    assert not (tmp_path / "reports").exists()


def test_cleaning_is_an_option_and_a_wrong_choice_is_refused(call, folder, tmp_path):
    run = call("audit", folder, "--no-cache", "--remove", "boilerplate,duplicates", "--json", "-q", cwd=tmp_path)
    provenance = json.loads(json.loads(run.stdout)["provenance"]["text"])
    assert (provenance["boilerplate"], provenance["duplicates"]) == ("remove", "remove")
    run = call("audit", folder, "--no-cache", "--remove", "headers", cwd=tmp_path)
    assert run.returncode == 2
    assert "--remove headers: unknown. Valid: boilerplate, duplicates, near_duplicates, outdated, versions." in run.stderr


def test_pdf_without_a_browser_ends_with_two_before_anything_is_read(call, tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    run = call("audit", "no such folder", "--format", "all", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "CHROMIUM=/no/such/browser: no such program" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_reports_that_would_have_no_place_end_with_two_before_anything_is_read(call, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    run = call("audit", "no such folder", "--out", "file", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "no folder; choose another with --out" in run.stderr
    assert "file" in run.stderr


def test_a_pdf_without_a_japanese_font_is_warned_of(call, folder, tmp_path, monkeypatch):
    from corpuskit.cli.checks import Check

    monkeypatch.setattr("corpuskit.cli.checks.japanese_font", lambda: Check("Japanese font", False, "", "install Noto Sans CJK", needed=False))
    monkeypatch.setattr("corpuskit.audit.output.chromium", lambda: "/usr/bin/true")
    monkeypatch.setattr("corpuskit.audit.output.to_pdf", lambda *_: b"%PDF-")
    told = call("audit", folder, "--no-cache", "--format", "pdf", cwd=tmp_path).stderr
    assert told.startswith("No Japanese font was found: a PDF shows boxes")
    assert "install Noto Sans CJK" in told
    assert "font" not in call("audit", folder, "--no-cache", "--format", "json", cwd=tmp_path).stderr
