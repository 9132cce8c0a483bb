"""How much faster an audit of an unchanged folder is than its first, and how long ``--help`` takes beside a bare Python."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.harness import HEAD, Run, apart, rows, timed


def measure(folders: list[Path], rounds: int) -> list[str]:
    """Audit folders with an empty and with a filled cache by turns, in one process and as a command, and lay out the result as Markdown."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        apart(_audit, folders, place, True)
        called = {"first audit, called from Python": _first, "again, nothing changed": _again, "again, one file changed": _one_changed}
        commands = {"first audit, as a command": _first_command, "again, nothing changed": _again_command}
        lines = [*HEAD, *rows("audit()", called, (folders, place), rounds), *rows("corpuskit audit", commands, (folders, place), rounds)]
    return [*lines, "", _help(rounds)]


def _audit(folders: list[Path], place: Path, anew: bool) -> Run:
    from corpuskit import audit_documents

    cache = place / "cache"
    if anew:
        shutil.rmtree(cache, ignore_errors=True)
    return timed(lambda: audit_documents(folders, cache=cache))._replace(result=None)


def _first(folders: list[Path], place: Path) -> Run:
    return _audit(folders, place, True)


def _again(folders: list[Path], place: Path) -> Run:
    return _audit(folders, place, False)


def _one_changed(folders: list[Path], place: Path) -> Run:
    """Audit a copy of the folder in which one text file has another line; its cache is filled before, outside of the time."""
    copies = []
    for number, folder in enumerate(folders):
        copy = place / "copy" / f"{number}" / folder.name
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        copies.append(copy)
    _audit(copies, place, False)
    changed = min(path for copy in copies for path in copy.rglob("*") if path.suffix in (".md", ".txt") and path.stat().st_size > 1000)
    changed.write_text(changed.read_text(encoding="utf-8") + f"\nOne more line at {time.time()}.\n", encoding="utf-8")
    return _audit(copies, place, False)


def _command(folders: list[Path], place: Path) -> Run:
    command = [sys.executable, "-m", "corpuskit", "audit", *map(str, folders), "--cache", str(place / "cache"), "--out", str(place / "out"), "-q"]
    return timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))._replace(result=None)


def _first_command(folders: list[Path], place: Path) -> Run:
    shutil.rmtree(place / "cache", ignore_errors=True)
    return _command(folders, place)


def _again_command(folders: list[Path], place: Path) -> Run:
    return _command(folders, place)


def _help(rounds: int) -> str:
    taken: dict[str, list[float]] = {"bare": [], "help": []}
    for _ in range(max(rounds, 5)):
        for name, given in (("bare", ["-c", "pass"]), ("help", ["-m", "corpuskit", "--help"])):
            begun = time.perf_counter()
            subprocess.run([sys.executable, *given], check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - begun)
    bare, helped = statistics.median(taken["bare"]), statistics.median(taken["help"])
    return f"`corpuskit --help` takes {helped:.3f} s, `python -c pass` {bare:.3f} s: {helped - bare:+.3f} s (medians)."
