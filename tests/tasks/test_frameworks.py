"""Frameworks: every rule is dated, and what is not yet law is not called law."""

from datetime import date

import pytest

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.tasks import FRAMEWORKS, frameworks
from corpuskit.tasks.frameworks import load_frameworks, reference

RULES = [(named.framework, rule) for named in FRAMEWORKS.values() for rule in named.framework.rules]
FILE = """
id = "example"
name = {en = "Example", ja = "例"}
source_url = ""
note = ""
checked_on = "2026-11-23"

[[rules]]
id = "1"
ref = "Art. 1"
title = "First"
applies_from = "2027-01-01"
status = "postponed"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of framework files in place of the one that ships."""
    monkeypatch.setattr(frameworks, "files", lambda _: tmp_path)
    inner = tmp_path / "catalogue" / "frameworks"
    inner.mkdir(parents=True)
    return inner


# Origin: the calendar of the design; Regulation (EU) 2026/1744 moved Annex III from 2026-08-02 and left Art. 50 alone.
@pytest.mark.parametrize(
    ("ref", "applies_from", "status"),
    [
        ("eu_ai_act:4", "2025-02-02", "in_force"),
        ("eu_ai_act:5(1)(f)", "2025-02-02", "in_force"),
        ("eu_ai_act:50(1)", "2026-08-02", "in_force"),
        ("eu_ai_act:III.4(a)", "2027-12-02", "postponed"),
        ("eu_ai_act:III.4(b)", "2027-12-02", "postponed"),
        ("eu_ai_act:III.5(b)", "2027-12-02", "postponed"),
        ("eu_ai_act:14", "2027-12-02", "postponed"),
        ("gdpr:22", "2018-05-25", "in_force"),
    ],
)
def test_known_dates(ref, applies_from, status):
    found = reference(ref)
    assert (found.applies_from, found.status) == (applies_from, status)


def test_all_frameworks_of_the_design_are_there():
    assert set(FRAMEWORKS) >= {"eu_ai_act", "gdpr", "appi", "ai_promotion_act", "japan_guidelines", "ds_920", "nist_ai_rmf", "iso_42001"}
    assert set(FRAMEWORKS) >= {"owasp_llm_2026", "singapore"}


def test_every_rule_was_checked_on_a_day():
    for framework, rule in RULES:
        assert date.fromisoformat(framework.checked_on).year >= 2026
        assert reference(f"{framework.id}:{rule.id}").checked_on == framework.checked_on


def test_a_date_of_application_is_a_date_or_the_beginning_of_one():
    for _, rule in RULES:
        if rule.applies_from:
            assert date.fromisoformat((rule.applies_from + "-01-01")[:10])


def test_rules_in_force_do_not_begin_after_the_day_they_were_checked_and_postponed_ones_do():
    for framework, rule in RULES:
        if rule.status == "in_force":
            assert rule.applies_from <= framework.checked_on
        if rule.status == "postponed":
            assert rule.applies_from > framework.checked_on


def test_sources_are_official_addresses_or_left_out():
    assert all(named.framework.source_url.startswith("https://") or not named.framework.source_url for named in FRAMEWORKS.values())


def test_a_reference_without_a_file_is_refused():
    with pytest.raises(ConfigurationError, match="'gdpr:999' is not in catalogue/frameworks: add the rule with its date"):
        reference("gdpr:999")


def test_an_unknown_framework_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'gdpr'"):
        FRAMEWORKS["gdp"]


def test_other_files_of_the_folder_are_left_alone(folder):
    (folder / "example.toml").write_text(FILE, encoding="utf-8")
    (folder / "README.md").write_text("not data", encoding="utf-8")
    assert [framework.id for framework in load_frameworks()] == ["example"]


def test_a_rule_whose_title_is_its_name_is_printed_once(folder):
    (folder / "example.toml").write_text(FILE.replace("First", "Art. 1") + FILE[FILE.index("[[rules]]") :].replace('"1"', '"2"'), encoding="utf-8")
    (framework,) = load_frameworks()
    assert [framework.reference(rule).title for rule in framework.rules] == ["Art. 1", "Art. 1: First"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("other.toml", FILE, "the file is named after its id"),
        ("example.toml", FILE + FILE[FILE.index("[[rules]]") :], "rule ids differ"),
        ("example.toml", FILE.replace("postponed", "delayed"), r"example\.toml"),
        ("example.toml", FILE.replace('checked_on = "2026-11-23"', ""), "checked_on"),
        ("example.toml", FILE.replace("[[rules]]", "[[rules"), r"example\.toml"),
        ("example.toml", FILE.replace("2026-11-23", "23 Nov 2026"), "checked_on"),
        ("example.toml", FILE.replace("2027-01-01", "soon"), "applies_from"),
        ("example.toml", FILE.replace('source_url = ""', 'source_url = "www.example.org"'), "source_url"),
        ("example.toml", FILE.replace('title = "First"', 'title = {en = "First"}'), "title"),
    ],
)
def test_a_broken_file_is_refused_by_name(folder, name, text, told):
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        load_frameworks()


def test_a_rule_may_have_a_title_in_two_languages_and_a_source_and_a_date_of_its_own(folder):
    own = 'title = {en = "First", ja = "最初"}\nsource_url = "https://a.example"\nchecked_on = "2026-12-01"'
    (folder / "example.toml").write_text(FILE.replace('title = "First"', own), encoding="utf-8")
    (framework,) = load_frameworks()
    printed = framework.reference(framework.rules[0])
    assert (printed.title, printed.title_ja, printed.framework) == ("Art. 1: First", "Art. 1: 最初", {"en": "Example", "ja": "例"})
    assert (printed.source_url, printed.checked_on) == ("https://a.example", "2026-12-01")


def test_every_title_that_ships_is_in_both_languages():
    assert all(rule.title["en"] != rule.title["ja"] for _, rule in RULES)
