"""What moves to linked files, in which order, and that nothing is lost on the way."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Block, Callout, Details, Facts, Heading, PageBreak, Paragraph, Quotes, Table
from corpuskit.report.html_division import FEW_ROWS, Elsewhere, divide
from tests.report.walk import texts

BOOK = phrasebook("en")


def size(block: Block | Elsewhere) -> int:
    """Bytes of what a block says: a stand-in for its markup."""
    if isinstance(block, Elsewhere):
        return len(block.text) + len(block.href)
    return sum(len(text.encode()) for text in texts([block]))


def table(rows: int, cell: str = "x" * 20) -> Table:
    return Table("Skipped", ("file", "reason"), tuple((f"{place}", cell) for place in range(rows)))


def report(rows: int = 200, findings: int = 30) -> tuple[Block, ...]:
    """A first page, a task, findings with evidence, and a long table."""
    blocks: list[Block] = [Heading("Report", 1, "top"), Paragraph("first page"), PageBreak(), Heading("Tasks", 2, "tasks"), Paragraph("note " * 20)]
    blocks += [
        Heading("1. Routing", 3, "task-1"),
        Callout("start", "with it"),
        Facts((("tier", "T2"),)),
        Heading("Why", 4),
        Paragraph("because " * 900),
    ]
    blocks += [Details("Estimates", (table(40),), "fold-1"), Heading("Findings", 2, "findings")]
    for n in range(findings):
        blocks += [Callout(f"finding {n}", "advice " * 10, "caution"), Quotes(((f"d{n}.txt", "quote " * 30),))]
    return (*blocks, Heading("Skipped", 2, "skipped"), table(rows))


def everything(division) -> Counter[str]:
    """All texts of the page and of the files, without the links."""
    kept = [block for block in division.blocks if not isinstance(block, Elsewhere)]
    return Counter([*texts(kept), *(text for file in division.files for piece in file.pieces for text in texts(piece.blocks))])


def total(division) -> int:
    return sum(size(block) for block in division.blocks)


WHOLE = sum(size(block) for block in report())


def test_a_report_that_is_short_enough_stays_as_it_is():
    division = divide(report(), size, WHOLE, "r", BOOK)
    assert (division.blocks, division.files) == (report(), ())


def test_long_tables_move_first_and_leave_their_first_rows_with_a_link_to_all():
    division = divide(report(), size, WHOLE - 1, "r", BOOK)
    assert [file.name for file in division.files] == ["en-skipped-1.html"]
    *_, shown, link = division.blocks
    assert isinstance(shown, Table)
    assert len(shown.rows) == FEW_ROWS
    assert "first 20 of 200" in shown.caption
    assert isinstance(link, Elsewhere)
    assert link.href == f"r.files/en-skipped-1.html#{link.anchor}"
    ((piece,),) = (file.pieces for file in division.files)
    assert piece.blocks == (table(200),)
    assert piece.anchor == link.anchor


def test_then_evidence_then_folds_then_what_stands_below_heads_then_advice():
    def moved(limit: int) -> set[str]:
        division = divide(report(), size, limit, "r", BOOK)
        kept = {type(block).__name__ for block in division.blocks}
        body = any(isinstance(block, Paragraph) and "because" in block.text for block in division.blocks)
        advice = any(isinstance(block, Callout) and "advice" in block.text for block in division.blocks)
        return {"quotes": "Quotes" not in kept, "folds": "Details" not in kept, "bodies": not body, "advice": not advice}

    limits = [WHOLE - 1, *range(WHOLE - 1, 0, -251)]
    order = [tuple(moved(limit).values()) for limit in limits]
    assert order == sorted(order)
    assert list(dict.fromkeys(order)) == [
        (False, False, False, False),
        (True, False, False, False),
        (True, True, False, False),
        (True, True, True, False),
        (True, True, True, True),
    ]


@pytest.mark.parametrize("limit", [1, 1500, 4000])
def test_the_first_page_and_every_head_always_stay(limit):
    division = divide(report(), size, limit, "r", BOOK)
    assert division.blocks[:3] == report()[:3]
    headings = [block for block in division.blocks if isinstance(block, Heading)]
    assert [block for block in headings if block.level <= 3] == [block for block in report() if isinstance(block, Heading) and block.level <= 3]
    labels = [block.label for block in division.blocks if isinstance(block, Callout)]
    assert labels == [block.label for block in report() if isinstance(block, Callout)]
    assert Callout("start", "with it") in division.blocks
    assert Facts((("tier", "T2"),)) in division.blocks


def test_findings_beyond_the_first_move_as_a_whole_where_nothing_else_is_enough(monkeypatch):
    monkeypatch.setattr("corpuskit.report.html_division.MOST_FINDINGS", 12)
    monkeypatch.setattr("corpuskit.report.html_division.TOGETHER", 10)
    blocks = report(findings=45)
    heads = [block.label for block in blocks if isinstance(block, Callout)]
    division = divide(blocks, size, 1, "r", BOOK)
    assert [block.label for block in division.blocks if isinstance(block, Callout)] == heads[:13], "that of the task and the first twelve findings"
    links = [block.text for block in division.blocks if isinstance(block, Elsewhere) and block.text.startswith("Findings ")]
    assert links == [f"Findings {some}, in a linked file" for some in ("13 to 20", "21 to 30", "31 to 40", "41 to 45")]
    moved = [block.label for file in division.files for piece in file.pieces for block in piece.blocks if isinstance(block, Callout)]
    assert moved == heads[13:]
    assert not set(texts(blocks)) - set(everything(division)) - {"Skipped", "Estimates"}
    assert division.blocks[-2] != Heading("Skipped", 2, "skipped"), "the part after them keeps its place"


@given(st.integers(1, WHOLE + 10), st.integers(0, 400), st.integers(0, 12))
def test_nothing_is_lost_and_every_link_leads_to_its_piece(limit, rows, findings):
    blocks = report(rows, findings)
    division = divide(blocks, size, limit, "年次 報告#1", BOOK)
    before, after = Counter(texts(blocks)), everything(division)
    shortened = {"Skipped"} | {block.summary for block in blocks if isinstance(block, Details)}  # captions get a note, folds become titles
    assert {text for text, times in before.items() if after[text] < times} <= shortened
    anchors = {f"{file.name}#{piece.anchor}" for file in division.files for piece in file.pieces}
    links = [block.href for block in division.blocks if isinstance(block, Elsewhere)]
    assert {link.partition("/")[2] for link in links} <= anchors
    assert all(link.startswith("%E5%B9%B4%E6%AC%A1%20%E5%A0%B1%E5%91%8A%231.files/") for link in links)
    own = [block.anchor for block in division.blocks if isinstance(block, Elsewhere)]
    assert len(own) == len(set(own))
    assert len({file.name for file in division.files}) == len(division.files)


def test_a_file_is_as_long_as_a_page_may_be_or_one_block():
    division = divide(report(rows=4000), size, 9000, "r", BOOK)
    assert len(division.files) > 3
    for file in division.files:
        assert sum(size(block) for piece in file.pieces for block in piece.blocks) <= 9000 + 500
    rows = [row for file in division.files for piece in file.pieces for block in piece.blocks if isinstance(block, Table) for row in block.rows]
    assert [row for row in rows if len(row) == 2 and row[1] == "x" * 20][-4000:] == list(table(4000).rows)
    captions = [block.caption for file in division.files for piece in file.pieces for block in piece.blocks if isinstance(block, Table)]
    assert any("Rows 1 to " in caption for caption in captions)


def test_a_fold_that_moves_leaves_its_anchor_where_it_was():
    division = divide(report(), size, 1500, "r", BOOK)
    links = {block.anchor for block in division.blocks if isinstance(block, Elsewhere)}
    bodies = [piece for file in division.files for piece in file.pieces]
    assert "fold-1" in links or any(isinstance(block, Details) and block.anchor == "fold-1" for piece in bodies for block in piece.blocks)


def test_what_is_short_below_a_heading_stays_even_when_all_that_is_long_has_moved():
    blocks = (*report(), Heading("Method", 2, "method"), Paragraph("short and to the point"))
    division = divide(blocks, size, 1, "r", BOOK)
    assert division.blocks[-2:] == blocks[-2:]
