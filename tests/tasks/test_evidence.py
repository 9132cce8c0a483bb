"""What bears on a task: its own labels, the language of its documents, and a pilot before everything else."""

import pytest

from tests.tasks.build import LABELS, Doc, evidence_of, measured, tickets, without_value

PILOT = measured("pilot_error@task:ticket_routing", 1, 400, "A")
ATTAINABLE, AT_HAND = measured(f"attainable_error@{LABELS}", 8, 400), measured(f"language_ambiguity@{LABELS}", 30, 400)
SEARCH = measured("retrieval_ambiguity@lang:en", 30, 100, "D")


def error(task, documents, *estimates, table=""):
    found = evidence_of(task, documents, *estimates, table=table).error
    return found.id if found is not None else None


def test_a_pilot_speaks_before_all_labels_and_these_before_those_at_hand():
    assert error("ticket_routing", [tickets()], PILOT, ATTAINABLE, AT_HAND, table=LABELS) == PILOT.id
    assert error("ticket_routing", [tickets()], ATTAINABLE, AT_HAND, table=LABELS) == ATTAINABLE.id
    assert error("ticket_routing", [tickets()], without_value(ATTAINABLE.id), AT_HAND, table=LABELS) == AT_HAND.id
    assert error("ticket_routing", [tickets()], ATTAINABLE, AT_HAND) is None


def test_a_search_is_measured_in_the_language_of_the_documents():
    assert error("policy_qa", [Doc("a.txt")], SEARCH) == SEARCH.id
    assert error("policy_qa", [Doc("a.txt", language="ja")], SEARCH) is None


def test_no_search_bears_on_free_text():
    assert error("minutes_summary", [Doc("a.txt")], SEARCH) is None


@pytest.mark.parametrize(("languages", "expected"), [(("en", "en", "ja"), "en"), (("en", "mixed", "ja"), "ja"), (("en", "ja"), "en"), ((), "en")])
def test_the_language_is_that_of_most_documents(languages, expected):
    papers = [Doc(f"{place}.txt", language=language) for place, language in enumerate(languages)]
    assert evidence_of("policy_qa", papers).language == expected


def test_coverage_of_new_documents_goes_before_that_of_words():
    words, documents = measured("coverage@lang:en", 95, 100), measured("coverage_of_new_documents@lang:en", 85, 100)
    assert evidence_of("policy_qa", [Doc("a.txt")], words, documents).coverage == documents
    assert evidence_of("policy_qa", [Doc("a.txt")], words, without_value(documents.id)).coverage == words


def test_missing_mass_is_the_upper_end_and_only_where_it_is_too_much():
    evidence = evidence_of("policy_qa", [Doc("a.txt")], measured("coverage@lang:en", 850, 1000))
    assert evidence.missing_mass(0.2) is None
    assert evidence.missing_mass(0.1) == pytest.approx(0.174, abs=1e-3)


def test_only_a_bound_from_double_coding_is_a_least_error():
    bound = measured(f"double_coding_ambiguity@{LABELS}", 80, 400, "B")
    assert evidence_of("ticket_routing", [tickets()], bound, AT_HAND, table=LABELS).least_error == bound.interval[0]
    assert evidence_of("ticket_routing", [tickets()], AT_HAND, ATTAINABLE, table=LABELS).least_error is None


def test_related_estimates_are_each_told_once_and_the_error_first():
    related = evidence_of("ticket_routing", [tickets()], AT_HAND, measured("coverage@lang:en", 95, 100), table=LABELS).related()
    assert related == (AT_HAND.id, "coverage@lang:en")


def test_what_names_alone_say_is_related_and_is_no_error():
    by_name = measured("unlabelled_definition_ambiguity@names:tickets.csv", 80, 400, "D")
    evidence = evidence_of("ticket_routing", [tickets()], by_name, table="names:tickets.csv")
    assert (evidence.error, evidence.related(), evidence.label_values()) == (None, (by_name.id,), None)
