from types import SimpleNamespace

import pytest

from corpuskit.audit.routes import TOLERANCE, tolerance_of

TABLE = "labels:tickets.csv#queue"


def task(max_error, *estimates):
    return SimpleNamespace(tolerance=SimpleNamespace(max_error=max_error), estimates=estimates)


@pytest.mark.parametrize(
    ("tasks", "tolerance"),
    [
        ([task(0.1, f"attainable_error@{TABLE}"), task(0.02, f"language_ambiguity@{TABLE}")], 0.02),
        ([task(0.1, "attainable_error@labels:other.csv#queue")], TOLERANCE),
        ([task(None, f"attainable_error@{TABLE}")], TOLERANCE),
        ([task(0.0, f"attainable_error@{TABLE}"), task(0.2, f"attainable_error@{TABLE}")], 0.2),
        ([], TOLERANCE),
    ],
)
def test_the_strictest_task_that_rests_on_a_table_sets_its_tolerance(tasks, tolerance):
    assert tolerance_of(TABLE, tasks) == tolerance
