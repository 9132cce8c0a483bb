import pytest

from corpuskit.ingest.budget import Budget, Spent
from corpuskit.ingest.reader import ReadOptions


def test_files_and_bytes_are_counted_up_to_the_limits():
    budget = Budget(ReadOptions(max_members=3, max_decompressed_bytes=100))
    budget.take(60)
    budget.take(40)
    assert budget.refusal(0) is None
    told = budget.refusal(0)
    assert (told.code, "max_members" in told.reason) == ("too_large", True)


def test_growth_is_bytes_and_no_file():
    budget = Budget(ReadOptions(max_members=1, max_decompressed_bytes=100))
    budget.take(10)
    budget.take(90, files=0)
    with pytest.raises(Spent, match="max_decompressed_bytes"):
        budget.take(1, files=0)


def test_what_is_spent_stays_spent():
    budget = Budget(ReadOptions(max_decompressed_bytes=10))
    with pytest.raises(Spent):
        budget.take(11)
    assert isinstance(budget.refusal(0), Spent)
