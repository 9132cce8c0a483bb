"""Ways through the blocks of a report, and one section of the sample report."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from corpuskit.report import SECTIONS, AuditReport, localise, phrasebook
from corpuskit.report.blocks import Block, Bullets, Callout, Chart, Columns, Details, Facts, Heading, Paragraph, Quotes, Table
from corpuskit.report.phrasebook import Language
from tests.report.sample import sample

BLOCK = TypeVar("BLOCK")


def build(section: str, language: Language, **changes: Any) -> tuple[Block, ...]:
    """Build one section of the sample, with fields of the report changed before it is localised."""
    return build_of(sample().model_copy(update=changes), section, language)


def build_of(report: AuditReport, section: str, language: Language) -> tuple[Block, ...]:
    return SECTIONS[section].build(localise(report, language), phrasebook(language))


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give all blocks in reading order, those inside columns and folds too."""
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            for side in block.sides:
                yield from flat(side)
        elif isinstance(block, Details):
            yield from flat(block.blocks)


def all_of(blocks: Iterable[Block], kind: type[BLOCK]) -> list[BLOCK]:
    return [block for block in flat(blocks) if isinstance(block, kind)]


def only(blocks: Iterable[Block], kind: type[BLOCK]) -> BLOCK:
    (found,) = all_of(blocks, kind)
    return found


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Give everything that is said, in reading order."""
    for block in flat(blocks):
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Bullets():
                yield from block.items
            case Table():
                yield from (block.caption, *block.columns, *(cell for row in block.rows for cell in row))
            case Facts():
                yield from (part for item in block.items for part in item)
            case Callout():
                yield from (block.label, block.text)
            case Chart():
                yield from (block.title, block.description, *(mark.label for mark in block.marks), *(mark.note for mark in block.marks))
            case Quotes():
                yield from (part for item in block.items for part in item)
            case Details():
                yield block.summary


def said(blocks: Iterable[Block]) -> str:
    return "\n".join(texts(blocks))
