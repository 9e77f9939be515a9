"""What changes on the way: before a message leaves, while it is under way, after it arrived."""

import asyncio

import pytest

from bot.delivery.correct import promise_edits
from bot.digest.recipe import unpack
from storage import edits
from storage.model.delivery import DeliveryState
from storage.tables import copy
from tests.flow.desk import open_desk, texts
from tests.storage.rows import add_brief, look, retract, revise

SENT = DeliveryState.SENT


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


async def under_way(desk):
    """Begin to send, and hold the answers before they are noted."""
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())
    await desk.gate.holds(1)
    return draining


async def test_a_brief_corrected_before_it_leaves_is_sent_corrected(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db, headline="The first words.")
    one = await desk.promise(reader.id, brief)
    await revise(desk.db, brief, headline="Other words.")

    await desk.drain()

    assert [text[4:16] for text in texts(reader)] == ["Other words."]
    assert unpack((await desk.row(one)).recipe).items[0].revision == 2


async def test_a_brief_corrected_before_it_leaves_needs_no_edit(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db)
    await desk.promise(reader.id, brief)
    await revise(desk.db, brief, headline="Other words.")

    await desk.drain()

    assert await desk.edits() == []


async def test_a_brief_retracted_before_it_leaves_is_left_out(desk):
    reader = await desk.reader()
    stays = await add_brief(desk.db, headline="This one stays.")
    goes = await add_brief(desk.db, headline="This one goes.")
    await desk.promise(reader.id, goes, stays)
    await retract(desk.db, goes)

    await desk.drain()

    assert texts(reader)[0].startswith("1 · This one stays.")
    assert "goes" not in texts(reader)[0]


async def test_a_digest_whose_every_brief_was_retracted_is_not_sent(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db)
    one = await desk.promise(reader.id, brief)
    await retract(desk.db, brief)

    await desk.drain()

    row = await desk.row(one)
    assert (row.state, row.last_error) == (DeliveryState.CANCELLED, "nothing left to say")
    assert desk.playground.calls.total == 0
    assert await desk.had() == set()


async def test_a_digest_that_says_nothing_holds_up_no_other(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db)
    await desk.promise(reader.id, brief)
    await desk.promise_new(reader.id)
    await retract(desk.db, brief)

    await desk.drain()

    assert len(texts(reader)) == 1


async def test_g7_a_brief_retracted_while_it_was_under_way_is_struck_in_its_copy(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db, headline="This one goes.")
    await desk.promise(reader.id, brief)
    draining = await under_way(desk)

    await retract(desk.db, brief, reason="The figures were wrong.")
    desk.gate.open.set()
    await draining

    assert len(texts(reader)) == 1
    assert "We withdrew this brief: The figures were wrong." in texts(reader)[0]
    assert [one.state for one in await desk.edits()] == [SENT]


async def test_g7_a_brief_corrected_while_it_was_under_way_is_corrected_in_its_copy(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db, headline="The first words.")
    await desk.promise(reader.id, brief)
    draining = await under_way(desk)

    await revise(desk.db, brief, headline="Other words.")
    desk.gate.open.set()
    await draining

    assert [text[4:16] for text in texts(reader)] == ["Other words."]
    (kept,) = await look(desk.db, copy)
    assert unpack(kept.recipe).items[0].revision == 2


async def test_g7_a_change_whose_edits_are_all_promised_still_reaches_what_is_under_way(desk):
    first, second = await desk.reader(1001), await desk.reader(1002)
    brief = await add_brief(desk.db, headline="This one goes.")
    await desk.promise(first.id, brief)
    await desk.drain()
    await desk.promise(second.id, brief)
    draining = await under_way(desk)

    await retract(desk.db, brief)
    await desk.correct(brief)
    desk.gate.open.set()
    await draining

    assert ["We withdrew" in text for text in texts(first) + texts(second)] == [True, True]


async def test_g7_a_retraction_reaches_every_copy(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1013)]
    brief = await add_brief(desk.db)
    for reader in readers:
        await desk.promise(reader.id, brief)
    await desk.drain()

    await retract(desk.db, brief)
    await desk.correct(brief)
    await desk.drain()

    assert all("We withdrew this brief" in text for reader in readers for text in texts(reader))
    assert [len(texts(reader)) for reader in readers] == [1] * 12


async def test_g7_a_retraction_reaches_every_copy_over_a_restart(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1006)]
    brief = await add_brief(desk.db)
    for reader in readers:
        await desk.promise(reader.id, brief)
    await desk.drain()
    await retract(desk.db, brief)
    async with desk.db.writing() as tx:
        await edits.start_edits(tx, brief_id=brief, change=1)

    await promise_edits(desk.db, now=desk.clock.now(), page=2)
    await promise_edits(desk.db, now=desk.clock.now(), page=2)
    await desk.drain()

    assert [one.state for one in await desk.edits()] == [SENT] * 5


async def test_g7_what_else_a_copy_shows_stays_as_it_was(desk):
    reader = await desk.reader()
    stays = await add_brief(desk.db, headline="This one stays.")
    goes = await add_brief(desk.db, headline="This one goes.")
    await desk.promise(reader.id, stays, goes)
    await desk.drain()

    await retract(desk.db, goes)
    await desk.correct(goes)
    await desk.drain()

    (text,) = texts(reader)
    assert text.startswith("1 · This one stays.")
    assert "2 · This one goes." in text
    assert text.count("We withdrew this brief") == 1


async def test_g7_a_blocked_readers_copy_is_listed_as_out_of_reach(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db)
    await desk.promise(reader.id, brief)
    await desk.drain()
    await reader.block()

    await retract(desk.db, brief)
    await desk.correct(brief)
    await desk.drain()

    (edit,) = await desk.edits()
    assert (edit.state, edit.last_error) == (
        DeliveryState.DEAD,
        "forbidden: bot was blocked by the user",
    )
