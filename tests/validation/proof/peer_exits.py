"""With which code tools end on clean, faulty and broken input, and whether they say what is wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

from tests.validation.proof.peer_runs import Ran
from tests.validation.proof.peer_runs import run as run_process
from tests.validation.proof.peer_tools import Given, Tool, write_pieces
from tests.validation.proof.planted_faults import SAMPLE, files_of
from tests.validation.proof.results import Cell, Table

CLEAN = "production/procedures/SOP-"
BROKEN = "legal/売買基本契約書_破損.docx"
SAYS = {
    "empty": re.compile(r"\bno\b[^\n\"]{0,40}(found|document|file|chunk)|is empty|nothing to|loaded 0\b", re.IGNORECASE),
    "broken": re.compile(
        r"(could not|cannot) (be )?(parse|open|read)|damaged|truncated|not found|missing|\bERR\b|unreadable|no (supported|readable) doc",
        re.IGNORECASE,
    ),
    "absent": re.compile(r"not exist|no such|not found|cannot find|not a (file|folder|directory)", re.IGNORECASE),
    "unparsable": re.compile(r"settings\.|pars|invalid|expected|toml|yaml|json", re.IGNORECASE),
    "unknown": re.compile(r"no_such_setting", re.IGNORECASE),
}
TITLES = {
    "clean": "clean folder",
    "faulty": "folder with all faults",
    "empty": "empty folder",
    "broken": "a damaged file alone",
    "absent": "a folder that does not exist",
    "unparsable": "settings that cannot be parsed",
    "unknown": "a setting that does not exist",
}


def exits(tools: Sequence[tuple[Tool, Path]], faulty: Mapping[str, int | None], work: Path, pool: Executor) -> Table:
    """Run each tool on each kind of input, with its defaults, and give its exit codes; ``says so`` where its output names the trouble.

    Parameters
    ----------
    tools : sequence of (Tool, Path)
        With the folder of their programs.
    faulty : mapping
        Exit code of each tool on the folder with all faults, which it was run on before.
    work : Path
        Folder to work in.
    pool : Executor
        Where the runs are carried out.
    """
    roots = _inputs(work / "inputs")
    cases = [case for case in TITLES if case != "faulty"]
    pairs = [(tool, programs, case) for tool, programs in tools for case in cases]
    cells = dict(zip(((tool.name, case) for tool, _, case in pairs), pool.map(lambda pair: _cell(*pair, roots, work / "exits"), pairs), strict=True))
    cells |= {(name, "faulty"): "stopped" if code is None else str(code) for name, code in faulty.items()}
    rows: list[tuple[Cell, ...]] = [(tool.name, *(cells[tool.name, case] for case in TITLES)) for tool, _ in tools]
    return Table("peers_exit_codes", "Exit codes with default settings", ("tool", *TITLES.values()), tuple(rows))


def _inputs(into: Path) -> dict[str, Path]:
    roots = {case: into / case for case in ("clean", "empty", "broken", "absent")}
    for case, path in roots.items():
        if case != "absent":
            path.mkdir(parents=True)
    for path in files_of():
        if path.startswith(CLEAN):
            shutil.copy2(SAMPLE / path, roots["clean"])
    shutil.copy2(SAMPLE / BROKEN, roots["broken"])
    return roots


def _cell(tool: Tool, programs: Path, case: str, roots: dict[str, Path], work: Path) -> str:
    """Run one tool on one input."""
    root = roots.get(case, roots["clean"])
    given = Given(root, work / f"{tool.name}-{case}", files_of(root) if root.is_dir() else ())
    given.work.mkdir(parents=True)
    if tool.takes == "pieces" and root.is_dir():
        write_pieces(given)
    command = tuple(tool.command(programs, given))
    if case in ("unparsable", "unknown"):
        name, unparsable, unknown = tool.settings
        if not name:
            return "takes no settings"
        (given.work / name).write_text(unparsable if case == "unparsable" else unknown, encoding="utf-8")
        command = (*command, tool.settings_argument, str(given.work / name)) if tool.settings_argument else command
    ran = run_process(command, given.work)
    return told(case, ran, " ".join(f"{one.code} {one.words}" for one in tool.findings(given, ran.out, ran.err)))


def told(case: str, ran: Ran, found: str = "") -> str:
    """Write a cell: the exit code and, for input that cannot be used, whether the output says so.

    >>> told("absent", Ran(2, 0, 0, 0, "", "Error: the folder does not exist")), told("empty", Ran(0, 0, 0, 0, '{"score": 100}', ""))
    ('2, says so', '0, score 100')
    """
    code = "stopped" if ran.exit_code is None else str(ran.exit_code)
    if case not in SAYS:
        return code
    if "Traceback (most recent call last)" in ran.err or re.search(r"╭─+ Traceback", ran.err):
        return f"{code}, traceback"
    if SAYS[case].search(f"{ran.out} {ran.err} {found}"):
        return f"{code}, says so"
    full_marks = case in ("empty", "broken", "absent") and re.search(r'"score": 100\b', ran.out)
    return f"{code}, score 100" if full_marks else f"{code}, silent"
