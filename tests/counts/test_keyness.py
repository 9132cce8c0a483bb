import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from corpuskit.counts import CountOptions, benjamini_hochberg, count_nothing, g2, key_terms, log_ratio
from corpuskit.errors import UsageError
from tests.counts.build import counted, sentence

COLUMNS = ["term", "frequency_a", "frequency_b", "documents_a", "documents_b", "log_ratio", "low", "high", "percent_difference", "g2"]
REASONS = {"zero_in_a", "zero_in_b", "one_document", "no_variation", None}
WORDS = st.lists(st.sampled_from(["pump", "valve", "leave", "pay"]), min_size=1, max_size=9)
SIDES = st.tuples(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))


def corpus(*texts):
    return {str(number): [sentence(*(text.split() if isinstance(text, str) else text))] for number, text in enumerate(texts)}


MANUALS = corpus("pump pump valve", "pump valve the", "pump the", "leave leave pay the the the", "pay pump leave the", "leave the")
A, B = ("0", "1", "2"), ("3", "4", "5")


def rows(frame):
    return {row["term"]: row for row in frame.to_dicts()}


def test_log_ratio_and_percent_difference_by_hand():
    found = rows(key_terms(counted(MANUALS), "en", A, B, minimum=1))
    pump = found["pump"]
    assert [pump[name] for name in ("frequency_a", "frequency_b", "documents_a", "documents_b")] == [4, 1, 3, 1]
    assert pump["log_ratio"] == pytest.approx(math.log2((4 / 8) / (1 / 12)))
    assert pump["percent_difference"] == pytest.approx(500)
    assert pump["without_interval"] == "one_document"
    assert found["the"]["log_ratio"] == pytest.approx(math.log2((2 / 8) / (5 / 12)))
    assert found["the"]["g2"] < 0 < pump["g2"]


def test_g2_by_the_formula_of_dunning_over_four_cells():
    # Dunning 1993: 2 sum O ln(O/E), here with O = 4, 1, 4, 11 in corpora of 8 and 12 words
    expected = {4: 5 * 8 / 20, 1: 5 * 12 / 20, 11: 15 * 12 / 20}
    value = 2 * (4 * math.log(4 / expected[4]) + 1 * math.log(1 / expected[1]) + 4 * math.log(4 / (15 * 8 / 20)) + 11 * math.log(11 / expected[11]))
    assert rows(key_terms(counted(MANUALS), "en", A, B, minimum=1))["pump"]["g2"] == pytest.approx(value)
    # the two cells of Rayson and Garside 2000 alone
    assert 2 * (4 * math.log(4 / expected[4]) + math.log(1 / expected[1])) < value


def test_dunnings_bigram_counts_as_two_corpora():
    # Dunning 1993, (110, 2442, 111, 29114): 110 of 2552 against 111 of 29225
    assert float(g2(110, 221, 2552, 31777)) == pytest.approx(270.72, abs=0.005)
    assert float(log_ratio(110, 2552, 111, 29225)) == pytest.approx(math.log2((110 / 2552) / (111 / 29225)))


def jackknife(documents, term):
    """Variance of log2 of the relative frequency, each document left out in turn."""
    values = []
    for out in documents:
        rest = [word for name in documents if name != out for word in MANUALS[name][0].paragraphs[0][0]]
        values.append(math.log2(rest.count(term) / len(rest)))
    return (len(values) - 1) / len(values) * sum((value - np.mean(values)) ** 2 for value in values)


def test_the_interval_is_that_of_leaving_out_each_document():
    the = rows(key_terms(counted(MANUALS), "en", A, B, minimum=1, level=0.9))["the"]
    a, b = jackknife(A, "the"), jackknife(B, "the")
    freedom = (a + b) ** 2 / (a**2 / 2 + b**2 / 2)
    reach = student.ppf(0.95, freedom) * math.sqrt(a + b)
    assert (the["low"], the["high"]) == pytest.approx((the["log_ratio"] - reach, the["log_ratio"] + reach))
    assert the["p"] == pytest.approx(2 * student.sf(abs(the["log_ratio"]) / math.sqrt(a + b), freedom))
    assert the["without_interval"] is None


def test_zero_is_a_value_with_a_reason():
    found = rows(key_terms(counted(MANUALS), "en", A, B, minimum=1))
    leave = found["leave"]
    assert leave["log_ratio"] == pytest.approx(math.log2((0.5 / 8) / (4 / 12)))
    assert (leave["percent_difference"], leave["low"], leave["p"], leave["without_interval"]) == (-100, None, None, "zero_in_a")
    valve = found["valve"]
    assert (valve["percent_difference"], valve["high"], valve["without_interval"]) == (None, None, "zero_in_b")


def test_equal_documents_are_no_evidence():
    for copies in (2, 3, 7):
        stats = counted(corpus(*["pump pump valve"] * copies, *["pump valve valve"] * copies))
        found = key_terms(stats, "en", [str(n) for n in range(copies)], [str(n + copies) for n in range(copies)], minimum=1)
        assert found["without_interval"].to_list() == ["no_variation"] * 2
        assert found["p_adjusted"].to_list() == [None, None]


@settings(max_examples=60, deadline=None)
@given(SIDES)
def test_swapping_turns_the_signs_and_nothing_is_infinite(sides):
    stats = counted(corpus(*sides[0], *sides[1]))
    a = [str(number) for number in range(len(sides[0]))]
    b = [str(number + len(a)) for number in range(len(sides[1]))]
    there, back = key_terms(stats, "en", a, b, minimum=1), rows(key_terms(stats, "en", b, a, minimum=1))
    assert sorted(there["term"]) == sorted(back)
    for row in there.to_dicts():
        swapped = back[row["term"]]
        assert (row["frequency_a"], row["documents_b"]) == (swapped["frequency_b"], swapped["documents_a"])
        assert (row["log_ratio"], row["g2"]) == pytest.approx((-swapped["log_ratio"], -swapped["g2"]), abs=1e-9)
        assert row["without_interval"] in REASONS
        assert (row["without_interval"] is None) == (row["low"] is not None) == (row["p"] is not None)
        if row["low"] is not None:
            assert row["low"] <= row["log_ratio"] <= row["high"]
            assert (row["low"], row["p"]) == pytest.approx((-swapped["high"], swapped["p"]))
            assert row["p_adjusted"] >= row["p"] * (1 - 1e-12)
        assert all(value is None or math.isfinite(value) for value in row.values() if not isinstance(value, str))


def test_p_is_adjusted_for_the_number_of_terms():
    # Benjamini and Hochberg 1995, section 2.2: 15 p-values, of which 4 are rejected at .05
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    adjusted = benjamini_hochberg(published)
    assert (adjusted <= 0.05).sum() == 4
    assert adjusted[:4].tolist() == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    assert benjamini_hochberg([math.nan, 0.02, 0.9, 0.01])[1:].tolist() == pytest.approx([0.03, 0.9, 0.03])
    assert math.isnan(benjamini_hochberg([math.nan])[0])


def test_the_minimum_is_that_of_both_sides_together():
    stats = counted(MANUALS)
    assert key_terms(stats, "en", A, B, minimum=4)["term"].to_list() == ["pump", "the", "leave"]
    empty = key_terms(stats, "en", A, B, minimum=99)
    assert (empty.height, empty.columns[:10]) == (0, COLUMNS)


def test_two_counts_are_compared_like_one():
    first = {name: MANUALS[name] for name in A}
    second = {name: MANUALS[name] for name in B}
    whole = key_terms(counted(MANUALS), "en", A, B, minimum=1)
    assert key_terms(counted(first), "en", A, B, minimum=1, other=counted(second)).equals(whole)


def test_japanese_terms_have_their_own_totals():
    stats = counted({"x": [sentence("出張", "旅費", language="ja"), sentence("travel")], "y": [sentence("旅費", language="ja")]})
    found = rows(key_terms(stats, "ja", ["x"], ["y"], minimum=1))
    assert found["旅費"]["log_ratio"] == -1
    assert set(found) == {"出張", "旅費"}


def test_wrong_calls_are_refused():
    stats = counted(MANUALS)
    for a, b, told in ((A, (*B, "0"), "both sides: 0"), (A, ("9",), "not counted: 9"), (A, (), "no word of the language")):
        with pytest.raises(UsageError, match=told):
            key_terms(stats, "en", a, b)
    for wrong in ({"minimum": 0}, {"level": 1.0}):
        with pytest.raises(UsageError, match="minimum"):
            key_terms(stats, "en", A, B, **wrong)
    with pytest.raises(UsageError, match="no word"):
        key_terms(count_nothing(CountOptions()), "en", (), ())
    for wrong in ((-1, 5, 1, 5), (6, 5, 1, 5), (0, 0, 1, 5)):
        with pytest.raises(UsageError):
            log_ratio(*wrong)
