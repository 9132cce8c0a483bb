"""Weighing one task by itself."""

import pytest

from corpuskit.tasks import OwnerAnswers, TaskOptions
from corpuskit.tasks.contradictions import versions_of
from corpuskit.tasks.conversions import CONVERSIONS
from corpuskit.tasks.weighing import convertible, weigh
from tests.tasks.build import LABELS, Doc, codes, evidence_of, measured, tickets, versions

ERROR = measured(f"language_ambiguity@{LABELS}", 6, 400)


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
