import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from tests.validation.proof.clearness import BY_CLASS, BY_MESSAGE, judge, measure, recall_of
from tests.validation.proof.made_answers import made_answers
from tests.validation.proof.runs import Run


@pytest.fixture(scope="module")
def made():
    return made_answers()


@pytest.fixture(scope="module")
def found(made):
    return measure(made, np.ones(10, np.bool_))


def test_every_message_and_class_has_its_numbers(made, found):
    assert found.read.all()
    assert set(found.messages) == set(BY_MESSAGE)
    assert set(found.classes) == set(BY_CLASS)
    assert all(np.isfinite(values).all() for name, values in found.messages.items() if name != "ten_a_class")
    assert np.isnan(found.messages["ten_a_class"]).sum() == 100
    assert all(values.shape == (10,) and np.isfinite(values).all() for values in found.classes.values())
    assert found.messages["length"].tolist() == [-len(text) for text in made.texts]


def test_answers_change_nothing_of_what_an_audit_says(made, found):
    one = made._replace(runs=made.runs[:1], offered=made.offered[:1])
    again = judge(one).clear[made.runs[0].name]
    assert all(np.array_equal(found.messages[name], again.messages[name], equal_nan=True) for name in BY_MESSAGE)


def test_language_ambiguity_by_class_is_the_error_of_its_messages(made, found):
    error = float(-np.mean(found.classes["language"]))  # classes are of equal size
    assert 0 < error < 0.9
    assert error == pytest.approx(1 - found.messages["posterior"].mean(), abs=0.05)  # calibrated: the mean confidence is the accuracy


def test_of_a_table_longer_than_an_audit_reads_a_sample_is_measured(made):
    found = measure(made, np.ones(10, np.bool_), EstimatorOptions(max_messages=100))
    assert found.read.sum() == 400  # with few labels more are read: 1,000,000 divided by ten of them
    few = made._replace(texts=made.texts[:200], labels=made.labels[:200])  # the other classes have no message
    given = np.isfinite(measure(few, np.ones(10, np.bool_)).classes["match"])
    assert np.flatnonzero(given).tolist() == sorted(set(few.labels.tolist()))


def test_each_run_is_judged_on_the_classes_that_it_could_choose_from(made):
    offered = made.offered.copy()
    offered[0, [2, 7]] = False
    judged = judge(made._replace(offered=offered))
    first, second, third = (judged.clear[run.name] for run in made.runs)
    assert second is third
    assert np.array_equal(first.read, ~np.isin(made.labels, [2, 7]))
    assert np.flatnonzero(np.isnan(first.classes["match"])).tolist() == [2, 7]
    assert np.isnan(first.messages["names_only"][~first.read]).all()
    assert np.isfinite(first.messages["names_only"][first.read]).all()
    alone = np.flatnonzero(first.read)  # the same table, made by hand
    names = [name for code, name in enumerate(made.names) if code not in (2, 7)]
    labels = np.array([names.index(made.names[code]) for code in made.labels[alone]])
    texts = [made.texts[place] for place in alone]
    by_hand = measure(made._replace(texts=texts, labels=labels, names=tuple(names)), np.ones(8, np.bool_))
    assert np.array_equal(first.messages["all_labels"][alone], by_hand.messages["all_labels"])
    assert np.array_equal(np.delete(first.classes["with_language"], [2, 7]), by_hand.classes["with_language"])
    assert np.setdiff1d(judged.runs[0].rows, alone).size == 0
    assert judged.runs[0].right.tolist() == made.runs[0].right[alone].tolist()
    assert np.array_equal(judged.runs[1].rows, made.runs[1].rows)


def test_recall_by_class():
    run = Run("a", np.array([0, 1, 3]), np.array([True, False, True]), np.zeros(3))
    found = recall_of(run, np.array([0, 0, 1, 2]), 3)
    assert found[[0, 2]].tolist() == [0.5, 1.0]
    assert np.isnan(found[1])
