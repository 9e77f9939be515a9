"""Copies: every message of ours that shows a brief, so that a correction can reach it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row as SqlRow
from sqlalchemy import func, select, tuple_, update

from storage.drivers import driver_of
from storage.model.copies import Copy, CopyId, CopyState
from storage.model.instants import to_microseconds
from storage.tables import copy, copy_brief
from storage.transactions import ReadTx, WriteTx

# "WHERE true" tells SQLite that what follows is no join.
_ADD = (
    "(chat_id, message_id, delivery_id, recipe, view) INSERT INTO copy"
    " (chat_id, message_id, delivery_id, recipe, view, made_at)"
    " SELECT chat_id, message_id, delivery_id, recipe, view, {1} FROM v WHERE true"
    " ON CONFLICT (chat_id, message_id) DO NOTHING RETURNING id, chat_id, message_id"
)


class Made(NamedTuple):
    """A message that was sent and shows briefs."""

    chat_id: int
    message_id: int
    delivery_id: int | None
    recipe: bytes
    view: str
    brief_ids: tuple[int, ...]


async def add_copies(tx: WriteTx, *, made: Sequence[Made], now: datetime) -> list[CopyId]:
    """Note messages that show briefs; return their ids, in order.

    One that is noted already stays as it is: a tap may come before the answer to the call.
    """
    if not made:
        return []
    driver = await driver_of(tx)
    rows = [one[:5] for one in made]
    added = await driver.fetch_rows(_ADD, "iiibt", rows, to_microseconds(now))
    ids = {(chat_id, message_id): CopyId(i) for i, chat_id, message_id in added}
    shows = [
        (brief_id, ids[one[:2]]) for one in made if one[:2] in ids for brief_id in one.brief_ids
    ]
    if shows:
        await driver.insert("copy_brief", ("brief_id", "copy_id"), shows)
    missing = [one[:2] for one in made if one[:2] not in ids]
    if missing:
        ids |= await _find_ids(tx, missing)
    return [ids[one[:2]] for one in made]


async def _find_ids(
    tx: ReadTx, messages: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], CopyId]:
    found = await tx.execute(
        select(copy.c.id, copy.c.chat_id, copy.c.message_id).where(
            tuple_(copy.c.chat_id, copy.c.message_id).in_(messages)
        )
    )
    return {(row.chat_id, row.message_id): CopyId(row.id) for row in found}


async def find_copy(tx: ReadTx, *, chat_id: int, message_id: int) -> Copy | None:
    """Return the copy that a message is, or None if it shows no brief."""
    found = await tx.execute(
        select(copy).where(copy.c.chat_id == chat_id, copy.c.message_id == message_id)
    )
    row = found.first()
    return _copy(row) if row else None


async def list_copies(tx: ReadTx, *, copy_ids: Collection[int]) -> list[Copy]:
    """Return those of the copies that are still kept, by id."""
    found = await tx.execute(select(copy).where(copy.c.id.in_(copy_ids)).order_by(copy.c.id))
    return [_copy(row) for row in found]


async def find_last(tx: ReadTx, *, chat_id: int) -> Copy | None:
    """Return the latest digest that a chat was sent, or None."""
    found = await tx.execute(
        select(copy)
        .where(copy.c.chat_id == chat_id, copy.c.delivery_id.is_not(None))
        .order_by(copy.c.id.desc())
        .limit(1)
    )
    row = found.first()
    return _copy(row) if row else None


async def list_showing(
    tx: ReadTx, *, brief_id: int, after: int = 0, limit: int = 500
) -> list[Copy]:
    """Return one page of the live copies that show a brief, by id."""
    found = await tx.execute(
        select(copy)
        .join(copy_brief, copy_brief.c.copy_id == copy.c.id)
        .where(
            copy_brief.c.brief_id == brief_id,
            copy.c.id > after,
            copy.c.state == CopyState.LIVE,
        )
        .order_by(copy.c.id)
        .limit(limit)
    )
    return [_copy(row) for row in found]


async def count_showing(tx: ReadTx, *, brief_id: int) -> int:
    """Return how many live copies show a brief."""
    found = await tx.execute(
        select(func.count())
        .select_from(copy_brief.join(copy, copy.c.id == copy_brief.c.copy_id))
        .where(copy_brief.c.brief_id == brief_id, copy.c.state == CopyState.LIVE)
    )
    count: int = found.scalar_one()
    return count


async def set_view(
    tx: WriteTx, *, copy_id: CopyId, view: str, now: datetime, shows: Collection[int] = ()
) -> None:
    """Note what a copy is about to show, before its edit; ``shows`` may be briefs new to it."""
    await tx.execute(update(copy).where(copy.c.id == copy_id).values(view=view, edited_at=now))
    known = await tx.execute(select(copy_brief.c.brief_id).where(copy_brief.c.copy_id == copy_id))
    new = set(shows) - {row.brief_id for row in known}
    if new:
        await tx.execute(
            copy_brief.insert(), [{"brief_id": i, "copy_id": copy_id} for i in sorted(new)]
        )


async def set_recipe(tx: WriteTx, *, copy_id: CopyId, recipe: bytes, now: datetime) -> None:
    """Note which revisions a copy shows from now on."""
    await tx.execute(update(copy).where(copy.c.id == copy_id).values(recipe=recipe, edited_at=now))


async def mark_gone(tx: WriteTx, *, copy_id: CopyId) -> None:
    """Note that a copy can no longer be edited."""
    await tx.execute(update(copy).where(copy.c.id == copy_id).values(state=CopyState.GONE))


def _copy(row: SqlRow[Any]) -> Copy:
    return Copy(
        id=CopyId(row.id),
        chat_id=row.chat_id,
        message_id=row.message_id,
        inline_id=row.inline_id,
        delivery_id=row.delivery_id,
        recipe=row.recipe,
        view=row.view,
        state=row.state,
    )
