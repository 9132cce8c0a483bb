"""Against other tools: what each finds of the planted faults of ``sample_data``, its false alarms, exit codes, time and memory (protocol, 5).

``CORPUSKIT_PEERS`` names the folder of their environments; :mod:`tests.validation.proof.peer_tools` says how they are made. Every run is a process of
its own without a network. What is found is judged by the rules of :mod:`tests.validation.proof.peer_rules`, corpuskit's output by the same.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.validation.proof.peer_exits import exits
from tests.validation.proof.peer_features import features, left_out
from tests.validation.proof.peer_figures import Result, figures, notes, tables, times
from tests.validation.proof.peer_runs import run as run_process
from tests.validation.proof.peer_tools import TOOLS, Given, Tool, write_pieces
from tests.validation.proof.planted_faults import FAULTS, SAMPLE, files_of, language_of
from tests.validation.proof.results import Experiment

TITLE = "Against other tools"
ASKED = (
    "What do corpuskit and the tools beside it find of the faults that were planted in the sample folder, and what do they say of files without any?"
)
COMPANY_FOLDERS = ("en_agency_handbook", "ja_working_group")
COMPANY_FILES = {"report": 200, "development": 20}
THIN = tuple(fault for fault in FAULTS if fault.kind in ("versions", "duplicates", "encrypted", "broken"))
AT_A_TIME = 2
OWN = TOOLS[0]


@dataclass(frozen=True)
class Folder:
    """A folder that the tools are run on; ``code`` is ``sample``, ``sample_en``, ``sample_ja`` or that of a company's folder."""

    code: str
    root: Path
    paths: tuple[str, ...]


def run(data: Path | None, part: Literal["development", "report"], thin: bool) -> Experiment:
    """Run every tool that is installed on every folder, and judge.

    The sample folder belongs to no part, so that both parts read it. Of the company folders, which have no planted faults, 200 documents are used on
    the report part and 20 on the development part, for times alone. The thin version runs corpuskit alone, on the files of some of the faults.
    """
    with tempfile.TemporaryDirectory(prefix="peers") as held:
        work = Path(held).resolve()
        folders = list(_thin_folders(work) if thin else _folders(work, data, part))
        tools = (OWN,) if thin else tuple(tool for tool in TOOLS if programs(tool).is_dir())
        pairs = [(tool, folder) for folder in folders for tool in tools]
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            results = list(pool.map(lambda pair: _result(*pair, work), pairs))
            faulty = {result.tool.name: result.ran.exit_code for result in results if result.folder == "sample"}
            ends = () if thin else (exits([(tool, programs(tool)) for tool in tools], faulty, work, pool),)
    judged = THIN if thin else FAULTS
    missing = {tool.name: "not run: thin version" if thin else "not run: not installed" for tool in TOOLS if tool not in tools}
    return Experiment(
        "peers",
        TITLE,
        ASKED,
        figures=figures(results, judged, missing),
        tables=(*tables(results, judged), *ends, features(), left_out()),
        notes=notes(results, judged, missing, COMPANY_FOLDERS),
        measured_once=(times(results),),
    )


def programs(tool: Tool) -> Path:
    """Give the folder of a tool's programs; it need not exist."""
    if tool is OWN:
        return Path(sys.executable).parent
    environments = os.environ.get("CORPUSKIT_PEERS", "")
    return Path(environments).resolve() / f"venv-{tool.name}" / "bin" if environments else Path("no environments")


def _result(tool: Tool, folder: Folder, work: Path) -> Result:
    given = Given(folder.root, work / "runs" / f"{tool.name}-{folder.code}", folder.paths)
    given.work.mkdir(parents=True)
    if tool.takes == "pieces":
        write_pieces(given)
    command = tuple(tool.command(programs(tool), given))
    ran = run_process(command, given.work)
    return Result(tool, folder.code, given, command, ran, tuple(tool.findings(given, ran.out, ran.err)))


def _folders(work: Path, data: Path | None, part: Literal["development", "report"]) -> Iterable[Folder]:
    paths = files_of()
    yield _copied(work, "sample", SAMPLE, paths)
    for half in ("en", "ja"):
        yield _copied(work, f"sample_{half}", SAMPLE, tuple(path for path in paths if language_of(path) == half))
    for name in COMPANY_FOLDERS if data is not None else ():
        root = (data or Path()) / "company_docs" / name
        if root.is_dir():
            yield _copied(work, name, root, files_of(root)[: COMPANY_FILES[part]])


def _thin_folders(work: Path) -> Iterable[Folder]:
    yield _copied(work, "sample", SAMPLE, tuple(sorted({path for fault in THIN for path in fault.files})))


def _copied(work: Path, code: str, root: Path, paths: Sequence[str]) -> Folder:
    """Copy files into a folder of their own, without the README, which describes the faults."""
    into = work / "folders" / code
    for path in paths:
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, into / path)
    return Folder(code, into, tuple(paths))
