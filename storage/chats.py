"""What Telegram says of chats: gone, back, or moved to another id."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, exists, insert, literal, select, update

from storage import deliveries, subscribers
from storage.drivers import driver_of
from storage.model.copies import CopyState
from storage.model.delivery import DeliveryState
from storage.model.subscriber import ChatKind, ChatStatus
from storage.tables import copy, delivery, follow, had, subscriber
from storage.tables.ledger import IS_OPEN
from storage.transactions import WriteTx

#: "Chat not found" may be a cold cache of the server, so it must be said twice so far apart.
NOT_FOUND_TWICE = timedelta(hours=24)


async def mark_gone(tx: WriteTx, *, chat_id: int, status: ChatStatus, now: datetime) -> bool:
    """Note that a chat cannot be written to, and cancel what it was to get.

    Returns whether that is new. A chat that is only not found must be so twice, a day apart.
    """
    if status is ChatStatus.NOT_FOUND and not await _not_found_again(tx, chat_id, now):
        return False
    changed = await subscribers.set_status(tx, chat_id=chat_id, status=status, now=now)
    await deliveries.cancel_pending(tx, chat_id=chat_id, now=now, note=f"chat is {status}")
    return changed


async def mark_found(tx: WriteTx, *, chat_ids: Collection[int]) -> None:
    """Note that chats were written to, so that an earlier "not found" no longer counts."""
    driver = await driver_of(tx)
    await driver.change(
        "UPDATE subscriber SET not_found_at = NULL WHERE chat_id {ids}"
        " AND not_found_at IS NOT NULL",
        list(chat_ids),
    )


async def move(tx: WriteTx, *, old: int, new: int, now: datetime) -> None:
    """Let a group go on as the supergroup that it became, with follows, history and promises.

    The old id stays as one that has moved, for late errors and old links. Messages of the old
    group cannot be edited any more. Doing it again only takes along what came to the old id since.
    """
    # Telegram says it in both chats at once: whoever comes second waits, and finds it done.
    moved = await tx.execute(
        select(subscriber.c.status).where(subscriber.c.chat_id == old).with_for_update()
    )
    row = moved.first()
    if row is None:
        return
    if row.status is not ChatStatus.MIGRATED:
        await _move_subscriber(tx, old=old, new=new, now=now)
    await _move_deliveries(tx, old=old, new=new, now=now)
    for table, key in ((follow, "subject_id"), (had, "brief_id")):
        await _move_rows(tx, table, key, old=old, new=new)
    await tx.execute(update(copy).where(copy.c.chat_id == old).values(state=CopyState.GONE))


async def _move_subscriber(tx: WriteTx, *, old: int, new: int, now: datetime) -> None:
    known = await tx.execute(select(subscriber.c.chat_id).where(subscriber.c.chat_id == new))
    if known.first() is None:
        await _copy_subscriber(tx, old=old, new=new)
    await tx.execute(
        update(subscriber)
        .where(subscriber.c.chat_id == old)
        .values(
            status=ChatStatus.MIGRATED,
            status_at=now,
            migrated_to=new,
            next_due_at=None,
            next_slot=None,
        )
    )


async def _not_found_again(tx: WriteTx, chat_id: int, now: datetime) -> bool:
    found = await tx.execute(
        select(subscriber.c.not_found_at).where(subscriber.c.chat_id == chat_id)
    )
    row = found.first()
    if row is None:
        return False
    if row.not_found_at is None:
        await tx.execute(
            update(subscriber).where(subscriber.c.chat_id == chat_id).values(not_found_at=now)
        )
        return False
    return bool(now - row.not_found_at >= NOT_FOUND_TWICE)


async def _copy_subscriber(tx: WriteTx, *, old: int, new: int) -> None:
    changed = {
        "chat_id": literal(new),
        "kind": literal(ChatKind.SUPERGROUP.value),
        "not_before": literal(0),
    }
    columns: list[Any] = [changed.get(column.name, column) for column in subscriber.c]
    names = [column.name for column in subscriber.c]
    source = select(*columns).where(subscriber.c.chat_id == old)
    await tx.execute(insert(subscriber).from_select(names, source))


async def _move_deliveries(tx: WriteTx, *, old: int, new: int, now: datetime) -> None:
    """Take along what has not ended; cancel what the new chat was promised itself."""
    twin = delivery.alias("twin")
    taken = exists().where(
        twin.c.chat_id == new,
        twin.c.kind == delivery.c.kind,
        twin.c.slot == delivery.c.slot,
        twin.c.ref == delivery.c.ref,
    )
    mine = delivery.c.chat_id == old
    # What is on the wire and taken comes to its own end under the old id.
    ended = await tx.execute(
        update(delivery)
        .where(IS_OPEN, mine, delivery.c.state != DeliveryState.SENDING, taken)
        .values(state=DeliveryState.CANCELLED, ended_at=now, last_error="the chat has moved")
        .returning(delivery.c.id)
    )
    ids = [row.id for row in ended]
    await deliveries.give_back(tx, delivery_ids=ids, chat_id=old)
    await tx.execute(update(delivery).where(IS_OPEN, mine, ~taken).values(chat_id=new))


async def _move_rows(tx: WriteTx, table: Table, key: str, *, old: int, new: int) -> None:
    """Take along the rows whose key the new chat does not have, and drop the others."""
    other = table.alias("other")
    taken = exists().where(other.c.chat_id == new, other.c[key] == table.c[key])
    await tx.execute(delete(table).where(table.c.chat_id == old, taken))
    await tx.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
