"""A coded day and how exactly it is known -> the first and the last day on which the event may have been."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from mapper.exports.records import Record, Records

EPOCH = date(1970, 1, 1)


def window(day: str, precision: int | None) -> tuple[date, date]:
    """Return the day itself, the week around it (2), or its month (3), by ACLED's time_precision.

    >>> [day.isoformat() for day in window("2021-08-20", 2)]
    ['2021-08-17', '2021-08-23']
    """
    middle = date.fromisoformat(day)
    if precision == 3:
        return middle.replace(day=1), middle.replace(day=monthrange(middle.year, middle.month)[1])
    reach = timedelta(days=3 if precision == 2 else 0)
    return max(middle, date.min + reach) - reach, min(middle, date.max - reach) + reach


def of_event(event: Record) -> tuple[date, date] | None:
    """Return the first and the last day of an event's record, None where no source states a day."""
    return window(event["event_date"], event["time_precision"]) if event["event_date"] else None


def newest(records: Records) -> date:
    """Return the day of the newest article, for formats that must say when they were made: no clock enters the output.

    Without any dated article it is the first of January 1970, as computers count.
    """
    days = (article["published"] for article in records.articles)
    return max((date.fromisoformat(day) for day in days if day), default=EPOCH)
