import pytest

from corpuskit.finding import Evidence
from corpuskit.report import phrasebook
from corpuskit.report.places import place_name, quote_and_place


@pytest.mark.parametrize(
    ("place", "english", "japanese"),
    [
        ("page 3", "page 3", "3ページ"),
        ("slide 12", "slide 12", "スライド12"),
        ("row 13", "row 13", "13行目"),
        ("Sheet1 row 17", "Sheet1, row 17", "Sheet1の17行目"),
        ("売上 2025 row 2", "売上 2025, row 2", "売上 2025の2行目"),
        ("row of page", "row of page", "row of page"),
        ("", "", ""),
    ],
)
def test_places_are_said_in_the_language_of_the_page(place, english, japanese):
    assert (place_name(place, phrasebook("en")), place_name(place, phrasebook("ja"))) == (english, japanese)


@pytest.mark.parametrize(
    ("quote", "place", "shown"),
    [
        ("…30日以内…", "page 3", "…30日以内…（3ページ）"),
        ("row 13", "row 13", "13行目"),
        ("", "row 13", "13行目"),
        ("…30日以内…", "", "…30日以内…"),
        ("", "", ""),
    ],
)
def test_a_quote_is_followed_by_its_place(quote, place, shown):
    assert quote_and_place(Evidence(document="a.pdf", quote=quote, place=place), phrasebook("ja")) == shown
