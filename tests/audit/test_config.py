"""Settings: order, unknown keys, wrong values, digest."""

from pathlib import Path

import pytest

from corpuskit.audit import FORMATS, Settings, load_settings
from corpuskit.errors import ConfigurationError, UsageError
from corpuskit.report import Head


def settings_from(tmp_path: Path, text: str, overrides: dict | None = None) -> Settings:
    (tmp_path / "corpuskit.toml").write_text(text, encoding="utf-8")
    return load_settings(None, tmp_path, overrides or {})


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_settings(None, tmp_path, {}) == Settings()


def test_the_command_line_wins_over_the_file_and_the_file_over_the_defaults(tmp_path):
    text = 'seed = 3\n[output]\nlanguage = "ja"\nfolder = "out"\n'
    settings = settings_from(tmp_path, text, {"seed": 7, "output": {"language": None, "folder": "elsewhere"}})
    assert (settings.seed, settings.output.language, settings.output.folder) == (7, "ja", "elsewhere")
    assert settings.output.excerpts is Settings().output.excerpts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sead = 1\n", ["unknown key 'sead'", "Did you mean 'seed'?", "Valid here:", "output"]),
        ("[output]\nlang = 'ja'\n", ["unknown key 'output.lang'", "language", "formats"]),
        ("[gate]\nfail_on = 'sometimes'\n", ["gate.fail_on", "'sometimes'", "'warning'"]),
        ("seed = -1\n", ["seed", "-1"]),
        ("seed = \n", ["not valid TOML"]),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_what_is_valid(tmp_path, text, told):
    with pytest.raises(ConfigurationError) as caught:
        settings_from(tmp_path, text)
    message = str(caught.value)
    assert str(tmp_path / "corpuskit.toml") in message
    for part in told:
        assert part in message


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / "corpuskit.toml").write_bytes(b"\xef\xbb\xbfseed = 5\n")
    assert load_settings(None, tmp_path, {}).seed == 5


def test_a_named_file_must_exist(tmp_path):
    with pytest.raises(ConfigurationError, match="not found"):
        load_settings(tmp_path / "other.toml", tmp_path, {})


def test_the_digest_changes_with_what_changes_numbers_and_not_with_the_folder():
    plain = Settings().digest()
    output = {"folder": "x", "language": "ja", "excerpts": False}
    assert Settings.model_validate({"output": output, "gate": {"fail_on": "error"}, "read": {"jobs": 3}}).digest() == plain
    assert Settings.model_validate({"seed": 1}).digest() != plain
    assert Settings.model_validate({"count": {"window": 6}}).digest() != plain


def test_the_gate_compares_levels():
    gate = Settings.model_validate({"gate": {"fail_on": "warning"}}).gate
    assert [gate.reached_by(level) for level in ("note", "warning", "error")] == [False, True, True]
    assert not any(Settings().gate.reached_by(level) for level in ("note", "warning", "error"))


def test_a_wrong_value_is_told_where_it_stands(tmp_path):
    with pytest.raises(ConfigurationError, match=r"^command line: output\.language"):
        settings_from(tmp_path, "seed = 3\n", {"output": {"language": "fr"}})
    with pytest.raises(ConfigurationError, match=r"corpuskit\.toml: output"):
        settings_from(tmp_path, "output = 5\n", {"output": {"language": "ja"}})


def test_tables_that_a_file_names_are_looked_for_beside_it_and_those_of_the_command_line_here(tmp_path, monkeypatch):
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "terms.csv").write_text("term,variants\nmail,e-mail\n", encoding="utf-8")
    (tmp_path / "own.csv").write_text("term\nletter\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    file = Path("settings", "own.toml")
    file.write_text('definitions = "categories.csv"\n[text]\ndictionary = "terms.csv"\n', encoding="utf-8")
    settings = load_settings(file, Path(), {"text": {"dictionary": None}})
    assert (settings.definitions, [entry.term for entry in settings.text.dictionary]) == (str(Path("settings", "categories.csv")), ["mail"])
    settings_here = load_settings(file, Path(), {"text": {"dictionary": "own.csv"}})
    assert [entry.term for entry in settings_here.text.dictionary] == ["letter"]
    assert len({settings.digest(), settings_here.digest(), Settings().digest()}) == 3
    file.write_text('[text]\ndictionary = "missing.csv"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"settings.missing\.csv cannot be read"):
        load_settings(file, Path(), {})


OWN = '[[tasks]]\nid = "faq_answer"\ntier_floor = "T3"\n'


def test_own_tasks_are_read_from_files_beside_the_configuration_file(tmp_path):
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    settings = settings_from(tmp_path, '[tasks]\nfiles = ["own.toml"]\n')
    assert settings.tasks.rulebook.tasks["faq_answer"].tier_floor == "T3"
    inside = settings_from(tmp_path, '[[tasks.own.tasks]]\nid = "faq_answer"\ntier_floor = "T4"\n')
    assert inside.tasks.rulebook.tasks["faq_answer"].tier_floor == "T4"


def test_the_digest_changes_with_the_content_of_own_rules(tmp_path):
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    before = settings_from(tmp_path, '[tasks]\nfiles = ["own.toml"]\n').digest()
    (tmp_path / "own.toml").write_text(OWN.replace("T3", "T4"), encoding="utf-8")
    after = settings_from(tmp_path, '[tasks]\nfiles = ["own.toml"]\n').digest()
    assert len({before, after, Settings().digest()}) == 3


def test_the_digest_does_not_change_with_where_own_rules_lie(tmp_path):
    digests = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.toml").write_text(OWN, encoding="utf-8")
        digests.add(settings_from(tmp_path / name, '[tasks]\nfiles = ["own.toml"]\n').digest())
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[tasks]\nfiles = ["missing.toml"]\n', "missing.toml"),
        ('[[tasks.own.tasks]]\nid = "faq_answer"\ntier_flor = "T4"\n', "Did you mean 'tier_floor'"),
        ('[[tasks.declared]]\ntask = "faq_answers"\n', "Did you mean 'faq_answer'"),
        ('[[tasks.declared]]\ntask = "faq_answer"\nfoldr = "faq"\n', "tasks.declared.0.foldr"),
        ('[tasks.answers.faq_answers]\nimpact = "I1"\n', "Did you mean 'faq_answer'"),
    ],
)
def test_own_rules_declarations_and_answers_are_refused_before_anything_is_read(tmp_path, text, told):
    with pytest.raises(UsageError) as caught:
        settings_from(tmp_path, text)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (["all"], FORMATS),
        (["pdf", "all"], FORMATS),
        (["md", "html", "md"], ("md", "html")),
        (["csv"], ("csv",)),
    ],
)
def test_all_is_every_format_and_a_format_named_twice_is_written_once(tmp_path, given, taken):
    assert settings_from(tmp_path, "", {"output": {"formats": given}}).output.formats == taken


def test_without_a_word_the_formats_are_those_that_need_nothing_else():
    assert Settings().output.formats == ("html", "md", "json")


def test_every_field_of_the_head_can_be_set_and_none_changes_the_numbers():
    given = dict.fromkeys(Head.model_fields, "x")
    settings = Settings.model_validate({"output": given})
    assert Head(**settings.output.model_dump(include=set(Head.model_fields))) == Head(**given)
    assert settings.digest() == Settings().digest()
