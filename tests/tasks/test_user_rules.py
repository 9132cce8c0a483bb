"""A user's own tasks, controls and rules: they extend, they override, and what is wrong is told with file, line, entry and key."""

import sys
from typing import get_args

import pytest

from corpuskit.errors import ConfigurationError, MissingDependency
from corpuskit.estimators import Estimates
from corpuskit.report import unknown_sentences
from corpuskit.tasks import TASKS, Kind, TaskOptions, assess
from corpuskit.tasks.rulebook import SHIPPED
from corpuskit.tasks.user_rules import read_entries, rulebook_of
from tests.report.sample import sample
from tests.tasks.build import corpus, two_signals

TOML = """
[[frameworks]]
id = "house"
name = {en = "House rules", ja = "社内規則"}
source_url = ""
note = ""
checked_on = "2026-10-01"
rules = [{id = "7", ref = "No. 7", title = "Letters abroad", applies_from = "2026-10-01", status = "in_force"}]

[[tasks]]
id = "visa_letters"
name = {en = "Visa letters", ja = "査証書簡"}
kinds = ["generate"]
documents = ["letter"]
names = {en = ["visa letter"], ja = ["査証"]}
cues = {en = ["embassy"], ja = ["大使館"]}
stats = ["TPL"]
measures = [{name = "wrong_fact", max_error = 0.02}]
because = "own_rule"
impact = "I2"
reversible = "partly"
tier_floor = "T2"
raise_to = [{if = "public_audience", to = "T3", ref = "house:7"}]

[[tasks]]
id = "faq_answer"
tier_floor = "T3"

[[controls]]
id = "C25"
title = {en = "Call back", ja = "折返し確認"}
references = ["house:7", "gdpr:22"]

[controls.parameter]
T3 = {en = "One call in ten", ja = "10件に1件"}
"""
YAML = """
frameworks:
  - id: house
    name: {en: House rules, ja: 社内規則}
    source_url: ""
    note: ""
    checked_on: 2026-10-01
    rules:
      - {id: "7", ref: No. 7, title: Letters abroad, applies_from: 2026-10-01, status: in_force}
tasks:
  - id: visa_letters
    name: {en: Visa letters, ja: 査証書簡}
    kinds: [generate]
    documents: [letter]
    names: {en: [visa letter], ja: [査証]}
    cues: {en: [embassy], ja: [大使館]}
    stats: [TPL]
    measures: [{name: wrong_fact, max_error: 0.02}]
    because: own_rule
    impact: I2
    reversible: partly
    tier_floor: T2
    raise_to: [{if: public_audience, to: T3, ref: "house:7"}]
  - id: faq_answer
    tier_floor: T3
controls:
  - id: C25
    title: {en: Call back, ja: 折返し確認}
    references: ["house:7", "gdpr:22"]
    parameter:
      T3: {en: One call in ten, ja: 10件に1件}
"""


def book(tmp_path, text, name="own.toml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return TaskOptions(files=(str(tmp_path / name),)).rulebook


def test_new_ids_extend_and_known_ones_override_only_what_is_given(tmp_path):
    own = book(tmp_path, TOML)
    assert list(own.tasks) == [*TASKS, "visa_letters"]
    assert own.tasks["faq_answer"] == TASKS["faq_answer"].model_copy(update={"tier_floor": "T3"})
    assert own.tasks["policy_qa"] is TASKS["policy_qa"]
    assert own.reference("house:7").checked_on == "2026-10-01"
    assert own.tasks["visa_letters"].raise_to[0].ref == "house:7"
    assert [control.id for control in own.controls_for("T2")] == [control.id for control in SHIPPED.controls_for("T2")]
    added = own.controls_for("T3")[-1]
    assert (added.id, added.parameter.parameters) == ("C25", {"en": "One call in ten", "ja": "10件に1件"})
    assert [one.ref for one in own.printed(["C25"])[0].references] == ["house:7", "gdpr:22"]


def test_yaml_says_the_same_as_toml(tmp_path):
    toml, yaml = book(tmp_path, TOML), book(tmp_path, YAML, "own.yaml")
    assert (dict(toml.tasks), dict(toml.controls), dict(toml.frameworks)) == (dict(yaml.tasks), dict(yaml.controls), dict(yaml.frameworks))


def test_yaml_that_says_yes_means_the_word(tmp_path):
    own = book(tmp_path, "tasks:\n  - id: faq_answer\n    reversible: yes\n", "own.yml")
    assert own.tasks["faq_answer"].reversible == "yes"


def test_a_later_file_wins_and_the_configuration_file_over_all(tmp_path):
    for name, tier in (("a.toml", "T1"), ("b.toml", "T3")):
        (tmp_path / name).write_text(f'[[tasks]]\nid = "faq_answer"\ntier_floor = "{tier}"\n', encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.toml", "b.toml")]
    assert TaskOptions(files=files).rulebook.tasks["faq_answer"].tier_floor == "T3"
    assert TaskOptions(files=files[::-1]).rulebook.tasks["faq_answer"].tier_floor == "T1"
    own = {"tasks": [{"id": "faq_answer", "tier_floor": "T4"}]}
    assert TaskOptions.model_validate({"files": files, "own": own}).rulebook.tasks["faq_answer"].tier_floor == "T4"


def test_rules_of_a_known_framework_are_added_and_changed_one_by_one(tmp_path):
    rules = '{id = "22", title = "As we read it"}, {id = "99", ref = "Art. 99", title = "New", applies_from = "2027", status = "adopted"}'
    own = book(tmp_path, f'[[frameworks]]\nid = "gdpr"\nchecked_on = "2026-12-01"\nrules = [{rules}]\n')
    assert [rule.id for rule in own.frameworks["gdpr"].rules] == [*(rule.id for rule in SHIPPED.frameworks["gdpr"].rules), "99"]
    changed = own.reference("gdpr:22")
    assert (changed.title, changed.applies_from, changed.checked_on) == ("Art. 22: As we read it", "2018-05-25", "2026-12-01")


def test_removing_nothing_changes_nothing(tmp_path):
    assert book(tmp_path, "") is SHIPPED
    assert rulebook_of([]) is SHIPPED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[[tasks]]\nid = "faq_answer"\ntier_flor = "T3"\n',
            ["own.toml, line 3", "faq_answer", "unknown key 'tier_flor'", "Did you mean 'tier_floor'?"],
        ),
        ('[[tasks]]\nid = "faq_answer"\n\ntier_floor = "T9"\n', ["own.toml, line 4", "tier_floor", "'T9'", "T0"]),
        ('[[tasks]]\nid = "new_task"\nimpact = "I1"\n', ["own.toml, line 2", "new_task", "the key 'name' is missing", "a new id needs every key"]),
        ('[[tasks]]\nimpact = "I1"\n', ["own.toml", "an entry has no id", "impact"]),
        ('[[controls]]\nid = "C01"\nreferences = ["gdpr:999"]\n', ["own.toml, line 2", "C01", "'gdpr:999' has no rule with a date", "gdpr:22"]),
        ('[[frameworks]]\nid = "gdpr"\nchecked_on = "last week"\n', ["own.toml, line 3", "gdpr", "checked_on", "'last week'"]),
        ('[[frameworks]]\nid = "gdpr"\nsource_url = "http://example.org"\n', ["own.toml, line 3", "source_url"]),
        ('[[task]]\nid = "faq_answer"\n', ["own.toml", "unknown section 'task'", "tasks, controls, frameworks"]),
        ('tasks = "faq_answer"\n', ["own.toml", "tasks", "Each section is a list of entries"]),
        ("[[tasks]\n", ["own.toml", "not valid TOML", "line 1"]),
    ],
)
def test_what_is_wrong_is_told_with_file_line_entry_and_key(tmp_path, text, told):
    with pytest.raises(ConfigurationError) as caught:
        book(tmp_path, text)
    for part in told:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("own.yaml", "tasks:\n  - id: faq_answer\n   tier_floor: T3\n", "not valid YAML.*line 3"),
        ("own.yaml", "- tasks\n", "needs the sections tasks, controls, frameworks"),
        ("own.yaml", "tasks:\n  - id: faq_answer\n    tier_flor: T3\n", "own.yaml, line 3: faq_answer: unknown key 'tier_flor'"),
        ("own.json", "{}", r"read from \.toml, \.yaml and \.yml"),
    ],
)
def test_other_files_are_refused_as_clearly(tmp_path, name, text, told):
    with pytest.raises(ConfigurationError, match=told):
        book(tmp_path, text, name)


def test_a_file_in_another_encoding_or_none_at_all_is_refused(tmp_path):
    (tmp_path / "own.toml").write_bytes("id = '規程'".encode("cp932"))
    with pytest.raises(ConfigurationError, match=r"not UTF-8.*Save the file as UTF-8"):
        read_entries(tmp_path / "own.toml")
    with pytest.raises(ConfigurationError, match=r"not found: .*missing\.toml"):
        read_entries(tmp_path / "missing.toml")


def test_without_a_reader_of_yaml_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingDependency, match=r"pip install 'corpuskit\[yaml\]'"):
        book(tmp_path, YAML, "own.yaml")


def test_a_byte_order_mark_is_read_over(tmp_path):
    (tmp_path / "own.toml").write_bytes(b"\xef\xbb\xbf" + TOML.encode())
    assert "visa_letters" in TaskOptions(files=(str(tmp_path / "own.toml"),)).rulebook.tasks


@pytest.mark.parametrize("kind", get_args(Kind))
def test_an_own_task_of_any_kind_is_assessed_and_every_sentence_of_it_is_there(tmp_path, kind):
    (tmp_path / "own.toml").write_text(TOML.replace('kinds = ["generate"]', f'kinds = ["{kind}"]'), encoding="utf-8")
    options = TaskOptions(files=(str(tmp_path / "own.toml"),))
    letters = [two_signals("visa_letters", f"{place}.txt", "visa letter", "embassy") for place in range(5)]
    assessment = assess(corpus(*letters), Estimates(estimates=()), options)
    assert [task.id for task in assessment.tasks] == ["visa_letters"]
    changed = {"tasks": assessment.tasks, "controls": assessment.controls, "references": assessment.references}
    report = sample().model_copy(update=changed)
    assert unknown_sentences(report) == ()
    assert "house:7" in {rule.ref for rule in report.references}
