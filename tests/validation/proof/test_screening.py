import pytest

from tests.validation.proof.made_tasks import made_tasks
from tests.validation.proof.screening import LABELLED, ROWS, drawn_table, screen


@pytest.fixture(scope="module")
def table():
    task = made_tasks(160)[6].task  # three labels of ten are exchanged
    return drawn_table([row.text for row in task.rows], [row.label for row in task.rows], 0, labelled=120)


@pytest.fixture(scope="module")
def screened(table):
    return screen(*table)


def test_a_table_of_few_labels_has_all_numbers(screened):
    assert screened.refused == ""
    assert (screened.n, screened.level) == (120, 0.95)
    assert screened.interval[0] < screened.error < screened.interval[1]
    assert 0.2 < screened.ambiguity < 0.65
    assert 0 <= screened.suitability < 0.1  # one label of ten may be wrong, and three are


def test_the_interval_at_ninety_is_what_an_audit_set_to_it_states(table, screened):
    at_ninety = screen(*table, level=0.9)
    assert at_ninety.error == screened.error
    assert at_ninety.interval == pytest.approx(screened.at_ninety)
    assert screened.interval[0] < screened.at_ninety[0] < screened.at_ninety[1] < screened.interval[1]


def test_a_table_with_a_label_for_each_row_is_refused_with_the_reason():
    texts = [row.text for row in made_tasks(30)[0].task.rows]
    refused = screen(texts, [f"class {number}" for number in range(30)])
    assert refused.error is None
    assert refused.suitability is None
    assert refused.at_ninety is None
    assert refused.refused.startswith("undefined")


def test_a_draw_keeps_its_labels_and_no_other():
    texts, labels = [f"text {number}" for number in range(5_000)], [f"label {number}" for number in range(5_000)]
    drawn, kept = drawn_table(texts, labels, seed=3)
    assert len(drawn) == len(kept) == ROWS
    assert all(label for label in kept[:LABELLED])
    assert not any(kept[LABELLED:])
    assert [label.split()[1] for label in kept[:LABELLED]] == [text.split()[1] for text in drawn[:LABELLED]]
    assert drawn_table(texts, labels, seed=3) == (drawn, kept)
    assert drawn_table(texts, labels, seed=4)[0] != drawn
