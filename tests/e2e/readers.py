"""Readers whose digest is due, put into a store; and who of them has been sent one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.digest.due import Slot, next_slot
from bot.playground.journal import Accepted
from storage import follows, subscribers
from storage.database import Database
from storage.model.instants import EPOCH
from storage.model.subject import EVERYTHING, FollowMode
from storage.model.subscriber import ChatKind, Preferences
from storage.tables import delivery
from tests.e2e.processes import DEADLINE_SECONDS

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


def sent_to(chat_ids: Iterable[int], hooks: list[Callable[[Accepted], None]]) -> Awaitable[object]:
    """Return what ends when each of the chats has been sent something from now on."""
    missing = set(chat_ids)
    done = asyncio.Event()

    def hook(accepted: Accepted) -> None:
        missing.discard(accepted.chat_id)
        if not missing:
            done.set()

    hooks.append(hook)
    if not missing:
        done.set()
    return asyncio.wait_for(done.wait(), DEADLINE_SECONDS)


async def chats_in_doubt(store: Database) -> set[int]:
    """Return the chats that may be sent something once more."""
    async with store.reading() as tx:
        rows = await tx.execute(select(delivery.c.chat_id).where(delivery.c.doubt > 0))
        return {row.chat_id for row in rows}


async def end_the_minute_of_doubt(store: Database) -> None:
    """Let what is to be repeated be due now, not a minute after the start."""
    async with store.writing() as tx:
        await tx.execute(update(delivery).values(not_before=EPOCH).where(delivery.c.doubt > 0))
