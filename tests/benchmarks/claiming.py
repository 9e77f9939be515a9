"""Claiming sixteen deliveries while a million are open."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from storage import migrate, sending
from storage.database import Database
from storage.drivers import driver_of
from storage.model.delivery import Kind
from storage.model.instants import to_microseconds
from tests.benchmarks.crowds import DUE, THEN
from tests.benchmarks.lines import Line, median, spread
from tests.benchmarks.stores import addresses, fill

OPEN, BATCH, CLAIMS, GROUP = 1_000_000, 50_000, 40, 16
COLUMNS = ("kind", "chat_id", "slot", "ref", "recipe", "due_at", "not_before")


def measure(folder: Path, rounds: int) -> list[Line]:
    lines = []
    with addresses(folder) as stores:
        for kind, address in stores.items():
            fill(address, str(OPEN // 10), "0", "50", "1.0")
            lines.append(asyncio.run(_measure(kind, address, rounds)))
    return lines


async def _measure(kind: str, address: str, rounds: int) -> Line:
    db = Database(address)
    await migrate.check_version(db)
    few = await _claims(db, await _promise(db, 1))
    await _promise(db, 10)
    many = [await _claims(db, None) for _ in range(rounds)]
    await db.close()
    return Line(
        what=f"claiming {GROUP} of {OPEN:,} open, {kind}",
        unit="ms",
        ours=median(many),
        spread=spread(many),
        peers={f"of {OPEN // 10:,} open": few},
        goal="under 1 ms",
        met=median(many) < 1,
        note="without the begin and the commit",
    )


async def _promise(db: Database, each: int) -> None:
    """Promise so many digests to every chat."""
    async with db.reading() as tx:
        driver = await driver_of(tx)
        chats = [row[0] for row in await driver.fetch("SELECT chat_id FROM subscriber ORDER BY 1")]
    due = to_microseconds(DUE)
    first = 0 if each == 1 else 1
    for slot in range(first, each):
        rows = [(int(Kind.DIGEST), chat, slot, 0, b"[]", due + slot, due + slot) for chat in chats]
        async with db.writing() as tx:
            driver = await driver_of(tx)
            await driver.insert("delivery", COLUMNS, rows)
    if not db.is_sqlite:
        async with db.reading() as tx:
            await tx.exec_driver_sql("SELECT 1")


async def _claims(db: Database, _promised: None) -> float:
    """Return how long one claim takes, in the middle of many; nothing is kept."""
    times = []
    for _ in range(CLAIMS):
        try:
            async with db.writing() as tx:
                await driver_of(tx)  # which begins the transaction, on both
                start = time.perf_counter()
                found = await sending.claim(
                    tx, owner="bench", now=THEN, until=THEN + timedelta(minutes=2), limit=GROUP
                )
                times.append((time.perf_counter() - start) * 1000)
                assert len(found) == GROUP
                raise _NotKept
        except _NotKept:
            continue
    return median(times)


class _NotKept(Exception):
    """Ends a transaction without keeping it."""
