"""What a chat had: the briefs of its digests and alerts."""

from collections.abc import Collection

from sqlalchemy import func, select

from storage.tables import had
from storage.transactions import ReadTx


async def list_had(tx: ReadTx, *, chat_id: int, brief_ids: Collection[int]) -> set[int]:
    """Return those of the briefs that the chat had."""
    found = await tx.execute(
        select(had.c.brief_id).where(had.c.chat_id == chat_id, had.c.brief_id.in_(brief_ids))
    )
    return {row.brief_id for row in found}


async def count_had(tx: ReadTx, *, chat_id: int) -> int:
    """Return how many briefs the chat had."""
    found = await tx.execute(select(func.count()).where(had.c.chat_id == chat_id))
    count: int = found.scalar_one()
    return count
