import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.vocabulary.vocabulary import MOST_POINTS, estimate_vocabulary, thin
from tests.counts.build import Part, counted, sentence
from tests.estimators.spiders import GIRDLED
from tests.estimators.word_frequencies import MOBY_DICK

OPTIONS = EstimatorOptions()


def found_in(stats):
    found = estimate_vocabulary(Inputs(stats, OPTIONS), OPTIONS)
    return {item.id: item for item in found.estimates}, found.series


def test_the_girdled_forest():
    # theory 2.1: 168 spiders of 26 species, 12 seen once and 4 twice
    forest = [f"spider{species}" for species, seen in enumerate(GIRDLED) for _ in range(seen)]
    estimates, (series,) = found_in(counted({"forest.txt": [sentence(*forest)]}))
    assert estimates["tokens@lang:en"].value == 168
    assert estimates["types@lang:en"].value == 26
    assert estimates["hapax_share@lang:en"].value == pytest.approx(12 / 26)
    assert (estimates["hapax_share@lang:en"].n, estimates["hapax_share@lang:en"].unit) == (26, "types")
    assert series.id == "spectrum@lang:en"
    assert series.rows == ((1, 12), (2, 4), (4, 1), (6, 2), (8, 1), (9, 1), (15, 2), (17, 1), (22, 1), (46, 1))


def test_exact_counts_have_no_intervals():
    estimates, _ = found_in(counted({"a": [sentence("a", "b", "a")]}))
    assert {item.interval for item in estimates.values()} == {None}
    assert {item.level for item in estimates.values()} == {None}


def test_punctuation_is_no_word_and_headings_are_words():
    estimates, _ = found_in(counted({"a": [sentence("yes", ",", "no", ".", heading=["answers"])]}))
    assert estimates["tokens@lang:en"].value == 3


def test_languages_are_told_apart():
    estimates, series = found_in(counted({"a": [sentence("note")], "b": [Part([[["日本", "日本", "note"]]], language="ja")]}))
    assert [name for name in estimates if name.startswith("tokens")] == ["tokens@lang:ja", "tokens@lang:en"]
    assert estimates["types@lang:ja"].value == 2
    assert [each.subject for each in series] == ["lang:ja", "lang:en"]


def test_nothing_one_and_equal_tokens():
    estimates, series = found_in(count_nothing(CountOptions()))
    assert {name: item.value for name, item in estimates.items()} == {"tokens@corpus": 0}
    assert series == ()
    estimates, _ = found_in(counted({"a": [sentence(".")]}))
    assert {name: item.value for name, item in estimates.items()} == {"tokens@corpus": 0}
    estimates, _ = found_in(counted({"a": [sentence("one")]}))
    assert [estimates[f"{name}@lang:en"].value for name in ("tokens", "types", "hapax_share")] == [1, 1, 1]
    estimates, (series,) = found_in(counted({"a": [sentence(*["one"] * 9)]}))
    assert [estimates[f"{name}@lang:en"].value for name in ("tokens", "types", "hapax_share")] == [9, 1, 0]
    assert series.rows == ((9, 1),)


@given(st.sets(st.integers(1, 10**6), min_size=1, max_size=400), st.integers(2, 150))
def test_thinning_keeps_both_ends_and_the_order(frequencies, most):
    k = np.array(sorted(frequencies))
    places = thin(k, most)
    assert places[0] == 0
    assert places[-1] == len(k) - 1
    assert (np.diff(places) > 0).all()
    assert len(places) <= max(most, 1)
    if len(k) <= most:
        assert places.tolist() == list(range(len(k)))


def test_thinning_is_even_on_the_logarithmic_axis():
    k = np.arange(1, 100_001)
    kept = k[thin(k)]
    assert len(kept) <= MOST_POINTS
    assert kept[:5].tolist() == [1, 2, 3, 4, 5]
    # above the lowest whole numbers neighbours differ by the same factor: 100,000^(1/119) = 1.102
    large = kept[kept > 100]
    assert (large[1:] / large[:-1]) == pytest.approx(np.full(len(large) - 1, 100_000 ** (1 / (MOST_POINTS - 1))), rel=0.01)


def test_known_vocabulary_of_moby_dick():  # words.txt of the package powerlaw 2.0.0
    assert (MOBY_DICK.types, MOBY_DICK.n, MOBY_DICK.f1, MOBY_DICK.f2) == (18_855, 209_994, 9161, 3085)
