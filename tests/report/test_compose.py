"""What stands where: coverage before any score, at most seven tasks, reasons instead of zeros, the standing sentence."""

import re
from collections.abc import Iterator

import pytest

from corpuskit.report import SECTIONS, compose
from corpuskit.report.blocks import Block, Bullets, Callout, Chart, Columns, Details, Heading, PageBreak, Paragraph, Quotes, Table
from corpuskit.report.sections.section import shorten, shorten_path, width
from tests.report.sample import sample


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Bullets():
                yield from block.items
            case Table():
                yield from (*block.columns, *(cell for row in block.rows for cell in row))
            case Callout():
                yield from (block.label, block.text)
            case Chart():
                yield from (block.title, block.description, *(mark.label for mark in block.marks))
            case Quotes():
                yield from (part for item in block.items for part in item)
            case Details():
                yield from (block.summary, *texts(block.blocks))
            case Columns():
                for side in block.sides:
                    yield from texts(side)


@pytest.fixture(params=["en", "ja"])
def report(request):
    return compose(sample(), request.param)


def first_page(report):
    return report.blocks[: next(place for place, block in enumerate(report.blocks) if isinstance(block, PageBreak))]


def test_coverage_stands_before_any_score(report):
    said = list(texts(report.blocks))
    coverage = next(place for place, text in enumerate(said) if "146" in text and "150" in text)
    score = next(place for place, text in enumerate(said) if re.search(r"\d ?%", text))
    assert coverage < score


def test_page_1_ranks_at_most_seven_tasks_and_scores_none_without_evidence(report):
    table = next(block for block in first_page(report) if isinstance(block, Table) and len(block.columns) == 9)
    assert len(table.rows) == 7
    unscored = [row for row in table.rows if row[4] in ("–", "－")]
    assert len(unscored) == 3
    assert not any(re.search(r"\d", row[3]) for row in unscored)
    assert all(re.search(r"\(.*\d.*\)", row[3]) for row in table.rows if row not in unscored)


def test_ties_are_shown(report):
    table = next(block for block in first_page(report) if isinstance(block, Table) and len(block.columns) == 9)
    assert [bool(re.search(r"tied|同順", row[0])) for row in table.rows[:4]] == [False, True, True, False]


def test_undefined_values_print_their_reason(report):
    estimates = next(block for block in report.blocks if isinstance(block, Table) and len(block.columns) == 8)
    undefined = next(row for row in estimates.rows if "small.csv" in row[1])
    assert undefined[2].startswith(("not defined: There is not", "算出せず：判定に足る"))
    everything = list(texts(report.blocks))
    assert not [text for text in everything if re.search(r"\b(nan|null|inf|None)\b", text) or text.strip() == "none"]


def test_every_section_is_there_in_order(report):
    anchors = [block.anchor for block in flat(report.blocks) if isinstance(block, Heading) and block.level == 2]
    assert anchors == [
        "coverage",
        "ranking",
        "risks",
        "fix-first",
        "stages",
        "decisions",
        "phrases",
        "tasks",
        "health",
        "findings",
        "skipped",
        "controls",
        "method",
        "glossary",
        "provenance",
    ]
    assert len(SECTIONS) == len(anchors) + 1


def flat(blocks):
    for block in blocks:
        if isinstance(block, Columns):
            for side in block.sides:
                yield from flat(side)
        else:
            yield block


def test_anchors_are_unique(report):
    anchors = [block.anchor for block in flat(report.blocks) if isinstance(block, (Heading, Chart)) and block.anchor]
    assert len(anchors) == len(set(anchors))


def test_the_standing_sentence_is_said():
    said = " ".join(texts(compose(sample(), "en").blocks))
    assert (
        "eps bounds what any system can reach against these labels; it does not predict that a particular model reaches it. The pilot decides."
        in said
    )


def test_every_skipped_file_is_listed_with_its_reason(report):
    table = next(block for block in report.blocks if isinstance(block, Table) and block.rows and block.rows[0][0] == "contracts/secret.pdf")
    assert len(table.rows) == 4
    assert all(row[1] and row[2] for row in table.rows)


def test_controls_carry_dated_references(report):
    table = next(
        block for block in report.blocks if isinstance(block, Table) and block.rows and block.rows[0][0] == "C07" and len(block.columns) == 5
    )
    assert "2026-11-23" in table.rows[0][3]
    assert "☐" in table.rows[0][4] or "□" in table.rows[0][4]


def test_the_japanese_page_has_no_english_sentence():
    allowed = {"cross-fitted, exact interval", "Cover and Hart 1967"}
    hostile = ("script", "evil.example", "cmd")
    english = [
        text
        for text in texts(compose(sample(), "ja").blocks)
        if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text)
        and not re.search(r"[぀-ヿ]", text)
        and text not in allowed
        and not any(word in text for word in hostile)
    ]
    assert english == []


def test_an_empty_audit_still_makes_a_page():
    report = sample()
    empty = report.model_copy(update={"tasks": (), "findings": (), "estimates": (), "series": (), "controls": ()})
    for language in ("en", "ja"):
        assert list(texts(compose(empty, language).blocks))


def test_shortening_counts_japanese_characters_twice():
    assert shorten("問い合わせ振分け", 16) == "問い合わせ振分け"
    assert shorten("問い合わせ振分け", 9) == "問い合わ…"
    assert width(shorten("問い合わせ振分け", 9)) == 9
    assert shorten_path("a/very/long/path/to/file.docx", 12) == "…o/file.docx"
    assert shorten("a\n  b", 10) == "a b"
