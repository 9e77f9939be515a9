"""The leadership on PostgreSQL: one at a time, taken over when it is not renewed."""

from datetime import timedelta

import pytest

from storage import leadership
from storage.database import Database

LONG, OVER = timedelta(seconds=60), timedelta(0)

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def hold(db: Database, owner: str, *, lasts: timedelta = LONG) -> int | None:
    async with db.writing() as tx:
        return await leadership.hold(tx, owner=owner, lasts=lasts)


async def test_the_first_who_asks_leads(db):
    assert await hold(db, "one") == 1


async def test_the_leader_keeps_it_by_asking_again(db):
    await hold(db, "one")

    assert await hold(db, "one") == 1


async def test_nobody_else_leads_meanwhile(db):
    await hold(db, "one")

    assert await hold(db, "two") is None


async def test_a_leadership_that_ran_out_is_taken_over(db):
    await hold(db, "one", lasts=OVER)

    assert await hold(db, "two") == 2


async def test_whoever_was_overtaken_does_not_lead(db):
    await hold(db, "one", lasts=OVER)
    await hold(db, "two")

    assert await hold(db, "one") is None


async def test_a_leadership_that_is_given_up_is_free_at_once(db):
    await hold(db, "one")

    async with db.writing() as tx:
        await leadership.let_go(tx, owner="one")

    assert await hold(db, "two") == 2


async def test_nobody_gives_up_what_another_has(db):
    await hold(db, "one")

    async with db.writing() as tx:
        await leadership.let_go(tx, owner="two")

    assert await hold(db, "three") is None
