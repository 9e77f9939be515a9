"""A brief on its way: which moves are made, and the edits that a change sets off."""

from itertools import product

import pytest

from storage import batches, briefs, edits
from storage.batches import Batch
from storage.database import Database
from storage.model.brief import MOVES, BriefState
from storage.tables import brief
from tests.factories import at
from tests.storage.rows import add_brief, look

EVERY_MOVE = list(product(BriefState, BriefState))
ALLOWED = [(was, to) for was, to in EVERY_MOVE if to in MOVES[was]]


async def move(db: Database, brief_id: int, to: BriefState, **more) -> bool:
    async with db.writing() as tx:
        return await briefs.move(tx, brief_id=brief_id, to=to, at=at(1), **more)


async def test_a_brief_makes_the_moves_that_are_allowed_alone(db: Database):
    ids = {}
    for was, to in EVERY_MOVE:
        ids[was, to] = await add_brief(db, state=was, columns={"scheduled_for": at(2)})

    moved = [pair for pair, brief_id in ids.items() if await move(db, brief_id, pair[1])]

    assert moved == ALLOWED
    states = {row.id: row.state for row in await look(db, brief)}
    assert {pair: states[i] for pair, i in ids.items()} == {
        (was, to): to if (was, to) in ALLOWED else was for was, to in EVERY_MOVE
    }


def test_there_is_a_rule_for_every_state():
    assert set(MOVES) == set(BriefState)


def test_a_retracted_brief_stays_retracted():
    assert not MOVES[BriefState.RETRACTED]


async def test_a_release_is_dated(db: Database):
    brief_id = await add_brief(db, state=BriefState.QUEUED)

    await move(db, brief_id, BriefState.RELEASED)

    (row,) = await look(db, brief)
    assert (row.released_at, row.retracted_at) == (at(1), None)


async def test_a_retraction_is_dated_with_its_reason(db: Database):
    brief_id = await add_brief(db, released_at=at(-3))

    await move(db, brief_id, BriefState.RETRACTED, retract_reason="Wrong figures.")

    (row,) = await look(db, brief)
    assert (row.released_at, row.retracted_at) == (at(-3), at(1))
    assert row.retract_reason == "Wrong figures."


async def test_a_brief_that_is_not_there_does_not_move(db: Database):
    assert not await move(db, 1, BriefState.RELEASED)


async def test_edits_of_a_change_are_under_way_from_the_first_copy(db: Database):
    first, _, third = [await add_brief(db) for _ in range(3)]
    async with db.writing() as tx:
        await edits.start_edits(tx, brief_id=third, change=2)
        await edits.start_edits(tx, brief_id=first, change=1)

        assert await edits.list_edits(tx) == [(first, 1, 0), (third, 2, 0)]


async def test_edits_go_on_where_they_were(db: Database):
    brief_id = await add_brief(db)
    async with db.writing() as tx:
        await edits.start_edits(tx, brief_id=brief_id, change=1)
        await edits.move_edits(tx, brief_id=brief_id, change=1, cursor=40)

        assert await edits.list_edits(tx) == [(brief_id, 1, 40)]


async def test_edits_that_are_all_promised_are_under_way_no_more(db: Database):
    brief_id = await add_brief(db)
    async with db.writing() as tx:
        await edits.start_edits(tx, brief_id=brief_id, change=1)
        await edits.move_edits(tx, brief_id=brief_id, change=1, cursor=None)

        assert await edits.list_edits(tx) == []


@pytest.mark.parametrize("cursor", [40, None])
async def test_an_earlier_change_does_not_end_the_edits_of_a_later_one(
    db: Database, cursor: int | None
):
    brief_id = await add_brief(db)
    async with db.writing() as tx:
        await edits.start_edits(tx, brief_id=brief_id, change=1)
        await edits.start_edits(tx, brief_id=brief_id, change=2)
        await edits.move_edits(tx, brief_id=brief_id, change=1, cursor=cursor)

        assert await edits.list_edits(tx) == [(brief_id, 2, 0)]


async def test_a_batch_knows_its_briefs(db: Database):
    async with db.writing() as tx:
        batch_id = await batches.add_batch(tx, way="chat", now=at(0), made_by=5, chat_id=6)
    inside, outside, late = [
        await add_brief(db, columns={"batch_id": held}) for held in (batch_id, None, None)
    ]
    async with db.writing() as tx:
        await briefs.set_batch(tx, brief_id=late, batch_id=batch_id)

        found = [one.id for one in await briefs.list_in_batch(tx, batch_id=batch_id)]

    assert outside not in found
    assert found == [inside, late]


async def test_a_batch_keeps_its_report(db: Database):
    async with db.writing() as tx:
        batch_id = await batches.add_batch(tx, way="chat", now=at(0), made_by=5, chat_id=6)
        await batches.set_report(tx, batch_id=batch_id, report="2 stored", message_id=9)

        found = await batches.find_batch(tx, batch_id=batch_id)

    assert found == Batch(
        id=batch_id, way="chat", made_by=5, chat_id=6, message_id=9, report="2 stored"
    )


async def test_a_batch_that_is_not_there_is_not_found(db: Database):
    async with db.reading() as tx:
        assert await batches.find_batch(tx, batch_id=1) is None
