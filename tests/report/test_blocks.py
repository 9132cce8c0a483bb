"""Blocks are values; every format must know every kind of them."""

from dataclasses import FrozenInstanceError, fields
from typing import get_args

import pytest

from corpuskit.report import RENDERERS
from corpuskit.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Columns,
    Details,
    Facts,
    Grid,
    Heading,
    Limit,
    Mark,
    PageBreak,
    Paragraph,
    Quotes,
    Reach,
    Report,
    Table,
)

SAID = "what is said"
BLOCKS: tuple[Block, ...] = (
    Heading(SAID, 2),
    Paragraph(SAID),
    Bullets((SAID,)),
    Table("", ("column",), ((SAID,),)),
    Facts((("name", SAID),)),
    Callout("label", SAID),
    Chart("bars", "chart", "title", "description", (Mark(SAID, 0.5),)),
    Quotes((("document", SAID),)),
    Details("more", (Paragraph(SAID),)),
    Columns(((Paragraph("left"),), (Paragraph(SAID),))),
    PageBreak(),
)


def name(block):
    return type(block).__name__


def test_the_list_of_blocks_is_complete():
    assert {type(block) for block in BLOCKS} == set(get_args(Block))


@pytest.mark.parametrize(
    "block", [*BLOCKS, Mark("m", None), Grid((), (), ()), Limit(0.1, "l"), Reach(1, None, None, "r"), Report("en", "t", ())], ids=name
)
def test_a_block_is_its_values_and_cannot_be_changed(block):
    assert block == type(block)(**{field.name: getattr(block, field.name) for field in fields(block)})
    assert len({block, block}) == 1
    for field in fields(block):
        with pytest.raises(FrozenInstanceError):
            setattr(block, field.name, None)


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=lambda renderer: renderer.name)
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("block", BLOCKS, ids=name)
def test_every_format_says_what_every_block_says(block, language, renderer):
    page = renderer.render(Report(language, "title", (block,)), "report").text
    assert (SAID in page) == (not isinstance(block, PageBreak))


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=lambda renderer: renderer.name)
def test_blocks_may_be_empty_and_stand_inside_each_other(renderer):
    empty = (
        Bullets(()),
        Table("", (), ()),
        Quotes(()),
        Details("fold", ()),
        Columns(()),
        Chart("dots", "a", "t", "d"),
        Chart("loglog", "b", "t", "d"),
    )
    nested = Details("outer", (Columns(((Details("inner", (Paragraph(SAID),)),),)),))
    page = renderer.render(Report("en", "title", (*empty, nested)), "report").text
    assert SAID in page
    assert "fold" in page
