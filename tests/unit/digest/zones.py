"""Every change of every clock from 2005 to 2036, and what a wall time there means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

NO_PLACES = {"localtime", "posixrules", "Factory"}
FIRST = datetime(2005, 1, 1, tzinfo=UTC)
LAST = datetime(2037, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """A clock that is put forward or back: the first instant of the new offset, and both."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """What the clock showed when it was changed, and what it shows from then on."""
        naive = self.at.replace(tzinfo=None)
        return naive + self.before, naive + self.after

    @property
    def likeness(self) -> tuple[object, ...]:
        """What changes of different years and places have in common."""
        return self.before, self.after, self.walls[0].time()


def zones() -> list[str]:
    return sorted(available_timezones() - NO_PLACES)


@cache
def changes(zone: str, step: timedelta = timedelta(days=21)) -> tuple[Change, ...]:
    """List a zone's changes, but for two that undo each other within a step."""
    where = ZoneInfo(zone)
    found = []
    before, last = FIRST, _offset(FIRST, where)
    while before < LAST:
        then = before + step
        if (offset := _offset(then, where)) != last:
            found.append(Change(_turning_point(before, then, where), last, offset))
        before, last = then, offset
    return tuple(found)


@cache
def unlike_zones(step: timedelta = timedelta(days=21)) -> dict[tuple[Change, ...], str]:
    """Return one zone for each different history."""
    files = {_file_of(zone): zone for zone in reversed(zones())}
    return {history: zone for zone in files.values() if (history := changes(zone, step))}


def expected(wall: datetime, change: Change, where: ZoneInfo) -> datetime | None:
    """Return when a wall time near a change comes first; later by the gap if it is skipped.

    None if the clocks skip its whole date.
    """
    old, new = change.walls
    midnight = datetime.combine(wall.date(), time())
    if old <= midnight and midnight + DAY <= new:
        return None
    for offset in sorted((change.before, change.after), reverse=True):
        instant = (wall - offset).replace(tzinfo=UTC)
        if instant.astimezone(where).replace(tzinfo=None) == wall:
            return instant
    return (wall - change.before).replace(tzinfo=UTC)


def days_around(change: Change, *, least: int = -1, most: int = 1) -> list[date]:
    """List the dates around a change."""
    day = min(change.walls).date()
    span = (max(change.walls).date() - day).days
    return [day + n * DAY for n in range(least, most + span + 1)]


def middle_minutes(change: Change) -> int:
    """Return the time of day in the middle of what a change skips or repeats."""
    low, high = sorted(change.walls)
    wall = low + (high - low) / 2
    return wall.hour * 60 + wall.minute


def telling_minutes(change: Change) -> list[int]:
    """List the times of day at the borders of what a change skips or repeats, and around."""
    low, high = sorted(change.walls)
    walls = [low - MINUTE, low, high - MINUTE, high]
    return sorted({wall.hour * 60 + wall.minute for wall in walls} | {0, middle_minutes(change)})


def wall_of(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(*divmod(minutes, 60)))


def _file_of(zone: str) -> bytes:
    return resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


def _offset(instant: datetime, where: ZoneInfo) -> timedelta:
    offset = instant.astimezone(where).utcoffset()
    assert offset is not None
    return offset


def _turning_point(low: datetime, high: datetime, where: ZoneInfo) -> datetime:
    old = _offset(low, where)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle, where) == old:
            low = middle
        else:
            high = middle
    return high
