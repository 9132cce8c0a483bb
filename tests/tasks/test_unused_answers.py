"""Answers that no task of the corpus uses are said, with what was found near."""

import pytest

from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.tasks import OwnerAnswers, TaskOptions
from corpuskit.tasks.discovery import discover
from corpuskit.tasks.unused_answers import close_names, unused_answers
from tests.tasks.build import corpus, faqs, tickets

FOUND = [("faq_answer", "faq_answer"), ("ticket_routing@a.csv", "ticket_routing"), ("ticket_routing@b.csv", "ticket_routing")]


def unused(*keys, found=FOUND):
    return unused_answers(TaskOptions(answers=dict.fromkeys(keys, OwnerAnswers(impact="I1"))), found)


@pytest.mark.parametrize("key", ["faq_answer", "ticket_routing", "ticket_routing@a.csv"])
def test_an_answer_that_is_used_is_no_finding(key):
    assert unused(key) == ()


@pytest.mark.parametrize(
    ("key", "close"),
    [("policy_qa", "faq_answer, ticket_routing@a.csv, ticket_routing@b.csv"), ("ticket_routing@c.csv", "ticket_routing@b.csv, ticket_routing@a.csv")],
)
def test_an_answer_for_nothing_in_the_corpus_is_a_warning_with_the_nearest(key, close):
    (finding,) = unused(key)
    assert (finding.id, finding.level) == (f"answers_unused@{key}", "warning")
    assert set(str(finding.parameters["close"]).split(", ")) == set(close.split(", "))
    for language in LANGUAGES:
        assert key in phrasebook(language).finding(finding.code, finding.parameters)[0]


def test_a_general_answer_is_unused_where_every_table_has_its_own():
    keys = ("ticket_routing", "ticket_routing@a.csv", "ticket_routing@b.csv")
    assert [finding.id for finding in unused(*keys)] == ["answers_unused@ticket_routing"]


def test_discovery_says_it():
    options = TaskOptions(answers={"ticket_routing@ticket.csv": OwnerAnswers(max_error=0.1)})
    (finding,) = discover(corpus(*faqs(5), tickets()), options).findings
    assert finding.parameters == {"key": "ticket_routing@ticket.csv", "close": "ticket_routing@tickets.csv"}


def test_where_nothing_is_there_nothing_is_near():
    assert close_names("faq_answer", []) == "-"
