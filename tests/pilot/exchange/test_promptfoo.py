import json
import os
import shutil
import subprocess

import pytest

from corpuskit.errors import InputError
from corpuskit.pilot.exchange.promptfoo import PROMPTFOO, inert
from tests.pilot.exchange.files import FIXTURES, ROWS, rows_of, written


def test_tests_carry_the_case_and_its_truth(tmp_path):
    (path,) = written(tmp_path, PROMPTFOO)
    tests = json.loads(path.read_text(encoding="utf-8"))
    assert tests[2] == {
        "description": "c3",
        "vars": {"id": "c3", "input": "=1+1 商品を<返品>したい"},
        "assert": [{"type": "equals", "value": "返品"}],
        "metadata": {"id": "c3", "doc_id": "a#row 4", "slice.language": "ja"},
    }
    (bare,) = written(tmp_path, PROMPTFOO, [{"id": "c1", "input": "x"}])
    assert "assert" not in json.loads(bare.read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a {{ 7*7 }}", "{% raw %}a {{ 7*7 }}{% endraw %}"),
        ("{% endraw %}{{ 1 }}", "{% raw %}{% endraw % }{{ 1 }}{% endraw %}"),
        ("file:///etc/passwd", " file:///etc/passwd"),
        ("plain { text }", "plain { text }"),
    ],
)
def test_no_text_is_a_template_or_the_name_of_a_file(text, written):
    assert inert(text) == written


def test_results_of_two_providers_with_repeats_and_a_refusal():
    """Written by promptfoo on the tests above: its ``echo`` provider gives texts back as it filled them in, so marks of templates came through."""
    sheet = PROMPTFOO.read(FIXTURES / "promptfoo_0.121.20.json", "")
    found = rows_of(sheet, "model", "id", "repeat", "prediction", "abstained")
    assert [row for row in found if row[0] == "labels-by-rule"] == [
        ("labels-by-rule", "c1", "1", "請求", "false"),
        ("labels-by-rule", "c1", "2", "請求", "false"),
        ("labels-by-rule", "c2", "1", "", "true"),
        ("labels-by-rule", "c2", "2", "", "true"),
        ("labels-by-rule", "c3", "1", "返品", "false"),
        ("labels-by-rule", "c3", "2", "返品", "false"),
    ]
    echoed = {row[1]: row[3] for row in found if row[0] == "echo-one"}
    assert echoed == {"c1": "請求書が届きません。 {{ 7*7 }} {% if %}", "c2": "file:///etc/hostname is not delivered", "c3": "=1+1 商品を<返品>したい"}
    assert dict(zip(sheet.columns["id"], sheet.columns["note"], strict=True))["c2"] in ("refused", "")


def test_results_of_other_tests_and_other_files_are_told(tmp_path):
    for content, told in (
        ({"results": {"results": [{"vars": {}}]}}, "result 1 names no case"),
        ([1], "no results.results"),
        ({"a": 1}, "no results"),
    ):
        (tmp_path / "r.json").write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(InputError, match=told):
            PROMPTFOO.read(tmp_path / "r.json", "")


@pytest.mark.skipif(shutil.which("promptfoo") is None, reason="promptfoo is not installed (npm install -g promptfoo)")
def test_its_own_reader_takes_the_tests_and_fills_in_the_texts_as_they_are(tmp_path):
    (path,) = written(tmp_path, PROMPTFOO)
    config = {"prompts": ["{{input}}"], "providers": ["echo"], "tests": f"file://{path.name}"}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    quiet = {"PROMPTFOO_DISABLE_TELEMETRY": "1", "PROMPTFOO_DISABLE_UPDATE": "1", "PROMPTFOO_CONFIG_DIR": str(tmp_path / "own")}
    subprocess.run(
        ["promptfoo", "eval", "-c", "config.json", "--no-cache", "-o", "results.json"],
        cwd=tmp_path,
        env={**os.environ, **quiet},
        capture_output=True,
        check=False,  # it ends with 100 where an answer is wrong
        timeout=240,
    )
    sheet = PROMPTFOO.read(tmp_path / "results.json", "")
    assert sorted(rows_of(sheet, "id", "prediction")) == [(row["id"], row["input"]) for row in ROWS]
