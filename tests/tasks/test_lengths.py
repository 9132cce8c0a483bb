"""Lengths of cases: of documents, or the mean of the rows of a table."""

from dataclasses import replace

from corpuskit.tasks.lengths import Lengths, case_lengths
from tests.tasks.build import LABELS, Doc, evidence_of, tickets


def test_documents_without_characters_do_not_count():
    papers = [Doc("a.txt", characters=0), Doc("b.txt", characters=10), Doc("c.txt", characters=20), Doc("d.txt", characters=90)]
    assert case_lengths(evidence_of("minutes_summary", papers)) == Lengths(40.0, 20.0, 90.0, "d.txt", 3)


def test_the_median_of_an_even_number_lies_between_two():
    papers = [Doc("a.txt", characters=10), Doc("b.txt", characters=30)]
    assert case_lengths(evidence_of("minutes_summary", papers)).median == 20


def test_rows_share_the_characters_of_their_table():
    assert case_lengths(evidence_of("ticket_routing", [tickets(rows=60, characters=6000)], table=LABELS)) == Lengths(100, 100, 100, "", 60)


def test_every_row_of_a_table_without_labels_is_a_case():
    table = replace(tickets(rows=40, characters=6000), labels={}, message_columns="text")
    assert case_lengths(evidence_of("ticket_routing", [table], table="names:tickets.csv")) == Lengths(150, 150, 150, "", 40)


def test_nothing_read_has_no_length():
    assert case_lengths(evidence_of("minutes_summary", [Doc("a.txt", characters=0)])) is None
