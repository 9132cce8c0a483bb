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
    """A list; ``ordered`` numbers it; ``copied`` offers each item to be copied, where the format can."""

    items: tuple[str, ...]
    ordered: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Column headings and rows of text. ``numeric`` names the columns (by index) that are set right-aligned; ``links`` are pairs of what stands in
    a first cell and the anchor, or the file beside the page (``./name``), that it leads to."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed sentence that must not be overlooked; its tone is also said in words by ``label``."""

    label: str
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts as pairs of a name and what it is: a card, or the explanation of a number. ``wide`` gives each pair a line of its own."""

    items: tuple[tuple[str, str], ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a chart: a label, a value and, where there is one, its interval; ``aside`` is a word set beside the value.

    In a ``scatter`` a mark is a point: ``x`` is its place on the horizontal axis, ``value`` that on the vertical one.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    aside: str = ""
    x: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a ``heat`` map: names of its rows and columns, and the counts, row by row. ``diagonal`` marks cells that mean agreement."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    diagonal: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A horizontal line that a curve is read against, such as the tolerance."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Where on the horizontal axis a curve reaches its limit, with the interval of that place."""

    x: float
    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its data: ``dots`` (value with whiskers, horizontal), ``bars`` (horizontal), ``line`` (x numeric), ``loglog`` (points on two
    logarithmic axes), ``scatter`` (named points, x logarithmic), ``heat`` (counts in cells). ``description`` says what it shows, ``about`` how it
    is to be read: the two are the text alternative, and only the first stands below the picture, the other with its data.

    A line may have a ``band`` (x, lower, upper), a ``limit`` and a ``reach``. ``narrow`` charts are made to stand two side by side.
    """

    kind: Literal["dots", "bars", "line", "loglog", "scatter", "heat"]
    anchor: str
    title: str
    description: str
    marks: tuple[Mark, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    x_label: str = ""
    y_label: str = ""
    percent: bool = False
    probability: bool = False
    band: tuple[tuple[float, float, float], ...] = ()
    limit: Limit | None = None
    reach: Reach | None = None
    grid: Grid | None = None
    narrow: bool = False
    percent_x: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Masked lines from documents: (document, quote)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Details:
    """A fold: a summary line and the blocks behind it (shown open where the format has no folds); ``anchor`` is an id unique in the report.

    ``printed`` says whether the fold is printed, open, or left to the screen and to the files for machines.
    """

    summary: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side where there is room, one after the other where there is not."""

    sides: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a printed report starts a new page."""


Block = Heading | Paragraph | Bullets | Table | Facts | Callout | Chart | Quotes | Details | Columns | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, ready to be rendered."""

    language: Literal["en", "ja"]
    title: str
    blocks: tuple[Block, ...]
