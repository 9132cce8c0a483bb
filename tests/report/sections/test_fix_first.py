import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Paragraph, Table
from tests.report.sample import sample
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_repairs_are_numbered_with_effect_and_effort_and_room_for_an_owner(language):
    book = phrasebook(language)
    rows = only(build("fix_first", language), Table).rows
    fixes = sample().summary.fix_first
    assert [row[0] for row in rows] == [str(place + 1) for place in range(len(fixes))]
    assert [row[2:4] for row in rows] == [(book.label(f"size_{fix.effect}"), book.label(f"size_{fix.effort}")) for fix in fixes]
    assert {row[4] for row in rows} == {""}
    assert all(row[1] for row in rows)


@LANGUAGES
def test_a_note_needs_no_repair(language):
    # the empty file of the sample is a note
    assert "files_skipped@empty" not in {name for fix in sample().summary.fix_first for name in fix.findings}
    repair = phrasebook(language).finding("files_skipped_empty", {"n": 1})[1]
    assert repair not in {row[1] for row in only(build("fix_first", language), Table).rows}


@LANGUAGES
def test_without_repairs_it_says_so(language):
    blocks = build("fix_first", language, summary=sample().summary.model_copy(update={"fix_first": ()}))
    assert all_of(blocks, Table) == []
    assert only(blocks, Paragraph).text == phrasebook(language).label("fix_first_none")
