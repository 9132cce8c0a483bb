import gzip
import json

import numpy as np
import pytest

from tests.validation.double_coding import coded, held_bounds
from tests.validation.proof import made_people, people


@pytest.fixture(scope="module")
def thin():
    return people.run(None, "report", True)


def test_the_thin_run_finds_what_was_planted(thin):
    found = {figure.code: figure for figure in thin.figures}
    assert set(found) == {
        "people_jsick_bound",
        "people_jsick_disagreement",
        "people_jsick_error",
        "people_ambient_crowd",
        "people_ambient_bound",
        "people_senses_semcor",
    }
    assert found["people_jsick_bound"].interval[0] > 0.93
    assert found["people_ambient_crowd"].interval[0] > 0.8
    assert found["people_senses_semcor"].interval[0] > 0.5
    assert found["people_jsick_bound"].aim.low == 0.93
    assert found["people_senses_semcor"].aim.low == 0.5
    assert all(len(row) == len(table.columns) for table in thin.tables for row in table.rows)


def test_a_crowd_on_ambiguous_items_alone_has_nothing_to_tell_apart():
    made = made_people.crowd(40)
    figures, _ = people.of_crowd(made._replace(ambiguous=[True] * 40))
    assert figures[0].value is None
    assert "all 40 items" in figures[0].undefined_because


def test_people_who_agree_leave_an_error_of_nothing_and_the_bound_holds_it():
    found = held_bounds(np.ones((50, 3), np.int64), 3, draws=20)
    assert (found.held, found.truth, found.disagreement, found.bound[0], found.items) == (20, 0.0, 0.0, 0.0, 50)


def test_the_bound_holds_the_error_of_many_people_who_split_evenly():
    codes = np.tile(np.repeat([0, 1], 50), (300, 1))  # two of a hundred disagree in 50/99 of pairs
    found = held_bounds(codes, 2, draws=50)
    assert found.truth == 0.5
    assert found.disagreement == pytest.approx(50 / 99, abs=0.02)
    assert found.held >= 45


def test_of_few_people_the_bound_of_their_own_labels_holds_where_that_of_all_readers_need_not():
    codes = np.repeat([[0, 0, 0], [0, 0, 1], [0, 1, 1]], [1400, 300, 300], axis=0)
    found = held_bounds(codes, 2, draws=200, items=2000)
    # worked: of the three labels one in ten is not the most frequent; two of them differ in 2/3 of 600 items, so h(.2) = .1127 lies above it
    assert found.truth == pytest.approx(0.1)
    assert found.held < 150 < 195 <= found.held_of_people


def test_labels_are_numbered_by_name():
    codes, names = coded([["n", "e"], ["c", "n"]])
    assert names == ["c", "e", "n"]
    assert codes.tolist() == [[2, 1], [0, 2]]


def lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def test_rows_without_three_labels_are_left_out_and_counted(tmp_path):
    rows = [{"text": "猫", "text_b": "犬", "annotator_labels": labels} for labels in (["n", "n", "e"], ["n", "", "e"], ["n", "n"])]
    lines(tmp_path / "ambiguity" / "jsick_annotators" / "data.jsonl.gz", rows)
    found = people.read_jsick(tmp_path)
    assert (found.texts, found.labels, found.left_out) == (["猫\n犬"], [["n", "n", "e"]], 2)


def test_the_crowd_is_matched_with_the_linguists_by_text(tmp_path):
    folder = tmp_path / "ambiguity" / "ambient"
    lines(folder / "data.jsonl.gz", [{"id": 5, "text": "a", "text_b": "b", "ambiguous": True, "disambiguations": []}])
    shown = {"crowd_labels": {"neutral": 5, "entailment": 4}, "crowd_entropy_bits": 0.99}
    rows = [{"id": "9", "text": "a", "text_b": "b"} | shown, {"id": "5", "text": "x", "text_b": "y"} | shown]
    lines(folder / "crowd.jsonl.gz", rows)
    found = people.read_crowd(tmp_path)
    assert found.annotated.labels == [["entailment"] * 4 + ["neutral"] * 5]
    assert (found.ambiguous, found.entropy, found.annotated.left_out) == ([True], [0.99], 1)


def test_without_data_it_is_not_run():
    assert people.run(None, "report", False).not_run
