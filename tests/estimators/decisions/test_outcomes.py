import numpy as np
import pytest

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.outcomes import Outcomes, agreement_of, compare, curve_of, flips_of, holm_of, rate_of, slices_of, threshold_of


def test_sequences_give_what_arrays_give():
    outcomes = Outcomes(wrong=[True] * 3 + [False] * 97, clusters=[str(place // 2) for place in range(100)])
    assert rate_of(outcomes).errors == 3
    assert rate_of(outcomes).effective_n < 100
    assert rate_of(Outcomes(wrong=[])) is None
    assert holm_of([0.01, 0.04]) == [0.02, 0.04]
    assert compare([True, False], [False, False]).only_first == 1


def test_parts_are_tested_against_the_tolerance():
    rows = slices_of(Outcomes(wrong=[True] * 10 + [False] * 90, slices={"desk": ["a"] * 20 + ["b"] * 70 + [""] * 10}), 0.05)
    assert [(row.part, row.rate.n) for row in rows] == [("a", 20), ("b", 70)]
    assert rows[0].p < 1e-6
    assert rows[1].p == 1.0


def test_of_alike_cases_the_first_of_each_document_is_tested():
    sure = Outcomes(wrong=[False, True] * 200, confidence=[0.5] * 400, clusters=[str(place // 2) for place in range(400)])
    assert threshold_of(sure, 0.05).served == 200
    assert threshold_of(Outcomes(wrong=[False] * 100), 0.05) is None


def test_a_curve_is_thinned_and_keeps_both_ends():
    random = np.random.default_rng(0)
    curve = curve_of(Outcomes(wrong=(random.random(5000) < 0.1).tolist(), confidence=random.random(5000).tolist()))
    assert len(curve) == 100
    assert curve[-1][1] == 1.0
    assert curve[0][1] == pytest.approx(1 / 5000)
    assert curve_of(Outcomes(wrong=[True])) == ()


def test_agreement_counts_cases_with_both_labels():
    found = agreement_of(["a", "b", "a", "c"] * 20, ["a", "b", "b", ""] * 20)
    assert found.n == 60
    assert found.disagreement == pytest.approx(1 / 3)
    # h(D) for two labels: (1 - sqrt(1 - 2 D)) / 2
    assert found.least_error[0] == pytest.approx((1 - np.sqrt(1 / 3)) / 2)
    assert found.least_error[1] < found.least_error[0] < found.least_error[2]
    assert agreement_of(["a"], [""]) is None


def test_flips():
    assert flips_of([("a",), ("b",)]) is None
    share, (low, high), n = flips_of([("a", "a"), ("a", "b"), ("b",), ("c", "c", "c")])
    assert (share, n) == (1 / 3, 3)
    assert low < share < high


def test_labels_on_a_scale_are_ordered_as_numbers_and_not_as_texts():
    first, second = ["2", "10", "9", "2"] * 10, ["2", "9", "10", "2"] * 10
    ordinal, interval = (agreement_of(first, second, scale=scale).alpha.value for scale in ("ordinal", "interval"))
    assert agreement_of(first, second).alpha.value < 0.6 < ordinal < interval, "9 and 10 are neighbours"
    with pytest.raises(UsageError, match="needs numbers as labels; 'ten'"):
        agreement_of(["ten", "1"], ["1", "1"], scale="interval")
