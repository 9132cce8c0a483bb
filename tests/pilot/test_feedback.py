"""Rejected outputs become candidates; the gate set stays apart."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import InputError
from corpuskit.pilot import append
from corpuskit.pilot.feedback import feedback, input_hash, keys_of, refuse_leak
from corpuskit.pilot.sheet import Sheet, read_sheet
from corpuskit.pilot.use import read_use
from tests.pilot.use import events


def used(tmp_path, rows):
    path = tmp_path / "use.jsonl"
    append(path, rows, "L2")
    return read_use(path)


def sheet(name="gate.csv", **columns):
    return Sheet(name, list(range(2, 2 + len(next(iter(columns.values()))))), {key: list(cells) for key, cells in columns.items()})


@pytest.fixture
def rows():
    return events(each=120, error=0.2, error_class=lambda _, g: ["fact", "tone", None][int(g.integers(3))])


def test_what_was_accepted_or_never_seen_is_no_candidate(tmp_path, rows):
    found = feedback(used(tmp_path, rows))
    refused = [row for row in rows if row.get("decision") == "reject"]
    assert {candidate.id for candidate in found.candidates} == {row["event_id"] for row in refused}
    assert found.reasons["unclassified"] == sum("error_class" not in row for row in refused)
    assert sum(found.reasons.values()) == len(refused)
    assert all(candidate.generated_by.startswith("1 p m 1") for candidate in found.candidates)


@pytest.mark.parametrize("key", ["id", "input_hash", "result_ref"])
def test_no_case_of_the_gate_set_leaks_whichever_key_shows_it(tmp_path, rows, key):
    field = {"id": "event_id"}.get(key, key)
    frozen = [row[field] for row in rows[::2]]
    found = feedback(used(tmp_path, rows), sheet(**{key: frozen}))
    assert found.candidates
    assert found.of_gate
    assert not {getattr(candidate, key) for candidate in found.candidates} & set(frozen)
    learning = sheet("learning.csv", **{key: [getattr(candidate, key) for candidate in found.candidates]})
    refuse_leak(sheet(**{key: frozen}), learning)


def test_a_case_is_recognised_by_the_text_of_its_input(tmp_path):
    texts = [f"請求書 {number} の件" for number in range(40)]
    rows = [row | {"input_hash": input_hash(text), "decision": "reject"} for row, text in zip(events(weeks=1, each=40), texts, strict=True)]
    gate = sheet(id=[f"g{number}" for number in range(10)], input=[f"  {text}" for text in texts[:10]])
    found = feedback(used(tmp_path, rows), gate)
    assert len(found.candidates) == 30
    assert len(found.of_gate) == 10


@given(st.text(), st.sampled_from(["", " ", "\n", "　"]))
def test_width_and_space_around_do_not_change_an_inputs_hash(text, space):
    from unicodedata import normalize

    assert input_hash(space + normalize("NFKC", text) + space) == input_hash(text)


def test_an_input_counts_once_and_its_last_decision_stands(tmp_path):
    first, second = events(weeks=2, each=1)
    first |= {"input_hash": "ab" * 16, "decision": "reject"}
    second |= {"input_hash": "ab" * 16, "decision": "accept"}
    assert feedback(used(tmp_path, [first, second])).candidates == ()


def test_seeded_errors_teach_nothing(tmp_path):
    rows = [row | {"seeded": True, "decision": "reject"} for row in events(weeks=1, each=5)]
    assert feedback(used(tmp_path, rows)).candidates == ()


def test_a_gate_set_that_was_learned_is_refused_with_its_lines():
    gate = sheet(id=["a", "b", "c"], truth=["x", "y", "z"])
    with pytest.raises(InputError, match=r"gate.csv: cases of the gate set in the learning set \(1 of 3 rows\).\n  line 3: stands in learning.csv"):
        refuse_leak(gate, sheet("learning.csv", id=["b", "d"]))


def test_rows_without_any_key_are_never_equal():
    assert keys_of(sheet(id=["", ""], truth=["x", "y"])) == frozenset()


def test_a_case_that_nobody_could_find_again_is_an_error(tmp_path):
    path = tmp_path / "use.jsonl"
    path.write_text(json.dumps({"ts": "2026-11-29T09:00:00Z", "route": "sample", "decision": "reject"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="nobody could find it again"):
        feedback(read_use(path))


def test_candidates_can_be_read_as_a_sheet(tmp_path, rows):
    from dataclasses import asdict

    found = feedback(used(tmp_path, rows))
    path = tmp_path / "candidates.jsonl"
    path.write_text("".join(json.dumps(asdict(candidate)) + "\n" for candidate in found.candidates), encoding="utf-8")
    assert read_sheet(path).height == len(found.candidates)
