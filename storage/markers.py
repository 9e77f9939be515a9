"""Markers: a handful of facts about the running bot, each under its name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.tables import marker
from storage.transactions import ReadTx, WriteTx
from storage.upsert import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What was noted, when, and how often in all."""

    value: str
    at: datetime
    times: int


async def put(tx: WriteTx, *, name: str, now: datetime, value: str = "") -> None:
    """Note something under its name and count it up."""
    statement = insert(tx, marker).values(name=name, value=value, at=now, times=1)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={
                "value": statement.excluded.value,
                "at": statement.excluded.at,
                "times": marker.c.times + 1,
            },
        )
    )


async def load(tx: ReadTx) -> dict[str, Marker]:
    """Return everything that was noted, by name."""
    found = await tx.execute(select(marker).order_by(marker.c.name))
    return {row.name: Marker(value=row.value, at=row.at, times=row.times) for row in found}
