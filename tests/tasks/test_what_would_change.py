"""What would change a verdict: figures with their limits, refusals in the estimator's own words."""

import pytest

from corpuskit.tasks import TaskOptions
from corpuskit.tasks.ranking import suitability
from corpuskit.tasks.what_would_change import what_would_change
from tests.tasks.build import LABELS, Doc, codes, evidence_of, measured, said, tickets, without_value

DEFAULTS = TaskOptions()
ERROR = measured(f"language_ambiguity@{LABELS}", 30, 400)


def of_labels(*estimates, error=ERROR):
    evidence = evidence_of("ticket_routing", [tickets()], error, *estimates, table=LABELS)
    return what_would_change(evidence, suitability(error, 0.1, DEFAULTS), 0.1, DEFAULTS)


def test_twice_the_cases_at_the_same_error_are_worth_what_they_would_be_worth():
    (message,) = of_labels()
    twice = suitability(measured(f"language_ambiguity@{LABELS}", 60, 800), 0.1, DEFAULTS)
    assert message.parameters["value"] == pytest.approx(twice.value)
    assert message.parameters["n"] == 800


def test_where_the_verdict_is_sure_more_cases_change_nothing():
    assert of_labels(error=measured(f"language_ambiguity@{LABELS}", 2, 400)) == ()


def test_numbers_are_told_with_both_ends():
    needed = measured(f"examples_to_clarity@{LABELS}", 1, 2).model_copy(update={"value": 180.7, "interval": (96.3, 279.1), "n": 432})
    message = of_labels(needed)[-1]
    assert message.code == "change_examples_to_clarity"
    assert message.parameters == {"value": 181, "low": 96, "high": 279, "n": 432}


@pytest.mark.parametrize(
    ("measure", "code", "parameters"),
    [
        ("examples_to_clarity", "undefined_examples_beyond", {"limit": 800, "least": 500}),
        ("context_t_star", "undefined_beyond_range", {"tolerance": 0.05, "limit": 32}),
    ],
)
def test_beyond_twice_of_what_was_seen_the_refusal_is_printed_as_it_is(measure, code, parameters):
    refused = without_value(f"{measure}@{LABELS}", code, **parameters)
    told = of_labels(refused)[1:]
    assert codes(told) == [f"change_{measure}_open", code]
    assert all(str(parameters["limit"]) in text for text in said(told[1]))


def test_documents_are_asked_for_where_coverage_matters():
    refused = without_value("documents_needed@lang:en", "undefined_beyond_twice_the_documents", target=0.95, documents=81)
    asked, not_asked = (
        what_would_change(evidence_of(task, [Doc("a.txt")], refused), None, None, DEFAULTS) for task in ("policy_qa", "ticket_routing")
    )
    assert codes(asked) == ["change_documents_needed_open", "undefined_beyond_twice_the_documents"]
    assert not_asked == ()


@pytest.mark.parametrize("task", ["minutes_summary", "reply_draft", "translate_en_ja", "invoice_po"])
def test_free_text_changes_by_ratings_only(task):
    assert codes(what_would_change(evidence_of(task, [Doc("a.txt")]), None, 0.02, DEFAULTS)) == ["change_pass_or_fail"]


def test_no_larger_model_is_promised_to_change_anything():
    needed = measured(f"examples_to_clarity@{LABELS}", 1, 2).model_copy(update={"value": 180.7, "interval": (96.3, 279.1), "n": 432})
    for message in of_labels(needed):
        english, japanese = said(message)
        assert "larger model" not in english
        assert "大規模" not in japanese


@pytest.mark.parametrize("measure", ["examples_to_clarity", "context_t_star"])
def test_nothing_more_needed_is_said_in_words(measure):
    none = measured(f"{measure}@{LABELS}", 0, 2).model_copy(update={"value": 0.0, "interval": (0.0, 0.0), "n": 432})
    message = of_labels(none)[-1]
    assert message.code == f"change_{measure}_none"
    assert all("432" in text for text in said(message))


def test_no_further_documents_are_said_in_words():
    none = measured("documents_needed@lang:en", 0, 2).model_copy(update={"value": 0.0, "interval": (0.0, 0.0), "n": 244})
    (message,) = what_would_change(evidence_of("policy_qa", [Doc("a.txt")], none), None, None, DEFAULTS)
    assert message.code == "change_documents_needed_none"
    assert all("244" in text for text in said(message))
