"""Styles of OpenDocument files, as far as they decide what a reader sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpuskit.ingest.archive import local

SMALLEST_SEEN = 1.0
"""Points; because letters of one point or less are a thin line to the eye."""

_FAMILIES = {"p": "paragraph", "h": "paragraph", "span": "text", "section": "section", "table": "table", "page": "drawing-page"}
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt$")


@dataclass(slots=True)
class _Style:
    parent: str = ""
    hidden: bool | None = None
    white: bool | None = None
    shaded: bool | None = None


def plain(attributes: Mapping[str, str]) -> dict[str, str]:
    """Give attributes by their names without namespaces."""
    return {local(name): value for name, value in attributes.items()}


class Styles:
    """Collects the styles of a document by family and name; automatic ones come before the text that uses them."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._open = _Style()
        self._family = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element inside the styles."""
        if name == "style":
            self._family = attributes.get("family", "")
            self._open = _Style(attributes.get("parent-style-name", ""))
            self._styles[self._family, attributes.get("name", "")] = self._open
        elif name == "text-properties":
            self._letters(attributes)
        elif name == "drawing-page-properties":
            self._open.hidden = attributes.get("visibility") == "hidden" or self._open.hidden
        elif name in ("table-properties", "section-properties"):
            self._open.hidden = attributes.get("display") in ("false", "none") or self._open.hidden
        if name.endswith("-properties") and (background := attributes.get("background-color")):
            self._open.shaded = background.casefold() not in ("transparent", "#ffffff")

    def _letters(self, attributes: dict[str, str]) -> None:
        size = _POINTS.match(attributes.get("font-size", ""))
        if "display" in attributes:
            self._open.hidden = attributes["display"] == "none"
        if size and float(size[1]) <= SMALLEST_SEEN:
            self._open.hidden = True
        if "color" in attributes:
            self._open.white = attributes["color"].casefold() == "#ffffff"

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        """Tell whether an element hides its text whatever stands behind it."""
        return attributes.get("display") == "none" or bool(self._look_up(name, attributes, "hidden"))

    def colours(self, name: str, attributes: dict[str, str]) -> tuple[bool | None, bool | None]:
        """Tell whether the letters are white, and whether what stands behind them is coloured; None where the style says nothing."""
        return self._look_up(name, attributes, "white"), self._look_up(name, attributes, "shaded")

    def _look_up(self, name: str, attributes: dict[str, str], what: str) -> bool | None:
        family, style = _FAMILIES.get(name, ""), attributes.get("style-name", "")
        seen: set[str] = set()
        while family and style not in seen and (known := self._styles.get((family, style))) is not None:
            found: bool | None = getattr(known, what)
            if found is not None:
                return found
            seen.add(style)
            style = known.parent
        return None
