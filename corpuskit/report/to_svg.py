"""A chart as an SVG file of its own, for formats that link to pictures: the same drawing as on the page, with the page's colours inside."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpuskit.report.blocks import Chart
from corpuskit.report.charts import draw
from corpuskit.report.phrasebook import Language
from corpuskit.report.visible import visible

_COLOURS = re.compile(r"^:root \{[^}]*\}|^@media \(prefers-color-scheme: dark\) \{ :root \{[^}]*\} \}", re.MULTILINE)
_DRAWN = re.compile(r"^svg [.a-z].*$", re.MULTILINE)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FONT = 'svg { background: var(--paper); font-family: system-ui, "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Meiryo", sans-serif; }'
"""A background of its own, because a viewer may show the picture on a page of the other brightness."""


def to_svg(chart: Chart, language: Language) -> bytes:
    """Draw a chart as a file: light or dark as the reader's system is, with its size, its title and its description; empty where nothing is drawn."""
    drawn = visible(draw(chart))
    if not drawn:
        return b""
    head, body = drawn.split(">", 1)
    size = _SIZE.search(head)
    sized = f' width="{size[1]}" height="{size[2]}"' if size else ""
    return f'{head} xml:lang="{language}"{sized}>\n<style>\n{style()}\n</style>{body}\n'.encode()


@cache
def style() -> str:
    """Take the rules for pictures and the colours, light and dark, out of the page's style sheet: a picture looks alike in both places."""
    sheet = files("corpuskit.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    return "\n".join([*_COLOURS.findall(sheet), _FONT, *_DRAWN.findall(sheet)])
