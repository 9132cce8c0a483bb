"""From a number to what it rests on, for everything in a report that has an id."""

import re

import pytest

from corpuskit.errors import UnknownName
from corpuskit.finding import Evidence, Finding, Message
from corpuskit.report import explain, localise, phrasebook, things
from corpuskit.report.blocks import Bullets, Facts, Heading, Paragraph, Quotes
from corpuskit.report.explanation import MOST_LINES
from corpuskit.report.formulas import formula_of
from tests.report.sample import ESTIMATES, FINDINGS, PIPES, SCRIPT, sample
from tests.report.walk import all_of, only, said

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
AMBIGUITY = "language_ambiguity@labels:tickets/support.csv#queue"


def formula_told(measure, book):
    formula = formula_of(measure)
    return formula.formula or book.formula_in_words(formula.id)


def told(id, language, **changes):
    return explain(localise(sample().model_copy(update=changes), language), id, phrasebook(language))


@LANGUAGES
@pytest.mark.parametrize("estimate", ESTIMATES.estimates, ids=lambda estimate: estimate.id)
def test_every_number_comes_with_formula_unit_n_grade_and_paper(estimate, language):
    book = phrasebook(language)
    facts = dict(only(told(estimate.id, language), Facts).items)
    assert facts[book.label("explain_formula")] == formula_told(estimate.measure, book)
    assert facts[book.label("explain_symbols")]
    assert facts[book.label("explain_undefined")]
    assert facts[book.label("column_reference")] == estimate.reference
    assert facts[book.label("column_method")] == book.method(estimate.method)
    assert book.unit(estimate.unit) in facts[book.label("column_n")]
    assert facts[book.label("column_grade")] == book.label(f"grade_{estimate.grade}")
    assert facts[book.label("column_id")] == estimate.id


@LANGUAGES
def test_everything_with_an_id_can_be_explained(language):
    known = things(localise(sample(), language))
    assert {"ticket_routing", "near_duplicates", AMBIGUITY, "C07"} <= set(known)
    for id in known:
        blocks = told(id, language)
        assert isinstance(blocks[0], Heading), id
        assert len(said(blocks)) > 20, id


@LANGUAGES
def test_a_number_leads_to_the_tasks_that_rest_on_it_and_to_their_lines(language):
    blocks = told(AMBIGUITY, language)
    assert "(ticket_routing)" in said(all_of(blocks, Bullets))
    assert only(blocks, Quotes).items[0] == ("tickets/support.csv", f"問い合わせ番号 1042: {SCRIPT} ポンプの出荷が遅れています。")


@LANGUAGES
def test_a_number_leads_to_findings_on_its_subject_and_on_parts_of_it(language):
    subject = "labels:tickets/overlap.csv#区分"
    parts = [FINDINGS[0].model_copy(update={"id": f"near_duplicates@{about}"}) for about in (subject, f"{subject}:a/b", "labels:other.csv#区分")]
    text = said(told(f"language_ambiguity@{subject}", language, findings=tuple(parts)))
    assert [finding.id in text for finding in parts] == [True, True, False]


@LANGUAGES
def test_a_number_of_words_says_how_to_see_its_lines(language):
    assert "corpuskit kwic" in only(told("coverage@lang:ja", language), Paragraph).text


@LANGUAGES
def test_lines_with_a_quote_come_first_and_few_are_shown(language):
    evidence = (*(Evidence(document=f"{place}.txt") for place in range(20)), Evidence(document="quoted.txt", quote=PIPES))
    finding = Finding(id="near_duplicates", level="note", code="near_duplicates", parameters={"groups": 3, "documents": 8}, evidence=evidence)
    lines = only(told("near_duplicates", language, findings=(finding,)), Quotes).items
    assert len(lines) == MOST_LINES
    assert lines[0] == ("quoted.txt", PIPES)


@LANGUAGES
def test_a_finding_tells_what_was_measured(language):
    book = phrasebook(language)
    facts = dict(only(told("near_duplicates", language), Facts).items)
    assert facts[book.label("explain_given")] == book.listed(["groups = 3", "documents = 8"])
    assert facts[book.label("explain_level")] == book.label("level_warning")


@LANGUAGES
def test_numbers_beside_a_task_carry_interval_n_unit_and_grade_or_their_reason(language):
    book = phrasebook(language)
    text = said(told("ticket_routing", language))
    assert book.interval(0.019, 0.056, "language_ambiguity") in text
    assert f"n = 400 {book.unit('messages')}" in text
    assert book.message(Message(code="verdict_no_task")) in text, "the reason of the one without a value"


@LANGUAGES
def test_a_control_names_the_tasks_that_need_it_and_its_rules(language):
    text = said(told("C07", language))
    assert "(ticket_routing)" in text
    assert "MEASURE 2.3" in text
    assert "2026-11-23" in text


def test_an_unknown_id_is_refused_with_those_near_it():
    with pytest.raises(UnknownName, match="Did you mean 'ticket_routing'"):
        told("ticket_rooting", "en")


@LANGUAGES
def test_every_number_of_the_sample_company_has_a_formula_a_paper_and_its_way_to_lines(of_the_sample_company, language):
    book, report = phrasebook(language), localise(of_the_sample_company, language)
    assert len(report.estimates) > 300
    for estimate in report.estimates:
        blocks = explain(report, estimate.id, book)
        facts = dict(only(blocks, Facts).items)
        assert facts[book.label("explain_formula")] == formula_told(estimate.measure, book), estimate.id
        assert facts[book.label("column_reference")] == estimate.reference, estimate.id
        assert facts[book.label("explain_symbols")], estimate.id
        method = facts[book.label("column_method")]
        assert "⟨" not in method, f"{estimate.id}: without words: {method}"
        left = [part for part in method.split("。") if language == "ja" and not re.search("[ぁ-ヿ一-鿿]", part)]
        assert left == [], f"{estimate.id}: not in Japanese"
        if estimate.subject.startswith("lang:"):
            assert all_of(blocks, Quotes) or "corpuskit kwic" in said(all_of(blocks, Paragraph)), estimate.id
    told = [explain(report, id, book) for id in things(report)]
    assert all(isinstance(blocks[0], Heading) for blocks in told)
