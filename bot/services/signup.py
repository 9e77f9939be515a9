"""Sign up, pause, and come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import DigestSettings
from bot.digest.due import next_slot
from storage import subscribers
from storage.database import Database
from storage.model.subscriber import ChatKind, ChatStatus, Preferences, Subscriber
from storage.transactions import WriteTx


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A chat as its first message shows it."""

    chat_id: int
    kind: ChatKind
    language: str
    thread_id: int | None = None


async def sign_up(
    db: Database, *, who: Newcomer, settings: DigestSettings, now: datetime
) -> tuple[Subscriber, bool]:
    """Return the chat as a subscriber and whether it is new; a blocked one is welcome back."""
    async with db.writing() as tx:
        at = settings.default_time
        preferences = Preferences(language=who.language, times=(at.hour * 60 + at.minute,))
        is_new = await subscribers.add_subscriber(
            tx,
            chat_id=who.chat_id,
            kind=who.kind,
            thread_id=who.thread_id,
            preferences=preferences,
            now=now,
        )
        revived = await subscribers.set_status(
            tx, chat_id=who.chat_id, status=ChatStatus.ACTIVE, now=now
        )
        if is_new or revived:
            await reschedule(tx, chat_id=who.chat_id, settings=settings, now=now)
        await subscribers.mark_seen(tx, chat_id=who.chat_id, now=now)
        found = await subscribers.find_subscriber(tx, chat_id=who.chat_id)
    assert found is not None
    return found, is_new


async def revive(db: Database, *, chat_id: int, settings: DigestSettings, now: datetime) -> bool:
    """Note that a chat can be written to again; return False if it could be all along."""
    async with db.writing() as tx:
        revived = await subscribers.set_status(
            tx, chat_id=chat_id, status=ChatStatus.ACTIVE, now=now
        )
        if revived:
            await reschedule(tx, chat_id=chat_id, settings=settings, now=now)
    return revived


async def reschedule(
    tx: WriteTx, *, chat_id: int, settings: DigestSettings, now: datetime
) -> Subscriber | None:
    """Set a chat's next slot by its preferences, strictly after now; a paused chat has none."""
    found = await subscribers.find_subscriber(tx, chat_id=chat_id)
    if found is None:
        return None
    after = max(now, found.paused_until) if found.paused_until else now
    if found.status is not ChatStatus.ACTIVE or (found.paused and found.paused_until is None):
        await subscribers.set_slot(tx, chat_id=chat_id, due_at=None, number=None)
    else:
        slot = next_slot(
            zone=found.preferences.zone or settings.default_zone,
            times=found.preferences.times,
            days=found.preferences.days,
            after=after,
        )
        await subscribers.set_slot(tx, chat_id=chat_id, due_at=slot.due_at, number=slot.number)
    return await subscribers.find_subscriber(tx, chat_id=chat_id)


async def pause(
    db: Database, *, chat_id: int, days: int | None, settings: DigestSettings, now: datetime
) -> Subscriber | None:
    """Send no digests for so many days, None for as long as the reader is away."""
    until = None if days is None else now + timedelta(days=days)
    async with db.writing() as tx:
        await subscribers.set_pause(tx, chat_id=chat_id, paused=True, until=until)
        return await reschedule(tx, chat_id=chat_id, settings=settings, now=now)


async def resume(
    db: Database, *, chat_id: int, settings: DigestSettings, now: datetime
) -> Subscriber | None:
    """End a pause."""
    async with db.writing() as tx:
        await subscribers.set_pause(tx, chat_id=chat_id, paused=False)
        return await reschedule(tx, chat_id=chat_id, settings=settings, now=now)
