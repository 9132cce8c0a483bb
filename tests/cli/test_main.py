"""What all commands share: help with an example, exit codes, helpful refusals, streams that end early."""

import json
import os
import subprocess

import pytest

from corpuskit import __version__
from corpuskit.cli.main import run
from corpuskit.errors import InputError
from tests.cli.conftest import COMMAND, corpuskit

COMMANDS = (
    "audit",
    "init",
    "describe",
    "explain",
    "read",
    "kwic",
    "terms",
    "tasks",
    "pilot",
    "compare",
    "history",
    "schedule",
    "automation",
    "doctor",
)
CALLS = [(name,) for name in COMMANDS if name not in ("tasks", "pilot", "history", "schedule")] + [
    ("tasks", "list"),
    ("tasks", "show"),
    ("pilot", "plan"),
    ("pilot", "evaluate"),
    ("history", "list"),
    ("history", "trend"),
    *(("schedule", name) for name in ("add", "list", "remove", "due", "run", "serve")),
]
FULL = "/dev/full"


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_the_commands_and_where_to_start(capsys, option):
    assert run([option]) == 0
    shown = capsys.readouterr().out
    listed = [line.split()[0] for line in shown.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    assert sorted(listed[:-1]) == sorted(COMMANDS)
    assert "Start with: corpuskit audit ./documents" in shown


def test_the_version_is_that_of_the_package():
    done = corpuskit("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"corpuskit {__version__}\n", "")


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_help_of_a_command_shows_an_example_on_one_line(capsys, call):
    assert run([*call, "-h"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"  Example: corpuskit {' '.join(call)}") for line in shown)
    assert max(map(len, shown)) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("audit", "x", "--langage", "ja"), ["No such option: --langage", "--report-lang", "Valid options:", "Try: corpuskit audit --help"]),
        (("tasks", "list", "--jsn"), ["No such option: --jsn", "Valid options: --config, --json, --help."]),
        (("adit",), ["No such command", f"Valid commands: {', '.join(sorted(COMMANDS))}."]),
        (("tasks", "lst"), ["No such command", "Valid commands: list, questions, rules, show."]),
        (("audit",), ["What is to be audited?", "Name files or folders", "corpuskit.toml"]),
        (("read",), ["Missing argument", "Try: corpuskit read --help"]),
        (("doctor", "surplus"), ["surplus"]),
        (("audit", "nowhere"), ["nowhere: no such file or folder"]),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what_is_valid(capsys, arguments, told):
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("corpuskit: ")
    for part in told:
        assert part in shown.err


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        (InputError("Nothing there."), 2, "corpuskit: Nothing there.\n"),
        (PermissionError(13, "Permission denied", "/reports"), 2, "corpuskit: Permission denied: /reports\n"),
        (OSError("odd disk"), 2, "corpuskit: odd disk\n"),
        (KeyboardInterrupt(), 130, "corpuskit: Interrupted. Nothing half-written was left behind; run the same command again to go on.\n"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_can_happen_has_its_code_and_one_sentence(monkeypatch, capsys, raised, code, told):
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr("corpuskit.cli.tasks.put", fail)
    assert run(["tasks", "list"]) == code
    assert capsys.readouterr().err == told


def test_a_mistake_of_ours_is_not_hidden(monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("corpuskit.cli.tasks.put", fail)
    with pytest.raises(ZeroDivisionError):
        run(["tasks", "list"])


@pytest.mark.parametrize("arguments", [("--version",), ("audit", "-h"), ("tasks", "list"), ("tasks", "list", "--json")], ids=" ".join)
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_reader_that_has_gone_is_no_failure(arguments, unbuffered):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False, env={**os.environ, "PYTHONUNBUFFERED": unbuffered}
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_reader_that_has_gone_does_not_open_a_gate(folder, tmp_path, unbuffered):
    reading, writing = os.pipe()
    os.close(reading)
    options = ("--json", "--fail-on", "note", "--format", "json", "--no-cache", "-q")
    try:
        done = subprocess.run(
            [*COMMAND, "audit", str(folder), *options],
            cwd=tmp_path,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
    (report,) = (tmp_path / "reports").glob("*.json")
    assert json.loads(report.read_text(encoding="utf-8"))["exit_code"] == 1


@pytest.mark.skipif(not os.path.exists(FULL), reason=f"no {FULL} on this system")  # noqa: PTH110
def test_a_result_that_cannot_be_written_is_a_failure():
    with open(FULL, "wb") as full:  # noqa: PTH123
        done = subprocess.run([*COMMAND, "tasks", "list"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr


def test_output_is_utf8_whatever_the_console_says(folder, tmp_path):
    command = [*COMMAND, "read", str(folder / "規程.txt")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120, env={"PYTHONIOENCODING": "cp1252", "PATH": ""})
    assert done.returncode == 0
    assert "三千円" in done.stdout.decode("utf-8")
