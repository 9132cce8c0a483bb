"""Every measure that an estimator can give has one formula, and the words for it."""

import re

import pytest

from corpuskit.report import phrasebook
from corpuskit.report.formulas import formula_of, formulas

MEASURES = sorted(phrasebook("en").sentences["measures"])
"""All that are named; that these are all there are is tested with the names."""


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_has_one_formula(name):
    found = formula_of(name)
    assert found is not None, f"write the formula of {name} in formulas.toml"
    named = [formula.id for formula in formulas() if name in formula.measures]
    by_pattern = [formula.id for formula in formulas() if formula.holds_for(name)]
    assert named == [found.id] or by_pattern == [found.id], "two formulas claim it"


def test_every_formula_is_that_of_some_measure():
    assert [formula.id for formula in formulas() if not any(formula.holds_for(name) for name in MEASURES)] == []
    names = [name for formula in formulas() for name in formula.measures if "*" not in name]
    assert sorted(set(names) - set(MEASURES)) == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_formula_has_words_for_its_letters_and_for_when_it_is_not_given(language):
    words = phrasebook(language).sentences["formulas"]
    assert set(words) == {formula.id for formula in formulas()}
    assert all(entry["symbols"] and entry["undefined"] for entry in words.values())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_formula_stands_either_in_letters_or_in_the_words_of_each_language(language):
    in_words = phrasebook(language).sentences["formulas_in_words"]
    assert set(in_words) == {formula.id for formula in formulas() if not formula.formula}
    for formula in formulas():
        assert formula.formula or phrasebook(language).formula_in_words(formula.id), formula.id


def test_a_formula_in_letters_has_no_word_of_a_language():
    words = {word for formula in formulas() for word in re.findall(r"[A-Za-z]{2,}", formula.formula)}
    assert words <= {"ln", "log", "exp", "max", "min", "xmin", "Bin", "low", "high"}


def test_a_measure_of_a_third_party_has_none():
    assert formula_of("somebody_elses") is None


def test_a_name_comes_before_a_pattern():
    assert formula_of("coverage_of_new_documents_in_short_units").id == "new_documents"
    assert formula_of("coverage_in_short_units").id == "coverage"
    assert formula_of("hapax_share_noise_slope").id == "noise_slope"
