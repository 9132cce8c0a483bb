import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.double_coding import least_error
from corpuskit.estimators.labels.label_ambiguity import estimate_label_ambiguity
from corpuskit.estimators.labels.label_noise import excess_error
from corpuskit.synthetic import ring_messages
from corpuskit.text import hashed_features
from tests.estimators.tables import inputs_of, requests, table


def beyond(found):
    return next(item for item in found.estimates if item.measure == "error_beyond_disagreement")


def test_the_difference_by_hand():
    value, (low, high) = excess_error(0.3, 1000, 0.18, 200, 2)
    assert value == pytest.approx(0.3 - 0.5 * (1 - (1 - 2 * 0.18) ** 0.5))  # h(D) for two labels: .1
    assert value == pytest.approx(0.2)
    assert 0.0 < low < 0.12 < value < high < 0.3


def test_no_disagreement_leaves_the_whole_error():
    value, (low, high) = excess_error(0.2, 500, 0.0, 200, 3)
    assert value == 0.2
    assert low < 0.2 < high


def test_the_interval_holds_what_the_classifier_adds_on_the_ring_language():
    # two coders draw from the exact posterior of each message; the truth is the classifier's error minus the Bayes error, both exact
    held = []
    for seed in range(25):
        messages = ring_messages(600, 0.04, seed=seed)
        random = np.random.default_rng(seed)
        first, second = (np.array([random.choice(6, p=row / row.sum()) for row in messages.posterior]) for _ in range(2))
        predicted = cross_fit(hashed_features(messages.texts()), first, np.arange(600), seed=seed).predicted
        added = float((1 - messages.posterior[np.arange(600), predicted]).mean()) - messages.expected_error
        coded = random.permutation(600)[:200]
        error, differs = float((predicted != first).mean()), float((first[coded] != second[coded]).mean())
        low, high = excess_error(error, 600, differs, 200, 6)[1]
        held.append(low <= added <= high)
    assert np.mean(held) >= 0.96


def test_a_table_without_a_second_person_says_so():
    item = beyond(estimate_label_ambiguity(inputs_of(table(*requests(100))), EstimatorOptions()))
    assert (item.value, item.grade, item.undefined_because.code) == (None, "B", "undefined_one_coder")


def test_few_double_coded_messages_are_refused():
    texts, labels = requests(100)
    second = [*labels[:20], *[None] * 80]
    item = beyond(estimate_label_ambiguity(inputs_of(table(texts, labels, second)), EstimatorOptions()))
    assert item.undefined_because.code == "undefined_too_few_double_coded"


def test_noise_that_both_coders_show_is_taken_off():
    texts, labels = requests(400)
    random = np.random.default_rng(4)
    names = sorted(set(labels))
    first, second = ([str(random.choice(names)) if random.random() < 0.3 else label for label in labels] for _ in range(2))
    found = estimate_label_ambiguity(inputs_of(table(texts, first, second)), EstimatorOptions())
    error, item = found.estimates[0].value, beyond(found)
    assert item.value == pytest.approx(error - least_error(float(np.mean([a != b for a, b in zip(first, second, strict=True)])), 3))
    assert item.value == item.interval[0] < 0.05  # below 0: no part of the error is known to be the classifier's
    assert error > 0.1
