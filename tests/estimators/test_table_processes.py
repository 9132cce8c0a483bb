import os

import numpy as np
import pytest

from corpuskit.estimators import ESTIMATORS, Estimates, EstimatorOptions
from corpuskit.estimators import table_processes as module
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.attainable_error import ATTAINABLE_ERROR
from corpuskit.estimators.labels.label_ambiguity import LABEL_AMBIGUITY
from corpuskit.estimators.method import computed
from corpuskit.estimators.specification import Measure
from corpuskit.estimators.table_processes import measure_tables, of_table
from tests.estimators.tables import inputs_of, requests, table

OPTIONS = EstimatorOptions()
FUNCTIONS = {"label_ambiguity": LABEL_AMBIGUITY.of_table, "attainable_error": ATTAINABLE_ERROR.of_table}
WHERE = Measure("where", "processes", "E", "2026")


def samples(*sizes):
    return tuple(sample_labelled(table(*requests(size, seed=size)), OPTIONS) for size in sizes)


@pytest.fixture
def at_once(monkeypatch):
    """Start processes for however few messages."""
    monkeypatch.setattr(module, "PROCESSES_FROM", 0)


def own_process(sample, options):
    return Estimates(estimates=(WHERE.given(sample.messages.subject, float(os.getpid()), sample.n, computed("counted_in_full")),))


def killed_elsewhere(sample, options):
    if os.getpid() != options.seed:  # the seed says which process may live
        os._exit(9)
    return own_process(sample, options)


def test_processes_change_no_digit(at_once):
    one, two = measure_tables(samples(120, 90, 60), FUNCTIONS, OPTIONS, jobs=1), measure_tables(samples(120, 90, 60), FUNCTIONS, OPTIONS, jobs=2)
    assert one == two
    assert [part.estimates[0].n for part in two["label_ambiguity"]] == [120, 90, 60]
    assert list(two) == list(FUNCTIONS)


def test_tables_are_measured_in_other_processes_only_where_there_are_many_messages(monkeypatch):
    def processes(jobs):
        told = measure_tables(samples(60, 50), {"where": own_process}, OPTIONS, jobs)["where"]
        return {part.estimates[0].value for part in told}

    assert processes(2) == {os.getpid()}
    monkeypatch.setattr(module, "PROCESSES_FROM", 110)
    assert os.getpid() not in processes(2)
    assert processes(1) == {os.getpid()}


def test_what_was_fitted_elsewhere_is_not_fitted_again(at_once):
    measured, alone = samples(80, 70), samples(80, 70)
    measure_tables(measured, FUNCTIONS, OPTIONS, jobs=2)
    for sample, other in zip(measured, alone, strict=True):
        assert "crossed" in sample.__dict__
        assert np.array_equal(sample.crossed.scores, other.crossed.scores)


def test_tables_of_a_killed_process_are_measured_here(at_once):
    told = measure_tables(samples(60, 50, 40), {"where": killed_elsewhere}, EstimatorOptions(seed=os.getpid()), jobs=2)["where"]
    assert [(part.estimates[0].value, part.estimates[0].n) for part in told] == [(os.getpid(), 60), (os.getpid(), 50), (os.getpid(), 40)]


def test_without_tables_there_is_nothing_to_measure(at_once):
    assert measure_tables((), FUNCTIONS, OPTIONS, jobs=2) == {"label_ambiguity": (), "attainable_error": ()}


def test_a_function_that_asks_for_no_prediction_fits_nothing():
    (sample,) = samples(40)
    assert of_table(sample, {"where": own_process}, OPTIONS)[1] is None


@pytest.mark.parametrize("name", [name for name, estimator in ESTIMATORS.items() if estimator.of_table is not None])
def test_an_estimator_takes_what_was_measured_before(name):
    estimator, given = ESTIMATORS[name], inputs_of(table(*requests(90)))
    before = estimator.function(given, OPTIONS)
    told = measure_tables(given.samples, {name: estimator.of_table}, OPTIONS)
    given.measured_tables[estimator.of_table] = told[name] * 2
    twice = estimator.function(given, OPTIONS)
    assert [item.id for item in twice.estimates if "labels:" in item.id][: len(before.estimates)] == [item.id for item in before.estimates]
    assert len(twice.estimates) > len(before.estimates)
