"""Weighing one task by itself."""

from dataclasses import replace

import pytest

from corpuskit.finding import Message
from corpuskit.tasks import OwnerAnswers, TaskOptions
from corpuskit.tasks.contradictions import versions_of
from corpuskit.tasks.conversions import CONVERSIONS
from corpuskit.tasks.weighing import convertible, weigh
from tests.tasks.build import LABELS, Doc, assessed, codes, evidence_of, faqs, measured, said, tickets, two_signals, versions

ERROR = measured(f"language_ambiguity@{LABELS}", 6, 400)


def alone(assessment):
    """Give the only task of a corpus that is weighed as a whole."""
    (task,) = assessment.tasks
    return task


def weighed(task, documents, *estimates, table="", **answers):
    evidence = evidence_of(task, documents, *estimates, table=table)
    options = TaskOptions(answers={task: OwnerAnswers(**answers)} if answers else {})
    return weigh(evidence, versions_of(evidence.stats), options)


def test_an_estimate_bears_only_where_the_conversion_names_it():
    search = measured("retrieval_ambiguity@lang:en", 2, 600, "D")
    assert convertible(ERROR, CONVERSIONS["wrong_label"]) is ERROR
    assert convertible(search, CONVERSIONS["wrong_label"]) is None
    assert convertible(ERROR, CONVERSIONS["score"]) is None
    assert convertible(measured("pilot_error@task:x", 1, 100, "A"), CONVERSIONS["score"]).grade == "A"
    assert convertible(None, CONVERSIONS["wrong_label"]) is None


@pytest.mark.parametrize(
    ("task", "documents", "table", "group"),
    [
        ("ticket_routing", [tickets()], LABELS, "scored"),
        ("ticket_routing", [Doc("a.txt")], "", "insufficient"),
        ("minutes_summary", [Doc("a.txt")], "", "descriptive"),
        ("invoice_po", [Doc("a.txt")], "", "descriptive"),
        ("voc_mining", [tickets()], LABELS, "descriptive"),
        ("policy_qa", [Doc("a.txt")], "", "insufficient"),
        ("hr_screening", [Doc("a.txt")], "", "person"),
    ],
)
def test_every_task_is_in_one_group(task, documents, table, group):
    assert weighed(task, documents, ERROR, table=table).group == group


def test_what_names_alone_expect_is_told_and_judges_nothing():
    table = replace(tickets(rows=400), labels={}, message_columns="text")
    by_name = measured("unlabelled_definition_ambiguity@names:tickets.csv", 4, 400, "D")
    found = weighed("ticket_routing", [table], by_name, table="names:tickets.csv")
    assert (found.verdict, found.suitability, found.group) == ("insufficient_evidence", None, "insufficient")
    told = next(reason for reason in found.reasons if reason.code == "missing_labels_but_names")
    assert told.parameters == {"value": 0.01, "low": by_name.interval[0], "high": by_name.interval[1], "n": 400}
    assert all(said(told))
    assert "missing_labels" in codes(weighed("ticket_routing", [table], table="names:tickets.csv").reasons)


def test_a_pilot_scores_what_could_only_be_described():
    one = weighed("minutes_summary", [Doc("a.txt")], measured("pilot_error@task:minutes_summary", 0, 400, "A"))
    assert (one.group, one.verdict) == ("scored", "start")


def test_how_many_cases_the_probability_rests_on_is_said_and_what_the_grade_takes_away():
    one = weighed("ticket_routing", [tickets()], ERROR, table=LABELS)
    (counted,) = [message for message in one.reasons if message.code == "suitability_counted"]
    assert counted.parameters == {"n": 400, "effective": 400.0, "grade": "C"}
    two = weighed("policy_qa", [Doc("a.txt")], measured("retrieval_ambiguity@lang:en", 2, 600, "D"))
    (halved,) = [message for message in two.reasons if message.code == "suitability_counted_discounted"]
    assert halved.parameters == {"n": 600, "effective": 300.0, "grade": "D", "discount": 0.5}


def test_versions_bear_on_tasks_that_look_facts_up_and_not_on_drafts():
    looked_up, drafted = (weighed(task, versions()) for task in ("policy_qa", "report_draft"))
    assert (looked_up.tier, looked_up.tier_without_contradictions) == ("T3", "T2")
    assert drafted.tier == drafted.tier_without_contradictions == "T1"
    assert drafted.contradictions == looked_up.contradictions


def test_an_unfavourable_stand_in_bears_on_nothing():
    one = weighed("policy_qa", [Doc("a.txt")], measured("retrieval_ambiguity@lang:en", 300, 600, "D"))
    assert (one.bearing, one.tier) == (None, "T2")
    assert codes(one.reasons)[0] == "missing_one_sided"


def test_a_stand_in_speaks_for_a_task_and_never_against_it():
    papers = [two_signals("past_trouble_search", f"8d/{number}.txt", "8d", "root cause") for number in range(6)]
    unfavourable = measured("retrieval_ambiguity@lang:en", 40, 80, "D")
    task = alone(assessed(papers, unfavourable))
    assert (task.verdict, task.suitability, codes(task.reasons)[0]) == ("insufficient_evidence", None, "missing_one_sided")
    assert task.tier == alone(assessed(papers)).tier, "it raises no tier"
    assert task.model_class.code == "model_not_measured_retrieval"
    assert task.next_step.code == "next_collect_questions"
    labelled = alone(assessed([tickets(rows=200)], measured(f"language_ambiguity@{LABELS}", 100, 200)))
    assert labelled.verdict == "fix_first", "labels of the task itself do speak against it"


def test_the_error_with_all_labels_goes_before_the_error_on_few():
    at_hand, attainable = measured(f"language_ambiguity@{LABELS}", 60, 200), measured(f"attainable_error@{LABELS}", 4, 200)
    task = alone(assessed([tickets(rows=200)], at_hand, attainable))
    assert task.estimates[:2] == (attainable.id, at_hand.id)
    assert codes(task.reasons)[0] == "verdict_because_measured_curve"
    assert task.verdict != "fix_first"
    undefined = attainable.model_copy(update={"value": None, "interval": None, "undefined_because": Message(code="undefined_too_few_messages")})
    without = alone(assessed([tickets(rows=200)], at_hand, undefined))
    assert (without.verdict, codes(without.reasons)[0]) == ("fix_first", "verdict_because_measured_labels")


def test_a_pilot_is_explained_as_a_pilot_whatever_the_kind_of_work():
    piloted = measured("pilot_error@task:faq_answer", 2, 400, "A")
    task = alone(assessed(faqs(5), piloted))
    assert codes(task.reasons)[0] == "verdict_because_measured_pilot"
    assert "remark_retrieval_step_only" not in codes(task.reasons)
    assert all("400" in text for text in said(task.reasons[0]))


def test_a_pilot_of_the_rare_cases_needs_no_condition_on_them():
    complaints = replace(tickets(), signals=[("complaint_triage", "path", "complaints", None), ("complaint_triage", "column", "refund", 0)])
    piloted = measured("pilot_error@task:complaint_triage@tickets.csv", 2, 2000, "A")
    assert "condition_part_serious" not in codes(alone(assessed([complaints], piloted)).reasons)


def test_a_score_is_described_and_not_compared_with_a_tolerance():
    survey = replace(tickets(), signals=[("voc_mining", "path", "survey", None), ("voc_mining", "column", "free comment", 0)])
    task = alone(assessed([survey], ERROR))
    assert (task.group, task.suitability, task.conversion.code) == ("descriptive", None, "conversion_score")
    assert task.description
    assert ERROR.id in task.estimates


def test_an_error_rate_of_the_owner_makes_a_score_comparable():
    survey = replace(tickets(), signals=[("voc_mining", "path", "survey", None), ("voc_mining", "column", "free comment", 0)])
    task = alone(assessed([survey], ERROR, answers={"voc_mining": OwnerAnswers(max_error=0.1)}))
    assert (task.group, task.verdict, task.conversion.code) == ("scored", "start", "conversion_own_rate")
