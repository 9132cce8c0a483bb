"""Contradictions: only where documents of the task itself are among the versions."""

import pytest

from corpuskit.counts import side_by_side
from corpuskit.finding import Evidence, Finding
from corpuskit.tasks import TASKS
from corpuskit.tasks.contradictions import Contradiction, bear_on_facts, contradictions, versions_of
from tests.tasks.build import Doc, corpus, evidence_of, said, versions


def of(documents, findings=(), task="policy_qa"):
    evidence = evidence_of(task, documents, findings=findings)
    return contradictions(evidence, versions_of(evidence.stats))


def expired(*documents):
    evidence = tuple(Evidence(document=document) for document in documents)
    return Finding(id="expired_documents", level="warning", code="expired_documents", evidence=evidence)


def test_an_old_version_beside_the_new_one_is_a_contradiction():
    assert of(versions()) == (Contradiction("side_by_side", "rules/travel_v2.txt", ("rules/travel_v1.txt",)),)


def test_one_version_is_none():
    assert of(versions()[1:]) == ()


def test_versions_outside_the_task_are_none_of_its_own():
    evidence = evidence_of("policy_qa", [Doc("other.txt")])
    assert contradictions(evidence, versions_of(corpus(*versions(), Doc("other.txt")))) == ()


def test_one_version_in_the_task_is_enough_because_the_search_finds_the_other_too():
    evidence = evidence_of("policy_qa", versions()[:1])
    assert len(contradictions(evidence, side_by_side(corpus(*versions())))) == 1


def test_versions_whose_dates_say_otherwise_must_be_decided():
    old, new = versions()
    papers = [
        Doc(old.name, series=old.series, edition=old.edition, effective="2025-01-01"),
        Doc(new.name, series=new.series, edition=new.edition, effective="2020-01-01"),
    ]
    (found,) = of(papers)
    assert found.code == "disagree"


def test_a_document_past_its_own_date_counts_where_it_belongs_to_the_task():
    assert of([Doc("a.txt")], [expired("a.txt", "b.txt")]) == (Contradiction("expired", "a.txt"),)
    assert of([Doc("c.txt")], [expired("a.txt")]) == ()


def test_what_an_owner_must_decide_comes_first():
    found = of([*versions(), Doc("a.txt")], [expired("a.txt")])
    assert [one.code for one in found] == ["side_by_side", "expired"]


@pytest.mark.parametrize("beginning", ["failure_versions", "repair_pick_version"])
@pytest.mark.parametrize("code", ["side_by_side", "undecided", "disagree", "expired"])
def test_every_kind_is_said_in_both_languages_with_its_documents(beginning, code):
    for text in said(Contradiction(code, "new.pdf", ("old.pdf",)).said(beginning)):
        assert "new.pdf" in text
        assert code == "expired" or "old.pdf" in text


def test_only_tasks_that_look_facts_up_depend_on_the_version():
    looking_up = {task.id for task in TASKS.values() if bear_on_facts(evidence_of(task, [Doc("a.txt")]))}
    assert {"policy_qa", "faq_answer", "knowledge_search"} <= looking_up
    assert not {"ticket_routing", "minutes_summary", "invoice_po"} & looking_up


def test_of_equal_contradictions_the_one_in_the_language_of_the_task_comes_first():
    papers = [*versions("a/travel", language="en"), *versions("b/出張", language="ja"), Doc("c.txt", language="ja")]
    assert [one.newest for one in of(papers)] == ["b/出張_v2.txt", "a/travel_v2.txt"]
