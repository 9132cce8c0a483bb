"""Lines in a crontab: other people's stay byte for byte, and Debian's own cron takes ours."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from filelock import FileLock

from corpuskit.audit.schedule.installing.crontab import Crontab
from corpuskit.audit.schedule.installing.job import Job, Machine, run_program
from corpuskit.errors import UsageError

from .machines import BERLIN, COMMAND, EXPRESSIONS, NOW, TOKYO, Asked, job

OTHERS = b"# mine\nMAILTO=me@example.com\n\n5 4 * * *\t/usr/bin/backup --to 'a b' \\% \xe6\x97\xa5 \xff\n"


class Stored:
    """A crontab in memory that answers like the program."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content
        self.writes = 0

    def run(self, command, given):
        if command == ("crontab", "-l"):
            if self.content is None:
                return subprocess.CompletedProcess(command, 1, b"", b"no crontab for me\n")
            return subprocess.CompletedProcess(command, 0, self.content, b"")
        self.writes += 1
        self.content = None if command == ("crontab", "-r") else given
        return subprocess.CompletedProcess(command, 0, b"", b"")

    def machine(self, zone=BERLIN) -> Machine:
        return Machine(self.run, Path("/nowhere"), zone, NOW, "linux", {})


@pytest.mark.parametrize("before", [None, OTHERS, OTHERS.rstrip(b"\n")])
def test_adding_twice_is_adding_once_and_removing_undoes_it(before):
    table = Stored(before)
    Crontab().install(job(), table.machine())
    once = table.content
    assert once.startswith(OTHERS if before else b"# corpuskit schedule weekly: begin\n")
    assert Crontab().install(job(), table.machine()) == ("crontab: nothing to change",)
    assert (table.content, table.writes) == (once, 1)
    Crontab().remove(job(), table.machine())
    assert table.content == (OTHERS if before else None)
    assert Crontab().remove(job(), table.machine()) == ("crontab: no lines of this schedule",)


def test_a_changed_schedule_is_changed_where_it_stands():
    table = Stored(None)
    Crontab().install(job(), table.machine())
    Crontab().install(job(id="weekly-2"), table.machine())
    table.content += OTHERS
    Crontab().install(job("30 2 * * *"), table.machine())
    blocks = re.findall(rb"^# corpuskit schedule (\S+): begin$", table.content, re.MULTILINE)
    assert blocks == [b"weekly", b"weekly-2"]
    assert table.content.endswith(OTHERS)
    assert b"30 2 * * * " in table.content
    Crontab().remove(job(), table.machine())
    assert b"weekly: " not in table.content
    assert b"weekly-2: begin" in table.content


@pytest.mark.parametrize(
    ("every", "zone", "lines"),
    [
        ("0 6 * * mon-FRI", BERLIN, ["0 6 * * 1-5", "0 * * * *"]),
        ("0 6 * JAN,dec 7", BERLIN, ["0 6 * 1,12 7", "0 * * * *"]),
        ("0 * * * *", BERLIN, ["0 * * * *"]),
        ("0 6 * * 1", TOKYO, ["*/15 * * * *"]),
        ("0 6 L * *", BERLIN, ["*/15 * * * *"]),
        ("0 6 * * 5#2", BERLIN, ["*/15 * * * *"]),
    ],
)
def test_what_cron_cannot_say_is_looked_for_every_quarter_of_an_hour(every, zone, lines):
    shown = Crontab().shown(job(every, zone), Stored(None).machine()).splitlines()[1:-1]
    assert [" ".join(line.split()[:5]) for line in shown] == lines


def test_a_command_too_long_for_cron_is_refused():
    long = Job("weekly", ("x" * 1000,), "0 6 * * 1", BERLIN)
    with pytest.raises(UsageError, match="cron takes 990"):
        Crontab().install(long, Stored(None).machine())


def test_who_may_not_use_cron_is_told(tmp_path):
    denied = Asked({"crontab -l": (1, b"", b"You (me) are not allowed to use this program (crontab)\n")}).machine(tmp_path)
    assert not Crontab().here(denied)
    with pytest.raises(UsageError, match="are not allowed"):
        Crontab().install(job(), denied)
    assert not Crontab().here(Asked({"crontab": (127, b"", b"not found")}).machine(tmp_path))


@pytest.fixture
def real():
    """This user's real crontab, empty before and after, for one test at a time: a user has one, and tests run in several processes."""
    if shutil.which("crontab") is None:
        pytest.skip("no cron (Debian's package cron)")
    with FileLock(Path(tempfile.gettempdir()) / "corpuskit-tests-crontab.lock", timeout=300):
        yield from _empty_crontab()


def _empty_crontab():
    listed = run_program(("crontab", "-l"), None)
    if listed.returncode == 0 and listed.stdout.strip():
        pytest.skip("this user has a crontab, which tests leave alone")
    if listed.returncode != 0 and b"no crontab" not in listed.stderr:
        pytest.skip("this user may not use cron")
    yield Machine(run_program, Path("/nowhere"), BERLIN, NOW, "linux", {})
    run_program(("crontab", "-r"), None)


@pytest.mark.parametrize("every", EXPRESSIONS)
def test_the_real_crontab_takes_our_lines_and_gives_them_back(real, every):
    Crontab().install(job(every), real)
    assert run_program(("crontab", "-l"), None).stdout == Crontab().shown(job(every), real).encode()
    Crontab().remove(job(every), real)
    assert run_program(("crontab", "-l"), None).returncode == 1


def test_the_real_crontab_keeps_what_others_wrote(real):
    others = OTHERS.replace(b" \xff", b"")
    real.must(("crontab", "-"), others)
    Crontab().install(job(), real)
    Crontab().remove(job(), real)
    assert run_program(("crontab", "-l"), None).stdout == others


def test_the_real_cron_calls_the_command_word_for_word(real, tmp_path):
    """A cron of our own in the foreground, until it has called: it does so at the next full minute."""
    daemon = shutil.which("cron", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
    if daemon is None or os.geteuid() != 0:
        pytest.skip("needs Debian's cron, and root to start it")
    if subprocess.run(("pidof", "cron"), capture_output=True, check=False).returncode == 0:
        pytest.skip("a cron runs already, which may not be ours")
    told, script = tmp_path / "told", tmp_path / "say 100%.sh"
    script.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{told}'\n", encoding="utf-8")
    script.chmod(0o755)
    Crontab().install(Job("weekly", (str(script), *COMMAND), "* * * * *", BERLIN), real)
    running = subprocess.Popen((daemon, "-f"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 75
        while not (told.exists() and told.read_text(encoding="utf-8").endswith("日本\n")) and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        running.terminate()
        running.wait(10)
    assert told.read_text(encoding="utf-8").splitlines() == list(COMMAND)
