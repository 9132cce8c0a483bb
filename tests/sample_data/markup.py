"""A small markup (headings, paragraphs, lists, tables) and its blocks: one text, many formats."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, bullet, step or table; ``level`` is that of a heading, ``rows`` are those of a table."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def join(lines: list[str]) -> str:
    """Join the lines of a paragraph: with a blank between Latin letters, with nothing beside Japanese ones."""
    text = lines[0]
    for line in lines[1:]:
        text += ("" if ord(text[-1]) > 0x2E7F or ord(line[0]) > 0x2E7F else " ") + line
    return text


def block_of(lines: list[str]) -> Block:
    first = lines[0]
    if heading := re.match(r"(#{1,3}) (.+)", first):
        return Block("heading", heading[2], level=len(heading[1]))
    if first.startswith("|"):
        return Block("table", rows=tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines))
    if first.startswith("- "):
        return Block("bullet", join([first[2:], *lines[1:]]))
    if step := re.match(r"(\d+\.) (.+)", first):
        return Block("step", f"{step[1]} {join([step[2], *lines[1:]])}")
    return Block("paragraph", join(lines))


def parse(markup: str) -> tuple[Block, ...]:
    """Cut a text into blocks. A heading, a list item and each ``;;`` (hard line) start a block of their own; blank lines separate the rest."""
    blocks: list[Block] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            blocks.append(block_of(lines))
            lines.clear()

    for raw in markup.strip().splitlines():
        line = raw.strip()
        starts_alone = re.match(r"#{1,3} |- |\d+\. ", line) is not None
        if not line or starts_alone or ";;" in line or (line.startswith("|") and lines and not lines[0].startswith("|")):
            close()
        if line:
            for part in line.split(";;"):
                if part.strip():
                    lines.append(part.strip())
                if ";;" in line:
                    close()
        if line.startswith("#"):
            close()
    close()
    return tuple(blocks)


def title_of(blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if block.kind == "heading"), "")


def japanese(text: str) -> bool:
    return re.search(r"[぀-ヿ]", text) is not None
