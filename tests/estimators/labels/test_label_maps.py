from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import power_divergence

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.label_maps import FEWEST_MESSAGES, MOST_LABELS, MOST_WORDS, confusion_matrix, label_words, seriation, telling
from tests.estimators.tables import SUBJECT, requests, table


def test_things_alike_stand_side_by_side():
    # two blocks, dealt out alternately
    likeness = np.array([[0, 1, 9, 1], [1, 0, 1, 9], [9, 1, 0, 1], [1, 9, 1, 0]], dtype=float)
    order = seriation(likeness).tolist()
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset({0, 2}), frozenset({1, 3})}


@given(st.integers(0, 8).flatmap(lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)))
def test_every_thing_keeps_one_place_and_the_order_is_the_same_each_time(rows):
    likeness = np.array(rows, dtype=float).reshape(len(rows), len(rows))
    likeness = likeness + likeness.T
    order = seriation(likeness)
    assert sorted(order.tolist()) == list(range(len(rows)))
    assert seriation(likeness).tolist() == order.tolist()


def test_the_matrix_holds_every_message_once():
    counts = np.array([[5, 0, 3], [0, 7, 0], [4, 0, 6]])
    series = confusion_matrix("labels:a#b", counts, ("one", "two", "three"))
    assert len(series.rows) == 9
    assert {(label, taken): count for label, taken, count in series.rows} == {
        (first, second): counts[i, j] for i, first in enumerate(("one", "two", "three")) for j, second in enumerate(("one", "two", "three"))
    }
    names = [series.rows[place][1] for place in range(3)]
    assert abs(names.index("one") - names.index("three")) == 1, "labels taken for one another stand side by side"


def test_of_many_labels_those_that_are_confused_are_shown():
    counts = np.diag(np.full(30, 9))
    counts[28, 3] = counts[3, 28] = 4
    series = confusion_matrix("s", counts, tuple(f"label {place:02}" for place in range(30)))
    shown = {row[0] for row in series.rows}
    assert len(shown) == MOST_LABELS
    assert {"label 03", "label 28"} <= shown


def test_what_a_row_tells_is_half_of_the_likelihood_ratio():
    # oracle: the G statistic of each row against its share of the columns, from scipy
    joint = np.array([[12.0, 3, 1], [4, 4, 4], [0, 9, 20]])
    columns = joint.sum(axis=0)
    for row, told in zip(joint, telling(joint), strict=True):
        g = power_divergence(row, row.sum() * columns / joint.sum(), lambda_="log-likelihood").statistic
        assert told == pytest.approx(g / 2)


def test_a_row_that_goes_with_the_columns_tells_nothing():
    assert telling(np.array([[2.0, 4], [3, 6]])) == pytest.approx([0, 0])


def test_each_label_shows_as_a_block_of_its_own_words():
    sample = sample_labelled(table(*requests(300)), EstimatorOptions())
    (series,) = label_words(sample)
    assert series.id == f"label_words@{SUBJECT}"
    words = list(dict.fromkeys(row[0] for row in series.rows))
    labels = list(dict.fromkeys(row[1] for row in series.rows))
    assert len(series.rows) == len(words) * len(labels)
    assert len(words) <= MOST_WORDS
    counts = {(word, label): count for word, label, count in series.rows}
    fullest = [max(range(len(labels)), key=lambda place: counts[word, labels[place]]) for word in words]
    assert fullest == sorted(fullest), "the fullest cells run down the diagonal"
    assert all(sum(counts[word, label] for label in labels) >= FEWEST_MESSAGES for word in words)


def test_function_words_and_numbers_are_left_out():
    texts, labels = requests(120)
    messages = table([f"{text} 2025 the" for text in texts], labels)
    known = replace(messages, stop=np.array([term == "the" for term in messages.terms]))
    (series,) = label_words(sample_labelled(known, EstimatorOptions()))
    assert {"2025", "the"} & {row[0] for row in series.rows} == set()


def test_nothing_is_shown_where_words_tell_nothing():
    sample = sample_labelled(table(["same words here"] * 40, ["a", "b"] * 20), EstimatorOptions(min_per_label=5))
    assert label_words(sample) == ()
