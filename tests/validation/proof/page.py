"""The page of the proof, in the blocks that every report is made of, so that Markdown and HTML come from the same renderers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from corpuskit.report.blocks import Block, Bullets, Callout, Heading, Paragraph, Report
from corpuskit.report.blocks import Table as PageTable
from tests.validation.proof.results import Cell, Experiment, Figure, Table

STANDINGS = {
    "borne_out": "✓ borne out",
    "borne_out_not_surely": "△ borne out, not surely",
    "not_borne_out": "✕ not borne out",
    "described": "described only",
    "undefined": "– undefined",
}
COLUMNS = ("what", "value", "interval", "n", "aim", "standing", "data", "method")
TITLE = "Does corpuskit predict what really happens?"


def as_json(experiments: Sequence[Experiment], part: str, versions: dict[str, str]) -> dict[str, Any]:
    """Give the proof as plain data. Tables that depend on the machine stand apart under ``measured_once``."""
    return {
        "protocol": "reports/validation/protocol.md",
        "part": part,
        "versions": versions,
        "experiments": [_experiment(experiment) for experiment in experiments],
    }


def as_report(experiments: Sequence[Experiment], part: str, versions: dict[str, str]) -> Report:
    """Lay out the page: what was aimed at and reached comes first, then each experiment."""
    figures = [figure for experiment in experiments for figure in experiment.figures]
    aimed = [figure for figure in figures if figure.aim is not None]
    blocks: list[Block] = [
        Heading(TITLE, 1, "top"),
        Paragraph(
            f"Run by python -m tests.validation.proof on the {part} part of the data, by the protocol in reports/validation/protocol.md. "
            + "Versions: "
            + ", ".join(f"{name} {version}" for name, version in versions.items())
            + ".",
            "muted",
        ),
        Callout("Reached", _counted(aimed), "caution"),
        _figures("Everything that had an aim, reached or not", aimed),
    ]
    for experiment in experiments:
        blocks += _section(experiment)
    return Report("en", TITLE, tuple(blocks))


def _counted(aimed: Sequence[Figure]) -> str:
    counts = {standing: sum(figure.standing == standing for figure in aimed) for standing in STANDINGS}
    return (
        f"Of {len(aimed)} aims {counts['borne_out']} were borne out, {counts['borne_out_not_surely']} borne out by the value but not by its "
        f"interval, {counts['not_borne_out']} missed, {counts['undefined']} undefined."
    )


def _section(experiment: Experiment) -> Iterator[Block]:
    yield Heading(experiment.title, 2, experiment.code)
    yield Paragraph(experiment.asked)
    if experiment.not_run:
        yield Callout("Not run", experiment.not_run, "caution")
        return
    if experiment.notes:
        yield Bullets(experiment.notes)
    if experiment.figures:
        yield _figures("Figures", experiment.figures)
    for table in experiment.tables:
        yield _table(table, table.title)
    for table in experiment.measured_once:
        yield _table(table, f"{table.title} (measured once, on one machine)")


def _figures(caption: str, figures: Sequence[Figure]) -> PageTable:
    return PageTable(caption, COLUMNS, tuple(_row(figure) for figure in figures))


def _row(figure: Figure) -> tuple[str, ...]:
    value = figure.undefined_because if figure.value is None else f"{figure.value:.3f}"
    interval = "none" if figure.interval is None else f"{figure.interval[0]:.3f} to {figure.interval[1]:.3f} ({figure.level:.0%})"
    aim = "none" if figure.aim is None else f"{figure.aim.told()} ({figure.aim.source.removeprefix('protocol, ')})"
    data = figure.origin if figure.first_reading else f"{figure.origin}; opened before"
    return (figure.says, value, interval, f"{figure.n:,} {figure.unit}", aim, STANDINGS[figure.standing], data, figure.method)


def _table(table: Table, title: str) -> PageTable:
    numeric = tuple(
        place
        for place in range(len(table.columns))
        if table.rows and all(isinstance(row[place], (int, float)) or row[place] is None for row in table.rows)
    )
    return PageTable(title, table.columns, tuple(tuple(_cell(value) for value in row) for row in table.rows), numeric)


def _cell(value: Cell) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else value


def _experiment(experiment: Experiment) -> dict[str, Any]:
    return {
        "code": experiment.code,
        "title": experiment.title,
        "asked": experiment.asked,
        "not_run": experiment.not_run or None,
        "figures": [_figure(figure) for figure in experiment.figures],
        "tables": [_plain(table) for table in experiment.tables],
        "notes": list(experiment.notes),
        "measured_once": [_plain(table) for table in experiment.measured_once],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "code": figure.code,
        "says": figure.says,
        "value": None if figure.value is None else round(figure.value, 6),
        "interval": None if figure.interval is None else [round(end, 6) for end in figure.interval],
        "level": figure.level,
        "n": figure.n,
        "unit": figure.unit,
        "method": figure.method,
        "origin": figure.origin,
        "aim": None if figure.aim is None else {"low": figure.aim.low, "high": figure.aim.high, "source": figure.aim.source},
        "standing": figure.standing,
        "first_reading": figure.first_reading,
        "undefined_because": figure.undefined_because or None,
    }


def _plain(table: Table) -> dict[str, Any]:
    return {"code": table.code, "title": table.title, "columns": list(table.columns), "rows": [list(row) for row in table.rows]}
