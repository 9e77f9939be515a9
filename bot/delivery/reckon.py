"""Coming slots, reckoned anew where the rules of time zones or the machine's clock have changed.

The instant of a slot is kept beside its local date and time, so that an index finds what is due.
New rules of a zone, or another default zone, leave that instant as it was: a digest would come at
the old hour once more, a weekly one up to a week later. And where the clock was ahead for a while,
slots were moved on: by a year, if it was a year ahead, and nobody would get a digest for a year.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.metadata import version

from bot.crash_points import Point, reach
from bot.digest.due import Slot, find_slot, next_slot
from storage import clocks, markers, slots
from storage.database import Database
from storage.slots import ComingSlot
from storage.subscribers import read_times

log = logging.getLogger(__name__)

PAGE = 1000
#: Clocks are put forward or back by less. A slot that new rules put so far into the past is still
#: the reader's next one, and comes late.
MOST_SHIFTED = timedelta(hours=3)
_MARKER = "zones"


async def reckon_anew(
    db: Database,
    *,
    default_zone: str,
    now: datetime,
    was_set_back: bool = False,
    page_size: int = PAGE,
) -> int:
    """Set the instants of all coming slots anew if need be; return how many moved.

    So it is if the rules are others than the last time, if the clock ``was_set_back``, or if the
    store has notes from the future, which tell the same; what else was put off then is brought
    back too. A page of readers is a transaction. What was not reached before the end of the
    process is done by the next one: that the rules are obeyed is noted last.
    """
    rules = f"tzdata {version('tzdata')}, {default_zone}"
    async with db.reading() as tx:
        known = (await markers.load(tx)).get(_MARKER)
        was_ahead = was_set_back or await clocks.was_ahead(tx, now=now)
    if was_ahead:
        async with db.writing() as tx:
            count = await clocks.bring_back(tx, now=now)
            await markers.put(tx, name=_MARKER, now=now)  # until all slots are reckoned
        log.warning("the clock was ahead", extra={"event": "clock.ahead", "count": count})
    elif known is not None and known.value == rules:
        return 0
    after: int | None = None
    moved = 0
    while True:
        async with db.writing() as tx:
            page = await slots.list_slots(tx, after=after, limit=page_size)
            if not page:
                await markers.put(tx, name=_MARKER, now=now, value=rules)
                break
            # A thread, so that people are answered meanwhile.
            changed = await asyncio.to_thread(_reckon_page, page, default_zone, now)
            await slots.set_slots(tx, slots=changed)
        reach(Point.SLOTS_COMMITTED)
        after = page[-1].chat_id
        moved += len(changed)
    if moved:
        log.info("slots reckoned anew", extra={"event": "slots.reckoned", "count": moved})
    return moved


def _reckon_page(
    page: Sequence[ComingSlot], default_zone: str, now: datetime
) -> list[tuple[int, datetime, int]]:
    """Return the slots that are others now; what cannot be reckoned stays, and stops no other."""
    changed = []
    for one in page:
        try:
            slot = _reckon(one, default_zone, now)
        except (ValueError, OverflowError):
            log.exception("a slot cannot be reckoned", extra={"event": "slots.unreadable"})
            continue
        if (one.due_at, one.number) != (slot.due_at, slot.number):
            changed.append((one.chat_id, slot.due_at, slot.number))
    return changed


def _reckon(one: ComingSlot, default_zone: str, now: datetime) -> Slot:
    """Return the same slot by the rules of today, unless it is long over or not the next one."""
    zone = one.zone or default_zone
    slot = find_slot(one.number, zone)
    if slot is not None and one.due_at <= now:
        return slot
    after = max(now, one.paused_until) if one.paused_until else now
    following = next_slot(zone=zone, times=read_times(one.times), days=one.days, after=after)
    if slot is None or slot.due_at <= now - MOST_SHIFTED:
        return following
    return min(slot, following)
