"""The share of changed documents, and a change as JSON and back."""

import pytest

from corpuskit.report.change import Change, DocumentChanges, DocumentList
from tests.report.sections.test_change import CHANGE


def documents(of_before, new=0, gone=0, changed=0, moved=0):
    numbers = {"new": new, "gone": gone, "changed": changed, "moved": moved, "superseded": 9}
    return DocumentChanges(of_before=of_before, **{name: DocumentList(n=n, names=()) for name, n in numbers.items()})


@pytest.mark.parametrize(("given", "share"), [({"new": 3, "gone": 2, "changed": 5}, 0.1), ({"moved": 50}, 0.0)])
def test_moved_documents_are_no_change(given, share):
    assert documents(100, **given).share == share


def test_nothing_before_has_no_share():
    assert documents(0, new=4).share is None


def test_a_change_survives_json():
    assert Change.model_validate_json(CHANGE.model_dump_json()) == CHANGE
