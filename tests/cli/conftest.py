"""The command line in this process, in one of its own on pipes, and in one on a terminal."""

import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from corpuskit.cli.main import run

COMMAND = (sys.executable, "-m", "corpuskit")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-79]|38;[\d;]+|4[0-79]|48;[\d;]+|9[0-7]|10[0-7])m")


def corpuskit(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with pipes for its streams; ``environment`` is added to that of the test."""
    command = [*COMMAND, *(str(argument) for argument in arguments)]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


class Shown(NamedTuple):
    """What a command left behind: its exit code, its stdout (a pipe) and its stderr (a terminal)."""

    code: int
    stdout: str
    stderr: str


def on_terminal(*arguments: object, cwd: Path, when: str = "", then: Callable[[int], None] | None = None, **environment: str) -> Shown:
    """Run a command whose stderr is a terminal of 100 columns, and call ``then`` with its process id when ``when`` has appeared there."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI")}
    with (cwd / "stdout.txt").open("w+b") as result:
        process = subprocess.Popen(
            [*COMMAND, *(str(argument) for argument in arguments)],
            cwd=cwd,
            env={**kept, "TERM": "xterm-256color", **environment},
            stdout=result,
            stderr=inner,
        )
        os.close(inner)
        seen = b""
        while True:
            try:
                chunk = os.read(outer, 65536)
            except OSError:  # Linux says so that nobody writes any more
                break
            if not chunk:
                break
            seen += chunk
            if then is not None and when.encode() in seen:
                then(process.pid)
                then = None
        os.close(outer)
        code = process.wait(timeout=120)
        result.seek(0)
        return Shown(code, result.read().decode("utf-8"), seen.decode("utf-8"))


@pytest.fixture
def call(capsys, monkeypatch):
    """Run a command in this process, which is faster; for all that does not depend on real streams."""

    def called(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, shown.out, shown.err)

    return called


@pytest.fixture(autouse=True)
def cache_of_its_own(monkeypatch, tmp_path_factory):
    """Leave the user's cache alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "documents"
    root.mkdir()
    (root / "rules.md").write_text("# Travel policy\n\nThe allowance is 40 euros. Ask your manager first.\n", encoding="utf-8")
    (root / "規程.txt").write_text("出張の日当は三千円とする。出張は事前に申請する。\n", encoding="utf-8")
    return root
