"""Notebooks (.ipynb): Markdown cells as text under their headings, code cells with the begin of what they printed.

A notebook is JSON in UTF-8 by its standard, so that an encoding that the options name for other files is none of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.markup import shows_text
from corpuskit.ingest.outline import Outline
from corpuskit.ingest.plain import write_markdown
from corpuskit.ingest.reader import Extraction, RawFile, Reader

LONGEST_OUTPUT = 2_000
"""Characters of what one cell printed; because logs and frames printed whole would drown what people wrote."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def _read_notebook(file: RawFile) -> Extraction:
    decoded = decode(file.data)
    try:
        content = json.loads(decoded.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ReadError("broken", f"Not a notebook: no JSON: {error}.") from error
    if not isinstance(content, dict) or not ("cells" in content or "worksheets" in content):
        raise ReadError("broken", "Not a notebook: the JSON has no cells.")
    outline = Outline()
    cut = 0
    for number, cell in enumerate(_cells(content), start=1):
        if cell.get("cell_type") in ("markdown", "heading"):
            mark = "#" * _level(cell) + " " if cell["cell_type"] == "heading" else ""
            write_markdown(mark + _text(cell.get("source")), outline)
        else:
            outline.add(_text(cell.get("source", cell.get("input"))), "body", f"cell {number}")
            printed = _printed(cell)
            cut += len(printed) > LONGEST_OUTPUT
            outline.add(printed[:LONGEST_OUTPUT], "body", f"cell {number}")
    sections = outline.finish()
    if not shows_text(sections):
        raise ReadError("no_text", "The notebook has no cell with text.")
    warnings = (*decoded.warnings, *((f"outputs_left_out: {cut}",) if cut else ()))
    return Extraction(sections, _metadata(content.get("metadata")), warnings, decoded.encoding, decoded.basis)


def _cells(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the cells; notebooks before version 4 keep them in worksheets."""
    sheets = content.get("worksheets")
    holders = [content, *(sheets if isinstance(sheets, list) else ())]
    for holder in holders:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        yield from (cell for cell in (cells if isinstance(cells, list) else ()) if isinstance(cell, dict))


def _level(cell: dict[str, Any]) -> int:
    level = cell.get("level")
    return level if isinstance(level, int) and 1 <= level <= 6 else 1


def _text(value: object) -> str:
    """Join a multi-line string, which may be stored as a list of lines."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _printed(cell: dict[str, Any]) -> str:
    """Give what a cell printed as plain text; pictures, HTML and the trace of an error are no text of it."""
    pieces: list[str] = []
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if isinstance(output, dict):
            data = output.get("data", output)
            plain = data.get("text/plain") if isinstance(data, dict) else None
            pieces.append(_text(plain) or _text(output.get("text")))
    return _COLOURS.sub("", "\n".join(pieces))


def _metadata(told: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(told, dict):
        return ()
    authors = told.get("authors")
    names = [author.get("name") for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    found = {"title": told.get("title"), "author": ", ".join(name for name in names if isinstance(name, str))}
    return tuple((name, value.strip()) for name, value in found.items() if isinstance(value, str) and value.strip())


IPYNB = Reader("ipynb", (".ipynb",), "Notebook", _read_notebook, version=3, packages=("resiliparse",))
