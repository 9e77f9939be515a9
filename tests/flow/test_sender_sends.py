"""What is due is sent once, noted with its copy, and never too much of it at once."""

import asyncio

import pytest

from bot.digest.recipe import Remark, pack
from storage.model.delivery import DeliveryState
from storage.tables import copy, copy_brief, delivery
from tests.factories import at
from tests.flow.desk import make_recipe, open_desk, said, texts
from tests.storage.rows import add_brief, look


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


async def test_a_digest_arrives(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db, headline="Tides power an island.")
    await desk.promise(reader.id, brief)

    await desk.drain()

    assert len(texts(reader)) == 1
    assert texts(reader)[0].startswith("1 · Tides power an island.")
    assert "Counterpoint Opponents say" in texts(reader)[0]


async def test_what_was_sent_is_noted_with_its_message(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)

    await desk.drain()

    row = await desk.row(one)
    assert (row.state, row.message_id) == (DeliveryState.SENT, said(reader)[0].id)
    assert (row.attempts, row.doubt, row.ended_at) == (1, 0, at())
    assert await desk.story(one) == ["sending", "sent"]


async def test_what_was_sent_is_kept_as_a_copy(desk):
    reader = await desk.reader()
    briefs = [await add_brief(desk.db) for _ in range(2)]
    one = await desk.promise(reader.id, *briefs)

    await desk.drain()

    (made,) = await look(desk.db, copy)
    assert (made.chat_id, made.message_id) == (reader.id, said(reader)[0].id)
    assert (made.delivery_id, made.view) == (one, "list")
    assert made.recipe == pack(make_recipe(*briefs))
    assert [row.brief_id for row in await look(desk.db, copy_brief)] == briefs


async def test_nothing_leaves_before_it_is_due(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id, due_at=at(1))

    await desk.drain(after=3599)

    assert texts(reader) == []


async def test_what_is_due_leaves(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id, due_at=at(1))

    await desk.drain(after=3600)

    assert len(texts(reader)) == 1


async def test_what_was_sent_is_not_sent_again(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=86_400)

    assert len(texts(reader)) == 1


async def test_a_chat_gets_its_messages_in_the_order_of_their_promises(desk):
    reader = await desk.reader()
    for n in range(1, 5):
        brief = await add_brief(desk.db, headline=f"Brief number {n}.")
        await desk.promise(reader.id, brief)

    await desk.drain()

    assert [text[4:18] for text in texts(reader)] == [f"Brief number {n}" for n in range(1, 5)]


async def test_a_crowd_is_served_each_once(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1026)]
    brief = await add_brief(desk.db)
    due = [await desk.promise(reader.id, brief) for reader in readers]

    await desk.drain()

    assert [len(texts(reader)) for reader in readers] == [1] * 25
    assert set(await desk.states(due)) == {DeliveryState.SENT}
    assert sorted(desk.finished) == sorted(due)


async def test_no_more_is_under_way_than_may_be(desk):
    brief = await add_brief(desk.db)
    for chat_id in range(1001, 1026):
        await desk.promise((await desk.reader(chat_id)).id, brief)
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())

    await desk.gate.holds(8)
    marked = [row.state for row in await look(desk.db, delivery)].count(DeliveryState.SENDING)
    desk.gate.open.set()
    await draining

    assert marked == 8
    assert desk.gate.most_inside == 8


async def test_a_promise_made_meanwhile_does_not_wait_for_what_is_under_way(desk):
    first, second = await desk.reader(1001), await desk.reader(1002)
    await desk.promise_new(first.id)
    desk.gate.open.clear()
    draining = asyncio.create_task(desk.drain())
    await desk.gate.holds(1)

    await desk.promise_new(second.id)
    await desk.drain()
    await desk.gate.holds(2)
    desk.gate.open.set()
    await draining

    assert len(texts(second)) == 1


async def test_a_night_digest_comes_without_a_sound(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id, remarks=Remark.SILENT)

    await desk.drain()

    assert [shown.silent for shown in said(reader)] == [True]


async def test_a_digest_comes_with_a_sound(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id)

    await desk.drain()

    assert [shown.silent for shown in said(reader)] == [False]


async def test_a_forum_gets_its_digest_in_its_topic(desk):
    group, topic = await desk.group(forum="Briefs")
    await desk.promise_new(group.id, thread_id=topic)

    await desk.drain()

    assert [shown.thread_id for shown in said(group)] == [topic]


async def test_a_digest_that_leaves_late_says_so(desk):
    reader = await desk.reader()
    await desk.promise_new(reader.id, due_at=at(-3))

    await desk.drain()

    assert "Late: this was due on Sunday 09:00" in texts(reader)[0]
