from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, character_bigrams, count, document_terms, equal, merge, short_units, vocabulary
from corpuskit.text import TERM_SCHEMA, DictionaryEntry, TextOptions, tokenize
from tests.counts.build import UNITS, batch, counted, sentence
from tests.counts.strategies import CORPORA
from tests.text.documents import document

TEXT = (
    "労働者名簿は人事課が作成し、国家公務員採用試験の受験者に通知する。取扱いは就業規則による。",
    "出張旅費の見積書は、部長が確認した後に経理課へ送付する。外国人労働者の在留資格を確認する。",
    "サーバー管理者はMicrosoft Officeの更新プログラムを2024年4月1日までに適用しなければならない。",
    "東京都庁と日本銀行は、自動車保険料の支払いを繰り返し請求した。",
)


def of_text(mode, texts=TEXT, **options):
    documents = [document(f"{number}.txt", text) for number, text in enumerate(texts)]
    parts = [count(table, CountOptions()) for table in tokenize(documents, TextOptions(japanese_mode=mode, **options))]
    return merge(parts, CountOptions())


def counter(segmentation, matrix):
    totals = np.asarray(segmentation.count(matrix).sum(axis=0)).ravel().tolist()
    return Counter(dict(zip(segmentation.forms, totals, strict=True)))


def words_of(stats):
    words = vocabulary(stats, "ja")
    return Counter(dict(zip(words["form"], words["frequency"], strict=True)))


def naive_bigrams(form):
    return [form] if len(form) == 1 else [form[place : place + 2] for place in range(len(form) - 1)]


def test_units_and_pairs_of_characters_by_hand():
    stats = counted({"a": [sentence("出張旅費", "の", "旅費", "人々", language="ja")], "b": [sentence("者", "労働者", "the", language="ja")]})
    units = short_units(stats, "ja")
    words = document_terms(stats, "ja")
    assert units.forms == tuple(sorted(units.forms))
    assert counter(units, words[0]) == {"出張": 1, "旅費": 2, "の": 1, "人": 2, "労働": 0, "者": 0, "the": 0}
    assert counter(units, words[1])["者"] == 2
    pairs = counter(character_bigrams(stats, "ja"), words)
    assert pairs == {"出張": 1, "張旅": 1, "旅費": 2, "の": 1, "人々": 1, "者": 1, "労働": 1, "働者": 1, "th": 1, "he": 1}


def test_a_pair_and_a_single_character_are_not_mistaken_for_one_another():
    stats = counted({"a": [sentence("あ", "ああ", "あいあ", "𠮟る", "𠮟", language="ja")]})
    pairs = counter(character_bigrams(stats, "ja"), document_terms(stats, "ja"))
    assert pairs == {"あ": 1, "ああ": 1, "あい": 1, "いあ": 1, "𠮟る": 1, "𠮟": 1}


@pytest.mark.parametrize("divide", [short_units, character_bigrams])
def test_a_language_without_words_has_no_units(divide):
    for stats in (counted({}), counted({"a": [sentence("a")]})):
        nothing = divide(stats, "ja")
        assert (nothing.forms, nothing.of_terms.shape) == ((), (0, 0))
        assert nothing.count(document_terms(stats, "ja")).shape == (stats.documents.height, 0)


@settings(max_examples=60, deadline=None)
@given(CORPORA)
def test_units_equal_those_of_a_dictionary(documents):
    stats = counted(documents)
    words = words_of(stats)
    assert +counter(short_units(stats, "ja"), document_terms(stats, "ja")) == +sum(
        (Counter({unit: number * UNITS.get(form, [form]).count(unit) for unit in UNITS.get(form, [form])}) for form, number in words.items()),
        Counter(),
    )
    assert +counter(character_bigrams(stats, "ja"), document_terms(stats, "ja")) == Counter(
        pair for form, number in words.items() for pair in naive_bigrams(form) * number
    )
    for divide in (short_units, character_bigrams):
        segmentation = divide(stats, "ja")
        assert (np.diff(segmentation.of_terms.indptr) > 0).all()
        assert segmentation.of_terms.shape == (vocabulary(stats, "ja").height, len(segmentation.forms))
        assert segmentation.count(document_terms(stats, "ja")).has_canonical_format


def test_short_units_are_those_of_text_cut_into_them():
    cut, derived = words_of(of_text("A")), +counter(short_units(of_text("C"), "ja"), document_terms(of_text("C"), "ja"))
    assert cut == derived
    assert cut != words_of(of_text("C"))
    middle = of_text("B")
    assert +counter(short_units(middle, "ja"), document_terms(middle, "ja")) == cut
    shortest = of_text("A")
    assert shortest.terms["units"].null_count() == shortest.terms.height
    assert +counter(short_units(shortest, "ja"), document_terms(shortest, "ja")) == cut


def test_units_hold_no_punctuation_and_english_has_none():
    stats = of_text("C", (*TEXT, "Send the purchase order form.", "「ヘレン・ケラー」はT.S.エリオットとモーニング娘。を聞く。"))
    units = [unit for units in stats.terms["units"].drop_nulls() for unit in units]
    assert units
    assert all(any(character.isalnum() for character in unit) for unit in units)
    english = vocabulary(stats, "en")
    assert english["units"].null_count() == english.height > 0


def test_a_term_of_the_user_dictionary_is_its_own_unit():
    stats = of_text("C", dictionary=(DictionaryEntry(term="労働者名簿"), DictionaryEntry(term="国家公務員")))
    units = dict(vocabulary(stats, "ja").select("form", "units").iter_rows())
    assert units["労働者名簿"] is None
    assert units["国家公務員"] is None
    assert units["外国人労働者"] == ["外国", "人", "労働", "者"]


FORMS = st.sampled_from(["見積書", "あ", "い"])
LISTS = st.none() | st.lists(st.sampled_from(["見積", "書", "見積もり", "a"]), min_size=1, max_size=3)
PARTS = st.lists(st.tuples(FORMS, LISTS), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4), st.permutations(range(4)))
def test_words_that_share_a_form_have_the_same_units_however_the_corpus_is_divided(parts, order):
    """Of several the smallest list, by code points: what Python's own order of lists of strings gives."""
    stats = [with_units_of(f"d{number}", part) for number, part in enumerate(parts)]
    merged = merge(stats, CountOptions())
    shuffled = [stats[place] for place in order if place < len(stats)]
    assert equal(merged, merge(shuffled, CountOptions()))
    assert equal(merged, merge([merge(shuffled[:1], CountOptions()), merge(shuffled[1:], CountOptions())], CountOptions()))
    known = {}
    for form, units in (word for part in parts for word in part):
        if units is not None:
            known[form] = min(known.get(form, units), units)
    assert dict(merged.terms.select("form", "units").iter_rows()) == {form: known.get(form) for form, _ in (word for part in parts for word in part)}


def with_units_of(name, words):
    """Count a document of words that bring their own units, several words of one form among them."""
    table = batch({name: [sentence(*(f"w{place}" for place in range(len(words))), language="ja")]})
    rows = [(place, "ja", form, True, False, units) for place, (form, units) in enumerate(words)]
    return count(replace(table, terms=pl.DataFrame(rows, schema=TERM_SCHEMA, orient="row")), CountOptions())
