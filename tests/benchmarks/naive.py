"""How a bot plans that asks an ORM for each reader, one transaction each."""

import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import registry

from storage.tables import brief, brief_revision, delivery, follow, had, match, subscriber

MOST_ITEMS = 7


class Reader:
    chat_id: Any
    impact_floor: Any


class FollowRow:
    chat_id: Any
    subject_id: Any
    mode: Any


class MatchRow:
    subject_id: Any
    brief_id: Any


class BriefRow:
    id: Any
    state: Any


class RevisionRow:
    brief_id: Any
    impact: Any


class HadRow:
    chat_id: Any
    brief_id: Any


class DeliveryRow:
    pass


_mappers = registry()
for row, table in (
    (Reader, subscriber),
    (FollowRow, follow),
    (MatchRow, match),
    (BriefRow, brief),
    (RevisionRow, brief_revision),
    (HadRow, had),
    (DeliveryRow, delivery),
):
    _mappers.map_imperatively(row, table)


async def plan_naively(address: str, readers: int) -> float:
    """Return how many seconds the loop takes for so many readers."""
    kind = "sqlite+aiosqlite" if address.startswith("sqlite") else "postgresql+asyncpg"
    engine = create_async_engine(make_url(address).set(drivername=kind))
    sessions = async_sessionmaker(engine)
    async with sessions() as session:
        chats = list(await session.scalars(select(Reader.chat_id).limit(readers)))
    start = time.perf_counter()
    for chat_id in chats:
        async with sessions() as session, session.begin():
            await _plan_one(session, chat_id)
    taken = time.perf_counter() - start
    await engine.dispose()
    return taken


async def _plan_one(session: AsyncSession, chat_id: int) -> None:
    reader = await session.get_one(Reader, chat_id)
    follows = list(await session.scalars(select(FollowRow).where(FollowRow.chat_id == chat_id)))
    seen = set(await session.scalars(select(HadRow.brief_id).where(HadRow.chat_id == chat_id)))
    found = await session.execute(
        select(BriefRow, RevisionRow)
        .join(RevisionRow, RevisionRow.brief_id == BriefRow.id)
        .join(MatchRow, MatchRow.brief_id == BriefRow.id)
        .where(
            MatchRow.subject_id.in_([one.subject_id for one in follows if one.mode == "follow"]),
            RevisionRow.impact >= reader.impact_floor,
        )
        .order_by(RevisionRow.impact.desc(), BriefRow.id)
    )
    chosen: list[int] = []
    for row, _ in found.unique():
        if row.id not in seen and row.id not in chosen and len(chosen) < MOST_ITEMS:
            chosen.append(row.id)
    one = DeliveryRow()
    for name, value in {
        "kind": 1,
        "chat_id": chat_id,
        "slot": 202611230800,
        "ref": 0,
        "recipe": repr(chosen).encode(),
        "due_at": reader.created_at,
        "not_before": reader.created_at,
    }.items():
        setattr(one, name, value)
    session.add(one)
    for brief_id in chosen:
        gave = HadRow()
        gave.chat_id, gave.brief_id, gave.delivery_id = chat_id, brief_id, 0
        session.add(gave)
