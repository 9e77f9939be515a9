"""How far the edits have come that a change of a brief makes of its delivered copies."""

from sqlalchemy import select, update

from storage.model.brief import BriefId
from storage.tables import brief
from storage.transactions import ReadTx, WriteTx


async def start_edits(tx: WriteTx, *, brief_id: BriefId, change: int) -> None:
    """Note that every copy of a brief is to be edited because of a change, by its number."""
    await tx.execute(
        update(brief).where(brief.c.id == brief_id).values(edit_change=change, edit_cursor=0)
    )


async def list_edits(tx: ReadTx) -> list[tuple[BriefId, int, int]]:
    """Return (brief, number of the change, last copy that was seen to) of edits under way."""
    found = await tx.execute(
        select(brief.c.id, brief.c.edit_change, brief.c.edit_cursor)
        .where(brief.c.edit_cursor.is_not(None))
        .order_by(brief.c.edit_cursor, brief.c.id)  # by id alone it would read all briefs
    )
    return sorted((BriefId(row.id), row.edit_change, row.edit_cursor) for row in found)


async def move_edits(tx: WriteTx, *, brief_id: BriefId, change: int, cursor: int | None) -> None:
    """Note how far the edits of a change have come, None when they are all promised."""
    await tx.execute(
        update(brief)
        .where(brief.c.id == brief_id, brief.c.edit_change == change)
        .values(edit_cursor=cursor)
    )
