"""The first statement of a run fails, then the second, and so on: nothing leaves unmarked."""

from collections import Counter
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.crash_points import Point, watched
from storage.database import Database
from storage.model.delivery import Kind
from tests.faults.checker import gather
from tests.faults.lives import add_promises, add_readers
from tests.storage.rows import add_brief

READERS = range(1001, 1006)
MANY = range(1001, 1151)
MOST_RUNS = 200
ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ONLY_POSTGRES = pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)


class Strike:
    """Strikes the nth time it is asked, once."""

    def __init__(self, nth, strike):
        self._left, self._strike = nth, strike
        self.struck = False

    def __call__(self, connection=None, *_):
        self._left -= 1
        if self._left == 0:
            self.struck = True
            self._strike(connection)


def full(_connection):
    raise OperationalError("COMMIT", {}, Exception("database or disk is full"))


def lose(connection):
    connection.connection.driver_connection.terminate()


def commits(meet_with):
    """Return what lets the nth commit of a life meet with something."""

    @asynccontextmanager
    async def failing(life, nth):
        strike = Strike(nth, meet_with)
        event.listen(life.db.engine.sync_engine, "commit", strike)
        yield strike
        event.remove(life.db.engine.sync_engine, "commit", strike)

    return failing


@asynccontextmanager
async def statements(life, nth):
    """Let SQLite itself break off the nth statement of a life's writer, whoever makes it."""
    broken = []
    strike = Strike(nth, lambda _: broken.append(True))
    async with life.db.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
    await raw.set_trace_callback(strike)
    await raw.set_progress_handler(lambda: broken and broken.pop(), 1)
    yield strike
    with suppress(ValueError):  # a connection whose commit was broken off is not used again
        await raw.set_trace_callback(None)
        await raw.set_progress_handler(None, 1)


def points(point):
    """Return what lets the store be gone when a life reaches a point for the nth time."""

    @asynccontextmanager
    async def failing(life, nth):
        strike = Strike(nth, full)
        with watched(lambda reached: strike() if reached is point else None):
            yield strike

    return failing


async def fail_each(ground, failing, *, readers=READERS):
    """Send a few messages over and over, the nth of something failing; return how often it did."""
    db = Database(ground.url)
    await add_readers(ground, db, readers)
    runs = 0

    async def work(life):
        nonlocal runs
        struck = True
        while struck and runs < MOST_RUNS:
            brief_id = await add_brief(db, headline=f"Island number {runs} runs on tides.")
            await add_promises(db, Kind.DIGEST, readers, [brief_id])
            async with failing(life, runs + 1) as strike:
                await drain_as_ticks_do(life)
            struck = strike.struck
            runs += struck
        await life.send_all()

    assert await ground.live(work)
    evidence = await gather(db, ground.playground.accepted)
    await db.close()
    return runs, evidence


async def drain_as_ticks_do(life):
    """Drain until it succeeds, as the next tick does when one failed."""
    while True:
        try:
            await life.sender.drain()
        except Exception:  # noqa: BLE001 - whatever the store raises
            continue
        return


def count_sent(evidence):
    return Counter((call.chat_id, call.fingerprint) for call in evidence.took)


async def test_g4_a_full_disk_at_any_commit_sends_nothing_twice(ground):
    runs, evidence = await fail_each(ground, commits(full))

    assert 3 <= runs < MOST_RUNS
    assert await ground.faults() == []
    assert {(row.state, row.doubt) for row in evidence.promised} == {("sent", 0)}
    assert set(count_sent(evidence).values()) == {1}


@ONLY_POSTGRES
async def test_g4_a_connection_lost_at_any_commit_sends_nothing_twice(ground):
    runs, evidence = await fail_each(ground, commits(lose))

    assert 3 <= runs < MOST_RUNS
    assert await ground.faults() == []
    assert {(row.state, row.doubt) for row in evidence.promised} == {("sent", 0)}
    assert set(count_sent(evidence).values()) == {1}


@ONLY_SQLITE
async def test_g4_any_statement_that_is_broken_off_sends_nothing_twice(ground):
    runs, evidence = await fail_each(ground, statements, readers=READERS[:2])

    assert 20 <= runs < MOST_RUNS
    assert await ground.faults() == []
    assert {(row.state, row.doubt) for row in evidence.promised} == {("sent", 0)}
    assert set(count_sent(evidence).values()) == {1}


@pytest.mark.parametrize("point", [Point.NOTE_WRITTEN, Point.MARK_WRITTEN])
async def test_g4_a_store_that_goes_before_any_commit_sends_nothing_twice(ground, point):
    _, evidence = await fail_each(ground, points(point))

    assert await ground.faults() == []
    assert {(row.state, row.doubt) for row in evidence.promised} == {("sent", 0)}
    assert set(count_sent(evidence).values()) == {1}


async def test_g4_a_commit_whose_answer_is_lost_leaves_what_it_marked_in_doubt(ground):
    """The marks are kept, and whoever made them does not know: so nobody calls."""
    runs, evidence = await fail_each(ground, points(Point.MARK_COMMITTED))

    assert runs >= 1
    assert await ground.faults() == []
    assert {row.state for row in evidence.promised} == {"sent"}
    assert max(row.doubt for row in evidence.promised) == 1
    assert set(count_sent(evidence).values()) == {1}


@ONLY_SQLITE
async def test_g9_a_disk_that_is_full_for_a_while_loses_nothing(ground):
    db = Database(ground.url)
    await add_readers(ground, db, MANY)
    await add_promises(db, Kind.DIGEST, MANY, [await add_brief(db)])

    async def work(life):
        async with life.db.engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
        await raw.execute_fetchall("PRAGMA max_page_count = 1")  # as many as there are
        refused = [await fails(life.sender.drain) for _ in range(3)]
        sent_meanwhile = ground.playground.accepted.total
        await raw.execute_fetchall("PRAGMA max_page_count = 1000000")
        await life.send_all()
        assert all(refused)
        assert sent_meanwhile < len(MANY)

    assert await ground.live(work)
    evidence = await gather(db, ground.playground.accepted)
    await db.close()
    assert await ground.faults() == []
    assert {(row.state, row.doubt) for row in evidence.promised} == {("sent", 0)}
    assert set(count_sent(evidence).values()) == {1}


async def fails(work, *arguments):
    try:
        await work(*arguments)
    except Exception:  # noqa: BLE001 - whatever the store raises
        return True
    return False
