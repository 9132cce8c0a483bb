"""Reading use back: the chained log, and tables of other systems; what is wrong is told with its line."""

import csv
import json

import pytest

from corpuskit.errors import InputError
from corpuskit.pilot import append
from corpuskit.pilot.use import read_use
from tests.pilot.use import events


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "use.jsonl"
    append(path, events(weeks=2), "L2")
    return path


def test_a_log_is_read_whole_and_in_the_order_of_time(log):
    used = read_use(log)
    assert len(used) == 120
    assert [event.at for event in used] == sorted(event.at for event in used)
    assert {event.route for event in used} == {"auto", "sample"}
    assert all((event.decision is None) == (event.route == "auto") for event in used)
    assert used[0].version == "1 p m 1 " + "ab" * 16 + " 1"


def test_a_sealed_fragment_is_no_case(log):
    with log.open("ab") as stream:
        stream.write(b'{"half')
    append(log, events(weeks=1, each=1), "L2")
    assert len(read_use(log)) == 121


def test_a_log_with_a_broken_chain_is_refused(log):
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join([*lines[:5], *lines[6:]]), encoding="utf-8")
    with pytest.raises(InputError, match=r"use.jsonl: line 6: .*removed"):
        read_use(log)


def test_a_table_of_another_system_says_the_same(log, tmp_path):
    rows = events(weeks=2)
    table = tmp_path / "use.csv"
    with table.open("w", encoding="cp932", newline="") as stream:
        writer = csv.DictWriter(stream, ["ts", "task_id", "route", "decision", "abstained", "confidence", "review_seconds", "group_or_language"])
        writer.writeheader()
        writer.writerows({name: row.get(name, "") for name in writer.fieldnames} for row in rows)
    for one, other in zip(read_use(log), read_use(table, encoding="cp932"), strict=True):
        assert (one.at, one.route, one.decision, one.abstained, one.confidence) == (
            other.at,
            other.route,
            other.decision,
            other.abstained,
            other.confidence,
        )


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("ts", "2026-11-29", "time zone is missing"),
        ("ts", "gestern", "a time such as"),
        ("ts", "", "a time such as"),
        ("route", "robot", "one of auto, sample"),
        ("decision", "maybe", "one of accept, edit, reject"),
        ("confidence", "high", "a number is expected"),
        ("confidence", "nan", "a finite number"),
        ("abstained", "perhaps", "true or false"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path, column, cell, told):
    row = {"ts": "2026-11-29T09:00:00+09:00", "route": "sample", "decision": "accept", "confidence": "0.5", "abstained": "no"}
    table = tmp_path / "use.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
        writer.writerow(row | {column: cell})
    with pytest.raises(InputError, match=f"line 3: {column} .*{told}"):
        read_use(table)


def test_several_tasks_need_a_name(tmp_path):
    log = tmp_path / "use.jsonl"
    append(log, [*events(weeks=1, each=5), *events(weeks=1, each=4, task_id="faq_answer")], "L2")
    with pytest.raises(InputError, match="2 tasks: faq_answer, ticket_routing"):
        read_use(log)
    assert len(read_use(log, "faq_answer")) == 4
    with pytest.raises(InputError, match="no case of the task 'translation'"):
        read_use(log, "translation")


def test_missing_columns_are_named(tmp_path):
    path = tmp_path / "use.jsonl"
    path.write_text(json.dumps({"time": "2026"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column ts, route"):
        read_use(path)


def test_an_edit_counts_as_an_error_only_with_its_class(tmp_path):
    path = tmp_path / "use.jsonl"
    base = {"ts": "2026-11-29T09:00:00Z", "route": "sample"}
    rows = [{"decision": "edit"}, {"decision": "edit", "error_class": "fact"}, {"decision": "reject"}, {"decision": "accept", "error_class": "fact"}]
    path.write_text("\n".join(json.dumps(base | row) for row in rows), encoding="utf-8")
    assert [event.wrong for event in read_use(path)] == [False, True, True, False]
