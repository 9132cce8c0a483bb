"""The page as a whole: coverage before any score, every section in its place, reasons instead of zeros."""

import re

import pytest

from corpuskit.report import SECTIONS, compose, localise, phrasebook
from corpuskit.report.blocks import Chart, Columns, Heading, PageBreak, Table
from tests.report.sample import sample
from tests.report.walk import all_of, flat, texts


@pytest.fixture(params=["en", "ja"])
def report(request):
    return compose(sample(), request.param)


def test_coverage_stands_before_any_score(report):
    said = list(texts(report.blocks))
    coverage = next(place for place, text in enumerate(said) if "146" in text and "150" in text)
    score = next(place for place, text in enumerate(said) if re.search(r"\d ?%", text))
    assert coverage < score


def test_every_section_is_there_in_order(report):
    anchors = [block.anchor for block in all_of(report.blocks, Heading) if block.level == 2]
    assert anchors == [
        "coverage",
        "ranking",
        "risks",
        "fix-first",
        "stages",
        "decisions",
        "phrases",
        "tasks",
        "track_record",
        "health",
        "findings",
        "skipped",
        "controls",
        "evidence-index",
        "method",
        "glossary",
        "provenance",
    ]
    silent = [section.name for section in SECTIONS.values() if not section.build(localise(sample(), report.language), phrasebook(report.language))]
    assert len(SECTIONS) == len(anchors) + len(silent) + 1, "all but the title, and what has nothing to say, such as costs without prices"
    assert "costs" in silent


def test_anchors_are_unique(report):
    anchors = [block.anchor for block in flat(report.blocks) if isinstance(block, Heading | Chart) and block.anchor]
    assert len(anchors) == len(set(anchors))


def test_the_japanese_page_has_no_english_sentence():
    allowed = {"Cover and Hart 1967"}
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


def test_nothing_undefined_reaches_the_page(report):
    assert not [text for text in texts(report.blocks) if re.search(r"\b(nan|null|inf|None)\b", text) or text.strip() == "none"]


def test_the_first_page_ends_before_the_tasks_one_by_one(report):
    (place,) = (place for place, block in enumerate(report.blocks) if isinstance(block, PageBreak))
    first, rest = report.blocks[:place], report.blocks[place + 1 :]
    assert [block.anchor for block in all_of(first, Heading)][-1] == "phrases"
    assert isinstance(rest[0], Heading)
    assert rest[0].anchor == "tasks"
    assert all_of(first, Chart) == []


def test_sections_set_beside_each_other_stand_in_columns(report):
    sides = [
        [all_of(side, Heading)[0].anchor for side in block.sides]
        for block in report.blocks
        if isinstance(block, Columns) and all_of(block.sides[0], Heading)
    ]
    assert sides == [["risks", "fix-first"], ["decisions", "phrases"]]


def test_the_blocks_are_those_of_the_sections_and_no_others(report):
    book = phrasebook(report.language)
    built = [block for section in SECTIONS.values() for block in section.build(localise(sample(), report.language), book)]
    assert [block for block in flat(report.blocks) if not isinstance(block, Columns | PageBreak)] == [
        block for block in flat(built) if not isinstance(block, Columns)
    ]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_empty_audit_still_makes_a_page(language):
    empty = sample().model_copy(update={"tasks": (), "findings": (), "estimates": (), "series": (), "controls": ()})
    page = compose(empty, language)
    assert [block.anchor for block in all_of(page.blocks, Heading) if block.level == 2 and block.anchor] == [
        block.anchor for block in all_of(compose(sample(), language).blocks, Heading) if block.level == 2
    ]
    assert all_of(page.blocks, Table)


def test_composing_changes_neither_the_report_nor_the_other_language():
    report = sample()
    english = compose(report, "en")
    compose(report, "ja")
    assert report == sample()
    assert compose(report, "en") == english
