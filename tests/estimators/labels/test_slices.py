from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import fisher_exact as oracle

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.label_ambiguity import estimate_label_ambiguity
from corpuskit.estimators.labels.slices import Slice, fisher_exact, holm, length_quarters, slice_errors, slices_of
from tests.estimators.tables import SUBJECT, inputs_of, requests, table


@pytest.mark.parametrize("counts", [(3, 10, 9, 30), (0, 5, 5, 5), (0, 30, 0, 30), (12, 40, 2, 100), (30, 30, 1, 200)])
def test_the_exact_test_agrees_with_scipy(counts):
    a, n, b, m = counts
    assert fisher_exact(*counts) == pytest.approx(oracle([[a, n - a], [b, m - b]]).pvalue)


def test_the_lady_tasting_tea():
    assert fisher_exact(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)  # Fisher 1935: 34/70


def test_holm_by_hand():
    # three tests: 3 * .01, 2 * .02 and .04, none below an earlier one
    assert holm(np.array([0.04, 0.01, 0.02])).tolist() == pytest.approx([0.04, 0.03, 0.04])
    assert holm(np.array([0.9, 0.8])).tolist() == [1.0, 1.0]


def test_quarters_do_not_part_equal_lengths():
    found = length_quarters(np.array([1, 2, 3, 4, 5, 6, 7, 8]))
    assert [each.name for each in found] == ["0–2", "3–4", "5–6", "7–8"]
    assert np.sum([each.chosen for each in found], axis=0).tolist() == [1] * 8
    assert length_quarters(np.full(40, 7)) == []
    assert length_quarters(np.zeros(0, np.int64)) == []
    assert [each.name for each in length_quarters(np.array([3, 3, 3, 4, 9, 9, 9, 9]))] == ["0–3", "4", "5–9"]


def test_small_slices_are_left_out():
    texts, labels = requests(200)
    months = ("2024-01",) * 29 + ("2024-02",) * 60 + ("",) * 111
    sample = sample_labelled(replace(table(texts, labels), facets={"month": months}), EstimatorOptions())
    assert [(each.name, int(each.chosen.sum())) for each in slices_of(sample) if each.kind == "month"] == [("2024-02", 60)]


def test_an_equal_error_everywhere_is_rarely_reported():
    reported = 0
    for seed in range(600):
        random = np.random.default_rng(seed)
        part = random.integers(4, size=400)
        found = slice_errors([Slice("month", str(k), part == k) for k in range(4)], random.random(400) < 0.2, np.arange(400))
        reported += any(each.p_value < 0.05 for each in found)
    assert reported / 600 < 0.075  # at most .05, and three standard errors


def test_a_worse_slice_is_found_with_its_error():
    random = np.random.default_rng(1)
    worse = np.arange(400) < 100
    wrong = random.random(400) < np.where(worse, 0.4, 0.1)
    first, second = slice_errors([Slice("language", "ja", worse), Slice("language", "en", ~worse)], wrong, np.arange(400))
    assert first.p_value < 0.001
    assert (first.error, first.rest, first.n) == (wrong[:100].mean(), wrong[100:].mean(), 100)
    assert first.interval[0] < 0.4 < first.interval[1]
    assert second.error == first.rest


def test_copies_weaken_the_test_and_widen_the_interval():
    worse = np.arange(400) < 100
    wrong = np.arange(400) % np.where(worse, 3, 8) == 0
    alone = slice_errors([Slice("month", "a", worse)], wrong, np.arange(400))[0]
    copies = slice_errors([Slice("month", "a", worse)], wrong, np.arange(400) // 4)[0]
    assert copies.p_value > alone.p_value
    assert copies.interval[1] - copies.interval[0] > alone.interval[1] - alone.interval[0]


def test_hardly_an_error_gives_no_slices():
    wrong = np.arange(200) < 9
    assert slice_errors([Slice("month", "a", np.arange(200) < 100)], wrong, np.arange(200)) == []
    assert slice_errors([], np.ones(200, np.bool_), np.arange(200)) == []


def test_a_table_reports_the_language_in_which_labels_are_dealt_at_random():
    texts, labels = requests(300)
    random = np.random.default_rng(2)
    mixed = [str(random.choice(sorted(set(labels)))) if place < 100 else label for place, label in enumerate(labels)]
    languages = ("ja",) * 100 + ("en",) * 200
    found = estimate_label_ambiguity(inputs_of(replace(table(texts, mixed), facets={"language": languages})), EstimatorOptions())
    series = next(each for each in found.series if each.name == "slice_error")
    assert series.id == f"slice_error@{SUBJECT}"
    assert [row[:2] for row in series.rows][:2] == [("language", "en"), ("language", "ja")]
    finding = next(each for each in found.findings if each.code == "slice_error_higher")
    assert (finding.parameters["kind"], finding.parameters["slice"], finding.parameters["n"]) == ("language", "ja", 100)
    assert finding.parameters["error"] > finding.parameters["rest"] + 0.3
