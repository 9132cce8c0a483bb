import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from tests.validation.proof.clearness import BY_CLASS, BY_MESSAGE, in_sample, measure, recall_of
from tests.validation.proof.made_answers import made_answers
from tests.validation.proof.runs import Run


@pytest.fixture(scope="module")
def made():
    return made_answers()


@pytest.fixture(scope="module")
def found(made):
    return measure(made)


def test_every_message_and_class_has_its_numbers(made, found):
    assert found.chosen.tolist() == list(range(400))
    assert set(found.messages) == set(BY_MESSAGE)
    assert set(found.classes) == set(BY_CLASS)
    assert all(np.isfinite(values).all() for name, values in found.messages.items() if name != "ten_a_class")
    assert np.isnan(found.messages["ten_a_class"]).sum() == 100
    assert all(values.shape == (10,) and np.isfinite(values).all() for values in found.classes.values())
    assert found.messages["length"].tolist() == [-len(text) for text in made.texts]


def test_answers_change_nothing_of_what_an_audit_says(made, found):
    again = measure(made._replace(runs=()))
    assert all(np.array_equal(found.messages[name], again.messages[name], equal_nan=True) for name in BY_MESSAGE)


def test_language_ambiguity_by_class_is_the_error_of_its_messages(made, found):
    error = float(-np.mean(found.classes["language"]))  # classes are of equal size
    assert 0 < error < 0.9
    assert error == pytest.approx(1 - found.messages["posterior"].mean(), abs=0.05)  # calibrated: the mean confidence is the accuracy


def test_of_a_table_longer_than_an_audit_reads_a_sample_is_measured(made):
    found = measure(made, EstimatorOptions(max_messages=100))
    assert len(found.chosen) == 400  # with few labels more are read: 1,000,000 divided by ten of them
    few = made._replace(texts=made.texts[:200], labels=made.labels[:200])  # the other classes have no message
    assert np.isnan(measure(few).classes["match"]).sum() == len(set(made.labels.tolist()) - set(few.labels.tolist()))


def test_runs_are_kept_within_the_sample():
    run = Run("a", np.array([1, 4, 6, 9]), np.array([True, False, True, False]), np.array([0.1, 0.2, 0.3, 0.4]))
    (kept,) = in_sample((run,), np.array([0, 4, 5, 9]))
    assert kept.rows.tolist() == [1, 3]
    assert kept.right.tolist() == [False, False]
    assert kept.confidence.tolist() == [0.2, 0.4]


def test_recall_by_class():
    run = Run("a", np.array([0, 1, 3]), np.array([True, False, True]), np.zeros(3))
    found = recall_of(run, np.array([0, 0, 1, 2]), 3)
    assert found[[0, 2]].tolist() == [0.5, 1.0]
    assert np.isnan(found[1])
