"""Batches: documents that came in together, and what was said of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from sqlalchemy import select, update

from storage.tables import batch
from storage.transactions import ReadTx, WriteTx

BatchId = NewType("BatchId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One batch: how it came in, by whom, and where its report stands."""

    id: BatchId
    way: str
    made_by: int | None
    chat_id: int | None
    message_id: int | None
    report: str


async def add_batch(
    tx: WriteTx,
    *,
    way: Literal["cli", "folder", "http", "chat"],
    now: datetime,
    made_by: int | None = None,
    chat_id: int | None = None,
) -> BatchId:
    """Begin a batch."""
    added = await tx.execute(
        batch.insert()
        .values(way=way, made_by=made_by, chat_id=chat_id, made_at=now)
        .returning(batch.c.id)
    )
    return BatchId(added.scalar_one())


async def find_batch(tx: ReadTx, *, batch_id: int) -> Batch | None:
    """Return a batch, or None."""
    found = await tx.execute(select(batch).where(batch.c.id == batch_id))
    row = found.first()
    if row is None:
        return None
    return Batch(
        id=BatchId(row.id),
        way=row.way,
        made_by=row.made_by,
        chat_id=row.chat_id,
        message_id=row.message_id,
        report=row.report,
    )


async def set_report(
    tx: WriteTx, *, batch_id: BatchId, report: str, message_id: int | None = None
) -> None:
    """Keep what was said of a batch, and in which message."""
    await tx.execute(
        update(batch).where(batch.c.id == batch_id).values(report=report, message_id=message_id)
    )
