"""The schema in the repository is that of the models, and reports obey it."""

import json

import jsonschema
import pytest

from corpuskit.report import AuditReport, localise, to_json
from corpuskit.report.schema import FILE, schema_text
from tests.report.sample import SCRIPT, sample


def test_the_stored_schema_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run: python -m corpuskit.report.schema"


def test_a_report_obeys_the_schema_and_an_altered_one_does_not():
    schema = json.loads(schema_text())
    body = json.loads(to_json(localise(sample(), "ja")))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(body, schema)
    for key, value in (("schema_version", 2), ("tasks", None), ("surprise", 1)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**body, key: value}, schema)


def test_json_comes_back_as_it_was():
    report = localise(sample(), "ja")
    text = to_json(report)
    assert AuditReport.model_validate_json(text) == report
    assert text.endswith("}\n")
    assert "問い合わせ振分け" in text
    assert list(json.loads(text))[:4] == ["schema_version", "tool", "run", "corpus"]
    assert SCRIPT in json.loads(text)["corpus"]["files_skipped"][2]["path"]
