"""When an audit is due: five cron fields in a time zone, by ``cronsim``.

Day and night saving: as Debian's cron does it. A moment that the clock skips in spring is due at the first minute after the gap; one that the clock
shows twice in autumn is due at its first showing. Moments are always given in UTC, whose order no clock change disturbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from tzlocal import get_localzone_name

from corpuskit.errors import UsageError

NAMED = {"daily": "{minute} {hour} * * *", "weekly": "{minute} {hour} * * 1", "monthly": "{minute} {hour} 1 * *"}
"""Weekly is on Monday, monthly on the first day: where a week and a month begin."""
DEFAULT_AT = "06:00"
"""Because the report is then there when people come to work."""
_MARGIN = timedelta(hours=3)
"""``cronsim`` counts in wall-clock time, which a clock change moves by two hours at most: the search begins this much beyond, and skips the rest."""


def cron_expression(every: str, at: str | None = None) -> str:
    """Give the five cron fields of ``daily``, ``weekly``, ``monthly`` at a time of day, or check those that are given.

    Parameters
    ----------
    every : str
        A name, or five fields: minute, hour, day of month, month, day of week.
    at : str, optional
        ``HH:MM`` beside a name; five fields have their own time.

    Raises
    ------
    UsageError
        Neither a name nor five fields, no time of day, or a moment that never comes.
    """
    if every in NAMED:
        hour, minute = _time_of_day(at or DEFAULT_AT)
        return NAMED[every].format(minute=minute, hour=hour)
    if at is not None:
        raise UsageError(f"--at belongs to --every {', '.join(NAMED)}; {every!r} has its own time of day.")
    expression = " ".join(every.split())
    _check(expression)
    return expression


def time_zone(name: str | None = None) -> ZoneInfo:
    """Give a time zone by its name in the IANA database; default: that of this machine.

    Raises
    ------
    UsageError
        There is none of this name, or the machine does not say which it is in.
    """
    wanted = _of_machine() if name is None else name
    try:
        return ZoneInfo(wanted)
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(f"The time zone {wanted!r} is not known. Give --tz a name such as Asia/Tokyo, Europe/Berlin or UTC.") from error


def _of_machine() -> str:
    try:
        return get_localzone_name() or "UTC"
    except (KeyError, ValueError, OSError) as error:
        said = " ".join(str(error).split())
        raise UsageError(
            f"This machine does not say in which time zone it is. Set the environment variable TZ, such as TZ=Asia/Tokyo. ({said})"
        ) from error


def next_moment(expression: str, zone: ZoneInfo, after: datetime) -> datetime:
    """Give the first moment after another, both with a time zone; in UTC."""
    return next(moments(expression, zone, after))


def moments(expression: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Give all moments after another one, in order, each once, in UTC."""
    latest = after.astimezone(UTC)
    for found in CronSim(expression, (latest - _MARGIN).astimezone(zone)):
        moment = found.astimezone(UTC)
        if moment > latest:
            latest = moment
            yield moment


def last_moment(expression: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Give the last moment that is not after ``now``, in UTC."""
    limit = now.astimezone(UTC)
    for found in CronSim(expression, (limit + _MARGIN).replace(microsecond=0).astimezone(zone), reverse=True):
        moment = found.astimezone(UTC)
        if moment <= limit:
            return moment
    raise UsageError(f"{expression!r} never comes before {now.isoformat()}.")


def _time_of_day(at: str) -> tuple[int, int]:
    matched = re.fullmatch(r"(\d{1,2}):(\d{2})", at)
    if matched is None or int(matched[1]) > 23 or int(matched[2]) > 59:
        raise UsageError(f"--at {at}: a time of day such as 06:00 is expected.")
    return int(matched[1]), int(matched[2])


def _check(expression: str) -> None:
    if len(expression.split()) != 5:
        raise UsageError(f"--every {expression!r}: {', '.join(NAMED)}, or five cron fields such as '0 6 * * 1' (minute, hour, day, month, weekday).")
    try:
        next(CronSim(expression, datetime(2000, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        raise UsageError(f"--every {expression!r}: {str(error).replace('Bad', 'not understood or never comes:')}.") from error
    except StopIteration:
        raise UsageError(f"--every {expression!r}: such a day never comes.") from None
