"""Declared tasks: what a declaration names, and which documents it holds."""

import unicodedata

import pytest
from pydantic import ValidationError

from corpuskit.tasks import DeclaredLabels, DeclaredTask

LABELS = DeclaredLabels(file="support/tickets.csv", column="queue")


@pytest.mark.parametrize(
    ("declared", "id"),
    [
        (DeclaredTask(task="faq_answer"), "faq_answer"),
        (DeclaredTask(task="faq_answer", folder="support/faq/"), "faq_answer@support/faq"),
        (DeclaredTask(task="ticket_routing", filed_by="mail_folders"), "ticket_routing@mail_folders"),
        (DeclaredTask(task="ticket_routing", labels=LABELS), "ticket_routing@support/tickets.csv#queue"),
    ],
)
def test_an_id_follows_from_the_declaration_alone(declared, id):
    assert declared.id == id


@pytest.mark.parametrize(
    ("document", "held"), [("規程/a.txt", True), ("規程/下/a.txt", True), ("規程集/a.txt", False), ("a.txt", False), ("規程", False)]
)
def test_a_folder_holds_what_lies_below_it(document, held):
    assert DeclaredTask(task="policy_qa", folder="規程").holds(document) is held


def test_a_decomposed_name_is_the_same_name():
    decomposed = unicodedata.normalize("NFD", "ガイド/a.txt")
    assert decomposed != "ガイド/a.txt"
    assert DeclaredTask(task="policy_qa", folder="ガイド").holds(decomposed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"task": ""},
        {"folder": "faq"},
        {"task": "faq_answer", "folder": "faq", "labels": {"file": "a.csv", "column": "queue"}},
        {"task": "faq_answer", "folder": "faq", "filed_by": "folders"},
        {"task": "faq_answer", "filed_by": "folders", "labels": {"file": "a.csv", "column": "queue"}},
        {"task": "faq_answer", "filed_by": "shelves"},
        {"task": "faq_answer", "max_error": 0},
        {"task": "faq_answer", "max_error": 5},
        {"task": "faq_answer", "labels": {"file": "a.csv"}},
        {"task": "faq_answer", "tolerance": 0.1},
    ],
)
def test_a_declaration_that_says_too_little_or_two_things_is_refused(wrong):
    with pytest.raises(ValidationError):
        DeclaredTask.model_validate(wrong)
