"""``corpuskit schedule add``: what is kept and installed, and what is refused."""

import os
import sys

import pytest

from corpuskit.audit import load_schedule

CRONTAB = """#!/bin/sh
table='{table}'
case "$1" in
  -l) [ -f "$table" ] && cat "$table" || { echo 'no crontab for me' >&2; exit 1; } ;;
  -r) rm "$table" ;;
  -) cat > "$table" ;;
esac
"""


def test_a_crontab_gets_its_lines_and_loses_them(call, folder, tmp_path, monkeypatch):
    """A stand-in for crontab, so that nobody's own is touched; the real one is tried in the tests of the crontab."""
    table = tmp_path / "table"
    table.write_text("5 4 * * * backup\n", encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "crontab").write_text(CRONTAB.replace("{table}", str(table)), encoding="utf-8")
    (tmp_path / "bin" / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    place = ("--schedules", tmp_path / "schedules")
    for _ in range(2):
        made = call("schedule", "add", "nightly", folder, "--every", "daily", "--at", "2:30", "--with", "cron", *place, cwd=tmp_path)
        assert made.returncode == 0, made.stderr
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "5 4 * * * backup"
    assert len(lines) == 5
    assert lines[2].startswith(f"30 2 * * * {sys.executable} -P -m corpuskit schedule run nightly --quiet")
    assert call("schedule", "remove", "nightly", *place).returncode == 0
    assert table.read_text(encoding="utf-8") == "5 4 * * * backup\n"
    assert call("schedule", "list", *place).stdout.endswith("no schedules yet. corpuskit schedule add NAME PATH makes one.\n")


def test_schedules_are_kept_in_the_configuration_of_the_user(call, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    made = call("schedule", "add", "weekly", folder, "--tz", "Asia/Tokyo", "--with", "print", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    (kept,) = tmp_path.rglob("*.schedule.json")
    assert tmp_path / "configuration" in kept.parents
    assert "corpuskit-weekly.timer" in made.stdout, "the own folder needs no other name"
    assert made.stdout.splitlines()[-1].endswith("06:00 Asia/Tokyo")


HOOKS = ("--notify-command", "notify-send 'two words'", "--notify-webhook", "env:HOOK", "--webhook-token-env", "TOKEN", "--notify-when", "always")
MAIL = (
    "--notify-email",
    "a@example.com",
    "--smtp",
    "mail.example:25",
    "--smtp-from",
    "c@example.com",
    "--smtp-user",
    "u",
    "--smtp-password-env",
    "P",
)


def test_who_is_told_is_kept(call, folder, tmp_path):
    place = tmp_path / "schedules"
    made = call("schedule", "add", "weekly", folder, "--with", "print", "--schedules", place, "--notify-lang", "ja", *HOOKS, *MAIL)
    assert made.returncode == 0, made.stderr
    kept = load_schedule("weekly", place)
    command, webhook, email = kept.hooks
    assert (command.command, command.when) == (("notify-send", "two words"), ("always",))
    assert (webhook.url, webhook.token_variable) == ("env:HOOK", "TOKEN")
    assert (email.host, email.port, email.to, email.user, email.password_variable) == ("mail.example", 25, ("a@example.com",), "u", "P")
    assert kept.language == "ja"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Weekly", "{folder}"), "no name of a schedule"),
        (("weekly", "missing"), "missing: no such file"),
        (("weekly", "--", "--report-lang", "ja"), "What is to be audited"),
        (("weekly", "{folder}", "--every", "often"), "five cron fields"),
        (("weekly", "{folder}", "--tz", "Tokyo"), "Asia/Tokyo"),
        (("weekly", "{folder}", "--with", "at"), "Unknown scheduler 'at'"),
        (("weekly", "{folder}", "--notify-webhook", "http://chat.example/x"), "not encrypted"),
        (("weekly", "{folder}", "--notify-email", "a@example.com"), "needs --smtp"),
        (("weekly", "{folder}", *MAIL[:-2]), "belong together"),
        (("weekly", "{folder}", "--notify-command", "a 'b"), "No closing quotation"),
        (("weekly", "{folder}", "--notify-command", ""), "is empty"),
        (("weekly", "{folder}", "--notify-when", "never", "--notify-command", "a"), "hooks"),
        (("weekly", "{folder}", "--notify-lang", "fr"), "language"),
        (("weekly", "{folder}", "--", "--no-such-option"), "--no-such-option"),
        (("weekly", "{folder}", "--", "--json"), "chooses what is printed"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_and_nothing_is_kept(call, folder, tmp_path, arguments, told):
    given = [str(folder) if word == "{folder}" else word for word in arguments]
    separate = given.index("--") if "--" in given else len(given)
    place = ["--schedules", str(tmp_path / "schedules")] + ([] if "--with" in given else ["--with", "print"])
    refused = call("schedule", "add", *given[:separate], *place, *given[separate:], cwd=tmp_path)
    assert (refused.returncode, told in refused.stderr) == (2, True), refused.stderr
    assert not list(tmp_path.rglob("*.schedule.json"))
