"""Every measure that an estimator can give is named and explained in both languages."""

import importlib
import pkgutil

import pytest

import corpuskit.estimators
from corpuskit.estimators.specification import Measure
from corpuskit.report import phrasebook


def measures():
    """Names of all measures that stand in a module of the estimators."""
    found = set()
    for module in pkgutil.walk_packages(corpuskit.estimators.__path__, "corpuskit.estimators."):
        values = vars(importlib.import_module(module.name)).values()
        for value in values:
            group = value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,)
            found |= {each.name for each in group if isinstance(each, Measure)}
    return sorted(found)


def test_measures_are_found():
    assert {"coverage", "language_ambiguity", "coder_disagreement", "attainable_error"} <= set(measures())


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", measures())
def test_a_measure_has_a_name_and_an_explanation(name, language):
    words = phrasebook(language).sentences["measures"][name]
    assert words["name"]
    assert words["plain"]
