import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.words.same_concept import (
    company_cosine,
    ending_key,
    estimate_same_concept,
    hyphen_key,
    kana_fit,
    katakana_key,
    loose_katakana_key,
    okurigana_key,
    one_slip,
    slips,
)
from tests.counts.build import counted, sentence

OPTIONS = EstimatorOptions()
WORDS = [f"{a}o{b}u{c}" for a in "bcdfghjk" for b in "lmnprstv" for c in "xz"]


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        (katakana_key, "サーバー", "サーバ"),
        (katakana_key, "ソフトウェア", "ソフトウエア"),
        (loose_katakana_key, "インターフェース", "インタフェース"),
        (loose_katakana_key, "ヴァイオリン", "バイオリン"),
        (okurigana_key, "問い合わせ", "問合せ"),
        (okurigana_key, "取り消し", "取消"),
        (hyphen_key, "e-mail", "email"),
        (ending_key, "organisation", "organization"),
        (ending_key, "colour", "color"),
        (ending_key, "centre", "center"),
        (ending_key, "travelling", "traveling"),
        (ending_key, "licence", "license"),
    ],
)
def test_spellings_have_one_key(key, first, second):
    assert key(first) == key(second) is not None


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        (katakana_key, "サーバー", "サービス"),
        (katakana_key, "ビル", "ビール"),
        (katakana_key, "ウェーブ", "ウェブ"),
        (okurigana_key, "取り消し", "取り消す"),
        (okurigana_key, "上げる", "上がる"),
        (hyphen_key, "co-op", "coop2"),
        (ending_key, "four", "for"),
    ],
)
def test_other_words_have_not(key, first, second):
    assert key(first) is None or key(first) != key(second)


def test_kana_of_one_stand_in_the_other():
    assert kana_fit("笑い声", "笑声")
    assert not kana_fit("置き換える", "置き換わる")


@pytest.mark.parametrize(("first", "second"), [("transferred", "transfered"), ("beneficiary", "beneficiery"), ("recieve", "receive")])
def test_a_slip_of_one_letter(first, second):
    assert one_slip(first, second)
    assert one_slip(second, first)


@pytest.mark.parametrize(("first", "second"), [("supplier", "suppliers"), ("receiver", "receives"), ("invoice", "invoice"), ("contract", "contacts")])
def test_endings_and_two_slips_are_none(first, second):
    assert not one_slip(first, second)


@given(st.text("abcdefg", min_size=8, max_size=12), st.integers(1, 6))
def test_a_letter_left_out_inside_is_found_among_others(word, place):
    other = word[:place] + word[place + 1 :]
    found = slips([word, other, "zzzzzzzzz"], np.array([100, 2, 50]))
    assert found == ([] if other == word or not one_slip(word, other) else [[0, 1]])


def test_words_of_like_frequency_are_two_words():
    assert slips(["tracking", "tracling"], np.array([100, 60])) == []


def test_cosine_of_companies():
    company = csr_matrix(np.array([[1.0, 0], [1, 1], [0, 0]]))
    assert company_cosine(company, np.array([0, 0]), np.array([1, 2])) == pytest.approx([0.5**0.5, 0])


def corpus(first, second, apart=False, language="en"):
    """Sixty documents of common words, in which two terms stand among the same words or, ``apart``, among different ones."""
    random = np.random.default_rng(0)
    documents = {}
    for number in range(60):
        own, circle = (first, WORDS[:8]) if number % 4 else (second, WORDS[8:16] if apart else WORDS[:8])
        parts = [sentence(*(str(word) for word in random.choice(WORDS, 12)), language=language) for _ in range(10)]
        near = [str(word) for word in random.choice(circle, 6)]
        documents[f"{number:02}.txt"] = [*parts, *[sentence(*near[:3], own, *near[3:], language=language)] * 2]
    return counted(documents)


def named(stats):
    found = estimate_same_concept(Inputs(stats, OPTIONS), OPTIONS)
    return found.estimates[0], [row for series in found.series for row in series.rows], found.findings


def test_two_spellings_in_one_company_are_one_concept():
    share, rows, (finding,) = named(corpus("organize", "organise"))
    assert rows == [("organize", "organise (30)", 90)]
    assert share.value == pytest.approx(1 - 1 / share.n)
    assert share.n == len(WORDS) + 1
    assert finding.parameters["term"] == "organize"
    assert len(finding.evidence) == 3


def test_words_that_look_alike_in_different_company_are_two():
    share, rows, findings = named(corpus("organize", "organise", apart=True))
    assert (share.value, rows, findings) == (1.0, [], ())
    assert share.interval[0] < 1


def test_the_long_vowel_mark_at_the_end_needs_no_company():
    _, rows, _ = named(corpus("サーバー", "サーバ", apart=True, language="ja"))
    assert rows == [("サーバー", "サーバ (30)", 90)]


def test_few_terms_and_nothing_are_reasons():
    share, rows, _ = named(counted({f"{number}.txt": [sentence("purchase", "order")] for number in range(5)}))
    assert share.undefined_because.code == "undefined_too_few_shared_terms"
    assert rows == []
    assert estimate_same_concept(Inputs(count_nothing(CountOptions()), OPTIONS), OPTIONS).estimates == ()
