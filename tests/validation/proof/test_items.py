import pytest

from tests.validation.proof import items
from tests.validation.proof.made_answers import made_answers

DRAWS = 60


@pytest.fixture(scope="module")
def thin():
    return items.run(None, "report", True)


def value_of(figures):
    return {figure.code: figure for figure in figures}


def test_the_thin_run_gives_every_figure_once(thin):
    codes = [figure.code for figure in thin.figures]
    assert len(set(codes)) == len(codes) == 22
    assert all(code.startswith("items_") for code in codes)
    assert all(figure.interval is not None for figure in thin.figures)
    assert all(len(row) == len(table.columns) for table in thin.tables for row in table.rows)


def test_a_planted_relation_is_found(thin):
    found = value_of(thin.figures)
    for name in ("all_labels", "ten_a_class", "names_only", "posterior"):
        assert found[f"items_message_{name}"].interval[0] > 0.55
    assert found["items_class_with_language"].value > 0.5
    assert found["items_selective_50_random"].interval[0] > 0.05


def test_aims_are_those_of_the_protocol(thin):
    aims = {figure.code: figure.aim for figure in thin.figures if figure.aim is not None}
    assert {code: (aim.low, aim.high) for code, aim in aims.items()} == {
        "items_class_with_language": (0.45, None),
        "items_message_all_labels": (0.72, None),
        "items_runs_behind_confidence": (None, 1),
    }  # and five of seven halves, where there are seven runs


def test_without_a_relation_nothing_is_found():
    figures, _, _ = items.of_answers(made_answers(planted=0.0), DRAWS)
    found = value_of(figures)
    low, high = found["items_message_all_labels"].interval
    assert low < 0.5 < high
    low, high = found["items_selective_50_random"].interval
    assert low < 0 < high


def test_five_of_seven_is_aimed_at_with_seven_runs():
    made = made_answers()
    seven = made._replace(runs=(*made.runs, *made.runs, made.runs[0]), offered=made.offered[[0, 1, 2, 0, 1, 2, 0]])
    figures, _, _ = items.of_answers(seven, 20)
    halved = value_of(figures)["items_runs_halved"]
    assert halved.aim.low == 5
    assert halved.value <= 7


def test_without_data_it_is_not_run():
    assert items.run(None, "report", False).not_run
