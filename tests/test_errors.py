"""Errors and registries say what is wrong, where and what to do."""

from dataclasses import dataclass

import pytest

from corpuskit.errors import CorpuskitError, UnknownName, UsageError, refused
from corpuskit.registry import Registry


@dataclass(frozen=True)
class Thing:
    name: str


def test_an_unknown_name_lists_the_valid_ones_and_the_closest():
    registry = Registry("reader", [Thing("docx"), Thing("xlsx")])
    with pytest.raises(UnknownName, match=r"Unknown reader 'docs'\. Did you mean 'docx'\? Valid: docx, xlsx\."):
        registry["docs"]


def test_a_registry_refuses_two_of_one_name_and_keeps_its_order():
    with pytest.raises(ValueError, match="Two readers are named 'pdf'"):
        Registry("reader", [Thing("pdf"), Thing("pdf")])
    assert list(Registry("reader", [Thing("b"), Thing("a")])) == ["b", "a"]
    assert "a" not in Registry("reader", [])


def test_every_error_answers_two_on_the_command_line():
    assert issubclass(UnknownName, UsageError)
    assert CorpuskitError("x").exit_code == 2


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device", "/reports"), OSError("labels.parquet: underlying IO error: No space left on device (os error 28)")],
    ids=["of the system", "of a library"],
)
def test_a_full_disk_says_what_is_whole_and_what_to_do(error):
    told = refused(error)
    assert told.startswith("No space left on device")
    assert ("(/reports)" in told) == (error.filename is not None)
    assert "Nothing half-written" in told
    assert "run the same command again" in told


def test_what_the_system_refuses_otherwise_is_said_in_its_words():
    assert refused(PermissionError(13, "Permission denied", "/reports")) == "Permission denied: /reports"
    assert refused(OSError("odd disk")) == "odd disk"
