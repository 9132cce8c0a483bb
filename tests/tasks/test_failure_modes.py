"""Failure modes: one for the kind, one for each statistic that decides the fit, each with what this corpus shows of it."""

from typing import get_args

import pytest

from corpuskit.finding import Evidence, Finding
from corpuskit.tasks import TASKS, Kind
from corpuskit.tasks.catalogue import Statistic
from corpuskit.tasks.contradictions import Contradiction
from corpuskit.tasks.failure_modes import BY_KIND, BY_STATISTIC, failure_modes
from tests.tasks.build import LABELS, Doc, codes, evidence_of, measured, said, table_of, tickets


def bare(task):
    """A task in documents of which nothing was measured."""
    return evidence_of(task, [Doc("a.txt", characters=0)])


def of(task, documents, *estimates, series=(), table="", contradictions=()):
    return failure_modes(evidence_of(task, documents, *estimates, series=series, table=table), contradictions)


def test_every_kind_and_every_statistic_has_a_failure_of_its_own():
    assert set(BY_KIND) == set(get_args(Kind))
    assert set(BY_STATISTIC) == set(get_args(Statistic))
    both = [*BY_KIND.values(), *BY_STATISTIC.values()]
    assert len(set(both)) == len(both)


def test_the_kind_comes_first_then_the_statistics_in_the_order_of_the_catalogue():
    assert codes(failure_modes(bare("policy_qa"))) == [
        "failure_wrong_or_no_passage",
        "failure_versions",
        "failure_coverage",
        "failure_ambiguity",
    ]


def test_a_task_of_two_kinds_fails_as_the_one_that_is_measured():
    assert TASKS["faq_answer"].kinds == ("retrieve", "generate")
    assert "failure_invented_fact" not in codes(failure_modes(bare("faq_answer")))


def test_harm_to_persons_is_named_for_decisions_only():
    harming = {task.id for task in TASKS.values() if "failure_person_harmed" in codes(failure_modes(bare(task)))}
    assert harming == {"hr_screening", "performance_eval", "credit_insurance"}


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_every_failure_is_said_in_both_languages(task):
    spoken = [said(message) for message in failure_modes(bare(task))]
    assert all(english != japanese for english, japanese in spoken)
    assert len(set(spoken)) == len(spoken)


def test_the_two_labels_that_are_confused_most_are_named_with_the_words_that_mislead():
    confusions = table_of("confusions", LABELS, ("Other", "Service", 9), ("General", "Other", 25))
    words = table_of("confusion_words", LABELS, ("General", "Other", 25, "valve, order", "row 2"))
    message = of("ticket_routing", [tickets()], series=[confusions, words], table=LABELS)[1]
    assert message.code == "failure_ambiguity_words"
    assert message.parameters == {"label": "General", "taken_for": "Other", "count": 25, "words": "valve, order"}
    assert all("General" in text and "valve, order" in text for text in said(message))
    without = of("ticket_routing", [tickets()], series=[confusions], table=LABELS)[1]
    assert without.code == "failure_ambiguity_labels"


def test_versions_are_named_in_place_of_the_general_warning():
    pair = Contradiction("side_by_side", "v2.pdf", ("v1.docx",))
    told = of("policy_qa", [Doc("v2.pdf")], contradictions=[pair])
    assert "failure_versions" not in codes(told)
    (message,) = [message for message in told if message.code == "failure_versions_side_by_side"]
    assert all("v1.docx" in text and "v2.pdf" in text for text in said(message))


def test_versions_are_told_of_a_task_that_does_not_list_them_too():
    pair = Contradiction("undecided", "b.pdf", ("a.pdf",))
    assert "VER" not in TASKS["past_trouble_search"].stats
    assert codes(of("past_trouble_search", [Doc("a.pdf")], contradictions=[pair]))[-1] == "failure_versions_undecided"


def test_what_is_missing_is_the_share_of_unseen_words_with_its_ends():
    told = of("policy_qa", [Doc("a.txt")], measured("coverage_of_new_documents@lang:en", 900, 1000))
    (message,) = [message for message in told if message.code == "failure_coverage_measured"]
    parameters = message.parameters
    assert parameters["unseen"] == pytest.approx(0.1)
    assert 0.08 < parameters["low"] < 0.1 < parameters["high"] < 0.13
    assert parameters["n"] == 1000


@pytest.mark.parametrize(("rare", "named"), [(4, True), (30, False)])
def test_only_a_rare_label_is_named(rare, named):
    table = Doc("tickets.csv", labels={"queue": ["rare"] * rare + ["usual"] * (60 - rare)}, sections=60)
    told = of("ticket_routing", [table], table=LABELS)
    assert ("failure_imbalance_measured" in codes(told)) is named
    assert ("failure_imbalance" in codes(told)) is not named


def test_the_longest_document_is_named():
    papers = [Doc("short.txt", characters=100), Doc("middle.txt", characters=300), Doc("long.txt", characters=9000)]
    told = of("minutes_summary", papers)
    (message,) = [message for message in told if message.code == "failure_length_measured"]
    assert message.parameters == {"median": 300.0, "most": 9000.0, "document": "long.txt", "n": 3}


def test_documents_with_personal_data_are_counted_and_one_is_named():
    told = of("reply_draft", [Doc("a.txt"), Doc("b.txt", personal=2), Doc("c.txt", personal=1)])
    (message,) = [message for message in told if message.code == "failure_personal_data_measured"]
    assert message.parameters == {"n": 2, "all": 3, "kind": "email", "document": "b.txt"}


def test_a_sharp_meaning_on_thin_evidence_is_told_of_any_task_in_that_language():
    thin = table_of("thin_terms", "lang:en", ("flange", 40, 3, 1.2, 0.9))
    assert codes(of("policy_qa", [Doc("a.txt")], series=[thin]))[-1] == "failure_thin_term"
    assert "failure_thin_term" not in codes(of("policy_qa", [Doc("a.txt", language="ja")], series=[thin]))


def test_a_language_is_only_told_apart_where_there_are_two():
    one, two = ([Doc("a.txt"), Doc("b.txt", language=language)] for language in ("en", "ja"))
    assert "failure_languages_measured" not in codes(of("translate_en_ja", one))
    (message,) = [message for message in of("translate_en_ja", two) if message.code == "failure_languages_measured"]
    assert message.parameters == {"ja": 1, "en": 1, "mixed": 0}


def test_terms_with_two_meanings_two_spellings_and_two_senses_are_named():
    rows = [
        table_of("acronyms", "lang:en", ("PR", "press release / pull request", 2)),
        table_of("spellings", "lang:en", ("e-mail", "email (3)", 9)),
        table_of("ambiguous_terms", "lang:en", ("seal", 2.0, 0.3, "pump / animal")),
    ]
    told = codes(of("proofread_style", [Doc("a.txt")], series=rows))
    assert told[1:4] == ["failure_terms_acronym", "failure_terms_spelling", "failure_terms_senses"]


def test_form_text_and_errors_of_recognition_are_measured_where_they_were():
    told = of("invoice_po", [Doc("a.txt")], measured("template_share@corpus", 40, 100, "E"))
    assert "failure_templates_measured" in codes(told)
    slope = measured("coverage_noise_slope@lang:en", 1, 100, "E").model_copy(update={"value": -0.03, "interval": (-0.04, -0.02)})
    (message,) = [message for message in of("invoice_po", [Doc("a.txt")], slope) if message.code == "failure_scans_measured"]
    assert message.parameters == {"fall": 0.03, "low": 0.02, "high": 0.04, "n": 100}


def test_headings_that_a_search_has_to_tell_apart_show_the_ambiguity_of_a_search():
    rows = table_of("generic_headings", "lang:en", ("overview", 5, 4, 3))
    (message,) = [one for one in of("policy_qa", [Doc("a.txt")], series=[rows]) if one.code == "failure_ambiguity_headings"]
    assert message.parameters == {"heading": "overview", "sections": 5, "tried": 4, "missed": 3}
    assert "failure_ambiguity_headings" not in codes(of("minutes_summary", [Doc("a.txt")], series=[rows]))


def test_only_fields_that_hold_numbers_show_what_can_be_miscopied():
    def row(field, documents, kind):
        return (field, documents, 1.0, 0.9, 1.0, 1.0, kind, 1.0, "line", 0.1)

    rows = table_of("field_cues", "corpus", row("Invoice No.", 30, "identifier"), row("Total", 12, "amount"), row("Tax", 5, "percentage"))
    (message,) = [one for one in of("invoice_po", [Doc("a.txt")], series=[rows]) if one.code == "failure_numbers_measured"]
    assert message.parameters == {"field": "Total", "documents": 12}


def test_an_old_document_of_the_task_is_named_where_no_versions_contradict():
    old = Finding(id="stale_documents", level="note", code="stale_documents", parameters={"years": 3}, evidence=(Evidence(document="a.txt"),))
    told = failure_modes(evidence_of("policy_qa", [Doc("a.txt")], findings=[old]))
    assert "failure_versions_stale" in codes(told)
    assert "failure_versions_stale" not in codes(failure_modes(evidence_of("policy_qa", [Doc("b.txt")], findings=[old])))
