"""What happens between reading a page and keeping it, where others write meanwhile."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.util import await_only

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

#: On SQLite nobody else writes meanwhile.
pytestmark = pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)


@asynccontextmanager
async def meanwhile(
    db: Database, work: Callable[[], Awaitable[object]], *, times: int = 1
) -> AsyncIterator[None]:
    """Do some work, so many times, as soon as a page has been read."""
    seen = 0

    def before(_connection, _cursor, statement: str, *_: object) -> None:
        nonlocal seen
        if statement == "SELECT 1":  # begins each of the two steps on a page
            seen += 1
            if seen % 2 == 0 and seen <= 2 * times:
                await_only(work())

    event.listen(db.engine.sync_engine, "before_cursor_execute", before)
    yield
    event.remove(db.engine.sync_engine, "before_cursor_execute", before)


async def test_a_digest_that_leaves_meanwhile_is_not_merged(db: Database, other_db: Database):
    await add_due(db, await add_wind(db), 1)
    leaving = await promise(db, 1, slot=TODAY - 10_000)

    async with meanwhile(db, lambda: claim(other_db)):
        report = await plan_due(db, now=NOON, rules=RULES)

    assert report == PlanReport(due=1, promised=1)
    assert (await look_at(db, leaving)).state is DeliveryState.LEASED


async def test_a_brief_that_is_given_meanwhile_does_not_come_twice(
    db: Database, other_db: Database
):
    wind = await add_subject(db)
    first, second = await add_brief(db), await add_brief(db)
    await add_match(db, wind, first, second)
    await add_due(db, wind, 1)

    async with meanwhile(
        db, lambda: promise(other_db, 1, kind=Kind.NOW, slot=0, ref=1, briefs=(first,))
    ):
        report = await plan_due(db, now=NOON, rules=RULES)

    given = {row.brief_id: row.delivery_id for row in await look(db, had)}
    assert report.promised == 1
    assert given.keys() == {first, second}
    assert given[first] != given[second]


@pytest.mark.parametrize(("times", "promised"), [(TRIES - 1, 1), (TRIES, 0)])
async def test_a_page_that_keeps_changing_is_read_again_a_few_times(
    db: Database, other_db: Database, times: int, promised: int
):
    wind = await add_subject(db)
    briefs = [await add_brief(db, impact=impact) for impact in (9, 8, 7, 6)]
    await add_match(db, wind, *briefs)
    await add_due(db, wind, 1)
    async with db.writing() as tx:
        await tx.execute(subscriber.update().values(minutes=1))
    most_consequential = iter(briefs)

    def give_away() -> Awaitable[object]:
        brief_id = next(most_consequential)
        return promise(other_db, 1, kind=Kind.NOW, slot=0, ref=brief_id, briefs=(brief_id,))

    try:
        async with meanwhile(db, give_away, times=times):
            await plan_due(db, now=NOON, rules=RULES)
    except Conflict:
        pass

    digests = [row for row in await look(db, delivery) if row.kind == Kind.DIGEST]
    assert len(digests) == promised
