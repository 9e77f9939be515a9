"""Ids that leave the database are never given again."""

import pytest
from sqlalchemy import Table

from storage.database import Database
from storage.drivers import driver_of
from storage.tables import metadata
from tests.storage.broken_rows import SOUND
from tests.storage.test_constraints import add_pointed_at, another

#: Whose ids stand in messages, buttons, reports or keys.
SHOWN = ["audit", "batch", "brief", "broadcast", "copy", "delivery", "report", "subject"]


async def add(db: Database, table: Table) -> int:
    values = {name: value for name, value in another(table).items() if name != "id"}
    async with db.writing() as tx:
        added = await tx.execute(table.insert().values(values).returning(table.c.id))
        return added.scalar_one()


async def drop(db: Database, table: Table, row_id: int) -> None:
    async with db.writing() as tx:
        await tx.execute(table.delete().where(table.c.id == row_id))


@pytest.mark.parametrize("name", SHOWN)
async def test_the_id_of_what_was_dropped_is_not_given_again(sqlite_db: Database, name: str):
    table = metadata.tables[name]
    await add_pointed_at(sqlite_db, but=name)
    first = await add(sqlite_db, table)
    await drop(sqlite_db, table, first)

    assert await add(sqlite_db, table) > first


@pytest.mark.parametrize("count", [0, 3])
async def test_ids_that_are_taken_ahead_are_nobody_elses(db: Database, count: int):
    delivery = metadata.tables["delivery"]
    before = await add(db, delivery)
    async with db.writing() as tx:
        driver = await driver_of(tx)
        ids = await driver.next_ids("delivery", count)
        for row_id in ids:
            values = SOUND["delivery"] | {"id": row_id, "slot": 100 + row_id}
            await tx.execute(delivery.insert().values(values))
    await drop(db, delivery, before)

    after = await add(db, delivery)

    assert ids == list(range(before + 1, before + 1 + count))
    assert after > before + count


async def test_ids_of_an_empty_table_begin_with_one(db: Database):
    async with db.writing() as tx:
        driver = await driver_of(tx)

        assert await driver.next_ids("delivery", 2) == [1, 2]
