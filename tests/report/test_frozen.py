"""What stands in a report cannot be changed, and takes nothing that the contract does not name."""

import pytest
from pydantic import ValidationError

from corpuskit.report.contract import SkippedFile


def test_a_model_cannot_be_changed_and_refuses_unknown_keys():
    skipped = SkippedFile(path="a.pdf", code="broken", reason="cut off")
    with pytest.raises(ValidationError, match="frozen"):
        skipped.path = "b.pdf"
    with pytest.raises(ValidationError, match="Extra inputs"):
        SkippedFile(path="a.pdf", code="broken", reason="cut off", size=3)
