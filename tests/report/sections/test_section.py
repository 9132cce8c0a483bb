from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import UnknownName
from corpuskit.report import SECTIONS, phrasebook
from corpuskit.report.sections.section import SIGNS, first_sentence, in_order, shorten, shorten_path, suitability, task_name, verdict, width
from tests.report.sample import ASSESSMENT

LANGUAGES = ("en", "ja")
TEXTS = st.text("aあｱ é…/\n", max_size=40)


def test_japanese_characters_are_two_cells_wide():
    # Unicode Standard Annex 11: wide and full-width two, half-width kana and Latin one
    assert [width(text) for text in ("a", "あ", "ｱ", "Ａ", "é", "")] == [1, 2, 1, 2, 1, 0]


def test_shortening_counts_japanese_characters_twice():
    assert shorten("問い合わせ振分け", 16) == "問い合わせ振分け"
    assert shorten("問い合わせ振分け", 9) == "問い合わ…"
    assert width(shorten("問い合わせ振分け", 9)) == 9
    assert shorten("a\n  b", 10) == "a b"


def test_a_path_keeps_its_end():
    assert shorten_path("a/very/long/path/to/file.docx", 12) == "…o/file.docx"
    assert shorten_path("file.docx", 12) == "file.docx"


@given(TEXTS, st.integers(1, 30))
def test_what_is_shortened_fits_and_says_that_it_was_cut(text, cells):
    plain = " ".join(text.split())
    for cut in (shorten(text, cells), shorten_path(text, cells)):
        assert width(cut) <= cells
        assert cut == plain if width(plain) <= cells else "…" in cut
    assert plain.startswith(shorten(text, cells).removesuffix("…"))
    assert plain.endswith(shorten_path(text, cells).removeprefix("…"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_verdicts_share_a_sign_or_a_word(language):
    written = [verdict(value, phrasebook(language)) for value in SIGNS]
    assert len({text[0] for text in written}) == len({text[1:] for text in written}) == 5
    assert all(text.startswith(f"{sign} ") for text, sign in zip(written, SIGNS.values(), strict=True))


def test_ranked_tasks_come_first_and_the_others_as_they_came():
    tasks = ASSESSMENT.tasks
    assert in_order(tasks[::-1]) == [*tasks[:4], *tasks[:3:-1]]
    assert in_order(()) == []


def test_a_task_is_named_in_the_language_of_the_report_else_in_english_else_by_its_id():
    task = ASSESSMENT.tasks[0]
    assert "問い合わせ振分け" in task_name(task, phrasebook("ja"))
    assert "Ticket routing" in task_name(task.model_copy(update={"name": {"en": "Ticket routing"}}), phrasebook("ja"))
    assert "ticket_routing" in task_name(task.model_copy(update={"name": {}}), phrasebook("ja"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_suitability_is_never_a_number_without_evidence(language):
    book = phrasebook(language)
    scored, unscored = ASSESSMENT.tasks[1], ASSESSMENT.tasks[5]
    assert suitability(unscored, book) == book.label("not_scored")
    assert not any(character.isdigit() for character in suitability(unscored, book))
    assert "71" in suitability(scored, book)
    assert "42" in suitability(scored, book)
    assert "90" in suitability(scored, book)
    assert book.label("no_interval") in suitability(scored.model_copy(update={"interval": None}), book)


def test_certainty_is_never_claimed():
    task = ASSESSMENT.tasks[0].model_copy(update={"suitability": 0.99999, "interval": (0.9999, 1.0)})
    assert "100" not in suitability(task, phrasebook("en"))


def test_a_section_beside_another_follows_it_on_the_same_page():
    names = list(SECTIONS)
    for before, section in zip(names, list(SECTIONS.values())[1:], strict=False):
        if section.beside:
            assert section.beside == before
            assert section.first_page == SECTIONS[before].first_page
    assert [section.first_page for section in SECTIONS.values()] == sorted((section.first_page for section in SECTIONS.values()), reverse=True)


def test_a_section_is_found_by_name_and_cannot_be_changed():
    with pytest.raises(UnknownName, match=r"Unknown section 'rankin'\. Did you mean 'ranking'"):
        SECTIONS["rankin"]
    with pytest.raises(FrozenInstanceError):
        SECTIONS["ranking"].first_page = False


@given(st.text())
def test_a_first_sentence_begins_the_text_and_is_not_empty_where_the_text_is_not(text):
    first = first_sentence(text)
    assert " ".join(text.split()).startswith(" ".join(first.split()))
    assert bool(first.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "first"),
    [("One. Two.", "One."), ("版を決めます。残りは移します。", "版を決めます。"), ("v1.2 is kept", "v1.2 is kept"), ("a. b", "a. b")],
)
def test_a_first_sentence_ends_where_another_begins(text, first):
    assert first_sentence(text) == first
