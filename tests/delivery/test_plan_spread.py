"""Spreading what is due at one instant: when digests may leave, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.choose import Rules
from bot.delivery.plan import CROWD, plan_due
from bot.digest.recipe import unpack
from storage.database import Database
from storage.tables import delivery, follow, had, subscriber
from tests.delivery.test_plan import TODAY, add_due, add_wind
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import look

RULES = Rules(default_zone="UTC", keep_seat=False, spread_minutes=10)


async def add_crowd(db: Database, count: int) -> None:
    """Add readers who follow the same and are due at noon."""
    await add_due(db, await add_wind(db), 1)
    async with db.writing() as tx:
        for table in (subscriber, follow):
            (row,) = (await tx.execute(select(table))).mappings()
            copies = [dict(row) | {"chat_id": chat_id} for chat_id in range(2, count + 1)]
            await tx.execute(table.insert(), copies)


async def put_off(db: Database) -> dict[int, timedelta]:
    """Return how much later than its time each chat's latest digest may leave."""
    return {
        row.chat_id: row.not_before - row.due_at for row in await look(db, delivery, "slot", "id")
    }


async def test_digests_of_a_crowd_leave_evenly_over_the_minutes(db: Database):
    await add_crowd(db, CROWD + 1)

    await plan_due(db, now=NOON, rules=RULES, page=400)

    later = await put_off(db)
    minutes = [
        sum(m <= one / timedelta(minutes=1) < m + 1 for one in later.values()) for m in range(10)
    ]
    assert sum(minutes) == CROWD + 1
    assert min(minutes) > 60
    assert max(minutes) < 140


async def test_spreading_changes_neither_slots_nor_dates(db: Database):
    await add_crowd(db, CROWD + 1)

    await plan_due(db, now=NOON, rules=RULES)

    rows = await look(db, delivery)
    assert {(row.slot, row.due_at) for row in rows} == {(TODAY, NOON)}
    assert {unpack(row.recipe).day for row in rows} == {NOON.date()}
    assert {row.next_due_at for row in await look(db, subscriber)} == {at(24)}


async def test_a_reader_has_the_same_minute_every_day(db: Database):
    await add_crowd(db, CROWD + 1)
    await plan_due(db, now=NOON, rules=RULES)
    first = await put_off(db)
    async with db.writing() as tx:
        await tx.execute(had.delete())
        await tx.execute(delivery.delete())

    await plan_due(db, now=at(24), rules=RULES)

    assert await put_off(db) == first


@pytest.mark.parametrize(
    ("count", "minutes"),
    [pytest.param(CROWD, 10, id="no crowd"), pytest.param(CROWD + 1, 0, id="not asked for")],
)
async def test_else_all_leave_at_their_time(db: Database, count: int, minutes: int):
    await add_crowd(db, count)
    rules = Rules(default_zone="UTC", keep_seat=False, spread_minutes=minutes)

    await plan_due(db, now=NOON, rules=rules)

    assert set((await put_off(db)).values()) == {timedelta(0)}
