import numpy as np
import pytest

from tests.validation.proof import measured_tasks
from tests.validation.proof.data_sets import Task, TaskRow
from tests.validation.proof.measured_tasks import measure, predictions
from tests.validation.proof.screening import Screened
from tests.validation.proof.trained_models import Errors


def task(name, rows):
    return Task(name, "", "en", tuple(TaskRow(f"{number}", f"{name} {number}", "ab"[number % 2], {}) for number in range(rows)))


@pytest.fixture
def stand_ins(monkeypatch):
    """Let audits and models answer with what they were given, so that it can be seen which answer went to which task."""

    def screen(texts, labels):
        labelled = sum(map(bool, labels))
        error = int(texts[0].split()[1]) / 1000
        return Screened(error, (0.0, 1.0), 0.95, labelled, None, None if texts[0].startswith("second") else 0.25, "")

    monkeypatch.setattr(measured_tasks, "screen", screen)
    monkeypatch.setattr(measured_tasks, "trained_errors", lambda texts, _, __: Errors(len(texts) / 1000, 0.0, 0.0, len(texts)))


def test_each_task_gets_its_own_answers(stand_ins):
    first, second, small = measure((task("first", 300), task("second", 250)), (task("small", 80),), seeds=(0, 1, 2), processes=False)
    assert [one.name for one in (first, second, small)] == ["first", "second", "small"]
    assert (first.truth.rows, second.truth.rows, small.truth) == (300, 250, None)
    assert [[one.n for one in each.screened] for each in (first, second, small)] == [[200] * 3, [200] * 3, [80]]
    assert len({one.error for one in first.screened}) == 3  # every seed draws its own rows
    assert (first.classes, first.baselines["labels_per_class"], small.baselines["labels_per_class"]) == (2, 100, 40)


def test_predictions_are_means_over_draws_and_the_higher_the_harder(stand_ins):
    measured = measure((task("first", 300), task("second", 250)), seeds=(0, 1), processes=False)
    found = predictions(measured)
    assert found["extrapolated"] == pytest.approx([np.mean([one.error for one in each.screened]) for each in measured])
    assert found["suitability"][0] == 0.75
    assert np.isnan(found["suitability"][1])
    assert np.isnan(found["cross_fitted"]).all()


def test_processes_give_results_in_the_order_of_the_work():
    assert measured_tasks._done([(len, ("a" * number,)) for number in range(6)], processes=True) == list(range(6))
