import numpy as np
import pytest
from scipy.stats import binom, trim_mean

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.resampling import unequal_jackknife_interval
from corpuskit.estimators.robustness.robustness import estimate_robustness, means_by_group, median_interval, trimmed_mean
from corpuskit.estimators.vocabulary.new_documents import coverage_of_new_documents
from tests.counts.build import counted, sentence
from tests.estimators.method_words import method_of

AVERAGES = tuple(f"{name}_{average}" for name in ("own_words", "words_once") for average in ("mean", "trimmed_mean", "median_of_means"))


def folder(sources=9, per_source=4, odd=0, seed=0, words=120):
    """Documents of common words with a few of their own; the odd ones hold nothing but words of their own."""
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, 401)
    documents = {}
    for number in range(sources * per_source):
        own = 0 if number >= odd else words
        forms = [f"w{term}" for term in random.choice(400, words - own, p=share / share.sum())] + [f"own{number}x{term}" for term in range(own)]
        documents[f"s{number % sources}/d{number:03}.txt"] = [sentence(*forms)]
    return documents


def by_measure(documents, **options):
    chosen = EstimatorOptions(**options)
    found = estimate_robustness(Inputs(counted(documents), chosen), chosen)
    return {item.measure: item for item in found.estimates}


def test_a_trimmed_mean_is_that_of_scipy():
    values = np.random.default_rng(0).lognormal(size=37)
    assert trimmed_mean(values) == pytest.approx(trim_mean(values, 0.1))
    assert trimmed_mean(np.array([0.0] * 9 + [1.0])) == 0.0
    assert trimmed_mean(np.zeros(0)) is None
    # ten values of which floating point makes .1 * 10 no less than one
    assert trimmed_mean(np.arange(10.0)) == pytest.approx(np.arange(1, 9).mean())


def test_means_of_groups_stand_in_the_order_of_the_groups():
    assert means_by_group(np.array([1.0, 2.0, 6.0]), np.array([7, 3, 3])).tolist() == [4.0, 1.0]


def test_the_interval_of_a_median_has_at_least_its_level_and_no_narrower_one_has():
    for n in range(6, 60):
        low, high = median_interval(np.arange(n, dtype=float))
        k = int(low) + 1
        assert high == n - k
        assert 1 - 2 * binom.cdf(k - 1, n, 0.5) >= 0.95 > 1 - 2 * binom.cdf(k, n, 0.5)
    # Conover's table: with 25 values from the 8th to the 18th
    assert median_interval(np.arange(1.0, 26.0)) == (8.0, 18.0)
    assert median_interval(np.arange(5.0)) is None
    assert median_interval(np.zeros(0)) is None


def test_a_few_odd_documents_move_the_mean_and_neither_of_the_robust_averages():
    clean, odd = by_measure(folder(per_source=8)), by_measure(folder(per_source=8, odd=3))
    for name in ("own_words", "words_once"):
        moved = {
            average: odd[f"{name}_{average}"].value - clean[f"{name}_{average}"].value for average in ("mean", "trimmed_mean", "median_of_means")
        }
        assert moved["mean"] > 0.03
        assert moved["trimmed_mean"] < moved["mean"] / 3
        assert moved["median_of_means"] < moved["mean"] / 3
    assert "'s0/d000.txt'" in method_of(odd["own_words_mean"])


def test_own_words_average_to_what_other_documents_do_not_cover():
    documents = folder()
    found = by_measure(documents)
    stats = counted(documents)
    sizes = stats.documents["tokens"].to_numpy()
    held = {}
    for name, (part,) in documents.items():
        for form in part.lines[0]:
            held.setdefault(form, set()).add(name)
    shares = [np.mean([len(held[form]) == 1 for form in documents[name][0].lines[0]]) for name in stats.documents["document"]]
    assert len(set(sizes)) == 1
    assert found["own_words_mean"].value == pytest.approx(np.mean(shares))
    assert found["own_words_mean"].n == len(documents)


def test_intervals_hold_their_values_and_methods_say_over_what():
    found = by_measure(folder())
    for measure in (*AVERAGES, "coverage_lowest_mix", "coverage_highest_mix"):
        item = found[measure]
        assert 0 <= item.interval[0] <= item.value <= item.interval[1] <= 1, measure
    assert "9 sources" in method_of(found["own_words_median_of_means"])
    few = by_measure(folder(sources=3, per_source=15))
    assert "document groups (3 sources, 8 are needed)" in method_of(few["own_words_median_of_means"])
    assert few["own_words_median_of_means"].interval is not None


def test_the_jackknife_interval_of_the_trimmed_mean_covers_its_expectation():
    """Tukey's interval over 25 groups of documents: in 60 simulated folders it holds the mean over 300 others in most."""
    truth = np.mean([by_measure(folder(sources=1, per_source=50, seed=1000 + seed))["own_words_trimmed_mean"].value for seed in range(60)])
    found = [by_measure(folder(sources=1, per_source=50, seed=seed))["own_words_trimmed_mean"].interval for seed in range(60)]
    assert np.mean([low <= truth <= high for low, high in found]) >= 0.9


def test_the_band_holds_the_coverage_of_new_documents_and_is_wider_where_sources_differ():
    for odd in (0, 4):
        documents = folder(sources=4, per_source=6, odd=odd)
        found, inputs = by_measure(documents), Inputs(counted(documents), EstimatorOptions())
        value = coverage_of_new_documents(inputs.document_terms["en"]).value
        assert found["coverage_lowest_mix"].value <= value <= found["coverage_highest_mix"].value
    alike = by_measure({f"s{number % 4}/{number}": [sentence("a", "b", "c", f"own{number}")] for number in range(24)})
    assert alike["coverage_lowest_mix"].value == pytest.approx(alike["coverage_highest_mix"].value)
    differing = {f"s{number % 2}/{number}": [sentence("a", *(f"own{number}x{term}" for term in range(3 * (number % 2))))] for number in range(24)}
    found = by_measure(differing)
    # worked: sources of 12 documents with 12 and 48 words, 0 and 36 of them own; w1 = 36, w2 = 0, so the factor is 1
    assert found["coverage_lowest_mix"].value == pytest.approx(1 - 36 * 2 / (48 * 2 + 12 / 2))
    assert found["coverage_highest_mix"].value == pytest.approx(1 - 36 / 2 / (48 / 2 + 12 * 2))


def test_the_intervals_are_those_of_counting_without_each_group():
    documents = folder(sources=3, per_source=12)
    found, stats = by_measure(documents), counted(documents)
    groups = dict(stats.documents.select("document", "group").iter_rows())
    numbers, sizes = np.unique(list(groups.values()), return_counts=True)
    parts = [by_measure({name: parts for name, parts in documents.items() if groups[name] != group}) for group in numbers]
    for measure in ("own_words_mean", "words_once_trimmed_mean", "coverage_lowest_mix", "coverage_highest_mix"):
        value, anew = found[measure].value, np.array([part[measure].value for part in parts])
        assert found[measure].interval == pytest.approx(unequal_jackknife_interval(value, anew, sizes, bounds=(0.0, 1.0))), measure


def test_one_long_document_is_worth_little_more_than_one():
    even = by_measure({f"{number}": [sentence(*["a"] * 10)] for number in range(12)})["effective_documents"]
    assert (even.value, even.n, even.interval) == (pytest.approx(12), 12, None)
    uneven = by_measure({"long": [sentence(*["a"] * 1000)], **{f"{number}": [sentence("a")] for number in range(11)}})["effective_documents"]
    # (1000 + 11)^2 / (1000^2 + 11)
    assert uneven.value == pytest.approx(1022121 / 1000011)


def test_renamed_words_and_documents_in_another_order_change_nothing():
    documents = folder()
    renamed = {name: [sentence(*(form[::-1] for form in part.lines[0]))] for name, (part,) in reversed(documents.items())}
    assert by_measure(renamed) == by_measure(documents)


def test_a_corpus_twice_over_has_no_word_of_one_document():
    twice = {f"{name}{copy}": parts for name, parts in folder(odd=2).items() for copy in ("", "x")}
    found = by_measure(twice)
    assert all(found[measure].value == 0 for measure in AVERAGES)
    assert found["coverage_lowest_mix"].value == found["coverage_highest_mix"].value == 1


def test_too_little_has_reasons():
    one = by_measure({"a.txt": [sentence("word")]})
    assert {item.undefined_because.code for item in one.values() if item.value is None} == {"undefined_too_few_groups"}
    assert one["effective_documents"].value == 1
    few = by_measure({f"{number}": [sentence("a", f"b{number}")] for number in range(9)})
    assert few["own_words_mean"].value == 0.5
    assert few["own_words_trimmed_mean"].undefined_because.code == "undefined_too_few_documents_to_trim"
    assert few["coverage_lowest_mix"].undefined_because.parameters == {"n": 1, "needed": 2}
    apart = by_measure({f"s{number}/d": [sentence(f"a{number}")] for number in range(3)})
    assert apart["coverage_lowest_mix"].undefined_because.code == "undefined_no_shared_words"
    assert apart["own_words_median_of_means"].undefined_because.parameters == {"n": 3, "needed": 8}
    assert apart["own_words_mean"].value == 1
    assert "no interval" in method_of(apart["own_words_mean"])
    options = EstimatorOptions()
    assert estimate_robustness(Inputs(count_nothing(CountOptions()), options), options).estimates == ()
