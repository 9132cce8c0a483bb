import polars as pl
import pytest

from corpuskit.estimators.vocabulary.public_words import PublicWords, made_of_parts, public_words, standings

JAPANESE = PublicWords(
    "ja",
    {"ご", "請求", "書", "願い", "お願い", "サプライ", "チェーン", "アオ", "ミネ", "軸", "封", "リポジトリ", "サイト", "税", "抜き"},
    {"web", "sb", "om"},
)
ENGLISH = PublicWords("en", {"time", "sheet", "invoice"})


def terms(*forms):
    return pl.DataFrame({"form": forms})


@pytest.mark.parametrize(
    ("form", "standing"),
    [
        ("請求", "listed"),
        ("web", "listed"),
        ("御願い", "listed"),  # normalised writing of お願い
        ("リポジトリー", "listed"),  # normalised writing of リポジトリ
        ("請求書", "parts"),
        ("ご請求", "parts"),
        ("税抜き", "parts"),
        ("サプライチェーン", "parts"),
        ("webサイト", "parts"),
        ("軸封", "absent"),  # each character is known, the term of pump makers is not
        ("アオミネ", "absent"),  # a name of two short kana words
        ("sbom", "absent"),  # Latin words are never cut
        ("請求チ", "absent"),
    ],
)
def test_where_a_japanese_term_stands(form, standing):
    assert JAPANESE.standing(form) == standing


def test_english_terms_are_looked_up_whole():
    assert standings(terms("invoice", "timesheet", "verrano"), ENGLISH) == ["listed", "absent", "absent"]


def test_units_of_the_dictionary_are_parts_where_all_are_listed():
    divided = terms("軸封", "軸封", "御願い軸", "請求書").with_columns(units=pl.Series([["軸", "封"], ["軸", "弁"], ["御願い", "軸"], None]))
    assert standings(divided, JAPANESE) == ["parts", "absent", "parts", "parts"]
    assert PublicWords("en", {"time", "sheet"}).standing("timesheet", ["time", "sheet"]) == "absent"


def test_a_word_is_no_part_of_itself():
    assert not made_of_parts("請求", {"請求"}.__contains__)
    assert not made_of_parts("", {"請求"}.__contains__)


def test_the_search_is_short_for_long_words():
    known = {"あい", "いう", "abc"}
    assert not made_of_parts("あ" * 5000, known.__contains__)


def test_the_lists_that_come_with_the_package():
    # wordfreq 3.1.1; read from the installed package, without network
    english, japanese = public_words("en"), public_words("ja")
    assert english.edition.startswith("wordfreq 3.1")
    assert standings(terms("invoice", "contract", "qzvrano"), english) == ["listed", "listed", "absent"]
    assert standings(terms("契約", "invoice", "請求書", "就業規則", "軸封"), japanese) == ["listed", "listed", "parts", "parts", "absent"]
    assert public_words("tlh") is None
