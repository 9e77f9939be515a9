"""The ledger apart from sending: promise single messages, cancel, rescue, look."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, case, delete, func, select, union_all, update

from storage.model.delivery import DeliveryId, DeliveryState, Kind
from storage.model.instants import EPOCH
from storage.tables import brief, delivery, delivery_event, had, subscriber
from storage.tables.ledger import IS_HELD, IS_OPEN, IS_PENDING, IS_UNCERTAIN
from storage.transactions import ReadTx, WriteTx
from storage.upsert import insert

#: The kind, in words that are no column: SQLite else takes the index that begins with it, of all
#: that was ever promised, and not the one of what is open.
_NO_INDEX_OF_KIND = delivery.c.kind + 0


class Promise(NamedTuple):
    """One message to be promised; ``slot`` and ``ref`` make its key with kind and chat.

    A digest has its slot number and 0; /digest 0 and the update that asked; an alert 0 and its
    brief; an edit its copy and the number of the change; a notice the brief and the number of the
    change; a broadcast 0 and its id.
    """

    kind: Kind
    chat_id: int
    thread_id: int | None
    slot: int
    ref: int
    recipe: bytes
    due_at: datetime
    briefs: tuple[int, ...] = ()


async def promise(tx: WriteTx, *, one: Promise) -> DeliveryId | None:
    """Promise a message and give its briefs; return None if it was promised before.

    Raises ``Conflict`` on ``had_pk`` if the chat had one of the briefs.
    """
    added = await tx.execute(
        insert(tx, delivery)
        .values(
            kind=int(one.kind),
            chat_id=one.chat_id,
            thread_id=one.thread_id,
            slot=one.slot,
            ref=one.ref,
            recipe=one.recipe,
            due_at=one.due_at,
            not_before=one.due_at,
        )
        .on_conflict_do_nothing(index_elements=["kind", "chat_id", "slot", "ref"])
        .returning(delivery.c.id)
    )
    row = added.first()
    if row is None:
        return None
    if one.briefs:
        rows = [
            {"chat_id": one.chat_id, "brief_id": brief_id, "delivery_id": row.id}
            for brief_id in one.briefs
        ]
        await tx.execute(had.insert(), rows)
    return DeliveryId(row.id)


async def bring_forward(tx: WriteTx, *, chat_id: int, now: datetime) -> bool:
    """Let the digests that a chat is still owed leave first; return False if there are none."""
    waiting = and_(
        IS_OPEN,
        delivery.c.chat_id == chat_id,
        _NO_INDEX_OF_KIND.in_((int(Kind.NOW), int(Kind.DIGEST))),
        delivery.c.due_at <= now,
    )
    found = await tx.execute(select(delivery.c.id).where(waiting).limit(1))
    if found.first() is None:
        return False
    await tx.execute(
        update(delivery)
        .where(waiting, delivery.c.state == DeliveryState.PENDING, delivery.c.doubt == 0)
        .values(not_before=EPOCH)
    )
    return True


async def find_recipe(tx: ReadTx, *, delivery_id: int, chat_id: int) -> bytes | None:
    """Return what a delivery to that chat says, None if there is no such delivery."""
    found = await tx.execute(
        select(delivery.c.recipe).where(
            delivery.c.id == delivery_id, delivery.c.chat_id == chat_id
        )
    )
    row = found.first()
    return row.recipe if row else None


async def cancel_pending(
    tx: WriteTx, *, chat_id: int, now: datetime, note: str
) -> list[DeliveryId]:
    """Cancel what a chat has not been sent and certainly will not be; give its briefs back."""
    ended = await tx.execute(
        update(delivery)
        .where(
            IS_OPEN,
            delivery.c.chat_id == chat_id,
            delivery.c.state == DeliveryState.PENDING,
        )
        .values(state=DeliveryState.CANCELLED, ended_at=now, last_error=note)
        .returning(delivery.c.id)
    )
    ids = [DeliveryId(row.id) for row in ended]
    await give_back(tx, delivery_ids=ids, chat_id=chat_id)
    return ids


async def cancel_leased(
    tx: WriteTx, *, delivery_ids: Collection[int], note: str, now: datetime
) -> None:
    """Cancel deliveries that were claimed but have nothing left to say."""
    await tx.execute(
        update(delivery)
        .where(delivery.c.id.in_(delivery_ids), delivery.c.state == DeliveryState.LEASED)
        .values(state=DeliveryState.CANCELLED, ended_at=now, last_error=note)
    )


async def give_back(
    tx: WriteTx,
    *,
    delivery_ids: Collection[int],
    chat_id: int,
    brief_ids: Collection[int] | None = None,
) -> None:
    """Take back what deliveries did not bring after all, so that it may come again.

    That is everything they gave, or those of it that are in ``brief_ids``. What they gave may be
    older than what the chat's next digest looks back on, so that one looks back so far.
    """
    if not delivery_ids:
        return
    given = delete(had).where(had.c.chat_id == chat_id, had.c.delivery_id.in_(delivery_ids))
    if brief_ids is not None:
        given = given.where(had.c.brief_id.in_(brief_ids))
    freed = [row.brief_id for row in await tx.execute(given.returning(had.c.brief_id))]
    if freed and brief_ids is None:
        await _look_back(tx, chat_id=chat_id, brief_ids=freed)


async def _look_back(tx: WriteTx, *, chat_id: int, brief_ids: Collection[int]) -> None:
    """Have the next digest of a chat look back on briefs."""
    found = await tx.execute(
        select(func.min(brief.c.released_at)).where(brief.c.id.in_(brief_ids))
    )
    first: datetime | None = found.scalar_one()
    if first is not None:
        await tx.execute(
            update(subscriber)
            .where(subscriber.c.chat_id == chat_id, subscriber.c.last_slot_at >= first)
            .values(last_slot_at=first - timedelta(microseconds=1))
        )


async def rescue(
    tx: WriteTx, *, now: datetime, not_before: datetime, owner: str | None = None
) -> tuple[int, int, int]:
    """Take over what a sender left behind: (pending again, to be repeated, held for a word).

    What was only leased is pending again. What was being sent may have arrived: it is repeated
    once, a broadcast or a second doubt is held. With ``owner`` everything else's leases count as
    left behind, which is right only where one sender runs; without it only those that ran out.
    """
    ran_out = delivery.c.lease_until < now if owner is None else delivery.c.lease_owner != owner
    leased = await tx.execute(
        update(delivery)
        .where(IS_HELD, delivery.c.state == DeliveryState.LEASED, ran_out)
        .values(state=DeliveryState.PENDING)
    )
    holds = (delivery.c.doubt > 0) | (delivery.c.kind == int(Kind.BROADCAST))
    edits = delivery.c.kind == int(Kind.EDIT)
    taken = await tx.execute(
        update(delivery)
        .where(IS_HELD, delivery.c.state == DeliveryState.SENDING, ran_out)
        .values(
            state=case(
                (edits, DeliveryState.PENDING.value),
                (holds, DeliveryState.UNCERTAIN.value),
                else_=DeliveryState.PENDING.value,
            ),
            doubt=delivery.c.doubt + 1,
            not_before=not_before,
            last_error="the sender stopped before the answer came",
        )
        .returning(delivery.c.id, delivery.c.state)
    )
    rows = taken.all()
    if rows:
        await tx.execute(
            delivery_event.insert(),
            [
                {
                    "delivery_id": row.id,
                    "at": now,
                    "was": DeliveryState.SENDING,
                    "became": row.state,
                    "who": owner or "rescue",
                    "note": "rescued",
                }
                for row in rows
            ],
        )
    held = sum(1 for row in rows if row.state is DeliveryState.UNCERTAIN)
    return leased.rowcount, len(rows) - held, held


async def count_by_state(tx: ReadTx) -> dict[tuple[Kind, DeliveryState], int]:
    """Return how many deliveries of each kind stand how; this reads the whole ledger."""
    found = await tx.execute(
        select(delivery.c.kind, delivery.c.state, func.count()).group_by(
            delivery.c.kind, delivery.c.state
        )
    )
    return {(Kind(row[0]), DeliveryState(row[1])): row[2] for row in found}


async def count_open(tx: ReadTx) -> dict[tuple[Kind, DeliveryState], int]:
    """Return how many deliveries of each kind wait, are under way or are held for a word.

    It reads none of those that have ended, which is most of a ledger.
    """
    standing = (
        select(delivery.c.kind, delivery.c.state, func.count())
        .where(stands)
        .group_by(_NO_INDEX_OF_KIND, delivery.c.kind, delivery.c.state)
        for stands in (IS_PENDING, IS_HELD, IS_UNCERTAIN)
    )
    found = await tx.execute(union_all(*standing))
    return {(Kind(row[0]), DeliveryState(row[1])): row[2] for row in found}


async def find_oldest_waiting(tx: ReadTx, *, now: datetime) -> datetime | None:
    """Return since when the longest overdue message waits, None if none is overdue."""
    found = await tx.execute(
        select(func.min(delivery.c.not_before)).where(IS_PENDING, delivery.c.not_before <= now)
    )
    oldest: datetime | None = found.scalar_one()
    return oldest


async def hold_open(tx: WriteTx, *, now: datetime, note: str) -> int:
    """Hold messages that have not ended: they may have been sent; return how many there are.

    Edits stay open: one that is made twice does no harm.
    """
    held = and_(IS_OPEN, delivery.c.kind != int(Kind.EDIT))
    found = await tx.execute(select(delivery.c.id, delivery.c.state).where(held))
    rows = [
        {
            "delivery_id": row.id,
            "at": now,
            "was": row.state,
            "became": DeliveryState.UNCERTAIN,
            "who": "restore",
            "note": note,
        }
        for row in found
    ]
    await tx.execute(
        update(delivery)
        .where(held)
        .values(state=DeliveryState.UNCERTAIN, doubt=delivery.c.doubt + 1, last_error=note)
    )
    if rows:
        await tx.execute(delivery_event.insert(), rows)
    return len(rows)
