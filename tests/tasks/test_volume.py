"""Volume: documents a month with an exact interval, or the reason why not."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.tasks.volume import by_month, day_in_name, rate_interval, volume
from tests.tasks.build import Doc, corpus, said


def dated(days, by="metadata"):
    """One document for each day, dated by its metadata."""
    stats = corpus(*[Doc(f"{place}.txt") for place in range(len(days))])
    documents = stats.documents.with_columns(modified=pl.Series(days), dated_by=pl.lit(by))
    return replace(stats, documents=documents), [f"{place}.txt" for place in range(len(days))]


def of(days, by="metadata"):
    stats, members = dated(days, by)
    return volume("minutes_summary", members, stats)


# Origin: exact (Garwood 1936) 95 % intervals of a Poisson mean as printed in tables: 0: 0 to 3.69, 1: .025 to 5.57, 10: 4.80 to 18.39.
@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [([0, 0], 0.0, 3.689 / 2), ([1], 0.0253, 5.572), ([10], 4.795, 18.390), ([5, 5], 4.795 / 2, 18.390 / 2)],
)
def test_known_intervals(counts, low, high):
    assert rate_interval(counts) == pytest.approx((low, high), abs=2e-3)


def test_uneven_months_widen_the_interval():
    """Variance over mean of 0, 10, 0, 10 is 33.3 / 5, so its 20 documents tell as much as three of a steady flow."""
    even, uneven = rate_interval([5, 5, 5, 5]), rate_interval([0, 10, 0, 10])
    assert uneven[0] < even[0] < even[1] < uneven[1]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=24).filter(any))
def test_the_interval_holds_the_rate(counts):
    low, high = rate_interval(counts)
    assert low <= sum(counts) / len(counts) <= high


def test_more_months_of_the_same_rate_narrow_the_interval():
    short, long = rate_interval([4, 4, 4]), rate_interval([4] * 12)
    assert long[1] - long[0] < short[1] - short[0]


def test_months_without_a_document_count():
    assert by_month(["2024-11", "2025-02", "2025-02"]) == [1, 0, 0, 2]


def test_the_rate_is_documents_over_calendar_months():
    found = of(["2024-01-31", "2024-02-01", "2024-02-15", "2024-02-28", "2024-04-30", "2024-04-30"])
    assert (found.value, found.n, found.unit, found.grade) == (1.5, 6, "documents", "D")
    assert found.interval[0] < 1.5 < found.interval[1]


@pytest.mark.parametrize(
    ("days", "by", "code"),
    [
        (["2024-01-01", "2024-04-01", "2024-08-01", "2024-12-01"], "metadata", "volume_few_dates"),
        (["2024-01-01"] * 3 + ["2024-12-01"] * 3, "file", "volume_few_dates"),
        ([*["2024-01-01", "2024-06-01"] * 3, *[""] * 7], "metadata", "volume_few_dates"),
        (["2024-01-01"] * 3 + ["2024-02-01"] * 9, "metadata", "volume_short_time"),
    ],
)
def test_what_cannot_be_told_is_a_reason(days, by, code):
    found = of(days, by)
    assert (found.value, found.interval) == (None, None)
    assert found.undefined_because.code == code
    assert len(set(said(found.undefined_because))) == 2


def table_with(months):
    stats = corpus(Doc("tickets.csv"))
    return replace(stats, documents=stats.documents.with_columns(row_months=pl.lit(months)))


def test_rows_count_by_their_own_dates():
    found = volume("x", ["tickets.csv"], table_with("2024-01:10 2024-02:20 2024-04:10"), rows=50)
    assert (found.value, found.n, found.unit) == (10.0, 40, "messages")
    assert found.interval == rate_interval([10, 20, 0, 10])


@pytest.mark.parametrize(
    ("months", "rows", "code"),
    [("", 50, "volume_of_rows"), ("2024-01:10 2024-04:10", 50, "volume_few_dates"), ("2024-01:40", 50, "volume_short_time")],
)
def test_rows_without_enough_dates_give_a_reason(months, rows, code):
    assert volume("x", ["tickets.csv"], table_with(months), rows=rows).undefined_because.code == code


def test_only_the_documents_of_the_task_count():
    stats, members = dated(["2024-01-01", "2024-03-01"] * 5)
    assert volume("x", members[:6], stats).value == 2.0


@pytest.mark.parametrize(
    ("document", "day"),
    [
        ("minutes/20230904.txt", "2023-09-04"),
        ("minutes/議事録2023-09-04.docx", "2023-09-04"),
        ("minutes/議事録_2023年09月04日.docx", "2023-09-04"),
        ("minutes-2020/memo-20210208.md", "2021-02-08"),
        ("mtg-202104/memo.md", ""),
        ("mtg-2021-04/memo.md", "2021-04"),
        ("20230904/list.txt", "2023-09-04"),
        ("月報_2025-05.docx", "2025-05"),
        ("part_12023090412.txt", ""),
        ("order_20231345.txt", ""),
        ("tickets_2025.csv", ""),
    ],
)
def test_a_day_in_a_name_is_read_and_a_number_is_not(document, day):
    assert day_in_name(document) == day


def test_a_day_in_the_name_stands_over_the_day_on_which_a_file_was_saved():
    days = [f"2024-{month:02}-01" for month in (1, 2, 3, 4, 5, 6)]
    names = [f"minutes/{day}.txt" for day in days]
    stats = corpus(*[Doc(name) for name in names])
    stats = replace(stats, documents=stats.documents.with_columns(modified=pl.lit("2026-01-01"), dated_by=pl.lit("metadata")))
    assert volume("minutes_summary", names, stats).value == 1.0
