"""One text, the format that its file name asks for."""

from __future__ import annotations

from tests.sample_data.office import docx, pptx
from tests.sample_data.pages import html_page, markdown, pdf, text

WRITERS = {"docx": docx, "pptx": pptx, "pdf": pdf, "html": html_page, "md": markdown, "txt": text}


def written(path: str, markup: str) -> dict[str, bytes]:
    """Write ``markup`` by the suffix of ``path``; ``.sjis.txt`` is plain text in Shift_JIS (its file name ends in ``.txt``)."""
    if path.endswith(".sjis.txt"):
        return {path.replace(".sjis.txt", ".txt"): text(markup, "cp932")}
    return {path: WRITERS[path.rsplit(".", 1)[1]](markup)}


def spread(folder: str, texts: dict[str, str], suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """Write several texts, the formats in turn."""
    made: dict[str, bytes] = {}
    for number, (name, markup) in enumerate(texts.items()):
        made |= written(f"{folder}/{name}.{suffixes[number % len(suffixes)]}", markup)
    return made
