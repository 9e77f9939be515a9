"""Many rows at once, past the object layer, in the same words on both databases."""

import pytest

from storage.database import Database
from storage.drivers import Driver, driver_of
from storage.errors import Conflict
from storage.spelling import ROWS_A_STATEMENT
from storage.tables import marker
from tests.storage.rows import look

COLUMNS = ("name", "value", "at", "times")


def make_rows(count: int) -> list[tuple[str, str, int, int]]:
    return [(f"{n:04}", f"value {n}", n, n) for n in range(count)]


async def insert(db: Database, rows: list[tuple[str, str, int, int]]) -> None:
    async with db.writing() as tx:
        await (await driver_of(tx)).insert("marker", COLUMNS, rows)


async def fetch(db: Database, statement: str, *values) -> list[tuple]:
    async with db.reading() as tx:
        driver: Driver = await driver_of(tx)
        return [tuple(row) for row in await driver.fetch(statement, *values)]


MOST, *_ = ROWS_A_STATEMENT


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, 3 * MOST - 1])
async def test_rows_are_inserted_however_many(db: Database, count: int):
    await insert(db, make_rows(count))

    assert [(row.name, row.times) for row in await look(db, marker)] == [
        (f"{n:04}", n) for n in range(count)
    ]


async def test_many_rows_are_found_as_few_are(db: Database):
    await insert(db, [*make_rows(3), ("other", '\U0001f600 \x01 "', 2**62, -1)])

    async with db.reading() as tx:
        driver = await driver_of(tx)
        found = await driver.fetch_many(
            ("m.name", "m.value", "m.at", "CAST(m.times AS REAL) / 2", "NULL"),
            "FROM (SELECT * FROM marker WHERE at <> {1} ORDER BY times LIMIT {2}) m",
            1,
            10,
        )

    assert [list(row) for row in found] == [
        ["other", '\U0001f600 \x01 "', 2**62, -0.5, None],
        ["0000", "value 0", 0, 0.0, None],
        ["0002", "value 2", 2, 1.0, None],
    ]


async def test_a_change_tells_how_many_rows_it_changed(db: Database):
    await insert(db, make_rows(5))

    async with db.writing() as tx:
        driver = await driver_of(tx)
        assert await driver.change("UPDATE marker SET at = 9 WHERE times {ids}", [1, 2, 7]) == 2
        assert await driver.change("DELETE FROM marker WHERE times > {1}", 9) == 0


async def test_rows_are_kept_with_their_transaction(db: Database):
    with pytest.raises(Conflict, match="marker_pk"):
        await insert(db, [*make_rows(3), *make_rows(1)])

    assert await look(db, marker) == []


async def test_values_stand_where_their_numbers_are(db: Database):
    await insert(db, make_rows(5))

    found = await fetch(
        db, "SELECT name FROM marker WHERE times < {2} AND times > {1} ORDER BY name", 1, 4
    )

    assert found == [("0002",), ("0003",)]


@pytest.mark.parametrize(("wanted", "found"), [([1, 3, 9], [1, 3]), ([], [])])
async def test_rows_of_a_list_are_found(db: Database, wanted: list[int], found: list[int]):
    await insert(db, make_rows(5))

    rows = await fetch(db, "SELECT times FROM marker WHERE times {ids} ORDER BY 1", wanted)

    assert rows == [(n,) for n in found]


async def test_each_of_a_list_is_a_row(db: Database):
    rows = await fetch(db, "SELECT one.value FROM {each} ORDER BY 1", [2**62, -1])

    assert rows == [(-1,), (2**62,)]


async def test_values_of_a_group_are_joined(db: Database):
    await insert(db, make_rows(3))

    ((joined,),) = await fetch(db, "SELECT {join(times)} FROM marker")

    assert sorted(joined.split(",")) == ["0", "1", "2"]


async def test_a_group_of_nothing_joins_to_nothing(db: Database):
    assert await fetch(db, "SELECT {join(times)} FROM marker") == [(None,)]


async def test_statements_are_run_in_order_for_each_of_their_rows(db: Database):
    await insert(db, make_rows(3))

    async with db.writing() as tx:
        driver = await driver_of(tx)
        await driver.run(
            ("UPDATE marker SET value = {1} WHERE times = {2}", [("a", 0), ("b", 2)]),
            ("UPDATE marker SET value = value || {1}", [("!",), ("?",)]),
            ("UPDATE marker SET value = {1}", []),
        )

    assert [row.value for row in await look(db, marker)] == ["a!?", "value 1!?", "b!?"]


@pytest.mark.parametrize("count", [0, 1, 700])
async def test_many_rows_are_changed_by_their_own_values(db: Database, count: int):
    await insert(db, make_rows(count + 1))

    async with db.writing() as tx:
        driver = await driver_of(tx)
        changed = await driver.fetch_rows(
            "(number, said) UPDATE marker SET value = v.said, at = {1} FROM v"
            " WHERE marker.times = v.number RETURNING marker.times",
            "it",
            [(n, f"new {n}") for n in range(count)],
            77,
        )

    rows = await fetch(db, "SELECT value, at FROM marker ORDER BY times")
    assert sorted(row[0] for row in changed) == list(range(count))
    assert rows == [*((f"new {n}", 77) for n in range(count)), (f"value {count}", count)]


async def test_bytes_may_be_among_the_values(db: Database):
    async with db.reading() as tx:
        driver = await driver_of(tx)
        found = await driver.fetch_rows(
            "(number, bytes, said) SELECT number, bytes, said FROM v",
            "ibt",
            [(1, b"\x00\xff", None)],
        )

    assert [tuple(row) for row in found] == [(1, b"\x00\xff", None)]
