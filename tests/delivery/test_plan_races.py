"""What happens between reading a page and keeping it, where others write meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot.crash_points import Point, watched
from bot.delivery.plan import TRIES, PlanReport, plan_due
from storage.database import Database
from storage.errors import Conflict
from storage.model.delivery import DeliveryState, Kind
from storage.tables import delivery, had, subscriber
from tests.delivery.test_plan import RULES, TODAY, add_due, add_wind
from tests.fakes import NOON
from tests.storage.rows import (
    add_brief,
    add_match,
    add_subject,
    claim,
    look,
    look_at,
    promise,
)


@contextmanager
def meanwhile(url: str, work: Callable[[Database], Awaitable[object]], *, times: int = 1):
    """Do some work, so many times, as soon as a page has been read."""
    done = 0

    async def do() -> None:
        other = Database(url)
        try:
            await work(other)
        finally:
            await other.close()

    def on(point: Point) -> None:
        nonlocal done
        if point is Point.PLAN_READ and done < times:
            done += 1
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, do()).result()

    with watched(on):
        yield


async def test_a_digest_that_leaves_meanwhile_is_not_merged(db: Database, database_url: str):
    await add_due(db, await add_wind(db), 1)
    leaving = await promise(db, 1, slot=TODAY - 10_000)

    with meanwhile(database_url, claim):
        report = await plan_due(db, now=NOON, rules=RULES)

    assert report == PlanReport(due=1, promised=1)
    assert (await look_at(db, leaving)).state is DeliveryState.LEASED


async def test_a_brief_that_is_given_meanwhile_does_not_come_twice(
    db: Database, database_url: str
):
    wind = await add_subject(db)
    first, second = await add_brief(db), await add_brief(db)
    await add_match(db, wind, first, second)
    await add_due(db, wind, 1)

    def give(other: Database) -> Awaitable[object]:
        return promise(other, 1, kind=Kind.NOW, slot=0, ref=1, briefs=(first,))

    with meanwhile(database_url, give):
        report = await plan_due(db, now=NOON, rules=RULES)

    given = {row.brief_id: row.delivery_id for row in await look(db, had)}
    assert report.promised == 1
    assert given.keys() == {first, second}
    assert given[first] != given[second]


@pytest.mark.parametrize(("times", "promised"), [(TRIES - 1, 1), (TRIES, 0)])
async def test_a_page_that_keeps_changing_is_read_again_a_few_times(
    db: Database, database_url: str, times: int, promised: int
):
    wind = await add_subject(db)
    briefs = [await add_brief(db, impact=impact) for impact in (9, 8, 7, 6)]
    await add_match(db, wind, *briefs)
    await add_due(db, wind, 1)
    async with db.writing() as tx:
        await tx.execute(subscriber.update().values(minutes=1))
    most_consequential = iter(briefs)

    def give_away(other: Database) -> Awaitable[object]:
        brief_id = next(most_consequential)
        return promise(other, 1, kind=Kind.NOW, slot=0, ref=brief_id, briefs=(brief_id,))

    try:
        with meanwhile(database_url, give_away, times=times):
            await plan_due(db, now=NOON, rules=RULES)
    except Conflict:
        pass

    digests = [row for row in await look(db, delivery) if row.kind == Kind.DIGEST]
    assert len(digests) == promised


async def test_who_stops_meanwhile_is_promised_nothing(db: Database, database_url: str):
    await add_due(db, await add_wind(db), 1, 2)

    async def stop(other: Database) -> None:
        async with other.writing() as tx:
            gone = subscriber.c.chat_id == 1
            await tx.execute(
                subscriber.update().where(gone).values(next_due_at=None, next_slot=None)
            )

    with meanwhile(database_url, stop):
        report = await plan_due(db, now=NOON, rules=RULES)

    assert report == PlanReport(due=1, promised=1)
    assert [row.chat_id for row in await look(db, delivery)] == [2]


async def test_two_planners_at_once_promise_each_digest_once(db: Database, database_url: str):
    await add_due(db, await add_wind(db), *range(1, 8))

    async def plan(other: Database) -> None:
        await plan_due(other, now=NOON, rules=RULES, page=3)

    with meanwhile(database_url, plan):
        report = await plan_due(db, now=NOON, rules=RULES, page=2)

    assert sorted(row.chat_id for row in await look(db, delivery)) == list(range(1, 8))
    assert report.promised == 0
