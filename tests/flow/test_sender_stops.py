"""The sender may stop at any time: what is under way ends, or is found again."""

import asyncio
from sqlite3 import OperationalError

import pytest

from storage.model.delivery import DeliveryState
from tests.flow.desk import open_desk, texts

PENDING, SENDING, SENT = DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


async def test_stopping_waits_for_what_is_under_way(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())
    await desk.gate.holds(1)

    stopping = asyncio.create_task(desk.sender.stop(within_seconds=30))
    await asyncio.sleep(0)
    is_waiting = not stopping.done()
    desk.gate.open.set()
    await asyncio.gather(stopping, draining)

    assert is_waiting
    assert await desk.states([one]) == [SENT]


async def test_after_stopping_nothing_is_begun(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)

    await desk.sender.stop(within_seconds=30)
    await desk.drain()

    assert texts(reader) == []
    assert await desk.states([one]) == [PENDING]


async def test_stopping_begins_nothing_that_was_still_waiting(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1021)]
    due = [await desk.promise_new(reader.id) for reader in readers]
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())
    await desk.gate.holds(8)

    stopping = asyncio.create_task(desk.sender.stop(within_seconds=30))
    await asyncio.sleep(0)
    desk.gate.open.set()
    await asyncio.gather(stopping, draining)

    states = await desk.states(due)
    assert (states.count(SENT), states.count(PENDING)) == (8, 12)


async def test_a_call_that_outlasts_the_stop_stays_in_doubt(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())
    await desk.gate.holds(1)

    async with asyncio.timeout(20):
        await desk.sender.stop(within_seconds=0)
        await draining

    assert await desk.states([one]) == [SENDING]


async def test_g9_what_a_stopped_sender_left_in_doubt_comes_once_more(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())
    await desk.gate.holds(1)
    await desk.sender.stop(within_seconds=0)
    await draining

    async with open_desk(desk.db) as next_desk:
        again = next_desk.playground.person("Reader One", id=reader.id, started=True)
        next_desk.sender._owner = "sender-2"
        found = await next_desk.sender.rescue(alone=True)
        await next_desk.drain(after=59)
        too_early = len(texts(again))
        await next_desk.drain(after=1)

        assert found == (0, 1, 0)
        assert (too_early, len(texts(again))) == (0, 1)
    row = await desk.row(one)
    assert (row.state, row.doubt) == (SENT, 1)


async def test_nothing_is_rescued_where_nothing_was_left(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id)
    await desk.drain()

    assert await desk.sender.rescue(alone=True) == (0, 0, 0)


async def test_what_could_not_be_noted_is_noted_with_the_next(sqlite_db):
    async with open_desk(sqlite_db) as desk:
        reader = await desk.reader()
        one = await desk.promise_new(reader.id)
        desk.gate.open.clear()
        draining = asyncio.create_task(desk.drain())
        await desk.gate.holds(1)
        await fill_the_disk(sqlite_db)
        desk.gate.open.set()
        with pytest.raises(OperationalError):
            await draining
        await empty_the_disk(sqlite_db)

        await desk.drain()

        assert await desk.states([one]) == [SENT]
        assert len(texts(reader)) == 1
        assert desk.finished == [one]


async def test_what_could_not_be_noted_at_the_stop_is_noted_by_stopping_again(sqlite_db):
    async with open_desk(sqlite_db) as desk:
        reader = await desk.reader()
        one = await desk.promise_new(reader.id)
        desk.gate.open.clear()
        draining = asyncio.create_task(desk.drain())
        await desk.gate.holds(1)
        await fill_the_disk(sqlite_db)
        stopping = asyncio.create_task(desk.sender.stop(within_seconds=30))
        await asyncio.sleep(0)
        desk.gate.open.set()
        failed = await asyncio.gather(draining, stopping, return_exceptions=True)
        await empty_the_disk(sqlite_db)

        await desk.sender.stop(within_seconds=30)

        assert [type(error) for error in failed] == [OperationalError, OperationalError]
        assert await desk.states([one]) == [SENT]
        assert desk.finished == [one]


async def fill_the_disk(db):
    """Let nothing be written any more."""
    async with db.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute_fetchall("PRAGMA query_only=ON")


async def empty_the_disk(db):
    """Let things be written again."""
    async with db.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute_fetchall("PRAGMA query_only=OFF")
