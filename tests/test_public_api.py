"""The root door: short, sorted, complete, and nothing leaks."""

import importlib

import pytest

import corpuskit


def test_all_is_sorted_and_everything_in_it_exists():
    assert corpuskit.__all__ == sorted(corpuskit.__all__)
    for name in corpuskit.__all__:
        assert getattr(corpuskit, name) is not None


def test_every_name_comes_from_its_floor():
    for name, floor in corpuskit._HOME.items():
        assert getattr(corpuskit, name) is getattr(importlib.import_module(f"corpuskit.{floor}"), name)
    assert set(corpuskit._HOME) | {"__version__", "audit_documents"} == set(corpuskit.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        corpuskit.nothing  # noqa: B018
