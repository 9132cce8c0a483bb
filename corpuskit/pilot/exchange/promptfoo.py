"""promptfoo: test cases out, results of an evaluation in.

Format: a list of ``{"description", "vars", "assert", "metadata"}``, which promptfoo reads with ``tests: file://...json``; results are
``{"results": {"results": [...]}}`` as ``promptfoo eval -o results.json`` writes them. Source: promptfoo's documentation of test cases and its code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError
from corpuskit.pilot.exchange.entries import cell, dump, load_json, sheet_of_rows
from corpuskit.pilot.exchange.exchange import Exchange, Row, slices_of_row
from corpuskit.pilot.sheet import Sheet

TEMPLATE_MARKS = ("{{", "{%", "{#")
"""What promptfoo's templates react to inside a variable."""


def inert(text: str) -> str:
    """Keep a text from being taken for a template or for the name of a file to load.

    A text with marks of templates is wrapped in ``{% raw %}``; one that begins with ``file://`` gets a blank before it.
    """
    if any(mark in text for mark in TEMPLATE_MARKS):
        text = "{% raw %}" + text.replace("{% endraw %}", "{% endraw % }") + "{% endraw %}"
    return f" {text}" if text.startswith("file://") else text


def _write(rows: Sequence[Row], _labels: Sequence[str]) -> dict[str, bytes]:
    tests = []
    for row in rows:
        test: dict[str, Any] = {"description": row["id"], "vars": {"id": row["id"], "input": inert(row.get("input", ""))}}
        if row.get("truth"):
            test["assert"] = [{"type": "equals", "value": inert(row["truth"])}]
        test["metadata"] = {"id": row["id"], "doc_id": row.get("doc_id", ""), **slices_of_row(row)}
        tests.append(test)
    return {"promptfoo.json": dump(tests)}


def _read(path: Path, encoding: str) -> Sheet:
    """Read results: a row for each test of each provider; equal tests of one provider are repeats. An answer that ended in an error is withheld."""
    found = load_json(path, encoding)
    results = found.get("results") if isinstance(found, dict) else None
    listed = results.get("results") if isinstance(results, dict) else results
    if not isinstance(listed, list):
        raise InputError(f"{path}: no results.results in it. Give the file that `promptfoo eval -o results.json` wrote.")
    rows, seen = [], Counter[tuple[str, str, str]]()
    for number, result in enumerate(listed, 1):
        case = _case(result)
        if not case:
            raise InputError(f"{path}: result {number} names no case (testCase.metadata.id). Run promptfoo on the tests that corpuskit wrote.")
        provider, prompt = _provider(result), cell((result.get("prompt") or {}).get("label") if isinstance(result.get("prompt"), dict) else "")
        seen[case, provider, prompt] += 1
        rows.append(_row(result, case, provider, prompt, seen[case, provider, prompt]))
    if len({row["prompt_hash"] for row in rows}) == 1:
        rows = [{**row, "model_version": ""} for row in rows]
    if len({row["repeat"] for row in rows}) == 1:
        rows = [{**row, "repeat": ""} for row in rows]
    return sheet_of_rows(path, rows, ("id", "prediction"), "results")


def _row(result: Mapping[str, Any], case: str, provider: str, prompt: str, repeat: int) -> dict[str, str]:
    response = result.get("response") or {}
    output = response.get("output") if isinstance(response, dict) else response
    failed = output is None or output == ""
    return {
        "id": case,
        "prediction": "" if failed else cell(output),
        "abstained": "true" if failed else "false",
        "model": provider,
        "model_version": prompt,
        "prompt_hash": cell(result.get("promptId")) or prompt,
        "run_id": "",
        "repeat": str(repeat),
        "note": cell(result.get("error")) if failed else "",
    }


def _case(result: Mapping[str, Any]) -> str:
    test = result.get("testCase") or {}
    places = (test.get("metadata"), result.get("metadata"), test.get("vars"), result.get("vars"))
    return next((cell(place["id"]) for place in places if isinstance(place, dict) and place.get("id")), "")


def _provider(result: Mapping[str, Any]) -> str:
    provider = result.get("provider")
    if isinstance(provider, dict):
        return cell(provider.get("label") or provider.get("id"))
    return cell(provider)


PROMPTFOO = Exchange("promptfoo", "promptfoo 0.121", _write, _read)
