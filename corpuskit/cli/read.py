"""``corpuskit read``: what corpuskit sees in a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from corpuskit.cli.console import ConfigFile, Encoding, Json, LabelColumn, Paths, TextColumn, put, read_overrides, say
from corpuskit.errors import InputError

if TYPE_CHECKING:
    from corpuskit.ingest import Document


def read_command(
    paths: Paths,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    encoding: Encoding = None,
    config: ConfigFile = None,
    as_json: Json = False,
) -> int:
    """Show what corpuskit sees in files: text with its structure, language, encoding, dates, warnings.

    Example: corpuskit read contract.docx
    """
    from corpuskit.audit import load_settings
    from corpuskit.ingest import Document, read
    from corpuskit.text import identify

    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder.")
    settings = load_settings(config, Path(), {"read": read_overrides(text_column, label_column, encoding=encoding)})
    documents: list[dict[str, object]] = []
    skipped: list[dict[str, object]] = []
    for result in read(paths, settings.read):
        if not isinstance(result, Document):
            skipped.append(asdict(result))
            continue
        language = identify("\n".join(section.text for section in result.sections))
        if as_json:
            documents.append({**asdict(result), "language": language})
        else:
            put(_page(result, language))
            documents.append({})
    if as_json:
        put(json.dumps({"documents": documents, "skipped": skipped, "exit_code": 0 if documents else 2}, ensure_ascii=False, indent=1))
    for item in skipped:
        say(f"skipped {item['path']}: {item['reason']}")
    if not documents:
        raise InputError("Nothing could be read.")
    return 0


def _page(document: Document, language: str) -> str:
    """Lay out one document for the screen."""
    source = document.source
    facts = [f"reader {source.reader}", f"language {language}", f"{source.bytes:,} bytes", f"modified {source.modified[:10]}"]
    if source.encoding:
        facts.append(f"encoding {source.encoding} ({source.encoding_basis})" if source.encoding_basis else f"encoding {source.encoding}")
    lines = [f"═ {document.id}", "  " + " · ".join(facts)]
    lines += [f"  {name}: {value}" for name, value in document.metadata]
    lines += [f"  warning: {warning}" for warning in document.warnings]
    heading: tuple[str, ...] = ()
    for section in document.sections:
        if section.heading != heading:
            heading = section.heading
            lines.append("\n# " + " > ".join(heading) if heading else "")
        place = " ".join(part for part in (section.kind if section.kind not in ("body", "row") else "", section.locator) if part)
        if place:
            lines.append(f"[{place}]")
        lines += [f"  {column} = {value}" for column, value in (*section.labels, *section.fields)]
        lines.append(section.text)
    return "\n".join(lines)
