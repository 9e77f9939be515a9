"""Being cancelled in the middle of a transaction: nothing is left half done."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event

from storage import markers
from storage.database import Database
from storage.tables import marker
from tests.fakes import NOON
from tests.storage.rows import look


async def noted(db: Database) -> list[str]:
    return [row.name for row in await look(db, marker)]


@pytest.fixture
async def committing(db: Database) -> AsyncIterator[asyncio.Event]:
    """Set as soon as a commit has begun."""
    begun = asyncio.Event()

    def on_commit(_connection: object) -> None:
        begun.set()

    event.listen(db.engine.sync_engine, "commit", on_commit)
    yield begun
    event.remove(db.engine.sync_engine, "commit", on_commit)


async def note(db: Database, name: str) -> None:
    async with db.writing() as tx:
        await markers.put(tx, name=name, now=NOON)


async def test_being_cancelled_before_the_commit_undoes_everything(db: Database):
    written = asyncio.Event()

    async def work() -> None:
        async with db.writing() as tx:
            await markers.put(tx, name="one", now=NOON)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await written.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await noted(db) == []


@pytest.mark.parametrize("times", [1, 3])
async def test_a_commit_is_not_stopped_by_being_cancelled(
    db: Database, committing: asyncio.Event, times: int
):
    task = asyncio.create_task(note(db, "one"))
    await committing.wait()
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)

    with pytest.raises(asyncio.CancelledError):
        await task

    assert await noted(db) == ["one"]


async def test_who_is_cancelled_while_waiting_for_a_turn_lets_the_next_one_in(db: Database):
    async with db.writing():
        task = asyncio.create_task(note(db, "one"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    await note(db, "two")

    assert await noted(db) == ["two"]


async def test_the_next_writer_comes_in_after_a_cancelled_commit(
    db: Database, committing: asyncio.Event
):
    task = asyncio.create_task(note(db, "one"))
    await committing.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await note(db, "two")

    assert await noted(db) == ["one", "two"]
