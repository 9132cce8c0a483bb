"""Printed settings give the same settings again, and say where each comes from."""

import tomllib

import pytest

from corpuskit.audit import Settings, load_settings, printed_settings

CONFIGURATION = """
seed = 4
[output]
language = "ja"
author = "森 \\"課長\\""
[gate.fail_under]
"ticket_routing@a b.csv" = 0.8
[[gate.accepted]]
finding = "personal_data@phone"
reason = "our own switchboard"
author = "A. Mori"
until = "2027-03-31"
[tasks.answers.faq_answer]
max_error = 0.02
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "corpuskit.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


def printed(file, **overrides):
    return printed_settings(load_settings(file, file.parent, overrides), file, file.parent, overrides)


def test_they_give_the_same_settings_again(file):
    again = Settings.model_validate(tomllib.loads(printed(file, output={"formats": ["html"]})))
    expected = load_settings(file, file.parent, {"output": {"formats": ["html"]}})
    assert again.model_dump() == expected.model_dump()


def test_each_says_where_it_comes_from(file):
    lines = printed(file, gate={"fail_on": "error"}).splitlines()
    assert f"seed = 4  # {file}" in lines
    assert 'fail_on = "error"  # command line' in lines
    assert 'folder = "reports"  # default' in lines
    assert any(line.startswith('language = "ja"') and line.endswith(str(file)) for line in lines)


def test_without_a_file_everything_is_default(tmp_path):
    text = printed_settings(load_settings(None, tmp_path, {}), None, tmp_path, {})
    assert {line.rsplit("# ", 1)[1] for line in text.splitlines() if "# " in line} == {"default"}
