"""The command line as a user meets it: exit codes, streams, helpful refusals."""

import json
import subprocess
import sys

import pytest


def corpuskit(*arguments: object, cwd=None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpuskit", *(str(argument) for argument in arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "documents"
    root.mkdir()
    (root / "rules.md").write_text("# Travel policy\n\nThe allowance is 40 euros. Ask your manager first.\n", encoding="utf-8")
    (root / "規程.txt").write_text("出張の日当は三千円とする。出張は事前に申請する。\n", encoding="utf-8")
    return root


def test_help_lists_the_commands_and_version_answers():
    shown = corpuskit("--help")
    assert shown.returncode == 0
    for command in ("audit", "describe", "read", "kwic", "tasks", "doctor"):
        assert command in shown.stdout
    assert corpuskit("--version").stdout.startswith("corpuskit ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("audit", "x", "--langage", "ja"), ["No such option: --langage", "--report-lang", "Valid options:"]),
        (("adit",), ["No such command", "Valid commands: audit"]),
        (("audit",), ["Missing argument"]),
        (("tasks", "show", "ticket_rooting"), ["Unknown task 'ticket_rooting'", "Did you mean 'ticket_routing'?"]),
        (("audit", "nowhere"), ["nowhere: no such file or folder"]),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what_is_valid(arguments, told, tmp_path):
    run = corpuskit(*arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    for part in told:
        assert part in run.stderr


def test_an_empty_folder_ends_with_two_and_a_sentence_that_helps(tmp_path):
    run = corpuskit("audit", tmp_path, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "no files found. Give a folder with documents" in run.stderr
    assert not (tmp_path / "reports").exists()


def test_an_unknown_key_of_the_configuration_is_refused(folder, tmp_path):
    (tmp_path / "corpuskit.toml").write_text("[reads]\n", encoding="utf-8")
    run = corpuskit("audit", folder, cwd=tmp_path)
    assert run.returncode == 2
    assert "unknown key 'reads'. Did you mean 'read'?" in run.stderr


def test_audit_writes_three_reports_and_tells_coverage_first(folder, tmp_path):
    run = corpuskit("audit", folder, "--no-cache", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    suffixes = sorted("".join(path.suffixes[-2:]) for path in (tmp_path / "reports").iterdir() if path.is_file())
    assert len(suffixes) == 3
    assert "2" in run.stdout.splitlines()[0]
    assert "wrote" in run.stderr
    assert "wrote" not in run.stdout


def test_audit_json_is_the_report_with_its_exit_code(folder, tmp_path):
    run = corpuskit("audit", folder, "--no-cache", "--json", "--quiet", "--fail-on", "note", cwd=tmp_path)
    report = json.loads(run.stdout)
    assert report["schema_version"] == 1
    assert report["exit_code"] == run.returncode
    assert run.stderr == ""


def test_read_shows_structure_language_and_encoding(folder, tmp_path):
    (folder / "sjis.txt").write_text("日本語の文書です。㈱も読めます。", encoding="cp932")
    run = corpuskit("read", folder / "sjis.txt", cwd=tmp_path)
    assert run.returncode == 0
    assert "cp932" in run.stdout
    assert "language ja" in run.stdout
    assert "㈱も読めます" in run.stdout


def test_read_of_nothing_readable_ends_with_two(tmp_path):
    (tmp_path / "x.docx").write_bytes(b"no zip")
    run = corpuskit("read", tmp_path / "x.docx")
    assert run.returncode == 2
    assert "x.docx" in run.stderr


def test_kwic_shows_lines_in_both_languages(folder, tmp_path):
    japanese = corpuskit("kwic", folder, "出張", "--no-cache", cwd=tmp_path)
    assert japanese.returncode == 0
    assert japanese.stdout.count("【出張】") == 2
    english = json.loads(corpuskit("kwic", folder, "Allowance", "--json", "--no-cache", cwd=tmp_path).stdout)
    assert [line["keyword"] for line in english["lines"]] == ["allowance"]
    nothing = corpuskit("kwic", folder, "zebra", "--no-cache", cwd=tmp_path)
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "was not found" in nothing.stderr


def test_describe_prints_numbers_with_intervals_or_reasons(folder, tmp_path):
    run = corpuskit("describe", folder, "--json", "--no-cache", cwd=tmp_path)
    body = json.loads(run.stdout)
    assert body["corpus"]["documents"] == 2
    for estimate in body["estimates"]:
        assert (estimate["value"] is None) == (estimate["undefined_because"] is not None)


def test_tasks_list_and_show():
    listed = json.loads(corpuskit("tasks", "list", "--json").stdout)
    assert len(listed["tasks"]) >= 36
    shown = corpuskit("tasks", "show", "minutes_summary")
    assert "議事録" in shown.stdout


def test_doctor_finds_the_dictionary(tmp_path):
    run = corpuskit("doctor", "--json", cwd=tmp_path)
    checks = {check["name"]: check for check in json.loads(run.stdout)["checks"]}
    assert run.returncode == 0
    assert checks["Japanese tokenizer"]["ok"]
    assert "dictionary" in checks["Japanese tokenizer"]["found"]


def test_output_is_utf8_whatever_the_console_says(folder, tmp_path):
    command = [sys.executable, "-m", "corpuskit", "read", str(folder / "規程.txt")]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120, env={"PYTHONIOENCODING": "cp1252", "PATH": ""})
    assert run.returncode == 0
    assert "三千円" in run.stdout.decode("utf-8")
