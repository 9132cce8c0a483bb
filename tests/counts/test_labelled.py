from dataclasses import replace

import numpy as np
import pytest

from corpuskit.counts import labelled_messages, merge
from corpuskit.text import FEATURES, hashed_features
from tests.counts.build import Part, counted, message, sentence
from tests.counts.tickets import TICKETS, tickets


def test_labelled_messages_of_a_table():
    found = tickets()
    assert found.subject == "labels:tickets.csv#queue"
    assert found.label_names == ("orders", "repair")
    assert found.labels.tolist() == [1, 1, 0, 0, 0]
    assert found.locators == ("row 1", "row 2", "row 3", "row 4", "row 5")
    assert found.n == 5
    assert found.unlabelled == 1
    assert found.language == "en"
    assert found.second is None
    assert found.terms == ("cancel", "is", "leaks", "my", "oil", "order", "pump", "the", "where")
    assert found.term_counts.toarray()[0].tolist() == [0, 0, 1, 0, 1, 0, 1, 0, 0]
    assert found.features.shape == (5, FEATURES)
    assert found.features[0].sum() == len("pump leaks oil")


def words_of(found):
    return [[found.terms[term] for term in row if term >= 0] for row in found.first_terms.tolist()]


def test_the_words_of_a_message_keep_their_order():
    found = tickets()
    assert found.first_terms.shape == (5, 64)
    assert found.first_terms.dtype == np.int32
    assert words_of(found) == [part.text.split() for part in TICKETS if part.labels]
    assert not found.first_terms.flags.writeable
    # what stands in order is what was counted
    for row, counts in zip(found.first_terms, found.term_counts.toarray(), strict=True):
        assert np.bincount(row[row >= 0], minlength=counts.size).tolist() == counts.tolist()


def test_order_is_kept_for_the_first_64_words_without_heading_and_punctuation():
    words = [f"w{number}" for number in range(70)]
    long = sentence(*words[:40], ",", *words[40:], heading=["about", "w3"], kind="row", labels={"queue": "x"})
    found = labelled_messages(counted({"t": [message(". b , a b", {"queue": "y"}), long, message(", .", {"queue": "x"})]}))[0]
    assert words_of(found) == [["b", "a", "b"], words[:64], []]


def test_order_is_kept_for_labelled_sections_and_the_rows_beside_them_only():
    documents = {
        "a.txt": [sentence("no", "labels", kind="row")],
        "b.csv": [sentence("introduction"), message("a b", {"queue": "x"}), message("c", {})],
        "c.txt": [sentence("b", "a", labels={"folder": "y"}), sentence("rest")],
    }
    stats = counted(documents)
    forms = ["", *stats.terms["form"]]
    first = [[forms[term] for term in row if term] for row in stats.first_terms.toarray().tolist()]
    assert first == [[], [], ["a", "b"], ["c"], ["b", "a"], []]


def test_equal_messages_share_a_fold_group():
    groups = tickets().fold_groups
    assert groups[0] == groups[1] == groups[4]
    assert len(set(groups.tolist())) == 3


def test_names_and_descriptions_are_in_the_space_of_the_messages():
    stats = counted({"tickets.csv": TICKETS})
    found = labelled_messages(stats, {"repair": "a machine is broken", "unused": "nothing"})[0]
    assert found.description_features is not None
    assert found.description_features[0].nnz == 0
    assert (found.description_features[1] != hashed_features(["a machine is broken"])).nnz == 0
    assert labelled_messages(stats, {"unused": "nothing"})[0].description_features is None
    assert labelled_messages(stats)[0].description_features is None


def test_messages_keep_their_month_whatever_is_merged():
    rows = [message("a b", {"queue": "x"}, month=202504), message("c", {"queue": "y"}, month=202512), message("d", {"queue": "x"})]
    first, second = counted({"t.csv": rows}), counted({"s.csv": [message("e", {"queue": "x"}, month=202101), message("f", {"queue": "y"})]})
    merged = merge([first, second])
    months = {found.document: found.facets["month"] for found in labelled_messages(merged)}
    assert months == {"s.csv": ("2021-01", ""), "t.csv": ("2025-04", "2025-12", "")}
    assert merged.sections["month"].to_list() == [202101, None, 202504, 202512, None]


def test_a_column_with_one_label_says_nothing():
    assert labelled_messages(counted({"t": [message("a", {"queue": "x"}), message("b", {"queue": "x"})]})) == ()
    assert labelled_messages(counted({})) == ()
    assert labelled_messages(counted({"d": [sentence("a")]})) == ()


def test_every_table_and_column_is_found_apart():
    rows = [message("a", {"queue": "x", "urgency": "high"}), message("b", {"queue": "y", "urgency": "low"}), message("c", {"urgency": "low"})]
    found = labelled_messages(counted({"b.csv": rows, "a.csv": rows}))
    assert [each.subject for each in found] == ["labels:a.csv#queue", "labels:a.csv#urgency", "labels:b.csv#queue", "labels:b.csv#urgency"]
    assert [each.n for each in found] == [2, 3, 2, 3]
    assert [each.unlabelled for each in found] == [1, 0, 1, 0]


def test_rows_stay_with_their_labels_after_merging():
    rows = [message(f"text {number}", {"queue": "even" if number % 2 == 0 else "odd"}) for number in range(12)]
    parts = [counted({"z.csv": rows}), counted({"a.txt": [sentence("zero", "text")], "m.csv": rows})]
    whole = labelled_messages(merge(parts))
    assert [each.document for each in whole] == ["m.csv", "z.csv"]
    for each in whole:
        assert [each.label_names[label] for label in each.labels] == ["even" if number % 2 == 0 else "odd" for number in range(12)]
        for number in range(10):
            assert each.term_counts[number, each.terms.index(str(number))] == 1
            assert each.features[number, ord(str(number))] == 1
        assert words_of(each) == [["text", str(number)] for number in range(12)]


@pytest.mark.parametrize("column", ["second:queue", "second:again"])
def test_the_labels_of_a_second_person(column):
    rows = [
        message("a", {"queue": "x", column: "x"}),
        message("b", {"queue": "x", column: "z"}),
        message("c", {"queue": "y"}),
        message("d", {column: "y"}),
    ]
    found = labelled_messages(counted({"t": rows}))
    assert len(found) == 1
    assert found[0].label_names == ("x", "y", "z")
    assert found[0].second is not None
    assert found[0].labels.tolist() == [0, 0, 1]
    assert found[0].second.tolist() == [0, 2, -1]
    assert found[0].unlabelled == 1


def test_a_second_person_is_matched_to_the_column_whose_labels_it_shares():
    rows = [
        message(text, {"queue": queue, "urgency": urgency, "second:b": queue}) for text, queue, urgency in (("a", "x", "low"), ("b", "y", "high"))
    ]
    queue, urgency = labelled_messages(counted({"t": rows}))
    assert queue.second is not None
    assert queue.second.tolist() == queue.labels.tolist()
    assert urgency.second is None


def test_a_message_with_two_labels_stands_once_for_each():
    stats = counted({"t": [message(".", {"queue": "x"}), message("c", {"queue": "y"})]})
    again = stats.labels.with_columns(value=stats.labels["value"].replace({"x": "y"})).head(1)
    twice = labelled_messages(replace(stats, labels=stats.labels.vstack(again)))[0]
    assert twice.n == 3
    assert np.unique(twice.fold_groups).size == 2


def test_a_second_person_alone_labels_nothing():
    assert labelled_messages(counted({"t": [message("a", {"second:queue": "x"}), message("b", {"second:queue": "y"})]})) == ()


def test_votes_of_raters_are_counted_for_the_column_whose_labels_they_share():
    said = {"a": "xxy", "b": "yzy", "c": ""}
    rows = [
        message(text, {"queue": queue, "urgency": "low" if queue == "x" else "high"} | {f"rater:{n}": label for n, label in enumerate(said[text])})
        for text, queue in (("a", "x"), ("b", "y"), ("c", "y"))
    ]
    queue, urgency = labelled_messages(counted({"t": rows}))
    assert (queue.column, urgency.column) == ("queue", "urgency")
    assert queue.label_names == ("x", "y", "z")
    assert queue.votes is not None
    assert queue.votes.tolist() == [[2, 1, 0], [0, 2, 1], [0, 0, 0]]
    assert queue.second is None
    assert urgency.votes is None


def test_the_second_column_of_the_same_name_is_preferred():
    rows = [
        message("a", {"queue": "x", "second:queue": "y", "second:check": "x"}),
        message("b", {"queue": "y", "second:queue": "x", "second:check": "y"}),
    ]
    (found,) = labelled_messages(counted({"t": rows}))
    assert found.second is not None
    assert found.second.tolist() == [1, 0]


def test_only_rows_count_as_unlabelled():
    parts = [sentence("an", "introduction"), message("a", {"queue": "x"}), message("b", {"queue": "y"}), message("c", {})]
    assert [found.unlabelled for found in labelled_messages(counted({"t": parts}))] == [1]


def test_the_language_is_that_of_most_messages_and_of_a_tie_the_first_by_name():
    rows = [message("a", {"queue": "x"}), message("日本", {"queue": "y"}, language="ja"), message("語", {"queue": "x"}, language="ja")]
    assert labelled_messages(counted({"t": rows}))[0].language == "ja"
    assert labelled_messages(counted({"t": rows[:2]}))[0].language == "en"


def test_a_message_without_a_word_keeps_its_place():
    rows = [message(".", {"queue": "x"}), message("a", {"queue": "y"})]
    (found,) = labelled_messages(counted({"t": rows}))
    assert found.n == 2
    assert found.term_counts.toarray().tolist() == [[0], [1]]


def test_blank_definitions_are_none():
    stats = counted({"tickets.csv": TICKETS})
    assert labelled_messages(stats, {"repair": " \n"})[0].description_features is None


def test_labels_that_differ_in_blanks_or_case_stay_apart():
    rows = [message("a", {"queue": "IT"}), message("b", {"queue": "it"}), message("c", {"queue": "経理"}), message("d", {"queue": "経理 "})]
    assert labelled_messages(counted({"t": [Part(**vars(row)) for row in rows]}))[0].label_names == ("IT", "it", "経理", "経理 ")


def test_arrays_cannot_be_written():
    found = tickets()
    for array in (found.labels, found.fold_groups, found.features.data, found.term_counts.data):
        assert not array.flags.writeable
