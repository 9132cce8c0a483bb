"""Labelled tables: to which work they belong, which of their columns say the same, and what is told where they belong to none."""

from dataclasses import replace

import pytest

from corpuskit.tasks import TaskOptions
from corpuskit.tasks.declared import DeclaredTask
from corpuskit.tasks.discovery import discover
from corpuskit.tasks.labelled_tables import label_columns
from tests.tasks.build import Doc, corpus, tickets


def discovered(*documents):
    return discover(corpus(*documents), TaskOptions())


def ids(*documents):
    return [found.id for found in discovered(*documents).found]


def test_rows_of_a_labelled_table_count_as_documents():
    (found,) = discovered(tickets(rows=6)).found
    assert (found.id, found.documents, found.members) == ("ticket_routing@tickets.csv", 6, ("tickets.csv",))
    assert found.table == "labels:tickets.csv#queue"


def test_each_label_column_is_a_task_of_its_own_and_a_second_coder_is_none():
    table = tickets(columns=("queue", "priority", "second:queue"))
    priority = ["urgent" if row % 3 else "normal" for row in range(60)]
    found = discovered(replace(table, labels={**table.labels, "priority": priority})).found
    assert [task.id for task in found] == ["ticket_routing@tickets.csv#priority", "ticket_routing@tickets.csv#queue"]


def test_columns_that_say_the_same_label_for_label_are_one_task():
    table = tickets(columns=("queue", "team"))
    teams = ["Team A" if value == "hardware" else "Team B" for value in table.labels["team"]]
    result = discovered(replace(table, labels={**table.labels, "team": teams}))
    assert [found.id for found in result.found] == ["ticket_routing@tickets.csv"]
    assert result.found[0].table == "labels:tickets.csv#queue"
    (finding,) = result.findings
    assert (finding.code, finding.parameters) == ("label_columns_say_the_same", {"kept": "queue", "copy": "team"})


@pytest.mark.parametrize("table", [tickets(rows=4), replace(tickets(), signals=())], ids=["few rows", "no words"])
def test_a_labelled_table_without_a_task_is_a_finding(table):
    result = discovered(table)
    assert result.found == ()
    assert [finding.id for finding in result.findings] == ["labelled_table_without_task@tickets.csv"]
    assert result.findings[0].parameters["columns"] == "queue"


def test_a_column_with_one_label_only_is_no_table():
    result = discovered(replace(tickets(), labels={"queue": ["hardware"] * 60}))
    assert [finding.code for finding in result.findings] == ["tasks_in_too_few_documents"]


def test_a_table_belongs_to_the_task_that_most_rows_speak_for():
    complaints = [("complaint_triage", "path", "complaints", None), *[("complaint_triage", "body", "refund", row) for row in range(40)]]
    routing = [("ticket_routing", "path", "tickets", None), *[("ticket_routing", "body", "assigned to", row) for row in range(20)]]
    table = replace(tickets(), signals=[*complaints, *routing])
    (found,) = discovered(table).found
    assert (found.id, found.documents) == ("complaint_triage@tickets.csv", 40)


def test_a_table_speaks_for_no_task_that_reads_texts():
    table = replace(tickets(), signals=[("faq_answer", "path", "faq", None), *[("faq_answer", "body", "how do i", row) for row in range(60)]])
    assert ids(table) == []


def test_label_columns_are_those_with_two_labels_and_no_second_coder():
    table = replace(tickets(), labels={"queue": ["a", "b"], "same": ["a", "a"], "second:queue": ["a", "b"]})
    assert label_columns(corpus(table)) == {"tickets.csv": ["queue"]}


def test_a_column_and_cells_of_the_work_make_a_register_of_it():
    """The name says nothing; the column and the look of its cells do."""
    rows = [("quality_incident", "body", r"(ncr|car|f)-?\d{2,4}-\d{2,4}", row) for row in range(20)]
    labels = {"class": ["a" if row % 2 else "b" for row in range(20)]}
    register = Doc("list.csv", [("quality_incident", "column", "defect code", 0), *rows], sections=20, labels=labels)
    assert ids(register) == ["quality_incident@list.csv"]
    assert ids(replace(register, signals=register.signals[:1])) == []
    assert ids(replace(register, signals=register.signals[1:])) == []


def unlabelled(rows=60, name="tickets.csv"):
    return replace(tickets(rows=rows, name=name), labels={}, message_columns="message")


def by_name(*documents, options=None):
    return discover(corpus(*documents), options or TaskOptions(), [f"names:{document.name}" for document in documents if document.message_columns])


def test_rows_of_a_table_that_categories_are_named_for_count_as_documents():
    (found,) = by_name(unlabelled(rows=6)).found
    assert (found.id, found.documents, found.members, found.table) == ("ticket_routing@tickets.csv", 6, ("tickets.csv",), "names:tickets.csv")


def test_without_named_categories_a_table_is_one_document():
    assert [finding.code for finding in discovered(unlabelled()).findings] == ["tasks_in_too_few_documents"]


@pytest.mark.parametrize("table", [unlabelled(rows=4), replace(unlabelled(), signals=())], ids=["few rows", "no words"])
def test_a_table_read_by_names_without_a_task_is_a_finding(table):
    result = by_name(table)
    assert result.found == ()
    (finding,) = result.findings
    assert (finding.id, finding.parameters) == ("unlabelled_tables_without_task", {"count": 1, "n": table.sections})
    assert [evidence.document for evidence in finding.evidence] == ["tickets.csv"]


def test_many_tables_without_a_task_are_told_at_once():
    (finding,) = by_name(*(replace(unlabelled(name=f"{letter}.csv"), signals=()) for letter in "abcdefg")).findings
    assert finding.parameters == {"count": 7, "n": 420}
    assert len(finding.evidence) == 5


def test_a_labelled_table_and_one_without_labels_are_two_tasks():
    result = by_name(tickets(name="old/tickets.csv"), unlabelled(name="new/tickets.csv"))
    assert [(found.id, found.table) for found in result.found] == [
        ("ticket_routing@old/tickets.csv", "labels:old/tickets.csv#queue"),
        ("ticket_routing@new/tickets.csv", "names:new/tickets.csv"),
    ]


def test_what_a_user_declares_goes_before_what_names_alone_would_say():
    declared = DeclaredTask(task="ticket_routing", folder="new")
    result = by_name(unlabelled(name="new/tickets.csv"), options=TaskOptions(declared=(declared,)))
    assert [(found.id, found.table, found.declared) for found in result.found] == [("ticket_routing@new", "", True)]
