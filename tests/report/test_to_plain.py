import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report import phrasebook, to_plain
from corpuskit.report.blocks import Bullets, Facts, Heading, PageBreak, Quotes, Table
from corpuskit.report.sections.section import width
from corpuskit.report.to_plain import NOT_AT_START, wrap
from tests.report.test_blocks import BLOCKS, SAID

BOOK = phrasebook("ja")


@pytest.mark.parametrize("block", [block for block in BLOCKS if not isinstance(block, PageBreak)], ids=lambda block: type(block).__name__)
def test_every_kind_of_block_is_said(block):
    assert SAID in to_plain((block,), phrasebook("en"))


@given(st.text(), st.integers(8, 90))
def test_nothing_is_lost_and_no_line_is_too_wide(text, cells):
    lines = wrap(text, cells)
    kept = "".join("".join(line.split()) for line in lines)
    assert len(kept) >= len("".join(text.split()))
    # one closing mark may hang over the edge
    assert all(width(line) <= cells or line[-1] in NOT_AT_START for line in lines)


@given(st.lists(st.sampled_from(["網羅率", "coverage", "、", "。", "（括弧）", " "]), max_size=60).map("".join), st.integers(10, 40))
def test_no_line_begins_with_a_closing_mark(text, cells):
    assert not [line for line in wrap(f"見出し{text}", cells)[1:] if line[0] in NOT_AT_START]


def test_latin_words_stay_whole():
    assert wrap("interval of the coverage", 12) == ["interval of", "the coverage"]


def test_a_word_longer_than_a_line_is_cut_and_not_lost():
    assert "".join(line.strip() for line in wrap("x" * 50, 12, "id ", "   ")) == "id " + "x" * 50


def test_names_stand_in_a_column_of_their_own():
    lines = to_plain((Facts((("値", "96%"), ("標本数", "41,272 語"))),), BOOK).splitlines()
    assert [width(line.split("96")[0]) for line in lines[:1]] == [width(line.split("41")[0]) for line in lines[1:]]


def test_later_lines_of_an_item_are_indented():
    lines = to_plain((Bullets(("あ" * 60,)),), BOOK, 40).splitlines()
    assert lines[0].startswith("- ")
    assert all(line.startswith("  ") for line in lines[1:])


def test_what_cannot_be_seen_is_shown_and_cannot_act_on_the_terminal():
    shown = to_plain((Quotes((("a\x1b[2J.txt", "b\u202ec"),)),), BOOK)
    assert "\x1b" not in shown
    assert "⟨U+202E⟩" in shown


def test_a_table_is_told_row_by_row():
    assert to_plain((Heading("h", 3), Table("", ("a", "b"), (("1", ""), ("2", "3")))), BOOK) == "h\n- a: 1\n- a: 2; b: 3"
