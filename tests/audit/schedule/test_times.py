"""When an audit is due: a year of it in a second, clock changes, leap days, month ends."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.audit.schedule import times
from corpuskit.audit.schedule.times import cron_expression, last_moment, moments, next_moment, time_zone
from corpuskit.errors import UsageError

BERLIN, TOKYO, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Australia/Lord_Howe")


def of_2026(expression: str, zone: ZoneInfo) -> list[datetime]:
    start, end = datetime(2026, 1, 1, tzinfo=zone), datetime(2027, 1, 1, tzinfo=zone)
    found = takewhile(lambda moment: moment < end, moments(expression, zone, start - timedelta(seconds=1)))
    return [moment.astimezone(zone) for moment in found]


def test_a_nightly_audit_comes_once_on_the_days_of_both_clock_changes():
    """Europe/Berlin 2026: 29 March has no 02:30, 25 October has two."""
    year = of_2026("30 2 * * *", BERLIN)
    days = [moment.date() for moment in year]
    assert len(days) == len(set(days)) == 365
    odd = [moment.isoformat() for moment in year if (moment.hour, moment.minute) != (2, 30)]
    assert odd == ["2026-03-29T03:00:00+02:00"]
    october = next(moment for moment in year if (moment.month, moment.day) == (10, 25))
    assert october.isoformat() == "2026-10-25T02:30:00+02:00"


def test_tokyo_has_no_clock_change():
    year = of_2026("30 2 * * *", TOKYO)
    assert {moment.astimezone(UTC).strftime("%H:%M") for moment in year} == {"17:30"}
    assert {later - earlier for earlier, later in pairwise(year)} == {timedelta(days=1)}


@pytest.mark.parametrize(("expression", "n"), [("0 6 * * *", 365), ("0 6 * * 1", 52), ("0 6 1 * *", 12), ("0 6 31 * *", 7), ("0 6 L * *", 12)])
@pytest.mark.parametrize("zone", [BERLIN, TOKYO])
def test_a_year_has_so_many_moments(expression, n, zone):
    """2026 begins on a Thursday: 52 Mondays; seven months have 31 days."""
    year = of_2026(expression, zone)
    assert len(year) == n
    assert {moment.hour for moment in year} == {6}


def test_a_leap_day_comes_in_leap_years():
    found = moments("0 6 29 2 *", TOKYO, datetime(2026, 1, 1, tzinfo=UTC))
    assert [next(found).astimezone(TOKYO).date().isoformat() for _ in range(3)] == ["2028-02-29", "2032-02-29", "2036-02-29"]


def test_within_the_hour_that_comes_twice_nothing_comes_again():
    """02:15 for the second time: the 02:30 of the first time lies behind, the next one is tomorrow's."""
    second = datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN, fold=1)
    assert last_moment("30 2 * * *", BERLIN, second).isoformat() == "2026-10-25T00:30:00+00:00"
    assert next_moment("30 2 * * *", BERLIN, second).isoformat() == "2026-10-26T01:30:00+00:00"


EXPRESSIONS = ("30 2 * * *", "0 3 * * 0", "15 1,2,3 * * *", "45 * * * *", "*/20 2 * * *", "0 0 1 * *", "10 */5 * * *", "5 2-3 24-31 3,10 *")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(EXPRESSIONS),
    st.sampled_from([BERLIN, TOKYO, LORD_HOWE]),
    st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)),
)
def test_the_last_moment_is_the_one_before_the_next(expression, zone, naive):
    now = naive.replace(tzinfo=UTC)
    last, following = last_moment(expression, zone, now), next_moment(expression, zone, now)
    assert last <= now < following
    assert next_moment(expression, zone, last) == following, "no moment lies between"
    assert next_moment(expression, zone, last - timedelta(microseconds=1)) == last
    assert last_moment(expression, zone, following) == following


@pytest.mark.parametrize(
    ("every", "at", "expression"),
    [
        ("daily", None, "0 6 * * *"),
        ("weekly", "7:05", "5 7 * * 1"),
        ("monthly", "23:59", "59 23 1 * *"),
        ("  0  6 * * mon ", None, "0 6 * * mon"),
    ],
)
def test_what_is_said_becomes_five_fields(every, at, expression):
    assert cron_expression(every, at) == expression


@pytest.mark.parametrize(
    ("every", "at", "told"),
    [
        ("fortnightly", None, "five cron fields"),
        ("0 6 * * * *", None, "five cron fields"),
        ("@weekly", None, "five cron fields"),
        ("61 6 * * 1", None, "minute"),
        ("0 6 31 2 *", None, "day-of-month"),
        ("0 6 * * 9", None, "day-of-week"),
        ("0 6 * * 1", "06:00", "has its own time"),
        ("weekly", "25:00", "time of day"),
        ("weekly", "6", "time of day"),
        ("", None, "five cron fields"),
    ],
)
def test_what_cannot_be_understood_is_said(every, at, told):
    with pytest.raises(UsageError, match=told):
        cron_expression(every, at)


@pytest.mark.parametrize("name", ["Asia/Tokio", "", "../../etc/passwd", "JST+9\0"])
def test_an_unknown_time_zone_is_refused(name):
    with pytest.raises(UsageError, match=r"time zone .* is not known.*Asia/Tokyo"):
        time_zone(name)


def test_a_machine_that_contradicts_itself_is_told_what_to_do(monkeypatch):
    """As in containers whose /etc/timezone and /etc/localtime differ."""

    def contradicting():
        raise KeyError("Multiple conflicting time zone configurations found")

    monkeypatch.setattr(times, "get_localzone_name", contradicting)
    with pytest.raises(UsageError, match=r"Set the environment variable TZ.*conflicting"):
        time_zone()
    assert time_zone("Asia/Tokyo") == TOKYO


def test_the_zone_of_the_machine_is_the_default(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert time_zone().key == "Asia/Tokyo"
