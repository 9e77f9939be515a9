"""When a subscriber's next digest is due: the only place where local time is reckoned.

A slot is a local date and a time of day as set. Its instant is that wall time in the reader's
zone with ``fold=0`` (PEP 495): a time that the clocks skip in spring comes later by the gap
(02:30 in Paris at 03:30), a time that they repeat in autumn counts the first time only. A date
that never existed in the zone (30 December 2011 in Apia) has no slot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.clock import zone_of

_DAY = timedelta(days=1)
#: Slots are a week apart at most, two where a weekly one falls on a day that never existed.
_DAYS = 18


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One promised digest: its instant in UTC, and its number ``yyyymmddhhmm``, as set."""

    due_at: datetime
    number: int

    @property
    def day(self) -> date:
        """The local date."""
        return _day_of(self.number)


def next_slot(*, zone: str, times: Sequence[int], days: int, after: datetime) -> Slot:
    """Return the first slot whose instant is later than ``after``.

    ``times`` are minutes after local midnight, at least one; ``days`` has a bit for each day of
    the week, Monday first, at least one set.
    """
    return _next_slot(zone, tuple(times), days, after)


@lru_cache(maxsize=4096)
def _next_slot(zone: str, times: tuple[int, ...], days: int, after: datetime) -> Slot:
    where = zone_of(zone)
    first = after.astimezone(where).date() - 2 * _DAY
    found = [
        slot
        for ahead in range(_DAYS)
        if days >> (day := first + ahead * _DAY).weekday() & 1
        for minutes in times
        if (slot := slot_on(day, minutes, where)) is not None and slot.due_at > after
    ]
    return min(found)


def find_slot(number: int, zone: str) -> Slot | None:
    """Return the slot of a number, None if its date never existed in the zone."""
    return slot_on(_day_of(number), number // 100 % 100 * 60 + number % 100, zone_of(zone))


def slot_on(day: date, minutes: int, where: ZoneInfo) -> Slot | None:
    """Return the slot of a local date and time, None if that date never existed there."""
    due_at = _instant(day, minutes, where)
    if due_at >= _instant(day + _DAY, minutes, where):
        return None
    hour, minute = divmod(minutes, 60)
    number = ((day.year * 100 + day.month) * 100 + day.day) * 10**4 + hour * 100 + minute
    return Slot(due_at, number)


def is_quiet(
    instant: datetime, *, zone: str, quiet_from: int | None, quiet_to: int | None
) -> bool:
    """Tell whether an instant falls into a reader's quiet hours, which may run over midnight."""
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return False
    local = instant.astimezone(zone_of(zone))
    minutes = local.hour * 60 + local.minute
    if quiet_from < quiet_to:
        return quiet_from <= minutes < quiet_to
    return minutes >= quiet_from or minutes < quiet_to


def quiet_ends_at(instant: datetime, *, zone: str, quiet_to: int) -> datetime:
    """Return the first instant after ``instant`` at which quiet hours that end then are over."""
    return next_slot(zone=zone, times=(quiet_to,), days=0b1111111, after=instant).due_at


def _day_of(number: int) -> date:
    return date(number // 10**8, number // 10**6 % 100, number // 10**4 % 100)


def _instant(day: date, minutes: int, where: ZoneInfo) -> datetime:
    hour, minute = divmod(minutes, 60)
    return datetime.combine(day, time(hour, minute), tzinfo=where).astimezone(UTC)
