"""Subscribers: sign up, preferences, what keeps a chat from being written to, and leaving."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from storage.model.instants import EPOCH
from storage.model.subscriber import ChatKind, ChatStatus, Preferences, Subscriber
from storage.tables import delivery, subscriber
from storage.tables.ledger import IS_OPEN
from storage.transactions import ReadTx, WriteTx
from storage.upsert import insert


async def find_subscriber(tx: ReadTx, *, chat_id: int) -> Subscriber | None:
    """Return the chat, or None if the bot does not know it."""
    found = await tx.execute(select(subscriber).where(subscriber.c.chat_id == chat_id))
    row = found.first()
    return _subscriber(row) if row else None


async def add_subscriber(
    tx: WriteTx,
    *,
    chat_id: int,
    kind: ChatKind,
    preferences: Preferences,
    now: datetime,
    thread_id: int | None = None,
) -> bool:
    """Add a chat that can be written to; return False if it was known, and leave it as it is."""
    done = await tx.execute(
        insert(tx, subscriber)
        .values(
            chat_id=chat_id,
            kind=kind,
            thread_id=thread_id,
            status=ChatStatus.ACTIVE,
            status_at=now,
            not_before=EPOCH,
            paused=False,
            created_at=now,
            seen_at=now,
            **_columns(preferences),
        )
        .on_conflict_do_nothing()
    )
    return done.rowcount == 1


async def set_preferences(tx: WriteTx, *, chat_id: int, preferences: Preferences) -> None:
    """Change how a chat wants its digest; the slot is set apart."""
    await tx.execute(
        update(subscriber).where(subscriber.c.chat_id == chat_id).values(**_columns(preferences))
    )


async def set_slot(
    tx: WriteTx, *, chat_id: int, due_at: datetime | None, number: int | None
) -> None:
    """Set when the next digest of a chat is due; None for never."""
    await tx.execute(
        update(subscriber)
        .where(subscriber.c.chat_id == chat_id)
        .values(next_due_at=due_at, next_slot=number)
    )


async def set_pause(
    tx: WriteTx, *, chat_id: int, paused: bool, until: datetime | None = None
) -> None:
    """Pause a chat, until an instant or until it is back, or end the pause."""
    await tx.execute(
        update(subscriber)
        .where(subscriber.c.chat_id == chat_id)
        .values(paused=paused, paused_until=until)
    )


async def set_status(tx: WriteTx, *, chat_id: int, status: ChatStatus, now: datetime) -> bool:
    """Note whether a chat can be written to; return whether that is new.

    A chat that cannot has no next slot; a ban is lifted by ``unban`` alone.
    """
    values: dict[str, Any] = {"status": status, "status_at": now}
    if status is not ChatStatus.ACTIVE:
        values.update(next_due_at=None, next_slot=None)
    done = await tx.execute(
        update(subscriber)
        .where(
            subscriber.c.chat_id == chat_id,
            subscriber.c.status != status,
            subscriber.c.status != ChatStatus.BANNED,
        )
        .values(values)
    )
    return done.rowcount == 1


async def hold_until(tx: WriteTx, *, chat_id: int, instant: datetime) -> None:
    """Send nothing to a chat before an instant; an earlier one changes nothing."""
    await tx.execute(
        update(subscriber)
        .where(subscriber.c.chat_id == chat_id, subscriber.c.not_before < instant)
        .values(not_before=instant)
    )


async def drop_thread(tx: WriteTx, *, chat_id: int) -> None:
    """Write to the general topic of a forum from now on, what is promised already included."""
    await tx.execute(
        update(subscriber).where(subscriber.c.chat_id == chat_id).values(thread_id=None)
    )
    await tx.execute(
        update(delivery).where(IS_OPEN, delivery.c.chat_id == chat_id).values(thread_id=None)
    )


async def mark_seen(tx: WriteTx, *, chat_id: int, now: datetime) -> None:
    """Note that somebody in the chat used the bot."""
    await tx.execute(update(subscriber).where(subscriber.c.chat_id == chat_id).values(seen_at=now))


async def mark_answered(tx: WriteTx, *, chat_id: int, now: datetime) -> None:
    """Note that a new reader's first digest has been given, if it has not been noted."""
    await tx.execute(
        update(subscriber)
        .where(subscriber.c.chat_id == chat_id, subscriber.c.first_slot_at.is_(None))
        .values(first_slot_at=now)
    )


async def count_by_status(tx: ReadTx) -> dict[ChatStatus, int]:
    """Return how many chats stand how."""
    found = await tx.execute(
        select(subscriber.c.status, func.count()).group_by(subscriber.c.status)
    )
    return {ChatStatus(row[0]): row[1] for row in found}


async def find_next_due_at(tx: ReadTx) -> datetime | None:
    """Return the earliest instant at which any digest is due, None if none is."""
    found = await tx.execute(
        select(subscriber.c.next_due_at)
        .where(subscriber.c.next_due_at.is_not(None))
        .order_by(subscriber.c.next_due_at)
        .limit(1)
    )
    row = found.first()
    return row.next_due_at if row else None


async def drop_subscriber(tx: WriteTx, *, chat_id: int) -> None:
    """Remove a chat and, by the schema, what hangs on it."""
    await tx.execute(delete(subscriber).where(subscriber.c.chat_id == chat_id))


def _columns(preferences: Preferences) -> dict[str, Any]:
    return {
        "language": preferences.language,
        "zone": preferences.zone,
        "times": ",".join(map(str, preferences.times)),
        "days": preferences.days,
        "impact_floor": preferences.impact_floor,
        "confidence_floor": preferences.confidence_floor,
        "minutes": preferences.minutes,
        "style": preferences.style,
        "alert_impact": preferences.alert_impact,
        "alert_confidence": preferences.alert_confidence,
        "alerts_per_week": preferences.alerts_per_week,
        "quiet_from": preferences.quiet_from,
        "quiet_to": preferences.quiet_to,
    }


def read_times(kept: str) -> tuple[int, ...]:
    """Return times of day as minutes after midnight, from the form in which they are kept."""
    return tuple(map(int, kept.split(",")))


def _subscriber(row: Any) -> Subscriber:
    return Subscriber(
        chat_id=row.chat_id,
        kind=row.kind,
        status=row.status,
        thread_id=row.thread_id,
        preferences=Preferences(
            language=row.language,
            zone=row.zone,
            times=read_times(row.times),
            days=row.days,
            impact_floor=row.impact_floor,
            confidence_floor=row.confidence_floor,
            minutes=row.minutes,
            style=row.style,
            alert_impact=row.alert_impact,
            alert_confidence=row.alert_confidence,
            alerts_per_week=row.alerts_per_week,
            quiet_from=row.quiet_from,
            quiet_to=row.quiet_to,
        ),
        created_at=row.created_at,
        next_due_at=row.next_due_at,
        next_slot=row.next_slot,
        last_slot_at=row.last_slot_at,
        first_slot_at=row.first_slot_at,
        paused_until=row.paused_until,
        paused=row.paused,
    )
