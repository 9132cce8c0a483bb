import json

import pytest

from corpuskit.report import AuditReport, localise, to_json
from tests.report.sample import FORMULA, SCRIPT, sample


@pytest.fixture(params=["en", "ja"])
def report(request):
    return localise(sample(), request.param)


def test_what_was_written_is_read_again(report):
    assert AuditReport.model_validate_json(to_json(report)) == report


def test_keys_stand_in_the_order_of_the_contract(report):
    assert list(json.loads(to_json(report))) == [name for name, field in AuditReport.model_fields.items() if not field.exclude]


def test_japanese_and_hostile_text_stand_as_they_are(report):
    text = to_json(report)
    assert "空の文書.txt" in text
    assert "\\u" not in text
    assert json.loads(text)["corpus"]["files_skipped"][2]["path"] == f"images/{SCRIPT}.png"
    assert FORMULA in json.loads(text)["series"][3]["rows"][0]


def test_it_is_indented_by_two_and_ends_with_one_newline(report):
    text = to_json(report)
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_an_undefined_value_is_null_and_not_a_word(report):
    text = to_json(report)
    undefined = json.loads(text)["estimates"][5]
    assert undefined["value"] is None
    assert undefined["undefined_because"]["text"]
    assert "NaN" not in text
    assert "Infinity" not in text


def test_two_languages_differ_in_sentences_only():
    def without_sentences(value):
        if isinstance(value, list):
            return [without_sentences(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        sentences = {key for key, inner in value.items() if key in ("text", "fix", "language", "title") and isinstance(inner, str)}
        return {key: without_sentences(inner) for key, inner in value.items() if key not in sentences}

    english, japanese = (without_sentences(json.loads(to_json(localise(sample(), language)))) for language in ("en", "ja"))
    assert english == japanese
