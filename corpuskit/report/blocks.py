"""The blocks a report is made of. Sections emit blocks, renderers walk blocks: N sections + M formats, not N x M templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "good", "caution", "bad", "muted"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``anchor`` is an id unique in the report."""

    text: str
    level: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, without markup."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` numbers it."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Column headings and rows of text. ``numeric`` names the columns (by index) that are set right-aligned."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed sentence that must not be overlooked; its tone is also said in words by ``label``."""

    label: str
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a chart: a label, a value and, where there is one, its interval."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its data: ``dots`` (value with whiskers, horizontal), ``bars`` (horizontal), ``line`` (x numeric labels),
    ``loglog`` (points on two logarithmic axes). ``description`` is the text alternative."""

    kind: Literal["dots", "bars", "line", "loglog"]
    anchor: str
    title: str
    description: str
    marks: tuple[Mark, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    x_label: str = ""
    y_label: str = ""
    percent: bool = False
    probability: bool = False


@dataclass(frozen=True, slots=True)
class Quotes:
    """Masked lines from documents: (document, quote)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Details:
    """A fold: a summary line and the blocks behind it (shown open where the format has no folds)."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side where there is room, one after the other where there is not."""

    sides: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a printed report starts a new page."""


Block = Heading | Paragraph | Bullets | Table | Callout | Chart | Quotes | Details | Columns | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, ready to be rendered."""

    language: Literal["en", "ja"]
    title: str
    blocks: tuple[Block, ...]
