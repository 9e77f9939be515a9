"""Planning 100 000 digests that are due at once, beside its floor and a naive loop.

The floor reads every follow and writes one plain row a reader, by the driver alone: what the
store costs before anything is chosen. The naive loop asks an ORM for each reader, as most bots
do; it is measured on a few hundred readers.
"""

import asyncio
import shutil
import time
from pathlib import Path

from bot.delivery.choose import Rules
from bot.delivery.plan import plan_due
from bot.runtime.memory import settle
from storage.database import Database
from storage.drivers import driver_of
from tests.benchmarks.crowds import THEN
from tests.benchmarks.lines import Line, median, peak_megabytes, spread
from tests.benchmarks.naive import plan_naively
from tests.benchmarks.stores import addresses, fill

READERS, BRIEFS, PHRASES = 100_000, 300, 5000
DENSE, SPARSE = 1.0, 0.5
NAIVE_READERS = 300
RULES = Rules(default_zone="UTC", keep_seat=True)
#: The goal was set where the floor took this long; another machine has as many times longer.
FLOOR_THERE = {"SQLite": 0.89, "PostgreSQL": 0.81}
GOAL_SECONDS = 3.0


def measure(folder: Path, rounds: int) -> list[Line]:
    lines = []
    with addresses(folder) as stores:
        for kind, address in stores.items():
            fill(address, str(READERS), str(BRIEFS), str(PHRASES), str(DENSE))
            lines += asyncio.run(_measure(kind, address, rounds))
        sparse = f"sqlite:///{folder}/sparse.db"
        fill(sparse, str(READERS), str(BRIEFS), str(PHRASES), str(SPARSE))
        lines.append(asyncio.run(_sparse(sparse, rounds, lines[0].ours)))
    return lines


async def _measure(kind: str, address: str, rounds: int) -> list[Line]:
    settle()
    ours, floors, naives = [], [], []
    before = peak_megabytes()
    memory = 0.0
    for _ in range(rounds):
        await _reset(address)
        ours.append(await _plan(address))
        memory = memory or peak_megabytes()  # the others hold more
        await _reset(address)
        floors.append(await _floor(address))
        naives.append(await plan_naively(address, NAIVE_READERS) * READERS / NAIVE_READERS)
    seconds, floor = median(ours), median(floors)
    most = GOAL_SECONDS / FLOOR_THERE[kind]
    return [
        Line(
            what=f"planning {READERS:,} digests, {kind}",
            unit="s",
            ours=seconds,
            spread=spread(ours),
            peers={"floor": floor, f"ORM loop ({NAIVE_READERS} readers, scaled)": median(naives)},
            goal=f"3 s, where the floor takes {FLOOR_THERE[kind]} s: {most:.1f} × floor",
            met=seconds <= max(GOAL_SECONDS, most * floor),
            note=f"20 follows each, {BRIEFS} briefs",
        ),
        Line(
            what=f"memory of that process, {kind}",
            unit="MB",
            ours=memory,
            peers={"before the first run": before},
            goal="150 MB",
            met=memory <= 150 if before < 150 else None,
        ),
    ]


async def _sparse(address: str, rounds: int, dense: float) -> Line:
    ours = []
    for _ in range(rounds):
        await _reset(address)
        ours.append(await _plan(address))
    return Line(
        what="planning where few follow the same, SQLite",
        unit="s",
        ours=median(ours),
        spread=spread(ours),
        peers={"where many do": dense},
        goal="the same time: within 1.5 times",
        met=median(ours) <= 1.5 * dense,
    )


async def _plan(address: str) -> float:
    db = Database(address)
    start = time.perf_counter()
    report = await plan_due(db, now=THEN, rules=RULES)
    taken = time.perf_counter() - start
    await db.close()
    assert report.due == READERS, report
    return taken


async def _floor(address: str) -> float:
    db = Database(address)
    async with db.writing() as tx:
        driver = await driver_of(tx)
        await tx.exec_driver_sql("CREATE TABLE floor (chat_id BIGINT, slot BIGINT, recipe TEXT)")
        start = time.perf_counter()
        follows = await driver.fetch("SELECT chat_id, subject_id FROM follow ORDER BY 1, 2")
        chats = sorted({row[0] for row in follows})
        rows = [(chat_id, 202611230800, "x" * 120) for chat_id in chats]
        await driver.insert("floor", ("chat_id", "slot", "recipe"), rows)
        taken = time.perf_counter() - start
        await tx.exec_driver_sql("DROP TABLE floor")
    await db.close()
    return taken


async def _reset(address: str) -> None:
    """Let everybody be due again, with a store as it is after a night: nothing is left over."""
    if address.startswith("sqlite"):
        _restore(Path(address.removeprefix("sqlite:///")))
        return
    db = Database(address)
    async with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in (
            "TRUNCATE delivery, had CASCADE",
            "UPDATE subscriber SET next_due_at = 1795420800000000, next_slot = 202611230800,"
            " last_slot_at = NULL",
            "VACUUM FULL ANALYZE subscriber",
        ):
            await connection.exec_driver_sql(statement)
    await db.close()


def _restore(file: Path) -> None:
    """Put the file back as it was when this was first called."""
    kept = file.with_name(file.name + ".kept")
    if not kept.exists():
        shutil.copy(file, kept)
        return
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copy(kept, file)
