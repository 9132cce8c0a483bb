import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.text import duplicate_groups, signature, similarity
from corpuskit.text.duplicates import shingles
from corpuskit.text.normalization import normalise

NOUNS = [
    "規程",
    "旅費",
    "出張",
    "部長",
    "経理",
    "申請",
    "承認",
    "見積",
    "契約",
    "会議",
    "資料",
    "社員",
    "業務",
    "期日",
    "金額",
    "交通",
    "宿泊",
    "領収",
    "報告",
    "製品",
    "顧客",
    "納品",
    "検査",
    "倉庫",
    "品質",
]
VERBS = ["提出する", "確認する", "承認を受ける", "保管する", "報告する", "通知する", "記入する", "送付する", "変更する", "取り消す"]


def japanese(seed, sentences):
    draw = random.Random(seed)
    return "".join(
        f"{draw.choice(NOUNS)}の{draw.choice(NOUNS)}は、{draw.randint(1, 99)}日以内に{draw.choice(NOUNS)}へ{draw.choice(VERBS)}。"
        for _ in range(sentences)
    )


def test_a_japanese_copy_with_27_characters_inserted_is_found():
    text = japanese(1, 335)
    assert 6500 < len(text) < 7500
    inserted = "ただし、部長が特に認めた場合はこの限りではありません。"
    assert len(inserted) == 27
    middle = text.index("。", 3000) + 1
    copy = text[:middle] + inserted + text[middle:]
    unrelated = japanese(2, 335)
    signatures = [signature(one) for one in (text, copy, unrelated)]
    assert duplicate_groups(["a", "b", "c"], signatures, 0.8) == [("a", "b")]
    assert similarity(signatures[0], signatures[1]) > 0.95


def test_unrelated_texts_are_not_alike():
    one, other = signature("The invoice must be sent to the customer within ten working days. " * 5), signature(japanese(3, 20))
    assert similarity(one, other) < 0.1


def test_estimates_the_similarity_of_the_sets_of_shingles():
    base = japanese(4, 200)
    for share in (0.2, 0.5, 0.8):
        other = base[: int(len(base) * share)] + japanese(5, int(200 * (1 - share)))
        one_set, other_set = set(shingles(normalise(base)).tolist()), set(shingles(normalise(other)).tolist())
        exact = len(one_set & other_set) / len(one_set | other_set)
        # four standard errors of 128 draws
        assert similarity(signature(base), signature(other)) == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 128) ** 0.5 + 0.01)


def test_the_estimate_is_unbiased_over_many_pairs():
    errors = []
    for seed in range(60):
        draw = np.random.default_rng(seed)
        letters = "".join(map(chr, draw.integers(0x4E00, 0x9000, 900)))
        one, other = letters[:600], letters[200:900]
        exact = 396 / (596 + 696 - 396)
        errors.append(similarity(signature(one), signature(other)) - exact)
    assert abs(np.mean(errors)) < 4 * 0.044 / 60**0.5


def test_width_case_and_layout_do_not_count():
    text = "The Quarterly Report ｻｰﾊﾞｰ of the company is due on the first day of April " * 2
    assert signature(text) == signature(text.upper().replace("ｻｰﾊﾞｰ", "サーバー").replace(" ", "\n"))


def test_signatures_never_change():
    # records of earlier audits hold signatures made this way
    signed = np.frombuffer(signature("abcdefghijklmnopqrstuvwxyz" * 3), "<u4")
    assert signed.size == 128
    assert signed[:4].tolist() == FIXED


FIXED = [56408322, 237809369, 146933118, 25808281]


@pytest.mark.parametrize("text", ["", "short", "これは短い文書です。", "x" * 49, " " * 500])
def test_short_texts_have_no_signature(text):
    assert signature(text) == b""
    assert similarity(signature(text), signature("y" * 60)) is None


def test_empty_signatures_are_never_grouped():
    assert duplicate_groups(["a", "b"], [b"", b""], 0.8) == []
    assert duplicate_groups([], [], 0.8) == []


@given(st.permutations(list("abcdef")))
@settings(max_examples=20)
def test_groups_do_not_depend_on_order(order):
    texts = {"a": japanese(1, 20), "b": japanese(1, 20), "c": japanese(2, 20), "d": japanese(2, 20) + "以上です。", "e": japanese(3, 20), "f": ""}
    groups = duplicate_groups(order, [signature(texts[name]) for name in order], 0.8)
    assert groups == [("a", "b"), ("c", "d")]


def test_a_chain_is_one_group_and_many_copies_are_fast():
    text = japanese(7, 60)
    names = [f"{number:04}" for number in range(3000)]
    assert duplicate_groups(names, [signature(text)] * 3000, 0.8) == [tuple(names)]
    many = [signature(japanese(7, 60) + f"第{number}版、担当は{number * 7}番とする。") for number in range(400)]
    assert duplicate_groups(names[:400], many, 0.8) == [tuple(names[:400])]
