import numpy as np
import pytest

from tests.validation.proof.measured_tasks import Measured
from tests.validation.proof.screening import Screened
from tests.validation.proof.task_figures import Reading, trained_figures, trained_tables
from tests.validation.proof.trained_models import Errors

READING = Reading("tasks", "planted", judged=True, opened=False, draws=200)


def planted(number, error, truth, baseline=None, refused=""):
    screened = Screened(
        error=None if refused else error,
        interval=None if refused else (error / 2, error * 2),
        level=None if refused else 0.95,
        n=0 if refused else 200,
        ambiguity=None if refused else error * 1.5,
        suitability=None if refused else 1 - error,
        refused=refused,
        at_ninety=None if refused else (error * 0.559, error * 1.789),
    )
    simple = number if baseline is None else baseline
    numbers = dict.fromkeys(("classes", "labels_per_class", "length", "type_token_ratio", "majority_error"), float(simple))
    return Measured(f"task{number}", "en", 1000, 2, (screened, screened), Errors(truth, truth, truth, 1000), numbers)


def by_code(tasks, reading=READING):
    return {figure.code: figure for figure in trained_figures(tasks, reading)}


def test_a_planted_order_is_found():
    found = by_code([planted(number, 0.05 * number, 0.04 * number, baseline=number % 2) for number in range(1, 11)])
    for name in ("extrapolated", "suitability", "cross_fitted"):
        assert found[f"tasks_spearman_{name}"].value == pytest.approx(1)
    assert found["tasks_spearman_extrapolated"].standing == "borne_out"
    assert found["tasks_partial_spearman"].value == pytest.approx(1)
    best = abs(float(np.corrcoef(np.arange(1, 11), np.arange(1, 11) % 2)[0, 1]))  # ranks of tasks and of two values
    assert found["tasks_lower_end_over_baselines"].value == pytest.approx(1 - best, abs=1e-9)


def test_a_simple_number_that_ranks_as_well_is_no_gain():
    found = by_code([planted(number, 0.05 * number, 0.04 * number, baseline=-number) for number in range(1, 11)])
    assert found["tasks_lower_end_over_baselines"].value == pytest.approx(0)
    assert found["tasks_partial_spearman"].undefined_because == "the other variables leave nothing of one side"


def test_an_order_turned_round_is_missed():
    found = by_code([planted(number, 0.05 * number, 0.5 - 0.04 * number) for number in range(1, 11)])
    assert found["tasks_spearman_extrapolated"].value == pytest.approx(-1)
    assert found["tasks_spearman_extrapolated"].standing == "not_borne_out"
    assert found["tasks_lower_end_over_baselines"].standing == "not_borne_out"


def test_intervals_are_counted_by_task_and_draw():
    """As stated, the interval is a half to double; at 90 % it is .559 to 1.789 of the error."""
    truths = [0.1, 0.1 * 0.57, 0.1 * 0.55, 0.1 * 1.78, 0.1 * 1.9, 0.1 * 2.1]
    found = by_code([planted(number, 0.1, truth) for number, truth in enumerate(truths, 1)])
    assert (found["tasks_coverage_mean"].value, found["tasks_coverage_mean"].n) == (pytest.approx(3 / 6), 12)
    assert found["tasks_coverage_as_stated"].value == pytest.approx(5 / 6)
    assert found["tasks_coverage_mean"].standing == "not_borne_out"


def test_refused_tasks_are_left_out_and_shown():
    tasks = [*(planted(number, 0.05 * number, 0.04 * number) for number in range(1, 7)), planted(7, 0, 0.01, refused="undefined_no_labels")]
    found = by_code(tasks)
    assert found["tasks_spearman_extrapolated"].n == 6
    assert found["tasks_coverage_mean"].n == 12
    last = trained_tables(tasks, READING)[0].rows[-1]
    assert last[3:7] == (None, None, None, "refused")


def test_few_tasks_are_undefined_with_the_reason():
    found = by_code([planted(number, 0.1 * number, 0.1 * number) for number in range(1, 5)])
    assert "5 are needed" in found["tasks_spearman_extrapolated"].undefined_because
    assert "8 tasks or fewer" in found["tasks_partial_spearman"].undefined_because


def test_a_secondary_reading_has_no_aims():
    found = by_code([planted(number, 0.05 * number, 0.04 * number) for number in range(1, 11)], READING._replace(prefix="tasks_all", judged=False))
    assert all(figure.aim is None and code.startswith("tasks_all_") for code, figure in found.items())
