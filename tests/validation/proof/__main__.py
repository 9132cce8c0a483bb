"""Run the proof: ``python -m tests.validation.proof DATA [--part report --why TEXT]``.

``DATA`` is the folder of the labelled data. On the development part the page goes to ``--out``, or to standard output as Markdown. On the report part
``reports/validation/proof.{md,html,json}`` are written, the opening is logged, and what the reports and the README say about trust is brought up to
date. ``--only`` runs some experiments; the others are then taken over from the ``proof.json`` that is there, if it is of the same part.
Where ``CORPUSKIT_PROOF_KEPT`` names a folder, the work of ``tasks`` is kept there piece by piece: a run that was broken off goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, cast

from corpuskit.report.to_html import to_html
from corpuskit.report.to_markdown import to_markdown
from tests.validation.proof import openings, page, trust
from tests.validation.proof.results import Aim, Experiment, Figure, Table

Part = Literal["development", "report"]
Run = Callable[[Path | None, Part, bool], Experiment]
EXPERIMENTS = ("theory", "tasks", "items", "people", "peers")
REPORTS = Path("reports") / "validation"
PACKAGES = ("corpuskit", "numpy", "scipy", "scikit-learn", "polars", "spacy")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.validation.proof", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--part", choices=["development", "report"], default="development")
    parser.add_argument("--only", nargs="+", choices=EXPERIMENTS, default=list(EXPERIMENTS))
    parser.add_argument("--out", type=Path, help="folder for the page; standard output otherwise, reports/validation on the report part")
    parser.add_argument("--why", default="", help="reason for opening the report part, for the log")
    parser.add_argument("--changed", default="nothing", help="what was changed since the opening before, for the log")
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        parser.error(f"{given.data} is no folder; give the folder that holds tasks/ and ambiguity/.")
    out = given.out or (REPORTS if given.part == "report" else None)
    if given.part == "report":
        if not given.why:
            parser.error("the report part is opened once for a release: say why with --why; it is logged.")
        openings.log_opening(REPORTS / "openings.md", date.today(), given.only, version("corpuskit"), given.why, given.changed)
    kept = {} if out is None else read(out / "proof.json", given.part)
    shown = [code for code in EXPERIMENTS if code in given.only or code in kept]
    found = [measure(code, given.data, given.part) if code in given.only else kept[code] for code in shown]
    write(found, given.part, out)
    if given.part == "report":
        trust.bring_up_to_date(found)
    return 0


def measure(code: str, data: Path | None, part: Part, thin: bool = False) -> Experiment:
    """Run one experiment; its time goes to standard error, because it is no result."""
    started = perf_counter()
    found = cast(Run, import_module(f"tests.validation.proof.{code}").run)(data, part, thin)
    sys.stderr.write(f"{code}: {perf_counter() - started:.0f} s\n")
    return found


def versions() -> dict[str, str]:
    """Give the versions that the results depend on."""
    return {name: version(name) for name in PACKAGES}


def write(found: Sequence[Experiment], part: Part, out: Path | None) -> None:
    """Write the page in three formats, or Markdown to standard output."""
    report = page.as_report(found, part, versions())
    markdown = to_markdown(report, "proof").text
    if out is None:
        sys.stdout.write(markdown)
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / "proof.md").write_text(markdown, encoding="utf-8")
    (out / "proof.html").write_text(to_html(report, "proof").text, encoding="utf-8")
    (out / "proof.json").write_text(json.dumps(page.as_json(found, part, versions()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path, part: Part) -> dict[str, Experiment]:
    """Read the experiments of an earlier run of the same part; none where there is no such file."""
    if not path.exists():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    if stored["part"] != part:
        return {}
    return {entry["code"]: _experiment(entry) for entry in stored["experiments"]}


def _experiment(entry: dict[str, Any]) -> Experiment:
    return Experiment(
        entry["code"],
        entry["title"],
        entry["asked"],
        tuple(_figure(figure) for figure in entry["figures"]),
        tuple(_table(table) for table in entry["tables"]),
        tuple(entry["notes"]),
        tuple(_table(table) for table in entry["measured_once"]),
        entry["not_run"] or "",
    )


def _figure(entry: dict[str, Any]) -> Figure:
    plain = {key: value for key, value in entry.items() if key not in ("standing", "aim", "interval", "undefined_because")}
    return Figure(
        **plain,
        interval=None if entry["interval"] is None else (entry["interval"][0], entry["interval"][1]),
        aim=None if entry["aim"] is None else Aim(**entry["aim"]),
        undefined_because=entry["undefined_because"] or "",
    )


def _table(entry: dict[str, Any]) -> Table:
    return Table(entry["code"], entry["title"], tuple(entry["columns"]), tuple(tuple(row) for row in entry["rows"]))


if __name__ == "__main__":
    raise SystemExit(main())
