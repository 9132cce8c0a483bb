from corpuskit.report import phrasebook
from corpuskit.report.blocks import Table
from tests.report.walk import build, only


def test_both_languages_explain_the_same_number_of_terms_each_once():
    rows = {language: only(build("glossary", language), Table).rows for language in ("en", "ja")}
    assert len(rows["en"]) == len(rows["ja"]) > 5
    for language, terms in rows.items():
        assert terms == tuple(phrasebook(language).glossary())
        assert len({term for term, _ in terms}) == len(terms)
        assert all(term and text for term, text in terms)


def test_the_order_of_the_terms_is_the_same_in_both_languages():
    keys = {language: list(phrasebook(language).sentences["glossary"]) for language in ("en", "ja")}
    assert keys["en"] == keys["ja"]
