import json

import pytest
from pydantic import BaseModel, ValidationError

from corpuskit.report import SCHEMA_VERSION, AuditReport, Lineage, localise
from corpuskit.report.contract import Frozen
from tests.report.sample import sample


def models(value):
    """Every model inside a report, once per kind."""
    found = {}

    def walk(inner):
        if isinstance(inner, BaseModel):
            found.setdefault(type(inner).__name__, inner)
            for _, each in inner:
                walk(each)
        elif isinstance(inner, tuple | list):
            for each in inner:
                walk(each)
        elif isinstance(inner, dict):
            for each in inner.values():
                walk(each)

    walk(value)
    return found


LINEAGE = Lineage(
    id="規程.txt", sha256="00", bytes=3, modified="2026-01-01T00:00:00+00:00", reader="txt-1", encoding="cp932", encoding_basis="scored"
)
MODELS = models((sample(), LINEAGE))


def test_the_sample_has_every_model_of_the_contract():
    assert {model.__name__ for model in Frozen.__subclasses__() if model.__module__ == Frozen.__module__} <= set(MODELS)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_no_part_of_a_report_can_be_changed_or_take_an_unknown_key(name):
    model = MODELS[name]
    with pytest.raises(ValidationError, match="frozen"):
        setattr(model, next(iter(type(model).model_fields)), None)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(model).model_validate({**model.model_dump(), "surprise": 1})


@pytest.mark.parametrize("language", [None, "en", "ja"])
def test_a_report_survives_json(language):
    report = sample() if language is None else localise(sample(), language)
    assert AuditReport.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("schema_version",), 2, "Input should be 1"),
        (("run", "language"), "fr", "'en' or 'ja'"),
        (("summary", "verdict"), "maybe", "'start'"),
        (("summary", "stages", 0, "id"), "G6", "'G5'"),
        (("summary", "fix_first", 0, "effort"), "huge", "'high'"),
        (("corpus", "files_read"), "many", "valid integer"),
        (("estimates", 0, "value"), None, "give either a value or the reason"),
        (("exit_code",), None, "valid integer"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(path, value, reason):
    given = json.loads(sample().model_dump_json())
    place = given
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ValidationError, match=reason) as caught:
        AuditReport.model_validate(given)
    assert caught.value.errors()[0]["loc"][0] == path[0]


@pytest.mark.parametrize("missing", ["tool", "run", "corpus", "summary", "exit_code", "provenance"])
def test_nothing_that_a_reader_relies_on_may_be_left_out(missing):
    given = sample().model_dump()
    del given[missing]
    with pytest.raises(ValidationError, match=f"{missing}\n  Field required"):
        AuditReport.model_validate(given)


def test_the_version_is_written_although_it_is_a_default():
    assert json.loads(sample().model_dump_json())["schema_version"] == SCHEMA_VERSION == 1


def test_lineage_stays_out_of_the_report_and_its_schema():
    report = sample().model_copy(update={"lineage": (LINEAGE,)})
    assert report.model_dump_json() == sample().model_dump_json()
    assert "lineage" not in AuditReport.model_json_schema(mode="serialization")["properties"]
