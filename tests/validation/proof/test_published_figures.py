import numpy as np
import pytest

from tests.validation.proof.published import Figures
from tests.validation.proof.published_figures import probes_table, published_figures, published_table
from tests.validation.proof.test_task_figures import READING, planted

TASKS = [planted(number, 0.05 * number, 0.04 * number, baseline=number % 2) for number in range(1, 8)]
NAMES = tuple(task.name for task in TASKS)


def llms(errors, names=NAMES, source="site.ai"):
    return Figures("generative_llm", source, names, tuple(f"model{place}" for place in range(len(errors))), np.array(errors))


def by_code(*published):
    return {figure.code: figure for figure in published_figures(TASKS, published, READING)}


def test_models_that_err_in_the_same_order_give_one():
    order = np.arange(7) / 10
    found = by_code(llms([order, order * 0.5]))
    assert found["tasks_published_generative_llm"].value == pytest.approx(1)
    assert found["tasks_ceiling_generative_llm"].value == pytest.approx(1)
    assert "no published figures" in found["tasks_published_llm_embedding_probe"].undefined_because


def test_tasks_are_matched_by_name_and_not_by_place():
    turned = llms([np.arange(7)[::-1] / 10, np.arange(7)[::-1] / 9], NAMES[::-1])
    assert by_code(turned)["tasks_published_generative_llm"].value == pytest.approx(1)


def test_the_source_with_most_tasks_is_told_and_all_stand_in_the_table():
    wide, narrow = llms([np.arange(7) / 10] * 2), llms([np.arange(5)[::-1] / 10] * 2, NAMES[:5], "other.org")
    assert "site.ai" in by_code(narrow, wide)["tasks_published_generative_llm"].method
    rows = published_table(TASKS, (narrow, wide), READING).rows
    orders = {(row[1], row[3]): row[4] for row in rows}
    assert orders["other.org", "extrapolated error"] == -1
    assert orders["site.ai", "extrapolated error"] == 1
    assert orders["site.ai", "number of classes"] is not None
    assert len(rows) == 2 * 9


def test_few_tasks_of_a_source_are_undefined():
    few = llms([np.arange(3) / 10] * 2, NAMES[:3])
    found = by_code(few)
    assert "5 are needed" in found["tasks_published_generative_llm"].undefined_because
    assert published_table(TASKS, (few,), READING).rows == ()


def test_probes_are_read_by_group_beside_the_known_error():
    tasks = [planted(number, 0.05 * number, 0.04 * number, baseline=number % 2) for number in range(1, 14)]
    names = [f"cuad_{number}" for number in range(7)] + [f"other{number}" for number in range(5)] + ["unfair_tos"]
    tasks = [task._replace(name=name) for task, name in zip(tasks, names, strict=True)]
    errors = np.append(np.arange(12) / 20, 0.0)  # unfair_tos alone is out of order
    probes = Figures("llm_embedding_probe", "site.ai", tuple(names), ("one", "two"), np.array([errors, errors]))
    rows = probes_table(tasks, (probes, llms([errors], tuple(names))), {name: -place for place, name in enumerate(names)}, READING).rows
    found = {(row[1], row[2]): (row[3], row[-1]) for row in rows}
    assert found["without unfair_tos", "extrapolated error"] == (pytest.approx(1), 12)
    assert found["cuad alone", "extrapolated error"] == (pytest.approx(1), 7)
    assert found["all tasks", "extrapolated error"][0] < 1
    assert found["cuad alone", "error of a linear classifier on all labels"] == (pytest.approx(-1), 7)
    assert found["without cuad", "extrapolated error"][1] == 6
    assert len(rows) == 8
