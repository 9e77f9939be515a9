"""Ten thousand digests due in one second: one tick, beside one APScheduler job a reader."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import SystemClock
from bot.delivery.choose import Rules
from bot.delivery.plan import plan_due
from storage.database import Database
from tests.benchmarks.crowds import THEN
from tests.benchmarks.lines import Line
from tests.benchmarks.stores import fill

READERS = 10_000


def measure(folder: Path, rounds: int) -> list[Line]:
    del rounds
    address = f"sqlite:///{folder}/bench.db"
    fill(address, str(READERS), "100", "1000", "1.0")
    fired, seconds, looked = asyncio.run(_tick(address))
    jobs_fired, start_up = asyncio.run(_jobs())
    return [
        Line(
            what=f"digests found of {READERS:,} due in one second",
            unit="digests",
            ours=fired,
            peers={"a job a reader, defaults": jobs_fired},
            goal="none missed",
            met=fired == READERS,
            note=f"found and promised in {seconds:.2f} s",
        ),
        Line(
            what="until a start knows what is due",
            unit="s",
            ours=looked,
            peers={"a job a reader": start_up},
            goal="the same for any number",
            met=looked < 0.1,
        ),
    ]


async def _tick(address: str) -> tuple[int, float, float]:
    start = time.perf_counter()
    db = Database(address)
    rules = Rules(default_zone="UTC", keep_seat=True)
    await plan_due(db, now=THEN - timedelta(days=1), rules=rules)
    looked = time.perf_counter() - start
    start = time.perf_counter()
    report = await plan_due(db, now=THEN, rules=rules)
    taken = time.perf_counter() - start
    await db.close()
    return report.due, taken, looked


async def _jobs() -> tuple[int, float]:
    """Return how many of the jobs ran, and how long adding them took."""
    fired = 0
    all_over = asyncio.Event()

    async def fire() -> None:
        nonlocal fired
        fired += 1

    scheduler = AsyncIOScheduler(timezone="UTC")
    at = SystemClock().now() + timedelta(seconds=6)
    start = time.perf_counter()
    for _ in range(READERS):
        scheduler.add_job(fire, DateTrigger(at))
    scheduler.start()
    start_up = time.perf_counter() - start
    scheduler.add_job(all_over.set, DateTrigger(at + timedelta(seconds=8)), misfire_grace_time=60)
    await all_over.wait()
    scheduler.shutdown(wait=False)
    return fired, start_up
