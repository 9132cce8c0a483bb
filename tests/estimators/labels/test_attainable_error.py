import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.attainable_error import estimate_attainable_error
from corpuskit.estimators.labels.label_ambiguity import estimate_label_ambiguity
from tests.estimators.tables import SUBJECT, inputs_of, requests, table


def attained(*tables, **options):
    return estimate_attainable_error(inputs_of(*tables, **options), EstimatorOptions(**options))


def noisy(labels, rate, seed=0):
    random = np.random.default_rng(seed)
    return [str(random.choice(sorted(set(labels)))) if random.random() < rate else label for label in labels]


def test_a_table_has_one_error_and_its_curve():
    texts, labels = requests(300)
    given = noisy(labels, 0.3)
    found = attained(table(texts, given))
    (error, *_), (curve,) = found.estimates, found.series
    assert (error.id, error.n, error.unit, error.grade) == (f"attainable_error@{SUBJECT}", 300, "messages", "C")
    assert error.interval[0] < error.value < error.interval[1]
    # the words tell the label but where it was exchanged
    exchanged = np.mean([one != other for one, other in zip(labels, given, strict=True)])
    assert error.interval[0] < exchanged < error.interval[1]
    assert [row[0] for row in curve.rows] == sorted(row[0] for row in curve.rows)
    assert curve.rows[-1] == (300, error.value)


def test_messages_without_a_label_are_what_it_is_extrapolated_to():
    texts, labels = requests(600)
    given = noisy(labels, 0.3)
    few, more = attained(table(texts[:200], given[:200])), attained(table(texts[:200], given[:200], unlabelled=texts[200:]))
    assert more.series[0].rows[-1][0] == 600
    assert more.estimates[0].n == 200
    assert more.estimates[0].value < few.estimates[0].value + 0.02


def test_it_lies_below_the_error_of_a_classifier_on_few_labels():
    texts, labels = requests(600)
    given = noisy(labels, 0.3)
    inputs = inputs_of(table(texts[:60], given[:60], unlabelled=texts[60:]))
    options = EstimatorOptions()
    plain = next(item for item in estimate_label_ambiguity(inputs, options).estimates if item.measure == "language_ambiguity")
    assert estimate_attainable_error(inputs, options).estimates[0].value < plain.value


def test_a_corpus_given_twice_moves_it_little_and_narrows_nothing():
    texts, labels = requests(200)
    given = noisy(labels, 0.3)
    once, twice = attained(table(texts, given)).estimates[0], attained(table(texts * 2, given * 2)).estimates[0]
    assert twice.value == pytest.approx(once.value, abs=0.03)
    assert twice.interval[1] / twice.interval[0] > 0.9 * once.interval[1] / once.interval[0]


def test_the_kinds_that_were_compared_are_named_with_their_errors():
    texts, labels = requests(150)
    inputs = inputs_of(table(texts, noisy(labels, 0.3)))
    options = EstimatorOptions()
    (error, *_) = estimate_attainable_error(inputs, options).estimates
    compared = next(part.parameters for part in error.method if part.code == "method_kinds_compared")
    plain = next(item for item in estimate_label_ambiguity(inputs, options).estimates if item.measure == "language_ambiguity")
    assert compared["n_grams"] == pytest.approx(plain.value)  # the same classifier on the same folds
    assert 0.1 < compared["ridge"] < 0.4
    assert 0.1 < compared["neighbours"] < 0.5


def test_without_an_error_at_hand_the_lower_end_is_nought():
    (error, *_) = attained(table(*requests(300))).estimates
    assert error.interval[0] == 0 < error.value < error.interval[1] < 0.05


def test_messages_with_rare_labels_may_all_be_right_or_all_wrong():
    texts, labels = requests(150)
    given = noisy(labels, 0.3)
    rare = [f"other {number}" for number in range(15)]
    plain, widened = attained(table(texts, given)).estimates[0], attained(table([*texts, *rare], [*given, *rare])).estimates[0]
    assert "method_labels_left_out" not in {part.code for part in plain.method}
    share = next(part.parameters["share"] for part in widened.method if part.code == "method_labels_left_out")
    assert share == pytest.approx(15 / 165)
    assert widened.value == plain.value
    assert widened.interval == pytest.approx((plain.interval[0] * (1 - share), plain.interval[1] * (1 - share) + share))


@pytest.mark.parametrize(("count", "code"), [(12, "undefined_too_few_messages")])
def test_few_messages_give_no_curve(count, code):
    texts, labels = requests(count)
    assert attained(table(texts, labels), min_per_label=2).estimates[0].undefined_because.code == code


def test_no_table_gives_the_reason():
    (error, *others) = attained().estimates
    assert (error.id, error.undefined_because.code) == ("attainable_error@corpus", "undefined_no_labels")
    assert {item.id for item in others} == {"examples_to_clarity@corpus", "examples_per_label@corpus"}
