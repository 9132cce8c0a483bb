import numpy as np
import pytest

from corpuskit.estimators.definitions.category_names import described, is_generic, name_features, names_alike, saying_nothing
from corpuskit.text import hashed_features

NAMES = ("Other", "card_arrival", "C3", "返品")


@pytest.mark.parametrize(
    "name", ["Other 2", "OTHER", "other", "その他", "その他２", "misc.", "N/A", "3", "C3", "分類1", "Category B", "-", "Ｏｔｈｅｒ"]
)
def test_generic_names(name):
    assert is_generic(name)


@pytest.mark.parametrize("name", ["Other claims", "Invoice", "その他の費用", "交通費", "VPN", "IT", "card_arrival", "General ledger", "他社製品"])
def test_names_that_say_something(name):
    assert not is_generic(name)


def test_a_name_that_says_nothing_has_no_features_and_others_are_read_as_words():
    found = name_features(NAMES)
    assert (np.diff(found.indptr) > 0).tolist() == [False, True, False, True]
    assert (found[1] != hashed_features(["card arrival"])[0]).nnz == 0


def test_a_description_is_added_and_speaks_for_a_name_that_says_nothing():
    descriptions = hashed_features(["all the rest", "", "", "品物を返す"])
    found = name_features(NAMES, descriptions)
    assert (found[0] != descriptions[0]).nnz == 0
    assert found[3].sum() == hashed_features(["返品"]).sum() + descriptions[3].sum()
    assert described(NAMES, descriptions) == {"Other", "返品"}
    assert described(NAMES, None) == set()


def test_names_that_say_nothing_are_told_sorted_unless_they_are_described():
    assert saying_nothing(NAMES, None) == ["C3", "Other"]
    assert saying_nothing(NAMES, hashed_features(["all the rest", "", "", ""])) == ["C3"]


def test_names_that_differ_in_spelling_or_order_alone_are_alike():
    assert names_alike(["ヘンキン", "返金", "ﾍﾝｷﾝ", "Billing", "BILLING", "card payment", "payment: card", "cards payment"]) == [
        ("ヘンキン", "ﾍﾝｷﾝ"),
        ("Billing", "BILLING"),
        ("card payment", "payment: card"),
    ]
    assert names_alike(["Other 1", "Other 2", "C3", "その他"]) == []  # they say nothing, and that is told
    assert names_alike([]) == []


def test_a_description_tells_a_name_from_another_spelling():
    assert names_alike(["Billing", "billing"], hashed_features(["", "only of partners"])) == []
    assert names_alike(["Billing", "billing"], hashed_features(["of partners", "of partners"])) == [("Billing", "billing")]
