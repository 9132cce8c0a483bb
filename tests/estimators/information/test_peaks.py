import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import spearmanr

from corpuskit.estimators import Estimate, EstimatorOptions, Inputs, computed
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.peaks import (
    PAIRS,
    as_concentration,
    correlation_of_cells,
    estimate_peaks,
    observed,
    peak_rank_correlation,
    row_peaks,
)
from corpuskit.finding import Message
from corpuskit.synthetic import independent_table
from tests.counts.build import counted, sentence
from tests.estimators.method_words import method_of


def estimate(**changes):
    made = {
        "id": "language_ambiguity@labels:t#c",
        "measure": "language_ambiguity",
        "subject": "labels:t#c",
        "value": 0.2,
        "interval": (0.15, 0.3),
        "n": 100,
        "unit": "messages",
        "grade": "C",
        "method": computed("cross_fitted_error"),
        "reference": "x 1",
    }
    return Estimate(**(made | changes))


def test_concentration_is_the_ambiguity_read_the_other_way():
    found = as_concentration(estimate())
    assert (found.value, found.interval, found.n) == (0.8, (0.7, 0.85), 100)
    assert "same evidence" in method_of(found)
    assert as_concentration(estimate(interval=None)).interval is None


def test_an_undefined_ambiguity_gives_an_undefined_concentration_with_its_reason():
    reason = Message(code="undefined_too_few_messages", parameters={"n": 5, "needed": 30})
    found = as_concentration(estimate(value=None, interval=None, undefined_because=reason))
    assert (found.value, found.undefined_because) == (None, reason)


def test_peaks_of_rows():
    totals, peaks = row_peaks(np.array([0, 0, 2]), np.array([3.0, 5.0, 2.0]), 3)
    assert (totals.tolist(), peaks.tolist()) == ([8, 0, 2], [5, 0, 2])


def test_it_is_spearmans_correlation_over_rows_seen_often_enough():
    random = np.random.default_rng(0)
    totals = random.integers(1, 40, 60).astype(float)
    peaks = np.ceil(totals * random.random(60))
    kept = totals >= 5
    assert peak_rank_correlation(totals, peaks) == pytest.approx(spearmanr(totals[kept], peaks[kept] / totals[kept]).statistic)


def test_undefined_for_few_rows_and_for_equal_ones():
    assert peak_rank_correlation(np.full(9, 50.0), np.arange(9.0)) is None
    assert peak_rank_correlation(np.full(20, 50.0), np.arange(20.0)) is None
    assert peak_rank_correlation(np.full(20, 4.0), np.arange(20.0)) is None


def test_a_deterministic_mapping_has_peaks_of_one_and_no_correlation():
    cells = group_cells([csr_matrix(np.diag(np.arange(10, 40)))], unordered=False)
    found = correlation_of_cells(PAIRS, "lang:en", cells, EstimatorOptions())
    assert {each.undefined_because.code for each in found} == {"undefined_too_few_rows"}


def test_independent_rows_are_correlated_by_chance_alone_and_the_null_says_so():
    cells = group_cells(independent_table(seed=1).draw(5000, 25, 3), unordered=False)
    value, null = correlation_of_cells(PAIRS, "lang:en", cells, EstimatorOptions())
    assert value.value < -0.2
    assert null.interval[0] <= value.value <= null.interval[1]
    assert value.interval is None


def test_plain_frequent_rows_rise_above_the_null():
    random = np.random.default_rng(0)
    share = np.linspace(0.1, 0.95, 40)[:, None]
    joint = np.linspace(1, 9, 40)[:, None] * np.hstack([share, np.repeat((1 - share) / 9, 9, axis=1)])
    cells = group_cells([csr_matrix(random.multinomial(5000, (joint / joint.sum()).ravel()).reshape(joint.shape))], unordered=False)
    value, null = correlation_of_cells(PAIRS, "lang:en", cells, EstimatorOptions())
    assert value.value > 0.8
    assert value.value > null.interval[1]


def test_few_observations_and_thin_joints_are_refused():
    nothing = group_cells([csr_matrix((3, 3), dtype=np.int64)], unordered=False)
    thin = group_cells([csr_matrix(np.eye(20, dtype=np.int64))], unordered=False)
    assert correlation_of_cells(PAIRS, "lang:en", nothing, EstimatorOptions())[0].undefined_because.code == "undefined_too_few_pairs"
    assert correlation_of_cells(PAIRS, "lang:en", thin, EstimatorOptions())[0].undefined_because.code == "undefined_low_joint_coverage"


def test_of_a_corpus_and_of_weighted_pairs():
    random = np.random.default_rng(0)
    documents = {f"d{number}": [sentence(*(f"w{term}" for term in random.zipf(1.6, 300) % 60))] for number in range(20)}
    value, null = estimate_peaks(Inputs(counted(documents), EstimatorOptions()), EstimatorOptions()).estimates
    assert -1 <= value.value <= 1
    assert null.interval[0] <= null.value <= null.interval[1]
    refused = estimate_peaks(Inputs(counted(documents, weights="harmonic"), EstimatorOptions()), EstimatorOptions()).estimates
    assert {each.undefined_because.code for each in refused} == {"undefined_weighted_pairs"}


def test_observations_of_groups_are_drawn_without_replacement_and_in_their_shares():
    tables = [csr_matrix(np.array([[0, 900, 50], [0, 0, 50]])), csr_matrix(np.array([[0, 0, 0], [0, 0, 1000]]))]
    rows, columns, counts = observed(tables.__getitem__, np.array([1000, 1000]), 2000, 0)
    assert list(zip(rows, columns, counts, strict=True)) == [(0, 1, 900), (0, 2, 50), (1, 2, 1050)]
    _, _, part = observed(tables.__getitem__, np.array([1000, 1000]), 400, 0)
    assert part.sum() == 400
    assert part[0] == pytest.approx(180, abs=40)
