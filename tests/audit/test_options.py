"""Options of reports and retention: without a word nothing is removed, and what contradicts itself is refused."""

import pytest
from pydantic import ValidationError

from corpuskit.audit import FORMATS, OutputOptions, RetentionOptions


def test_without_a_word_nothing_is_ever_removed():
    assert not RetentionOptions().any
    assert RetentionOptions(caches_days=1).any


@pytest.mark.parametrize("limits", [{"reports": 3, "records": 3}, {"reports": 2, "records": 3}, {"reports": 9}, {"records": 1}])
def test_records_last_as_long_as_reports(limits):
    assert RetentionOptions(**limits).any


def test_reports_cannot_outlast_the_records_that_name_their_files():
    with pytest.raises(ValidationError, match=r"reports \(4\) cannot be more than records \(3\)"):
        RetentionOptions(reports=4, records=3)


@pytest.mark.parametrize("name", ["reports", "reports_days", "records", "caches_days"])
def test_a_limit_is_at_least_one(name):
    with pytest.raises(ValidationError):
        RetentionOptions(**{name: 0})


def test_all_formats_are_every_one_once():
    assert OutputOptions(formats=["all", "md"]).formats == FORMATS
