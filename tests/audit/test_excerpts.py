"""A report without excerpts holds no quote and no word of a text, and still counts them."""

import pytest

from corpuskit.audit.excerpts import without_excerpts
from corpuskit.estimators import Series
from corpuskit.finding import Evidence, Finding
from corpuskit.report import localise
from tests.report.sample import sample


def with_series(name, columns, *rows):
    series = Series(id=f"{name}@x", name=name, subject="x", columns=columns, rows=rows)
    return without_excerpts(sample().model_copy(update={"series": (series,)})).series[0]


def test_words_of_the_map_become_numbers_and_the_grid_stays():
    shown = with_series("label_words", ("word", "label", "count"), ("pump", "repair", 3), ("pump", "sales", 0), ("price", "repair", 1))
    assert shown.rows == (("#1", "repair", 3), ("#1", "sales", 0), ("#2", "repair", 1))
    assert (shown.id, shown.columns) == ("label_words@x", ("word", "label", "count"))


def test_numbers_labels_and_empty_cells_stay():
    assert with_series("context_curve", ("words", "error", "low", "high"), (8, 0.1, 0.0, 0.2)).rows == ((8, 0.1, 0.0, 0.2),)
    assert with_series("field_cues", ("field", "place"), ("total", "cell")).rows == (("total", "cell"),)
    assert with_series("dead_sections", ("document", "place", "words"), ("a.md", "annex tools", 40)).rows == (("a.md", "#1", 40),)
    kept = with_series("confusion_words", ("label", "taken_for", "count", "words", "items"), ("a", "b", 2, "", "row 3"), ("b", "a", 1, "pump", ""))
    assert kept.rows == (("a", "b", 2, "", "row 3"), ("b", "a", 1, "#1", ""))


@pytest.mark.parametrize(
    ("code", "parameters", "shown"),
    [
        ("terms_with_several_senses", {"term": "pump", "senses": "oil | heart", "n": 3}, {"term": "…", "senses": "…", "n": 3}),
        ("terms_spelt_in_several_ways", {"term": "pump", "others": "pumpe"}, {"term": "…", "others": "…"}),
        ("definitions_merge", {"label": "repair", "others": "sales"}, {"label": "repair", "others": "sales"}),
        ("generic_headings", {"example": "minutes", "language": "en"}, {"example": "…", "language": "en"}),
        ("sharp_but_thin_terms", {"term": "pump", "terms": 4}, {"term": "…", "terms": 4}),
    ],
)
def test_findings_name_no_word(code, parameters, shown):
    found = Finding(
        id=f"{code}@x", level="note", code=code, parameters=parameters, evidence=(Evidence(document="a.txt", quote="the pump", place="page 3"),)
    )
    kept = without_excerpts(sample().model_copy(update={"findings": (found,)})).findings[0]
    assert (kept.id, kept.parameters, kept.evidence) == (found.id, shown, (Evidence(document="a.txt", place="page 3"),))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_left_can_still_be_told(language):
    report = localise(without_excerpts(sample()), language)
    assert all(finding.title and "⟨" not in finding.title for finding in report.findings)
    assert not any(item.quote for task in report.tasks for item in task.evidence)
    assert len(report.series) == len(sample().series)
