"""Signals: which two of them are independent, and in how much of a document they stand."""

from dataclasses import replace

import pytest

from corpuskit.tasks import TASKS
from corpuskit.tasks.signals import Signal, dense_documents, independent, same_word, signals_by_document
from tests.tasks.build import Doc, corpus, faqs


def signals(*pairs):
    return [Signal(place, cue, 1, "") for place, cue in pairs]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("path", "policy"), ("body", "shall")], True),
        ([("title", "policy"), ("body", "shall")], True),
        ([("path", "規程"), ("body", "附則")], True),
        ([("path", "policy"), ("heading", "exceptions to")], True),
        ([("body", "shall"), ("heading", "work rules")], True),
        ([("path", "policy"), ("column", "regulations")], True),
        ([("path", "policy"), ("column", "policy")], True),
        ([("path", "policy")], False),
        ([("path", "policy"), ("title", "policies")], False),
        ([("path", "policy"), ("title", "work rules")], False),
        ([("body", "shall"), ("body", "must not")], False),
        ([("heading", "work rules"), ("heading", "exceptions to")], False),
        ([("path", "policy"), ("heading", "work rules")], False),
        ([("path", "規程"), ("heading", "規定")], False),
        ([("path", "policy"), ("body", "policy")], False),
        ([("path", "shall"), ("body", "shall")], False),
        ([("path", "この規程"), ("heading", "規程")], False),
    ],
)
def test_which_signals_are_independent(found, expected):
    assert independent(TASKS["policy_qa"], signals(*found)) is expected
    assert independent(TASKS["policy_qa"], signals(*reversed(found))) is expected


def test_an_inflected_form_is_no_second_signal():
    assert not independent(TASKS["translate_en_ja"], signals(("path", "translation"), ("body", "translated from")))
    assert independent(TASKS["translate_en_ja"], signals(("path", "translation"), ("body", "source language")))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("規程", "規定", False),
        ("見積", "見積書", True),
        ("policy", "policies", True),
        ("ＦＡＱ", "faq", True),
        ("log", "logs", True),
        ("contract", "contain", False),
        ("cost", "costly", True),
        ("work rules", "work order", False),
        ("translation", "translated from", True),
        ("就業規則", "就業時間", False),
    ],
)
def test_which_words_are_one_word(one, other, expected):
    assert same_word(one, other) is same_word(other, one) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("column", "invoice"), ("cell", r"t\d{13}")], True),
        ([("column", "subtotal"), ("cell", r"t\d{13}")], True),
        ([("path", "invoice"), ("cell", r"t\d{13}")], False),
        ([("body", "subtotal"), ("cell", r"t\d{13}")], False),
        ([("cell", r"t\d{13}"), ("cell", r"po-?\d{3,}")], False),
    ],
)
def test_a_cell_speaks_only_beside_the_name_of_a_column(found, expected):
    assert independent(TASKS["invoice_po"], signals(*found)) is expected
    assert independent(TASKS["invoice_po"], signals(*reversed(found))) is expected


@pytest.mark.parametrize(
    ("found", "dense", "expected"),
    [
        ([("template", "shall"), ("body", "shall")], True, True),
        ([("template", "附則"), ("heading", "附則")], True, True),
        ([("template", "shall"), ("body", "shall")], False, False),
        ([("template", "shall"), ("path", "policy")], True, False),
        ([("template", "shall")], True, False),
    ],
)
def test_a_template_speaks_only_beside_a_word_of_the_work_in_a_dense_text(found, dense, expected):
    assert independent(TASKS["policy_qa"], signals(*found), dense=dense) is expected


def test_a_pair_is_two_signals_in_one():
    assert independent(TASKS["translate_en_ja"], signals(("pair", "pair")))


def test_signals_of_one_word_are_summed_and_patterns_are_told_from_words():
    doc = Doc(
        "a.xlsx", [("invoice_po", "body", "subtotal", 0), ("invoice_po", "body", "subtotal", 1), ("invoice_po", "body", r"t\d{13}", 0)], sections=2
    )
    (found,) = signals_by_document(corpus(doc).signals, TASKS).values()
    assert [(signal.place, signal.cue, signal.count) for signal in found] == [("body", "subtotal", 2), ("cell", r"t\d{13}", 1)]


def test_tasks_that_are_not_asked_for_are_left_out():
    assert signals_by_document(corpus(*faqs(3)).signals, {}) == {}


def test_a_document_is_dense_where_enough_of_its_sections_hold_a_word_and_patterns_do_not_count():
    words = [("invoice_po", "body", "subtotal", 0), ("invoice_po", "heading", "invoice", 1)]
    cells = [("invoice_po", "body", r"t\d{13}", ordinal) for ordinal in range(10)]
    document = Doc("a.xlsx", words, sections=10)
    assert dense_documents(corpus(document), TASKS, 0.2) == {("invoice_po", "a.xlsx")}
    assert dense_documents(corpus(document), TASKS, 0.21) == set()
    assert dense_documents(corpus(replace(document, signals=[*words, *cells])), TASKS, 0.21) == set()
