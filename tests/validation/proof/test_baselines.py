import pytest

from tests.validation.proof.baselines import BASELINES, baselines_of


def test_the_five_numbers_of_a_small_table():
    texts, labels = ["one two", "one three", "one two four"] * 2, ["a", "b", "a", "a", "c", "a"]
    found = baselines_of(texts, labels, "en", 200)
    assert list(found) == list(BASELINES)
    assert found["classes"] == 3
    assert found["labels_per_class"] == pytest.approx(200 / 3)
    assert found["length"] == pytest.approx((7 + 9 + 12) / 3)
    assert found["type_token_ratio"] == pytest.approx(4 / 14)
    assert found["majority_error"] == pytest.approx(2 / 6)


def test_words_after_the_first_two_thousand_do_not_count():
    texts = ["same word"] * 1_000 + [f"new{number}" for number in range(500)]
    assert baselines_of(texts, ["a"] * 1_500, "en", 200)["type_token_ratio"] == pytest.approx(2 / 2_000)
