"""When a reader's digest comes: times of day, and the zone they are meant in."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.config import DigestSettings
from bot.errors import Refused
from bot.services.signup import reschedule
from storage import subscribers
from storage.database import Database
from storage.errors import NotFound
from storage.model.subscriber import Preferences, Subscriber

MOST_TIMES = 3
_BETWEEN = re.compile(r"[,;]\s*|\s+(?!(?:am|pm|a\.m\.|p\.m\.))", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


def read_times(typed: str) -> tuple[int, ...]:
    """Return times of day as minutes after midnight, in order; raise ``Refused`` for others.

    "7:30 18:00", "7.30, 18h00", "7 pm" and "19" are understood.
    """
    parts = _BETWEEN.split(typed.strip())
    found = {_read_time(part) for part in parts if part}
    if not found:
        raise Refused("time-none")
    if len(found) > MOST_TIMES:
        raise Refused("time-too-many", most=MOST_TIMES)
    return tuple(sorted(found))


def _read_time(part: str) -> int:
    matched = _TIME.fullmatch(part)
    if matched is None:
        raise Refused("time-unknown", typed=part[:20])
    hour, minute = int(matched[1]), int(matched[2] or 0)
    half = (matched[3] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        raise Refused("time-unknown", typed=part[:20])
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Refused("time-unknown", typed=part[:20])
    return hour * 60 + minute


async def set_times(
    db: Database, *, chat_id: int, times: tuple[int, ...], settings: DigestSettings, now: datetime
) -> Subscriber:
    """Set at which times of day digests come; the next one is strictly after now."""
    return await _change(db, chat_id, lambda old: replace(old, times=times), settings, now)


async def set_zone(
    db: Database, *, chat_id: int, zone: str, settings: DigestSettings, now: datetime
) -> Subscriber:
    """Set the zone in which times are meant."""
    return await _change(db, chat_id, lambda old: replace(old, zone=zone), settings, now)


async def find_reader(db: Database, *, chat_id: int) -> Subscriber:
    """Return the chat as a subscriber, or raise ``Refused`` for one that never signed up."""
    async with db.reading() as tx:
        found = await subscribers.find_subscriber(tx, chat_id=chat_id)
    if found is None:
        raise Refused("start-first")
    return found


async def _change(
    db: Database,
    chat_id: int,
    change: Callable[[Preferences], Preferences],
    settings: DigestSettings,
    now: datetime,
) -> Subscriber:
    async with db.writing() as tx:
        found = await subscribers.find_subscriber(tx, chat_id=chat_id)
        if found is None:
            raise Refused("start-first")
        await subscribers.set_preferences(
            tx, chat_id=chat_id, preferences=change(found.preferences)
        )
        after = await reschedule(tx, chat_id=chat_id, settings=settings, now=now)
    if after is None:
        raise NotFound("subscriber", chat_id)
    return after
