"""How each tool is run: its command, what it is given, how its output is read into findings.

Environments (``CORPUSKIT_PEERS`` names their folder; a tool whose environment is missing is listed as not installed)::

    for tool in ragpreflight corpuslint docingestqa textdescriptives corpus-quality doculens contextdoctor chaffer; do
        python -m venv $CORPUSKIT_PEERS/venv-$tool && $CORPUSKIT_PEERS/venv-$tool/bin/pip install $tool
    done
    $CORPUSKIT_PEERS/venv-contextdoctor/bin/pip install "contextdoctor[pdf]"
    $CORPUSKIT_PEERS/venv-textdescriptives/bin/pip install "spacy[ja]"

Tools that take pieces of text and no files (docingestqa, chaffer, textdescriptives) are given what corpuskit read, in pieces of about 1,000
characters: that spares them the reading, at which others fail. Everything runs with its defaults.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpuskit.ingest import Document, read
from tests.validation.proof.peer_rules import Said

NAMES = {"en": "English", "ja": "Japanese"}
PIECE = 1_000
PIECES, MANIFEST = "pieces.jsonl", "manifest.json"


@dataclass(frozen=True)
class Given:
    """What a tool is run on: ``folder`` of documents, ``work`` for its output and the pieces of text, ``paths`` of the documents in the folder."""

    folder: Path
    work: Path
    paths: tuple[str, ...]

    def located(self, name: str) -> str:
        """Turn a file as a tool names it (absolute, in the folder, its name alone or cut off) into the path in the folder; as it is if unknown."""
        inside = name.removeprefix(f"{self.folder}/").split("#")[0]
        if inside in self.paths:
            return inside
        last = {path: path.rsplit("/", 1)[-1] for path in self.paths}
        same = [path for path in self.paths if last[path] == name.rsplit("/", 1)[-1]]
        begun = same or [path for path in self.paths if name and last[path].startswith(name.rstrip("…"))]
        return begun[0] if len(begun) == 1 else inside


def _nothing(out: str) -> str:
    return ""


@dataclass(frozen=True)
class Tool:
    """A tool: its package, its command, and how what it wrote is read.

    Attributes
    ----------
    takes : str
        ``folder``, or ``pieces`` of text.
    command : callable
        From the folder of its programs and what is given to the arguments.
    findings : callable
        From what was given, standard output and standard error to findings.
    settings : (str, str, str)
        Name of a file of settings, one that cannot be parsed, and one with a setting that does not exist; empty where it takes none.
    settings_argument : str
        How the file is named to it; empty where it finds it in the folder it is run from.
    remark : callable
        From standard output to a sentence for a tool that computes values and reports no faults; empty for the others.
    """

    name: str
    takes: str
    command: Callable[[Path, Given], Sequence[str]]
    findings: Callable[[Given, str, str], Iterator[Said]]
    settings: tuple[str, str, str] = ("", "", "")
    settings_argument: str = ""
    remark: Callable[[str], str] = _nothing


def write_pieces(given: Given) -> None:
    """Write the text of a folder in pieces, one a line, and the list of its documents."""
    lines, pages = [], []
    for found in read([given.folder]) if given.paths else ():
        path = given.located(found.source.path if isinstance(found, Document) else found.path)
        pages.append({"source": path, "pages": 1})
        if isinstance(found, Document):
            lines += [
                json.dumps({"chunk_id": f"{path}#{number}", "source": path, "page": 1, "text": text}, ensure_ascii=False)
                for number, text in enumerate(_pieces(found))
            ]
    (given.work / PIECES).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    (given.work / MANIFEST).write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")


def _pieces(document: Document) -> Iterator[str]:
    held = ""
    for line in (line for section in document.sections for line in section.text.splitlines()):
        if held and len(held) + len(line) >= PIECE:
            yield held
            held = ""
        held = f"{held}\n{line}".strip()
    if held:
        yield held


def _corpuskit(given: Given, out: str, err: str) -> Iterator[Said]:
    for report in (given.work / "corpuskit").glob("*.json"):
        for finding in json.loads(report.read_text(encoding="utf-8"))["findings"]:
            named = [one["document"] for one in finding["evidence"]] + [document for group in finding["documents"] for document in group]
            yield Said(finding["code"], finding["title"], tuple(given.located(document) for document in dict.fromkeys(named) if document))
        for task in json.loads(report.read_text(encoding="utf-8"))["tasks"]:
            for mode in task["failure_modes"]:
                if files := tuple(path for path in given.paths if path in mode["parameters"].values()):
                    yield Said(mode["code"], mode["text"], files)


def _ragpreflight(given: Given, out: str, err: str) -> Iterator[Said]:
    report = _json(given.work / "ragpreflight.json")
    for document in report.get("documents", ()):
        for issue in document["issues"]:
            yield Said(issue["category"], issue["summary"], (given.located(document["file"]),))
    for issue in report.get("corpus_issues", ()):
        yield Said(issue["category"], issue["summary"], tuple(given.located(name) for name in (issue["location"] or "").split(", ") if name))


def _corpuslint(given: Given, out: str, err: str) -> Iterator[Said]:
    for finding in _read(out).get("findings", ()):
        yield Said(finding["check"], finding["message"], tuple(dict.fromkeys(given.located(chunk) for chunk in finding["chunk_ids"])))


def _docingestqa(given: Given, out: str, err: str) -> Iterator[Said]:
    for check in _json(given.work / "docingestqa" / "ingestion_audit.json").get("checks", ()):
        for issue in check["issues"]:
            words = json.dumps(issue["evidence"], ensure_ascii=False)
            named = [path for path in given.paths if f"{path}#" in words] or [issue.get("source") or ""]
            yield Said(issue["check"], issue["message"], tuple(dict.fromkeys(given.located(name) for name in named if name)))


def _contextdoctor(given: Given, out: str, err: str) -> Iterator[Said]:
    for finding in _read(out).get("findings", ()):
        for place in finding["locations"]:
            yield Said(f"{finding['rule']} {finding['name']}", f"{finding['message']} {place['detail'] or ''}", (given.located(place["file"]),))
    for name, reason in re.findall(r"skipped '([^']+)': (.+)", err):
        yield Said("skipped", f"skipped: {reason}", (given.located(name),))


def _doculens(given: Given, out: str, err: str) -> Iterator[Said]:
    for name, reason in _refused(out):
        yield Said("error", reason or "ERR", (given.located(name),))
    for report in sorted((given.work / "doculens").glob("*.json")):
        document = _json(report)
        for result in document["results"]:
            told = [*result["warnings"], *result["errors"]]
            said = [words for words in told if "raised an exception" not in words and "nothing to compare" not in words]
            if not result["passed"] and not result["errors"]:
                said.append(f"{result['screener_name']} not passed")
            for words in said:
                yield Said("screener", words, (given.located(document["document_name"]),))


def _refused(out: str) -> list[tuple[str, str]]:
    """Read the table of doculens: files that it could not read, with the reason, which goes on in rows without a name."""
    refused: list[tuple[str, str]] = []
    of_one = False
    for row in re.findall(r"^│(.*)│ *$", out, re.MULTILINE):
        cells = [cell.strip() for cell in row.split("│")]
        first, last = cells[0], cells[-1]
        if len(cells) < 5:
            of_one = False  # a line of another table
        elif first:
            of_one = "│   ERR" in row
            refused += [(first, last)] if of_one else []
        elif of_one:
            refused[-1] = (refused[-1][0], f"{refused[-1][1]} {last}".strip())
    return refused


def _listed(given: Given, out: str, err: str) -> Iterator[Said]:
    """Read what the scripts below print: lists of code, words and sources."""
    for code, words, names in _read(out).get("said", ()):
        yield Said(code, words, tuple(dict.fromkeys(given.located(name) for name in names)))


def _values(out: str) -> str:
    """Say which values textdescriptives could not compute."""
    printed = _read(out)
    if not printed:
        return ""
    without = ", ".join(f"{printed['without_entropy'][code]} of {printed['pieces'][code]} pieces in {name}" for code, name in NAMES.items())
    failing = "; ".join(f"{name}: {', '.join(printed['failing'][code]) or 'none'}" for code, name in NAMES.items())
    return f"computes statistics and reports no faults. Entropy is not a number for {without}. Parts that fail: {failing}."


def _json(path: Path) -> dict[str, Any]:
    return _read(path.read_text(encoding="utf-8")) if path.exists() else {}


def _read(text: str) -> dict[str, Any]:
    """Read a JSON object; empty where a tool printed something else, such as an error."""
    try:
        found = json.loads(text[text.index("{") :])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


CHAFFER = """
import chaffer, json, sys
pieces = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
report = chaffer.check_corpus([piece["text"] for piece in pieces])
print(json.dumps({"said": [[f.code, f.message, [pieces[i]["source"] for i in f.chunks]] for f in report.findings]}))
sys.exit(0 if report.ok() else 1)
"""
CORPUS_QUALITY = """
import json, sys
from doc_quality import CorpusProfiler
report = CorpusProfiler(corpus_name="folder").profile_directory(sys.argv[1])
said = [[i.issue_type.value, i.description, [p.name]] for p in report.profiles for i in p.issues]
said += [["duplicate", "duplicates", [pair.doc_a, pair.doc_b]] for pair in report.duplicates]
print(json.dumps({"said": said}))
"""
TEXTDESCRIPTIVES = """
import json, math, re, sys
import spacy, textdescriptives
texts = {}
for line in open(sys.argv[1], encoding="utf-8"):
    piece = json.loads(line)
    texts.setdefault(piece["source"], []).append(piece["text"])
PARTS = ("descriptive_stats", "readability", "information_theory", "quality")
PROBES = {"en": "The pump is broken. Please send a seal.", "ja": "水が漏れます。部品を送ってください。"}
failing = {"en": [], "ja": []}
pipelines = {}
for language, probe in PROBES.items():
    for part in PARTS:
        try:
            made = spacy.blank(language)
            made.add_pipe("sentencizer")
            made.add_pipe("textdescriptives/" + part)
            textdescriptives.extract_dict(made(probe), [part])
            pipelines[language, part] = made
        except Exception as error:
            failing[language].append(part + ": " + type(error).__name__)
undefined, pieces = {"en": 0, "ja": 0}, {"en": 0, "ja": 0}
for source, parts in texts.items():
    for text in parts:
        language = "ja" if re.search("[\u3040-\u30ff]", text) else "en"
        pieces[language] += 1
        for (spoken, part), made in pipelines.items():
            if spoken == language:
                values = textdescriptives.extract_dict(made(text), [part], include_text=False)[0]
                undefined[language] += part == "information_theory" and math.isnan(values["entropy"])
print(json.dumps({"said": [], "pieces": pieces, "without_entropy": undefined, "failing": failing}))
"""

TOML = ("settings.toml", "not a setting = = 1\n", 'no_such_setting = "x"\n')
YAML = ("settings.yml", "a: [1\n", "no_such_setting: 1\n")
JSON = ("settings.json", "{", '{"no_such_setting": 1}')


def _of_this_package(bin: Path, given: Given) -> Sequence[str]:
    out = str(given.work / "corpuskit")
    told = ("--out", out, "--format", "json", "--report-lang", "en", "--no-progress", "--no-cache")
    return (sys.executable, "-m", "corpuskit", "audit", str(given.folder), *told)


def _script(text: str, takes: str) -> Callable[[Path, Given], Sequence[str]]:
    return lambda bin, given: (str(bin / "python"), "-c", text, str(given.folder if takes == "folder" else given.work / PIECES))


TOOLS: tuple[Tool, ...] = (
    Tool("corpuskit", "folder", _of_this_package, _corpuskit, TOML, "--config"),
    Tool(
        "ragpreflight",
        "folder",
        lambda bin, given: (
            *(str(bin / "ragpreflight"), "audit", str(given.folder), "--format", "json", "--no-progress"),
            *("-o", str(given.work / "ragpreflight.json")),
        ),
        _ragpreflight,
        (".ragpreflight.toml", *TOML[1:]),
    ),
    Tool("corpuslint", "folder", lambda bin, given: (str(bin / "corpuslint"), "--json", str(given.folder)), _corpuslint, YAML, "--config"),
    Tool(
        "docingestqa",
        "pieces",
        lambda bin, given: (
            *(str(bin / "docingestqa"), str(given.work / PIECES), "--manifest", str(given.work / MANIFEST)),
            *("--out", str(given.work / "docingestqa")),
        ),
        _docingestqa,
    ),
    Tool("textdescriptives", "pieces", _script(TEXTDESCRIPTIVES, "pieces"), _listed, remark=_values),
    Tool(
        "contextdoctor",
        "folder",
        lambda bin, given: (str(bin / "contextdoctor"), "analyze", str(given.folder), "-f", "json"),
        _contextdoctor,
        JSON,
        "-c",
    ),
    Tool(
        "doculens",
        "folder",
        lambda bin, given: (
            *(str(bin / "doculens"), "batch", str(given.folder), "--recursive", "--format", "json"),
            *("--output-dir", str(given.work / "doculens")),
        ),
        _doculens,
    ),
    Tool("corpus-quality", "folder", _script(CORPUS_QUALITY, "folder"), _listed),
    Tool("chaffer", "pieces", _script(CHAFFER, "pieces"), _listed),
)
