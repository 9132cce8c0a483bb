"""Label Studio: tasks and the configuration of the labelling page out, annotations of one or several people in.

Format: tasks are ``{"data": {...}}``, exports add ``annotations`` with ``result`` and ``completed_by`` (JSON) or one flat object for each annotation
(JSON_MIN). Source: Label Studio's documentation of its export format and its SDK.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from corpuskit.errors import InputError
from corpuskit.pilot.exchange.entries import cell, dump, load_json, sheet_of_rows
from corpuskit.pilot.exchange.exchange import Exchange, Row
from corpuskit.pilot.sheet import Sheet

LABEL, COMMENT = "label", "comment"

CASE = "case_id"
"""Name of a case's id in the data of a task; because JSON_MIN writes Label Studio's own number under ``id``."""


def configuration(labels: Sequence[str]) -> str:
    """Write the configuration of the labelling page: the text, one choice among the labels, a comment."""
    choices = "\n".join(f"    <Choice value={quoteattr(label)}/>" for label in labels)
    return (
        "<View>\n"
        '  <Text name="text" value="$input"/>\n'
        f'  <Choices name="{LABEL}" toName="text" choice="single" showInLine="true" required="true">\n{choices}\n  </Choices>\n'
        f'  <TextArea name="{COMMENT}" toName="text" rows="2" maxSubmissions="1"/>\n'
        "</View>\n"
    )


def _write(rows: Sequence[Row], labels: Sequence[str]) -> dict[str, bytes]:
    tasks = [{"data": {CASE: row["id"], "input": row.get("input", "")}} for row in rows]
    return {"label-studio.json": dump(tasks), "label-studio.xml": configuration(labels).encode("utf-8", "replace")}


def _read(path: Path, encoding: str) -> Sheet:
    """Read annotations: a row for each, the people told apart by ``labelled_by``. Skipped ones count as not labelled."""
    entries = load_json(path, encoding)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{path}: a list of tasks is expected, as Label Studio exports it (JSON or JSON-MIN).")
    rows: list[dict[str, str]] = []
    for number, entry in enumerate(entries, 1):
        if "data" not in entry:
            rows.append(_of_minimal(entry))
            continue
        data = entry["data"]
        if not isinstance(data, dict) or not cell(data.get(CASE)):
            raise InputError(f"{path}: task {number} has no data.{CASE}. Import the tasks that corpuskit wrote, so that labels find their cases.")
        for annotation in entry.get("annotations") or []:
            if not annotation.get("was_cancelled"):
                rows.append(_of_annotation(cell(data[CASE]), annotation))
    return sheet_of_rows(path, rows, ("id", "label"), "labels")


def _of_annotation(case: str, annotation: Mapping[str, Any]) -> dict[str, str]:
    row = {
        "id": case,
        "label": "",
        "comment": "",
        "labelled_by": _person(annotation.get("completed_by")),
        "labelled_at": cell(annotation.get("created_at")),
    }
    for result in annotation.get("result") or []:
        value = result.get("value") or {}
        if result.get("from_name") == LABEL and value.get("choices"):
            row["label"] = cell(value["choices"][0])
        elif result.get("from_name") == COMMENT and value.get("text"):
            row["comment"] = " ".join(cell(text) for text in (value["text"] if isinstance(value["text"], list) else [value["text"]]))
    return row


def _of_minimal(entry: Mapping[str, Any]) -> dict[str, str]:
    label = entry.get(LABEL)
    chosen = label.get("choices", [""])[0] if isinstance(label, dict) else label
    return {
        "id": cell(entry.get(CASE)),
        "label": cell(chosen),
        "comment": cell(entry.get(COMMENT)),
        "labelled_by": _person(entry.get("annotator")),
        "labelled_at": cell(entry.get("created_at")),
    }


def _person(value: Any) -> str:
    """Name a person: newer exports give an object, older ones a number."""
    if isinstance(value, dict):
        return cell(value.get("email") or value.get("id"))
    return cell(value)


LABEL_STUDIO = Exchange("label-studio", "Label Studio (SDK 2.1)", _write, _read)
