from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.confusion_words import confused_pairs, confusion_words, log_odds, misleading_words
from tests.estimators.tables import requests, table


def test_log_odds_by_hand():
    value, error = log_odds(np.array([10.0, 0.0]), 20, np.array([10.0, 5.0]), 100)
    assert value[0] == pytest.approx(np.log(10.5 / 10.5) - np.log(10.5 / 90.5))
    assert error[0] == pytest.approx((1 / 10.5 + 1 / 10.5 + 1 / 10.5 + 1 / 90.5) ** 0.5)
    assert value[1] < 0


def planted():
    """Two hundred messages in four kinds; forty invoices hold words of deliveries."""
    texts, labels = requests(240)
    spoiled = [place for place, label in enumerate(labels) if label == "invoice"][:20]
    for place in spoiled:
        texts[place] = f"parcel courier the question{place} the"
    return table(texts, labels), spoiled


def test_words_of_the_wrong_label_explain_the_confusion():
    messages, spoiled = planted()
    sample = sample_labelled(messages, EstimatorOptions())
    predicted = sample.labels.copy()
    predicted[np.isin(sample.chosen, spoiled)] = sample.names.index("delivery")
    (pair,) = confused_pairs(sample, predicted)
    assert (pair.label, pair.taken_for, pair.number) == ("invoice", "delivery", 20)
    assert set(pair.words[:2]) == {"parcel", "courier"}
    assert not {word for word in pair.words if word.startswith("question")}
    assert len(pair.items) == 5
    assert set(pair.items) <= {f"row {place}" for place in spoiled}


def test_function_words_are_not_named():
    messages, spoiled = planted()
    known = replace(messages, stop=np.array([term == "parcel" for term in messages.terms]))
    sample = sample_labelled(known, EstimatorOptions())
    predicted = sample.labels.copy()
    predicted[np.isin(sample.chosen, spoiled)] = sample.names.index("delivery")
    assert "parcel" not in confused_pairs(sample, predicted)[0].words


def test_two_confused_messages_explain_nothing():
    sample = sample_labelled(table(*requests(120)), EstimatorOptions())
    predicted = sample.labels.copy()
    wrong = np.flatnonzero(sample.labels == 0)[:3]
    predicted[wrong[:2]] = 1
    assert confusion_words(sample, predicted) == ()
    predicted[wrong[2]] = 1
    (series,) = confusion_words(sample, predicted)
    assert [row[2] for row in series.rows] == [3]


def test_labels_at_random_name_hardly_a_word():
    named = []
    for seed in range(20):
        random = np.random.default_rng(seed)
        present = csr_matrix((random.random((400, 200)) < 0.1).astype(float))
        labels = random.integers(3, size=400)
        confused = (labels == 0) & (random.random(400) < 0.3)
        named.append(int((misleading_words(present, confused, labels == 1) > 0).sum()))
    assert np.mean(named) < 0.8  # of 200 words


def test_a_word_of_most_messages_weighs_nothing():
    present = csr_matrix(np.array([[1, 1], [1, 1], [1, 1], [1, 1], [1, 0], [1, 0], [1, 0], [0, 0], [0, 0], [0, 0]] + [[0, 0]] * 3))
    confused = np.arange(13) < 2
    taken = (np.arange(13) >= 2) & (np.arange(13) < 7)
    weights = misleading_words(present, confused, taken)
    assert weights[0] == 0.0
