"""Findings about what documents hold; the counts are made by hand."""

from dataclasses import replace

import polars as pl
import pytest

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.documents.sensitive_content import NOTICE_LEVEL, NUMBERS, SECRETS, estimate_sensitive_content
from corpuskit.report import phrasebook
from corpuskit.report.summary import repairs
from corpuskit.tasks import FRAMEWORKS
from corpuskit.text import NOTICES, PERSONAL_DATA

NOTHING = count_nothing(CountOptions())


def findings(personal=(), notices=(), sections=()):
    stats = replace(
        NOTHING,
        sections=pl.DataFrame(list(sections), schema=NOTHING.sections.schema, orient="row"),
        personal_data=pl.DataFrame(list(personal), schema=NOTHING.personal_data.schema, orient="row"),
        notices=pl.DataFrame(list(notices), schema=NOTHING.notices.schema, orient="row"),
    )
    options = EstimatorOptions()
    made = estimate_sensitive_content(Inputs(stats, options), options)
    assert made.estimates == made.series == ()
    return {finding.id: finding for finding in made.findings}


def test_nothing_is_found_in_nothing():
    assert findings() == {}


def test_documents_and_occurrences_are_counted_by_type_and_nothing_is_quoted():
    found = findings([("a", "email", 2), ("b", "email", 5), ("b", "phone", 1)])
    assert set(found) == {"personal_data@email", "personal_data@phone"}
    email = found["personal_data@email"]
    assert email.parameters == {"type": "email", "documents": 2, "n": 7}
    assert [(item.document, item.quote) for item in email.evidence] == [("b", ""), ("a", "")]


def test_a_copy_that_is_left_out_of_the_counts_still_holds_what_it_holds():
    found = replace(NOTHING, personal_data=pl.DataFrame([("copy", "api_key", 1)], schema=NOTHING.personal_data.schema, orient="row"))
    options = EstimatorOptions()
    made = estimate_sensitive_content(Inputs(NOTHING, options, before_cleaning=found), options)
    assert [finding.id for finding in made.findings] == ["secrets@api_key"]


def test_levels_follow_what_a_leak_would_cost():
    found = findings([("a", kind, 1) for kind in PERSONAL_DATA])
    levels = {finding.parameters["type"]: finding.level for finding in found.values()}
    assert {kind for kind, level in levels.items() if level == "error"} == SECRETS == {"api_key", "private_key"}
    assert {kind for kind, level in levels.items() if level == "warning"} == NUMBERS
    assert len(levels) == len(PERSONAL_DATA)


def test_notices_quote_each_document_once():
    rows = [
        ("b", 0, "visible_instruction", 1, "… [email] …"),
        ("a", 1, "visible_instruction", 3, "first"),
        ("a", None, "visible_instruction", 1, "later"),
    ]
    (found,) = findings(notices=rows).values()
    assert (found.level, found.code, found.parameters) == ("note", "visible_instruction", {"documents": 2, "n": 5})
    assert [(item.document, item.quote) for item in found.evidence] == [("a", "first"), ("b", "… [email] …")]


def test_a_notice_is_placed_where_its_section_stands():
    sections = [("a", 0, "en", "body", "", 1, None), ("a", 1, "en", "hidden", "slide 2", 2, None), ("b", 0, "en", "body", "", 3, None)]
    rows = [("a", 1, "hidden_text_instruction", 3, "x"), ("b", 0, "hidden_text_instruction", 2, "y"), ("c", None, "hidden_text_instruction", 1, "z")]
    (found,) = findings(notices=rows, sections=sections).values()
    assert [(item.document, item.place) for item in found.evidence] == [("a", "slide 2"), ("b", ""), ("c", "")]


def test_orders_behind_a_readers_back_are_errors():
    found = findings(notices=[("a", 0, kind, 1, "x") for kind in NOTICES])
    assert {kind: finding.level for kind, finding in found.items()} == NOTICE_LEVEL
    assert [kind for kind in NOTICES if found[kind].level == "error"] == ["tag_characters", "hidden_text_instruction"]


def test_five_documents_are_shown_and_all_are_named():
    (found,) = findings([(f"{number:02}", "email", 1) for number in range(9)]).values()
    assert found.parameters["documents"] == 9
    assert [item.document for item in found.evidence] == ["00", "01", "02", "03", "04"]
    assert found.documents == tuple((f"{number:02}",) for number in range(9))
    (few,) = findings([("a", "email", 1)]).values()
    assert few.documents == ()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_finding_has_its_sentences_and_its_cost(language):
    book = phrasebook(language)
    found = findings([("a", kind, 1) for kind in PERSONAL_DATA], [("a", 0, kind, 2, "x") for kind in NOTICES])
    rules = {rule.ref for rule in FRAMEWORKS["owasp_llm_2026"].framework.rules}
    for finding in found.values():
        title, fix = book.finding(finding.code, finding.parameters)
        assert "personal_" not in title
        assert any(ref in fix for ref in rules) or finding.code == "company_numbers", "public numbers fall under no rule"
        assert finding.code in repairs()
