"""Dividing a report that would be too long a page: details move to linked files, step by step, until the page is short enough.

What always stays: the first page, every heading of a part, and the heads of all tasks and of the first findings. What moves first is what is read
least: long tables (skipped files before all), then evidence, then folds, then all that stands below a head, then the advice in the heads of findings,
and at last the findings beyond the first 2,000.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from urllib.parse import quote

from corpuskit.report.blocks import Block, Callout, Chart, Columns, Details, Facts, Heading, PageBreak, Paragraph, Quotes, Table
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.rendered import folder_name

FEW_ROWS = 20
"""Rows of a moved table that stay on the page."""
MANY_ROWS = 50
"""Rows from which a table is long: about two printed pages."""

FRAME = 500
"""Bytes of a piece in a linked file beside its title and its blocks: its elements and the way back."""

SHORT_BODY = 6_000
"""Bytes below a heading that are not worth a link: a list, a note, a small table. There are few such headings; findings may be thousands."""


MOST_FINDINGS = 2_000
"""Findings whose heads stay on the page whatever else moves; because their heads take a third of what a page may have, and nobody reads on."""

TOGETHER = 100
"""Findings behind one link, where findings move as a whole; because one link for each would take the room that moving them gives."""


class Step(IntEnum):
    """How much moves; each step includes those before it."""

    NOTHING = 0
    LONG_TABLES = 1
    EVIDENCE = 2
    FOLDS = 3
    BODIES = 4
    ADVICE = 5
    FINDINGS = 6


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A link that stands where blocks have been moved from; ``anchor`` is its own id."""

    text: str
    href: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks that have been moved together: under which title, and the anchor on the page that leads to them."""

    title: str
    blocks: tuple[Block, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A linked file: its name in the folder, the heading of the part it belongs to, and its pieces."""

    name: str
    part: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """What stays on the page, with links, and the files that they lead to."""

    blocks: tuple[Block | Elsewhere, ...]
    files: tuple[LinkedFile, ...] = ()

    def places(self) -> dict[str, str]:
        """Say where each anchor stands: the name of the linked file, or nothing for the page."""
        kept = dict.fromkeys(_anchors(block for block in self.blocks if not isinstance(block, Elsewhere)), "")
        for file in self.files:
            for piece in file.pieces:
                kept |= dict.fromkeys((piece.anchor, *_anchors(piece.blocks)), file.name)
        return kept


Size = Callable[[Block | Elsewhere], int]
"""Gives the bytes of a block when rendered."""


def divide(blocks: tuple[Block, ...], size: Size, limit: int, stem: str, book: Phrasebook) -> Division:
    """Divide a report.

    Parameters
    ----------
    blocks : tuple of Block
        The whole report.
    size : callable
        Gives the bytes of a block as it will be written.
    limit : int
        Bytes that the blocks of the page may have; a linked file takes as many, or one block of its own.
    stem : str
        Stem of the names of the report's files.
    book : Phrasebook
        Words of the links.

    Returns
    -------
    Division
        Of the first step that is short enough; of the last, where none is.
    """
    division = Division(blocks)
    for step in Step:
        if step is not Step.NOTHING:
            division = _Mover(step, size, limit, stem, book).divide(blocks)
        if sum(size(block) for block in division.blocks) <= limit:
            break
    return division


class _Mover:
    """Moves what a step says, part by part; a part begins at a heading of level 2."""

    def __init__(self, step: Step, size: Size, limit: int, stem: str, book: Phrasebook) -> None:
        self.step, self.size, self.limit, self.book = step, size, limit, book
        self.folder = quote(folder_name(stem))
        self.kept: list[Block | Elsewhere] = []
        self.files: list[LinkedFile] = []
        self.part = Heading(book.label("contents"), 2, "report")
        self.head = self.part.text
        self.moved: list[Piece] = []
        self.used = 0
        self.anchors = 0
        self.findings = 0
        self.waiting: list[Block] = []

    def divide(self, blocks: tuple[Block, ...]) -> Division:
        first = next((place for place, block in enumerate(blocks) if isinstance(block, PageBreak)), -1) + 1
        self.kept += blocks[:first]
        for head, body in _heads_and_bodies(blocks[first:]):
            if self._waits(head, body):
                continue
            advice = head[0] if len(head) == 1 and self.step >= Step.ADVICE else None
            if isinstance(advice, Callout) and advice.text:
                head, body = (replace(advice, text=""),), (Paragraph(advice.text), *body)
            self._head(head)
            of_finding = bool(head) and isinstance(head[0], Callout)
            self._body(body, moves=self.step >= Step.BODIES and (of_finding or sum(map(self.size, body)) > SHORT_BODY))
        self._move_waiting()
        self._close()
        return Division(tuple(self.kept), tuple(self.files))

    def _waits(self, head: tuple[Block, ...], body: tuple[Block, ...]) -> bool:
        """Take a finding that is beyond those of the page, to be moved with those beside it; whatever else comes ends their row."""
        if self.step < Step.FINDINGS or len(head) != 1 or not isinstance(head[0], Callout):
            self._move_waiting()
            return False
        self.findings += 1
        if self.findings <= MOST_FINDINGS:
            return False
        self.waiting += [*head, *body]
        if self.findings % TOGETHER == 0:
            self._move_waiting()
        return True

    def _move_waiting(self) -> None:
        count = sum(isinstance(block, Callout) for block in self.waiting)
        if count:
            title = self.book.label("some_findings", first=self.findings - count + 1, last=self.findings)
            blocks, self.waiting = tuple(self.waiting), []
            self._move(title, blocks, "elsewhere_findings", count)

    def _head(self, head: tuple[Block, ...]) -> None:
        for block in head:
            if isinstance(block, Heading) and block.level == 2:
                self._close()
                self.part = block
            if isinstance(block, Heading):
                self.head = block.text
            if isinstance(block, Callout) and len(head) == 1:
                self.head = block.label
            self.kept.append(block)

    def _body(self, body: tuple[Block, ...], moves: bool) -> None:
        if moves and body:
            self._move(self.head, body, "elsewhere_body")
            return
        for block in body:
            if isinstance(block, Heading):
                self.head = block.text
            if isinstance(block, Table) and len(block.rows) > MANY_ROWS:
                shown = self.book.label("first_rows", shown=FEW_ROWS, n=len(block.rows))
                caption = f"{block.caption} ({shown})" if block.caption else shown
                self.kept.append(replace(block, caption=caption, rows=block.rows[:FEW_ROWS]))
                self._move(block.caption or self.head, (block,), "elsewhere_rows", len(block.rows))
            elif isinstance(block, Quotes) and self.step >= Step.EVIDENCE:
                self._move(self.head, (block,), "elsewhere_evidence", len(block.items))
            elif isinstance(block, Details) and self.step >= Step.FOLDS:
                self._move(block.summary, block.blocks, "elsewhere_fold", anchor=block.anchor)
            else:
                self.kept.append(block)

    def _move(self, title: str, blocks: tuple[Block, ...], label: str, n: int = 0, anchor: str = "") -> None:
        """Put blocks into the part's linked file and a link in their place; where the file is full, into the next one."""
        self.anchors += 1
        anchor = anchor or f"moved-{self.anchors}"
        pieces = list(self._fitting(title, blocks, anchor))
        if self.moved and self.used + _bytes(pieces[0], self.size) > self.limit:
            self._next_file()
        href = f"{self.folder}/{self._file_name()}#{anchor}"
        self.kept.append(Elsewhere(self.book.label(label, n=n, name=title), href, anchor))
        for place, piece in enumerate(pieces):
            if place:
                self._next_file()
            self.moved.append(piece)
            self.used += _bytes(piece, self.size)

    def _fitting(self, title: str, blocks: tuple[Block, ...], anchor: str) -> Iterator[Piece]:
        """Divide what is too long for one file, tables between their rows."""
        held: list[Block] = []
        used, name = FRAME, title
        for block in (part for whole in blocks for part in self._rows_apart(whole)):
            if held and used + self.size(block) > self.limit:
                yield Piece(name, tuple(held), anchor)
                held, used, name = [], FRAME, self.book.label("continued", name=title)
            held.append(block)
            used += self.size(block)
        yield Piece(name, tuple(held), anchor)

    def _rows_apart(self, block: Block) -> Iterator[Block]:
        parts = -(-self.size(block) // max(1, self.limit - 2 * FRAME))
        if not isinstance(block, Table) or parts <= 1 or len(block.rows) < 2:
            yield block
            return
        many = max(1, len(block.rows) // (parts + 1))
        for first in range(0, len(block.rows), many):
            rows = block.rows[first : first + many]
            told = self.book.label("some_rows", first=first + 1, last=first + len(rows), n=len(block.rows))
            yield replace(block, caption=f"{block.caption} ({told})" if block.caption else told, rows=rows)

    def _file_name(self) -> str:
        name = re.sub(r"[^a-z0-9-]", "-", self.part.anchor.lower()) or "part"
        number = sum(file.part == self.part.text for file in self.files) + 1
        return f"{self.book.language}-{name}-{number}.html"

    def _next_file(self) -> None:
        self.files.append(LinkedFile(self._file_name(), self.part.text, tuple(self.moved)))
        self.moved, self.used = [], 0

    def _close(self) -> None:
        if self.moved:
            self._next_file()


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading | Chart | Details) and block.anchor:
            yield block.anchor
        if isinstance(block, Details):
            yield from _anchors(block.blocks)
        elif isinstance(block, Columns):
            for side in block.sides:
                yield from _anchors(side)


def _bytes(piece: Piece, size: Size) -> int:
    return FRAME + len(piece.title.encode(errors="replace")) + sum(size(block) for block in piece.blocks)


def _heads_and_bodies(blocks: tuple[Block, ...]) -> Iterator[tuple[tuple[Block, ...], tuple[Block, ...]]]:
    """Give each head with what stands below it.

    A head is a heading of a part or of a task, with the callout and the facts that follow it at once, or a callout alone.
    """
    head: list[Block] = []
    body: list[Block] = []
    for block in blocks:
        follows = bool(head) and not body and isinstance(head[0], Heading) and head[0].level > 2
        if (isinstance(block, Callout) or (isinstance(block, Facts) and len(head) == 2)) and follows and type(block) is not type(head[-1]):
            head.append(block)
        elif isinstance(block, Callout) or (isinstance(block, Heading) and block.level <= 3):
            if head or body:
                yield tuple(head), tuple(body)
            head, body = [block], []
        else:
            body.append(block)
    if head or body:
        yield tuple(head), tuple(body)
