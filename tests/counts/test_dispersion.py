import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.stats import hypergeom

from corpuskit.counts import CountOptions, count_nothing, dispersion_of_terms, dispersion_over_parts, expected_dp
from corpuskit.errors import UsageError
from tests.counts.build import counted, sentence

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=6)


def of_one(counts, sizes):
    found = dispersion_over_parts(csr_matrix(np.array(counts).reshape(-1, 1)), sizes)
    return tuple(float(getattr(found, name)[0]) for name in ("dp", "dp_norm", "dp_null", "juilland_d"))


def test_the_five_parts_of_gries():
    # Gries 2008, the example of five parts of 9, 10, 10, 10 and 11 words in which a word occurs 1 to 5 times; DPnorm = .18 / (1 - .18)
    dp, dp_norm, _, juilland = of_one([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
    assert dp == pytest.approx(0.18)
    assert dp_norm == pytest.approx(0.2195, abs=5e-5)
    assert juilland == pytest.approx(0.785, abs=5e-4)


def test_even_and_concentrated_terms():
    assert of_one([2, 2, 2, 2], [10, 10, 10, 10]) == pytest.approx((0, 0, of_one([8, 0, 0, 0], [10] * 4)[2], 1))
    dp, dp_norm, _, juilland = of_one([4, 0, 0, 0], [10, 10, 10, 10])
    assert (dp, dp_norm, juilland) == pytest.approx((0.75, 1, 0))


def naive(counts, sizes):
    """The definitions, written out part by part."""
    f, n = sum(counts), sum(sizes)
    dp = sum(abs(size / n - x / f) for x, size in zip(counts, sizes, strict=True)) / 2
    relative = [x / size for x, size in zip(counts, sizes, strict=True)]
    mean = sum(relative) / len(relative)
    deviation = math.sqrt(sum((p - mean) ** 2 for p in relative) / len(relative))
    return dp, 1 - deviation / mean / math.sqrt(len(relative) - 1) if len(relative) > 1 else math.nan


@given(SIZES, st.data())
def test_every_term_of_a_table_equals_the_definition(sizes, data):
    table = [[data.draw(st.integers(0, size // 3)) for size in sizes] for _ in range(3)]
    found = dispersion_over_parts(csr_matrix(np.array(table).T), sizes)
    for term, counts in enumerate(table):
        if not sum(counts):
            assert math.isnan(found.dp[term])
            assert math.isnan(found.dp_null[term])
            assert math.isnan(found.juilland_d[term])
            continue
        dp, juilland = naive(counts, sizes)
        assert found.dp[term] == pytest.approx(dp, abs=1e-12)
        assert found.juilland_d[term] == pytest.approx(juilland, nan_ok=True)


@given(SIZES, st.integers(1, 30))
def test_the_null_equals_the_sum_over_all_placements(sizes, frequency):
    total = sum(sizes)
    frequency = min(frequency, total)
    away = [sum(abs(x / frequency - size / total) * hypergeom.pmf(x, total, size, frequency) for x in range(size + 1)) for size in sizes]
    assert expected_dp(frequency, sizes) == pytest.approx(sum(away) / 2, abs=1e-9)


def test_the_null_falls_with_frequency_and_the_hapax_is_as_spread_as_it_can_be():
    sizes = [50, 80, 30, 100]
    values = [expected_dp(frequency, sizes) for frequency in (1, 2, 5, 20, 100, 260)]
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(1 - sum((size / 260) ** 2 for size in sizes))
    assert values[-1] == pytest.approx(0, abs=1e-9)


def test_parts_without_words_are_no_parts():
    with_empty = of_one([1, 0, 2], [5, 0, 7])
    assert with_empty == pytest.approx(of_one([1, 2], [5, 7]))


def test_one_part_leaves_dp_norm_and_d_undefined():
    dp, dp_norm, null, juilland = of_one([3], [9])
    assert (dp, null) == (0, 0)
    assert math.isnan(dp_norm)
    assert math.isnan(juilland)


def test_terms_of_a_corpus():
    stats = counted({"one": [sentence("a", "b", "a", heading=["b"])], "two": [sentence("a", "c")], "日本": [sentence("出張", language="ja")]})
    frame = dispersion_of_terms(stats, "en")
    assert frame.columns == ["term", "frequency", "documents", "dp", "dp_norm", "dp_null", "juilland_d"]
    assert frame.select("term", "frequency", "documents").rows() == [("a", 3, 2), ("b", 2, 1), ("c", 1, 1)]
    assert frame["dp"].to_list() == pytest.approx([0, 1 / 3, 2 / 3])
    assert frame["dp_norm"].to_list() == pytest.approx([0, 0.5, 1])
    assert dispersion_of_terms(stats, "en", minimum=2)["term"].to_list() == ["a", "b"]
    alone = dispersion_of_terms(stats, "ja").row(0, named=True)
    assert (alone["dp"], alone["dp_norm"], alone["juilland_d"]) == (0, None, None)


def test_nothing_has_no_terms():
    assert dispersion_of_terms(count_nothing(CountOptions()), "en").height == 0
    assert dispersion_of_terms(counted({"d": [sentence("a")]}), "ko").height == 0


def test_sizes_that_cannot_be_are_refused():
    with pytest.raises(UsageError):
        of_one([3, 1], [2, 5])
    with pytest.raises(UsageError):
        of_one([3, 1], [5])
    for frequency in (0, 11):
        with pytest.raises(UsageError):
            expected_dp(frequency, [4, 6])
