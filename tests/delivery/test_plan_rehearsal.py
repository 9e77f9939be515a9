"""Rehearsing: what would be sent now, without keeping any of it."""

from bot.delivery.rehearse import rehearse
from storage.database import Database
from storage.tables import delivery, had, subscriber
from tests.delivery.test_plan import RULES, add_due, add_wind
from tests.fakes import NOON
from tests.storage.rows import look


async def test_a_rehearsal_shows_what_would_be_sent(db: Database):
    await add_due(db, await add_wind(db), 1)

    (message,) = await rehearse(db, now=NOON, rules=RULES)

    assert "battery park" in message.body.markup


async def test_a_rehearsal_keeps_nothing(db: Database):
    await add_due(db, await add_wind(db), 1)
    before = await look(db, subscriber)

    await rehearse(db, now=NOON, rules=RULES)

    assert await look(db, subscriber) == before
    assert (await look(db, delivery), await look(db, had)) == ([], [])


async def test_a_rehearsal_shows_no_more_than_asked_for(db: Database):
    await add_due(db, await add_wind(db), 1, 2, 3)

    assert len(await rehearse(db, now=NOON, rules=RULES, most=2)) == 2


async def test_where_nobody_is_due_a_rehearsal_shows_nothing(db: Database):
    assert await rehearse(db, now=NOON, rules=RULES) == []
