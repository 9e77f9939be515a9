"""Which slot of a subscriber is due, when its digest may leave, and which slot comes after."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from bot.digest.due import Slot, is_quiet, next_slot, quiet_ends_at
from bot.digest.recipe import Setting, pack_setting
from storage.model.instants import from_microseconds, to_microseconds
from storage.planning import Due
from storage.subscribers import read_times

#: A digest that is planned so much after its time says that it is late.
LATE_AFTER = timedelta(minutes=15)
#: A late digest with the next slot nearer than this is merged into that one.
MERGE_WITHIN = timedelta(hours=2)
_EVERY_DAY = 0b1111111


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The latest slot that is due and the one after; instants in microseconds, as stored."""

    number: int  # of the slot: yyyymmddhhmm
    day_number: int  # days since the year 1
    setting: Setting
    packed: orjson.Fragment  # the setting, as a recipe keeps it
    slot_at: int
    starts_at: int | None  # when the digest may leave; None if it is merged into the next one
    spread_seconds: int  # so much later than that it may be put off; 0 for not at all
    is_silent: bool
    next_at: int
    next_number: int


class Timings:
    """The timings of many subscribers: those who share a slot share one.

    Digests that are due at a ``crowded`` instant, given in microseconds, may be put off by less
    than ``spread_seconds``.
    """

    def __init__(
        self,
        *,
        now: datetime,
        default_zone: str,
        spread_seconds: int = 0,
        crowded: Set[int] = frozenset(),
    ) -> None:
        self._now = now
        self._default_zone = default_zone
        self._spread_seconds = spread_seconds
        self._crowded = crowded
        self._found: dict[tuple[object, ...], Timing] = {}

    def of(self, due: Due) -> Timing:
        """Return the timing of a due subscriber."""
        key = (
            due.next_due_at,
            due.next_slot,
            due.zone,
            due.times,
            due.days,
            due.quiet_from,
            due.quiet_to,
        )
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._read(due)
        return found

    def _read(self, due: Due) -> Timing:
        zone = due.zone or self._default_zone
        times = read_times(due.times)
        slot = first = Slot(from_microseconds(due.next_due_at), due.next_slot)
        then = next_slot(zone=zone, times=times, days=due.days, after=slot.due_at)
        while then.due_at <= self._now:
            slot = then
            then = next_slot(zone=zone, times=times, days=due.days, after=slot.due_at)
        is_late = self._now - first.due_at > LATE_AFTER
        starts_at = self._leaves_late_at(due, zone, then) if is_late else slot.due_at
        setting = Setting(zone, slot.day, then.due_at, first.due_at if is_late else None)
        return Timing(
            number=slot.number,
            day_number=slot.day.toordinal(),
            setting=setting,
            packed=pack_setting(setting),
            slot_at=to_microseconds(slot.due_at),
            starts_at=None if starts_at is None else to_microseconds(starts_at),
            spread_seconds=0 if is_late else self._spread_over(due, zone, slot, then),
            is_silent=due.zone is None or _is_quiet(due, zone, slot.due_at),
            next_at=to_microseconds(then.due_at),
            next_number=then.number,
        )

    def _leaves_late_at(self, due: Due, zone: str, then: Slot) -> datetime | None:
        starts_at = self._now
        if due.quiet_to is not None and _is_quiet(due, zone, starts_at):
            starts_at = quiet_ends_at(starts_at, zone=zone, quiet_to=due.quiet_to)
        return starts_at if then.due_at - starts_at >= MERGE_WITHIN else None

    def _spread_over(self, due: Due, zone: str, slot: Slot, then: Slot) -> int:
        """Return for how long a digest may be put off: less where its reader's quiet begins.

        Before a near slot not at all, since a digest that still waits then would be merged.
        """
        if to_microseconds(slot.due_at) not in self._crowded:
            return 0
        if then.due_at - slot.due_at < MERGE_WITHIN:
            return 0
        if due.quiet_from is None or _is_quiet(due, zone, slot.due_at):
            return self._spread_seconds
        quiet = next_slot(
            zone=zone, times=(due.quiet_from,), days=_EVERY_DAY, after=slot.due_at
        ).due_at
        if not _is_quiet(due, zone, quiet):  # they begin and end at once
            return self._spread_seconds
        return min(self._spread_seconds, int((quiet - slot.due_at).total_seconds()))


def _is_quiet(due: Due, zone: str, instant: datetime) -> bool:
    return is_quiet(instant, zone=zone, quiet_from=due.quiet_from, quiet_to=due.quiet_to)
