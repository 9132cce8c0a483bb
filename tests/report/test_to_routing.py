import csv
from io import StringIO

import pytest

from corpuskit.estimators import Routed, RoutingList
from corpuskit.estimators.definitions.clarity import Limits
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.report.to_routing import COLUMNS, to_routing_csv

HOSTILE = "=cmd|' /C calc'!A0"
LIST = RoutingList(
    "in/tickets.csv",
    "queue",
    0.05,
    Limits(0.9, 0.1),
    120,
    (
        Routed("row 7", "automate", "billing", 0.98764, "", "new"),
        Routed("row 2", "person", HOSTILE, 0.01, "billing", "labelled"),
        Routed("row 9, page 2", "review", "", None, "rare,\nlabel", "rare_label"),
    ),
)


def read(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_a_row_under_headings_of_the_language(language):
    book = phrasebook(language)
    head, *rows = read(to_routing_csv([LIST], book, ExportOptions()))
    assert head == [book.label(f"routing_{name}") for name in COLUMNS]
    assert rows[0] == [
        "in/tickets.csv", "queue", "row 7", book.label("routing_automate"), "billing", "0.9876", "", book.label("routing_new"), "0.05", "120",
    ]  # fmt: skip
    assert (rows[2][2], rows[2][5], rows[2][6]) == ("row 9, page 2", "", "rare,\nlabel")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_read_by_names_has_no_label_column_and_rests_on_no_label(language):
    book = phrasebook(language)
    by_name = RoutingList("in/mails.csv", "", 0.05, Limits(None, 0.0), 0, (Routed("row 2", "review", "billing", 0.4, "", "names"),))
    row = read(to_routing_csv([by_name], book, ExportOptions()))[1]
    assert (row[1], row[4], row[7], row[9]) == ("", "billing", book.label("routing_names"), "0")


def test_of_documents_each_is_named_in_its_own_row():
    mails = RoutingList("", "", 0.05, Limits(None, 0.0), 0, (Routed("in/a.eml", "review", "billing", 0.4, "", "names"),))
    assert read(to_routing_csv([mails], phrasebook("en"), ExportOptions()))[1][:3] == ["in/a.eml", "", ""]


def test_what_a_spreadsheet_would_run_is_text():
    assert read(to_routing_csv([LIST], phrasebook("en"), ExportOptions()))[2][4] == f"'{HOSTILE}"


def test_the_byte_order_mark_can_be_left_out():
    book = phrasebook("ja")
    with_mark, without = (to_routing_csv([LIST], book, ExportOptions(csv_bom=mark)) for mark in (True, False))
    assert with_mark == b"\xef\xbb\xbf" + without


def test_without_tables_only_the_headings_stand():
    assert len(read(to_routing_csv([], phrasebook("en"), ExportOptions()))) == 1
