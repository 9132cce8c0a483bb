"""Findings and messages: codes and parameters that survive JSON unchanged, and sentences that are not there yet."""

import pytest
from pydantic import ValidationError

from corpuskit.finding import Evidence, Finding, Message, each_alone


def test_parameters_keep_their_type_through_json():
    message = Message(code="x", parameters={"n": 1, "share": 1.0, "yes": True, "name": "1", "名": "納期"})
    again = Message.model_validate_json(message.model_dump_json())
    assert again == message
    assert [type(value) for value in again.parameters.values()] == [int, float, bool, str, str]


def test_a_finding_comes_back_from_json_as_it_was():
    finding = Finding(
        id="near_duplicates@lang:ja",
        level="warning",
        code="near_duplicates",
        parameters={"groups": 2},
        evidence=(Evidence(document="規程/旅費.docx", quote="日当は"), Evidence(document="b.txt")),
    )
    assert Finding.model_validate_json(finding.model_dump_json()) == finding


def test_what_a_finding_concerns_is_counted_once():
    shown = (Evidence(document="a"), Evidence(document="a", quote="x"), Evidence(document="b"))
    finding = Finding(id="x", level="note", code="x", evidence=shown)
    assert finding.concerned == 2
    assert finding.model_copy(update={"documents": (("a", "b"), ("c",), ("c", "d"))}).concerned == 4
    assert Finding(id="x", level="note", code="x").concerned == 0


def test_documents_are_named_apart_only_where_the_evidence_does_not_show_them_all():
    assert each_alone((name for name in "abca"), 3) == ()
    assert each_alone((name for name in "abca"), 2) == (("a",), ("b",), ("c",))
    assert each_alone((), 0) == ()


def test_a_floor_makes_no_sentence():
    finding = Finding(id="x", level="note", code="x")
    assert (finding.title, finding.fix, Message(code="x").text) == ("", "", "")


@pytest.mark.parametrize(
    ("model", "values", "told"),
    [
        (Finding, {"id": "x", "level": "fatal", "code": "x"}, "'note', 'warning' or 'error'"),
        (Finding, {"id": "x", "level": "note"}, "code"),
        (Finding, {"id": "x", "level": "note", "code": "x", "severity": 1}, "severity"),
        (Message, {"code": "x", "params": {}}, "params"),
        (Message, {"code": "x", "parameters": {"n": [1]}}, "parameters"),
        (Message, {"code": "x", "parameters": {"n": None}}, "parameters"),
        (Evidence, {"quote": "text without a document"}, "document"),
    ],
)
def test_what_the_report_could_not_print_is_refused(model, values, told):
    with pytest.raises(ValidationError, match=told):
        model.model_validate(values)


@pytest.mark.parametrize(
    ("value", "field"), [(Finding(id="x", level="note", code="x"), "level"), (Message(code="x"), "text"), (Evidence(document="a"), "quote")]
)
def test_nothing_changes_a_finding_afterwards(value, field):
    with pytest.raises(ValidationError, match="frozen"):
        setattr(value, field, "error")


def test_two_messages_share_no_parameters():
    first, second = Message(code="x"), Message(code="x")
    first.parameters["n"] = 1
    assert second.parameters == {}
