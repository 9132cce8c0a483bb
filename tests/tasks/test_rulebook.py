"""The rulebook: what ships, what is cited with a date, and what is out of date."""

import pytest

from corpuskit.errors import ConfigurationError
from corpuskit.finding import Message
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.tasks import CONTROLS, FRAMEWORKS, TASKS, TaskOptions
from corpuskit.tasks.frameworks import reference
from corpuskit.tasks.rulebook import SHIPPED, outdated_frameworks
from tests.tasks.build import corpus, faqs


def test_nothing_of_ones_own_leaves_what_ships():
    assert TaskOptions().rulebook is SHIPPED
    assert (list(SHIPPED.tasks), list(SHIPPED.controls), list(SHIPPED.frameworks)) == (list(TASKS), list(CONTROLS), list(FRAMEWORKS))


def test_a_reference_is_the_same_from_the_rulebook_and_from_the_frameworks():
    assert SHIPPED.reference("eu_ai_act:26") == reference("eu_ai_act:26")


@pytest.mark.parametrize(("ref", "told"), [("gdpr:999", "gdpr:22"), ("nowhere:1", "eu_ai_act"), ("gdpr", "gdpr:22")])
def test_a_reference_without_a_rule_is_refused_with_those_that_are(ref, told):
    with pytest.raises(ConfigurationError, match=f"'{ref}' has no rule with a date.*{told}"):
        SHIPPED.reference(ref)


def test_controls_are_printed_in_the_order_of_the_catalogue_each_once():
    assert [control.id for control in SHIPPED.printed(["C05", "C01", "C05"])] == ["C01", "C05"]


CHECKED = {framework.checked_on for framework in SHIPPED.frameworks.values()}


@pytest.mark.parametrize(
    ("today", "found"), [("2026-11-29", 0), ("2027-11-23", 0), ("2027-11-24", len(SHIPPED.frameworks)), ("2020-01-01", 0), ("", 0)]
)
def test_frameworks_checked_more_than_a_year_ago_are_found(today, found):
    assert {"2026-11-23"} == CHECKED
    assert len(outdated_frameworks(SHIPPED, today, 365)) == found


def test_the_finding_names_the_framework_in_both_languages_with_its_date():
    findings = {finding.id: finding for finding in outdated_frameworks(SHIPPED, "2028-01-01", 365)}
    one = findings["framework_outdated@gdpr"]
    assert (one.level, one.parameters["checked_on"], one.parameters["days"]) == ("warning", "2026-11-23", 404)
    english, japanese = (phrasebook(language).finding(one.code, one.parameters) for language in LANGUAGES)
    assert "EU General Data Protection Regulation" in english[0]
    assert "EU一般データ保護規則" in japanese[0]


def test_one_rule_that_was_not_looked_at_again_makes_its_framework_out_of_date():
    rule = {"id": "22", "checked_on": "2025-01-01"}
    options = TaskOptions.model_validate({"own": {"frameworks": [{"id": "gdpr", "rules": [rule]}]}})
    (finding,) = outdated_frameworks(options.rulebook, "2026-11-29", 365)
    assert (finding.id, finding.parameters["checked_on"]) == ("framework_outdated@gdpr", "2025-01-01")
    assert options.rulebook.reference("gdpr:22").checked_on == "2025-01-01"
    assert options.rulebook.reference("gdpr:35").checked_on == "2026-11-23"


def test_an_audit_says_that_its_rules_are_out_of_date():
    from corpuskit.estimators import Estimates
    from corpuskit.tasks import assess

    stats = corpus(*faqs(5))
    late = assess(stats, Estimates(estimates=()), TaskOptions(today="2028-01-01"))
    assert sum(finding.code == "framework_outdated" for finding in late.findings) == len(SHIPPED.frameworks)
    assert not any(finding.code == "framework_outdated" for finding in assess(stats, Estimates(estimates=()), TaskOptions()).findings)


def test_own_words_are_said_in_the_language_of_the_report():
    message = Message(code="own_words", parameters={"en": "Ask Ms Mori.", "ja": "森さんに確認してください。"})
    assert [phrasebook(language).message(message) for language in LANGUAGES] == ["Ask Ms Mori.", "森さんに確認してください。"]
