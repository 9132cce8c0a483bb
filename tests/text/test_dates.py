"""Dates: known days of the calendar reform of eras, and what is no date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.dates import ERAS, find_dates, iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        # the last and the first days of the eras (Cabinet orders of 1926, 1989 and 2019)
        ("明治45年7月29日", "1912-07-29"),
        ("大正元年7月30日", "1912-07-30"),
        ("昭和元年12月25日", "1926-12-25"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成32年3月31日", "2020-03-31"),
        ("令和7年4月1日", "2025-04-01"),
        ("令和７年４月１日", "2025-04-01"),
        ("令和 7 年 4 月 1 日", "2025-04-01"),
        ("令和七年十二月二十五日", "2025-12-25"),
        ("二〇二五年四月一日", "2025-04-01"),
        ("令和7年(2025年)4月1日", "2025-04-01"),
        ("2025年（令和7年）4月1日", "2025-04-01"),
        ("R7.4.1", "2025-04-01"),
        ("H31/4/30", "2019-04-30"),
        ("2025年4月1日", "2025-04-01"),
        ("2025年4月", "2025-04-01"),
        ("2025-04-01", "2025-04-01"),
        ("2025/4/1", "2025-04-01"),
        ("20250401", "2025-04-01"),
        ("1 October 2025", "2025-10-01"),
        ("1st of October 2025", "2025-10-01"),
        ("October 1, 2025", "2025-10-01"),
        ("Oct. 2025", "2025-10-01"),
        ("4-Apr-2024", "2024-04-04"),
        ("13/04/2024", "2024-04-13"),
        ("04/13/2024", "2024-04-13"),
        ("04/04/2024", "2024-04-04"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_day_is_read_in_each_style(written, iso):
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2025-02-30",
        "2023-02-29",
        "2025-13-01",
        "03/04/2024",
        "12025-04-01",
        "9/2025",
        "令和7年",
        "第7条第4項",
        "T25.4.35",
        "v1.2.3",
        "十十年",
        "1800-01-01",
    ],
)
def test_what_is_no_day_or_may_be_two_is_no_date(written):
    assert iso_date(written) == ""


def test_a_month_runs_from_its_first_to_its_last_day():
    (february,) = find_dates("2024年2月現在")
    assert (february.first, february.last, february.start, february.end) == ("2024-02-01", "2024-02-29", 0, 7)


@given(st.dates(min_value=date(2019, 5, 1), max_value=date(2080, 1, 1)))
def test_western_and_japanese_style_agree(day):
    era = f"令和{day.year - 2018}年{day.month}月{day.day}日"
    assert ERAS["令和"] == 2019
    assert (
        iso_date(era)
        == iso_date(f"{day:%Y%m%d}")
        == iso_date(f"{day:%d %B %Y}")
        == iso_date(f"R{day.year - 2018}.{day.month}.{day.day}")
        == day.isoformat()
    )
