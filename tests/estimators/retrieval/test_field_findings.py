import pytest

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.retrieval.field_ambiguity import estimate_field_ambiguity
from corpuskit.estimators.retrieval.field_findings import MOST_FINDINGS
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from tests.counts.build import counted
from tests.estimators.retrieval.test_field_ambiguity import forms

OPTIONS = EstimatorOptions()


def findings(documents):
    return estimate_field_ambiguity(Inputs(counted(documents), OPTIONS), OPTIONS).findings


def test_a_name_with_several_values_is_told_with_the_names_beside_it():
    fields = [("date", "date", 1), ("date", "date", 2), ("invoice no.", "identifier", 7)]
    (found,) = findings(forms(*[fields] * 6))
    assert (found.id, found.code, found.level) == ("field_has_several_values@date", "field_has_several_values", "warning")
    assert found.parameters == {"field": "date", "count": 6, "documents": 6, "values": 2.0, "near": "invoice no."}
    assert [item.document for item in found.evidence] == [f"d{number}.txt" for number in range(5)]


def test_without_a_clear_neighbour_the_section_is_advised():
    several = [(name, "date", value) for name in ("date", "day") for value in (1, 2)]
    found = findings(forms(*[several] * 6))
    assert [(item.code, item.parameters["field"]) for item in found] == [("field_has_several_values_alone", name) for name in ("date", "day")]


@pytest.mark.parametrize(("doubled", "told"), [(0, False), (1, False), (2, False), (6, True)])
def test_a_few_exceptions_are_not_told(doubled, told):
    one, two = [("date", "date", 1)], [("date", "date", 1), ("date", "date", 2)]
    assert bool(findings(forms(*[two] * doubled, *[one] * (20 - doubled)))) is told


def test_the_names_of_most_documents_are_told_first_and_not_more_than_five():
    fields = [(f"field {letter}", "number", value) for letter in "abcdefg" for value in (1, 2)]
    extra = [("field g", "number", value) for value in (1, 2)]
    found = findings(forms(*[fields] * 6, extra))
    assert [item.parameters["field"] for item in found] == ["field g", "field a", "field b", "field c", "field d"]
    assert len(found) == MOST_FINDINGS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_take_the_parameters(language):
    several = [("date", "date", 1), ("date", "date", 2)]
    book = phrasebook(language)
    for found in (*findings(forms(*[several] * 6)), *findings(forms(*[[*several, ("no", "number", 1)]] * 6))):
        title, fix = book.finding(found.code, found.parameters)
        assert "date" in title
        assert fix
