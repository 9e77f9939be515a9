"""Letting go of what is old, a batch a transaction, so that nobody waits behind it."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.model.delivery import OPEN, DeliveryState
from storage.tables import copy, copy_brief, delivery, delivery_event
from storage.transactions import WriteTx

BATCH = 2000


async def drop_copies(tx: WriteTx, *, made_before: datetime) -> int:
    """Forget a batch of copies that are so old; corrections do not reach them any more."""
    old = (
        select(copy.c.id)
        .where(copy.c.made_at < made_before)
        .order_by(copy.c.made_at, copy.c.id)
        .limit(BATCH)
    )
    ids = list((await tx.execute(old)).scalars())
    if ids:
        await tx.execute(delete(copy_brief).where(copy_brief.c.copy_id.in_(ids)))
        await tx.execute(delete(copy).where(copy.c.id.in_(ids)))
    return len(ids)


async def drop_deliveries(tx: WriteTx, *, ended_before: datetime) -> int:
    """Forget a batch of deliveries that ended so long ago, with what happened to them.

    Open ones and uncertain ones stay, however old.
    """
    kept = (*OPEN, DeliveryState.UNCERTAIN)  # one that is sent once more has its end still
    old = (
        select(delivery.c.id)
        .where(delivery.c.ended_at < ended_before, delivery.c.state.not_in(kept))
        .order_by(delivery.c.ended_at, delivery.c.id)
        .limit(BATCH)
    )
    ids = list((await tx.execute(old)).scalars())
    if ids:
        await tx.execute(delete(delivery_event).where(delivery_event.c.delivery_id.in_(ids)))
        await tx.execute(delete(delivery).where(delivery.c.id.in_(ids)))
    return len(ids)
