"""Readers whose digest is due, put into a store that no bot runs on."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.digest.due import Slot, next_slot
from storage import follows, subscribers
from storage.database import Database
from storage.model.subject import EVERYTHING, FollowMode
from storage.model.subscriber import ChatKind, Preferences

EVERY_DAY = 0b1111111


async def add_due_readers(db: Database, chat_ids: Iterable[int], *, due_for: timedelta) -> Slot:
    """Add readers of Everything whose one time a day has been due for so long; return the slot."""
    now = datetime.now(UTC)
    time = now - due_for
    times = (time.hour * 60 + time.minute,)
    slot = next_slot(zone="UTC", times=times, days=EVERY_DAY, after=time - timedelta(minutes=1))
    async with db.writing() as tx:
        for chat_id in chat_ids:
            await subscribers.add_subscriber(
                tx,
                chat_id=chat_id,
                kind=ChatKind.PRIVATE,
                preferences=Preferences(times=times, zone="UTC"),
                now=now - timedelta(days=3),
            )
            await follows.put(
                tx,
                chat_id=chat_id,
                subject_id=EVERYTHING,
                mode=FollowMode.FOLLOW,
                origin="typed",
                now=now,
            )
            await subscribers.set_slot(tx, chat_id=chat_id, due_at=slot.due_at, number=slot.number)
    return slot
