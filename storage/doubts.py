"""Messages that are held because they may have arrived, and what an owner says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update

from storage.model.delivery import DeliveryId, DeliveryState, Kind
from storage.tables import delivery, delivery_event
from storage.tables.ledger import IS_UNCERTAIN
from storage.transactions import ReadTx, WriteTx


class Word(StrEnum):
    """What an owner may say of a message that is held."""

    ARRIVED = "arrived"
    RESEND = "resend"
    DROP = "drop"


_BECOMES = {
    Word.ARRIVED: DeliveryState.SENT,
    Word.RESEND: DeliveryState.PENDING,
    Word.DROP: DeliveryState.DEAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A message that is held."""

    id: DeliveryId
    kind: Kind
    chat_id: int
    due_at: datetime
    why: str


async def list_doubts(tx: ReadTx, *, limit: int) -> tuple[list[Doubt], int]:
    """Return the messages held longest, by id, and how many there are in all."""
    held = select(delivery).where(IS_UNCERTAIN).order_by(delivery.c.id).limit(limit)
    listed = [
        Doubt(
            id=DeliveryId(row.id),
            kind=Kind(row.kind),
            chat_id=row.chat_id,
            due_at=row.due_at,
            why=row.last_error or "",
        )
        for row in await tx.execute(held)
    ]
    count = await tx.execute(select(func.count()).select_from(delivery).where(IS_UNCERTAIN))
    return listed, count.scalar_one()


async def settle(
    tx: WriteTx, *, delivery_ids: Sequence[int] | None, word: Word, who: str, now: datetime
) -> list[tuple[DeliveryId, int]]:
    """Do as an owner says with what is held, all of it for None; return (id, chat) of each.

    One that is not held any more is left alone, so that two owners who tap at once do it once.
    """
    becomes = _BECOMES[word]
    statement = update(delivery).where(IS_UNCERTAIN)
    if delivery_ids is not None:
        statement = statement.where(delivery.c.id.in_(delivery_ids))
    ends = {"not_before": now} if word is Word.RESEND else {"ended_at": now}
    done = await tx.execute(
        statement.values(state=becomes, last_error=f"{word} by an owner", **ends).returning(
            delivery.c.id, delivery.c.chat_id
        )
    )
    settled = [(DeliveryId(row.id), row.chat_id) for row in done]
    events = [
        {
            "delivery_id": delivery_id,
            "at": now,
            "was": DeliveryState.UNCERTAIN,
            "became": becomes,
            "who": who,
            "note": str(word),
        }
        for delivery_id, _ in settled
    ]
    if events:
        await tx.execute(delivery_event.insert(), events)
    return settled
