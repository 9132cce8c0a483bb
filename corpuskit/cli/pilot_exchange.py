"""``corpuskit pilot export`` and ``import``: cases out to other tools, labels of people and answers of systems back in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpuskit.cli.console import Encoding, Json, put, say
from corpuskit.errors import InputError, UsageError

if TYPE_CHECKING:
    from corpuskit.pilot import Joined, Sheet

Source = Annotated[Path, typer.Argument(help="cases.csv that `pilot sample` wrote, or a table of truth.", show_default=False)]
Sources = Annotated[list[Path], typer.Argument(help="Files of one or two people who labelled, or one file of answers.", show_default=False)]
Tool = Annotated[str, typer.Option("--to", help="csv, jsonl, promptfoo, label-studio, mlflow or inspect.", show_default=False)]
FromTool = Annotated[str, typer.Option("--from", help="csv (also xlsx, json, the page's file), jsonl, promptfoo, label-studio, mlflow or inspect.")]
Prefix = Annotated[Path, typer.Option("--out", help="Beginning of the files' names, such as pilot/cases. Never overwritten.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", help="Table to write, .csv or .jsonl. Never overwritten.", show_default=False)]
CasesFile = Annotated[
    Path | None, typer.Option("--cases", help="cases.csv: the files hold labels of people, which are joined to it.", show_default=False)
]
Settled = Annotated[
    Path | None, typer.Option("--settled", help="List of disagreements whose column truth a third person filled in.", show_default=False)
]
GivenLabels = Annotated[
    str, typer.Option("--labels", help="Labels that can be given, with commas; default: those of manifest.json beside the cases.")
]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]


def export_command(
    cases: Source, to: Tool, out: Prefix, labels: GivenLabels = "", encoding: Encoding = None, in_japanese: Japanese = False, as_json: Json = False
) -> int:
    """Write cases for another tool.

    Example: corpuskit pilot export pilot/cases.csv --to promptfoo --out pilot/tests
    """
    from corpuskit.audit import write_atomically
    from corpuskit.pilot import EXCHANGES, rows_of_sheet
    from corpuskit.report import phrasebook

    chosen = EXCHANGES[to]
    if chosen.write is None:
        raise UsageError(f"{chosen.title} takes no cases.")
    rows = rows_of_sheet(_plain(cases, encoding))
    files = {out.with_name(f"{out.name}.{ending}"): data for ending, data in chosen.write(rows, _labels(labels, cases, rows)).items()}
    for file in files:
        _refuse_existing(file)
    for file, data in files.items():
        write_atomically(file, data)
    if as_json:
        put(json.dumps({"cases": len(rows), "files": [str(file) for file in files], "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    book = phrasebook("ja" if in_japanese else "en")
    put(book.label("export_wrote", file=", ".join(str(file) for file in files), n=len(rows), tool=chosen.title))
    return 0


def import_command(
    files: Sources,
    out: Out,
    source: FromTool = "csv",
    cases: CasesFile = None,
    settled: Settled = None,
    labels: GivenLabels = "",
    encoding: Encoding = None,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Join labels of people to the cases (with --cases), or take over a system's answers, as the table that `pilot evaluate` reads.

    Example: corpuskit pilot import coder-1.csv coder-2.xlsx --cases pilot/cases.csv --out truth.csv
    """
    from corpuskit.pilot import EXCHANGES

    exchange = EXCHANGES[source]
    if exchange.read is None:
        raise UsageError(f"Nothing can be read from {exchange.title}.")
    _refuse_existing(out)
    sheets = [exchange.read(file, encoding or "") for file in files]
    if cases is not None:
        return _people(sheets, _plain(cases, encoding), cases, settled, labels, out, encoding, in_japanese, as_json)
    if settled is not None or len(sheets) > 1:
        raise UsageError("Labels of people are joined to their cases: give --cases. Answers of systems come in one file.")
    return _answers(sheets[0], out, in_japanese, as_json)


def _people(
    sheets: Sequence[Sheet],
    cases: Sheet,
    path: Path,
    settled: Path | None,
    labels: str,
    out: Path,
    encoding: str | None,
    in_japanese: bool,
    as_json: bool,
) -> int:
    from corpuskit.pilot import check_cases, join_labels, one_for_each, rows_of_sheet

    if manifest := _manifest(path):
        check_cases(rows_of_sheet(cases), manifest.get("cases_digest", ""), str(path))
    coders = [one for sheet in sheets for one in one_for_each(sheet)]
    decided = _plain(settled, encoding) if settled is not None else None
    joined = join_labels(cases, coders, decided, _labels(labels, path, ()))
    listed = out.with_name(f"{out.stem}-disagreements.csv")
    _write(out, joined.rows)
    if joined.disagreements and decided is None:
        _refuse_existing(listed)
        _write(listed, joined.disagreements)
    _tell(joined, len(coders), listed if decided is None else None, in_japanese, as_json)
    return 0


def _tell(joined: Joined, people: int, listed: Path | None, in_japanese: bool, as_json: bool) -> None:
    from corpuskit.report import phrasebook

    differ = len(joined.disagreements)
    if as_json:
        body: dict[str, Any] = {"cases": len(joined.rows), "people": people, "disagreements": differ, "settled": joined.settled}
        put(json.dumps(body | {"exit_code": 0}, ensure_ascii=False, indent=1))
        return
    book = phrasebook("ja" if in_japanese else "en")
    put(book.label("import_joined", n=len(joined.rows), people=people))
    if people > 1:
        put(book.label("import_differ", differ=differ, settled=joined.settled))
    if differ and listed is not None:
        say(book.label("import_settle", file=str(listed)))


def _answers(sheet: Sheet, out: Path, in_japanese: bool, as_json: bool) -> int:
    from corpuskit.pilot import rows_of_sheet
    from corpuskit.report import phrasebook

    if "prediction" not in sheet.columns and "score" not in sheet.columns:
        raise InputError(
            f"{sheet.path}: no answers in it (no column prediction or score). Where it holds labels of people, give their cases with --cases."
        )
    rows = rows_of_sheet(sheet)
    _write(out, rows)
    systems = len({(row.get("model", ""), row.get("model_version", "")) for row in rows})
    if as_json:
        put(json.dumps({"answers": len(rows), "systems": systems, "exit_code": 0}))
    else:
        put(phrasebook("ja" if in_japanese else "en").label("import_answers", n=len(rows), systems=systems))
    return 0


def _write(file: Path, rows: Sequence[dict[str, str]]) -> None:
    from corpuskit.audit import write_atomically
    from corpuskit.pilot import table_csv, table_jsonl

    if file.suffix.lower() not in (".csv", ".jsonl"):
        raise UsageError(f"--out {file}: tables are written as .csv or .jsonl.")
    write_atomically(file, table_jsonl(rows) if file.suffix.lower() == ".jsonl" else table_csv(rows))


def _plain(path: Path, encoding: str | None) -> Sheet:
    """Read a table of canonical rows, with the apostrophes before would-be formulas taken off."""
    from corpuskit.pilot import EXCHANGES

    read = EXCHANGES["csv"].read
    if read is None:
        raise UsageError("CSV cannot be read.")
    return read(path, encoding or "")


def _labels(given: str, cases: Path, rows: Sequence[dict[str, str]]) -> tuple[str, ...]:
    """Give the labels that can be given: as told, else those of the manifest beside the cases, else those that the truth uses."""
    if chosen := tuple(dict.fromkeys(label.strip() for label in given.split(",") if label.strip())):
        return chosen
    return tuple(_manifest(cases).get("labels", ())) or tuple(sorted({row["truth"] for row in rows if row.get("truth")}))


def _manifest(cases: Path) -> dict[str, Any]:
    file = cases.with_name("manifest.json")
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{file}: no valid JSON ({error}). Give back the manifest that `pilot sample` wrote, or move it away.") from error
    return found if isinstance(found, dict) else {}


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise UsageError(f"{file} exists already. Labels and answers are never overwritten; choose another name.")
