"""Figures, tables and notes made of what the tools said."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from corpuskit.estimators.binomial import clopper_pearson
from tests.validation.proof.peer_features import VERSIONS
from tests.validation.proof.peer_rules import Alarms, Said, alarms, judge
from tests.validation.proof.peer_runs import LONGEST, Ran, without_network
from tests.validation.proof.peer_tools import Given, Tool
from tests.validation.proof.planted_faults import Fault, has_fault
from tests.validation.proof.results import Cell, Figure, Table

OWN = "corpuskit"
ORIGIN = "sample_data, the invented company of this repository, without its README"
FOUND = "share found by the written rule of the kind; Clopper-Pearson, as if the faults had been drawn at random, which they were not"
FALSE = "files named by findings of a kind that the folder settles and that are free of it, among all files so named; Clopper-Pearson"

DOUBTFUL: tuple[tuple[str, str, str, str], ...] = (
    (
        "contextdoctor",
        "shift_jis",
        "found",
        "it reports the replacement characters that its own reading made of them, not that they are in Shift_JIS",
    ),
    (
        "corpus-quality",
        "shift_jis",
        "found",
        "it reports the replacement characters that its own reading made of them, not that they are in Shift_JIS",
    ),
    ("docingestqa", "broken", "named wrongly", "it says that the file has no pieces of text, from the list of files that it was given beside them"),
    (
        "docingestqa",
        "encrypted",
        "named wrongly",
        "it says that the file has no pieces of text, from the list of files that it was given beside them",
    ),
    ("ragpreflight", "encrypted", "named wrongly", "it takes the file with a password for a scan"),
    ("ragpreflight", "near_copies_ja", "found", "it names two of the four contracts, and none of the five English agreements"),
    ("chaffer", "applications_ja", "found", "it finds their e-mail addresses, no Japanese telephone number"),
    ("chaffer", "complaints_en", "found", "one finding covers all files with personal data; which kind is in which file is not said"),
    ("corpuskit", "near_copies_en", "found", "it names three of the five agreements and counts the rest"),
)


class Result(NamedTuple):
    """A run of a tool on a folder, and what it said."""

    tool: Tool
    folder: str
    given: Given
    command: tuple[str, ...]
    ran: Ran
    said: tuple[Said, ...]


def figures(results: Sequence[Result], faults: Sequence[Fault], missing: Mapping[str, str]) -> tuple[Figure, ...]:
    """Give for each tool the share of planted faults found, and of its judged findings that are false alarms."""
    made = []
    for result in results:
        if result.folder == "sample":
            name, code = result.tool.name, result.tool.name.replace("-", "_")
            found = sum(judge(fault, result.said).verdict == "found" for fault in faults)
            made.append(_share(f"peers_found_{code}", f"Planted faults that {name} finds", found, len(faults), "planted faults", FOUND, name != OWN))
            right, false, _ = _totals(alarms(result.said, has_fault))
            says = f"False alarms among the findings of {name} that the folder settles"
            made.append(_share(f"peers_false_alarms_{code}", says, false, right + false, "files named", FALSE, name != OWN))
    for name, reason in missing.items():
        code = f"peers_found_{name.replace('-', '_')}"
        made.append(Figure(code, f"Planted faults that {name} finds", None, None, 0, "planted faults", FOUND, ORIGIN, undefined_because=reason))
    return tuple(made)


def _share(code: str, says: str, part: int, n: int, unit: str, method: str, first: bool) -> Figure:
    if n == 0:
        return Figure(
            code, says, None, None, 0, unit, method, ORIGIN, first_reading=first, undefined_because="no finding of a kind that the folder settles"
        )
    low, high = clopper_pearson(part, n)
    return Figure(code, says, round(part / n, 3), (round(low, 3), round(high, 3)), n, unit, method, ORIGIN, first_reading=first)


def _totals(found: Sequence[Alarms]) -> tuple[int, int, int]:
    return sum(len(one.right) for one in found), sum(len(one.false) for one in found), sum(len(one.unsettled) for one in found)


def tables(results: Sequence[Result], faults: Sequence[Fault]) -> tuple[Table, ...]:
    """Make the tables of verdicts, evidence, halves, false alarms and commands."""
    on_sample = [result for result in results if result.folder == "sample"]
    verdicts: list[tuple[Cell, ...]] = []
    evidence: list[tuple[Cell, ...]] = []
    for fault in faults:
        judged = [judge(fault, result.said) for result in on_sample]
        verdicts.append((fault.says, fault.kind.replace("_", " "), fault.language, *(one.verdict for one in judged)))
        evidence += [(fault.says, result.tool.name, one.verdict, one.evidence) for result, one in zip(on_sample, judged, strict=True) if one.evidence]
    names = tuple(result.tool.name for result in on_sample)
    return (
        Table("peers_faults", "What each tool says of every planted fault", ("fault", "kind", "language", *names), tuple(verdicts)),
        Table("peers_evidence", "Findings behind the verdicts: code, files named", ("fault", "tool", "verdict", "evidence"), tuple(evidence)),
        _halves(results, faults),
        _alarms(on_sample),
        _commands(on_sample),
    )


def _halves(results: Sequence[Result], faults: Sequence[Fault]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        if result.folder.startswith("sample"):
            those = [fault for fault in faults if result.folder in ("sample", f"sample_{fault.language}")]
            verdicts = [judge(fault, result.said).verdict for fault in those]
            counts = (verdicts.count("found"), verdicts.count("named wrongly"), verdicts.count("missed"))
            rows.append((result.tool.name, _called(result.folder), len(those), *counts, *_totals(alarms(result.said, has_fault))))
    columns = ("tool", "folder", "planted faults", "found", "named wrongly", "missed", "files named rightly", "false alarms", "not settled")
    return Table("peers_halves", "Found and missed by language", columns, tuple(rows))


def _alarms(results: Sequence[Result]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        for one in alarms(result.said, has_fault):
            example = one.false[0] if one.false else None
            rows.append((result.tool.name, one.kind.replace("_", " "), len(one.right), len(one.false), len(one.unsettled), example))
    columns = ("tool", "kind of finding", "files with the fault", "files without it", "not settled", "example without it")
    return Table("peers_false_alarms", "Files that findings name, by kind", columns, tuple(rows))


def _commands(results: Sequence[Result]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        shown = [_shown(argument, result) for argument in result.command]
        gives = "folder" if result.tool.takes == "folder" else "text as corpuskit read it, in pieces"
        rows.append((result.tool.name, _installed(result), " ".join(shown), gives))
    return Table("peers_commands", "How each tool was run", ("tool", "version", "command", "given"), tuple(rows))


def _installed(result: Result) -> str:
    """Read the version of a tool from its environment."""
    if result.tool.name == OWN:
        return version(OWN)
    environment = Path(result.command[0]).parent.parent
    name = result.tool.name.replace("-", "_")
    return next(
        (found.name.split("-")[1].removesuffix(".dist") for found in environment.glob(f"lib/*/site-packages/{name}-*.dist-info")), "not known"
    )


def _shown(argument: str, result: Result) -> str:
    if "\n" in argument:
        return "(script in peer_tools.py)"
    if argument == sys.executable or argument.endswith("/bin/python"):
        return "python"
    shown = argument.replace(str(result.given.folder), "FOLDER").replace(str(result.given.work), "OUT")
    return shown.rsplit("/bin/", 1)[-1]


def times(results: Sequence[Result]) -> Table:
    """Make the table of what depends on the machine, and on the runs of tools that guess."""
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        ran = result.ran
        measured = (round(ran.seconds, 1), round(ran.processor, 1), round(ran.megabytes), len(result.said))
        code = f"stopped after {LONGEST} s of the processor" if ran.exit_code is None else ran.exit_code
        rows.append((result.tool.name, _called(result.folder), len(result.given.paths), *measured, code))
    columns = ("tool", "folder", "files", "seconds", "seconds of the processor", "peak memory, MB", "findings", "exit code")
    return Table("peers_times", "Time, memory and number of findings, two runs at a time", columns, tuple(rows))


def _called(folder: str) -> str:
    return {"sample": "sample, all", "sample_en": "sample, English half", "sample_ja": "sample, Japanese half"}.get(folder, folder)


def notes(results: Sequence[Result], faults: Sequence[Fault], missing: Mapping[str, str], company: Sequence[str]) -> tuple[str, ...]:
    """Say what a reader has to know to weigh the tables, and which verdicts are doubtful."""
    made = [
        "The sample folder was made together with corpuskit: its faults are of the kinds that corpuskit looks for, and it was developed on it. "
        "A folder made by somebody else would treat it less well; the figures of corpuskit are no first readings.",
        "A finding counts for the files it names. " + _most_named(results),
        "Findings of kinds that the folder does not settle (short pieces, headings, dates, structure) are counted in the times alone.",
        "Tools that take pieces of text were given what corpuskit read from the files, which spares them the reading. Where these pieces end was "
        "decided here: what docingestqa says of their ends, for which it fails the clean folder, speaks of that.",
        f"Every process ran {'without a network interface' if without_network() else 'with a network, which could not be taken away here'}, "
        "in an environment that names no proxy and no key.",
    ]
    made += [f"{name}: {reason}." for name, reason in missing.items()]
    made += [
        f"{result.tool.name}: its features were looked at in version {VERSIONS[result.tool.name]}; {_installed(result)} was run."
        for result in results
        if result.folder == "sample" and _installed(result) != VERSIONS.get(result.tool.name, version(OWN))
    ]
    made += [f"{name}: not run; the data are not here." for name in company if missing_folder(name, results)]
    verdicts = {
        (result.tool.name, fault.code): judge(fault, result.said).verdict for result in results if result.folder == "sample" for fault in faults
    }
    made += [f"Doubtful: {tool}, {code}, {verdict}: {why}." for tool, code, verdict, why in DOUBTFUL if verdicts.get((tool, code)) == verdict]
    made += [f"{result.tool.name}: {said}" for result in results if result.folder == "sample" and (said := result.tool.remark(result.ran.out))]
    return tuple(made)


def missing_folder(name: str, results: Sequence[Result]) -> bool:
    """Tell whether nothing was run on a folder."""
    return all(result.folder != name for result in results)


def _most_named(results: Sequence[Result]) -> str:
    own = [len(said.files) for result in results if result.tool.name == OWN and result.folder == "sample" for said in result.said]
    return (
        f"corpuskit names at most {max(own, default=0)} files in one finding here and counts the others; a fault that is only counted is not found."
    )
