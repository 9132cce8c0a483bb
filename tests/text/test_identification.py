import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text import identify
from corpuskit.text.identification import ScriptCounts, _counted_one_by_one, count_scripts, identify_sections, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The quick brown fox jumps over the lazy dog.", "en"),
        ("この規程は、出張旅費について定める。", "ja"),
        ("ｶﾀｶﾅ ﾉ ﾌﾞﾝ", "ja"),
        ("東京都知事選挙", "ja"),
        ("OpenChain のライセンス情報サブグループ", "ja"),
        ("See the section on invoices and purchase orders for approval details (請求書・注文書) before you begin.", "mixed"),
        ("我们这个公司的规定是每天八点上班，你们没有问题吗", "other"),
        ("Москва слезам не верит", "other"),
        ("안녕하세요 여러분", "other"),
        ("12,345 → 100 %", "other"),
        ("", "other"),
        ("A long English sentence about our office in 東京 with a great many more ordinary words in it than that, all of them English ones.", "en"),
    ],
)
def test_known_languages(text, language):
    assert identify(text) == language


def test_only_kanji_or_no_letter_follows_the_document():
    majority, languages = identify_sections(["我们这个公司的规定是每天八点上班，你们没有问题吗", "公司规定", "123"])
    assert (majority, languages) == ("other", ["other", "other", "other"])
    majority, languages = identify_sections(["この規程は出張旅費について定める。", "就業規則", "123", "Overview of rules"])
    assert (majority, languages) == ("ja", ["ja", "ja", "ja", "en"])


def test_counts_add_up():
    one, other = "規程 is ルール", "Правило 2"
    total = count_scripts(one).plus(count_scripts(other))
    assert total == count_scripts(one + other)
    assert total == ScriptCounts(kana=2, han=2, latin=2, other=7)


def test_a_text_and_its_repetition_are_in_one_language():
    for text in ("Invoices 請求書 and more words", "請求書", "x"):
        assert identify(text) == identify(text * 3)
    assert language_of(ScriptCounts(), "ja") == "ja"


@given(st.text(max_size=60))
def test_counting_by_table_equals_counting_one_by_one(text):
    assert count_scripts(text) == _counted_one_by_one(text)
