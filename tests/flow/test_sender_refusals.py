"""What Telegram refuses ends as it must, for that chat alone."""

import pytest

from bot.playground.faults import Fault
from storage.model.delivery import DeliveryState
from storage.model.subscriber import ChatStatus
from storage.tables import copy
from tests.flow.desk import open_desk, said, texts
from tests.storage.rows import add_brief, look

SENT, DEAD = DeliveryState.SENT, DeliveryState.DEAD
UNPARSED = Fault(
    code=400, description="Bad Request: can't parse entities: Unsupported start tag", times=1
)


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


async def test_a_reader_who_blocked_the_bot_is_left_alone(desk):
    reader = await desk.reader()
    await reader.block()
    one, next_one = await desk.promise_new(reader.id), await desk.promise_new(reader.id)

    await desk.drain()

    assert (await desk.chat(reader.id)).status is ChatStatus.BLOCKED
    assert await desk.states([one, next_one]) == [DEAD, DeliveryState.CANCELLED]
    assert (await desk.row(one)).last_error == "forbidden: bot was blocked by the user"
    assert desk.playground.calls.total == 1


async def test_what_a_blocked_reader_did_not_get_may_come_again(desk):
    reader, other = await desk.reader(1001), await desk.reader(1002)
    await reader.block()
    brief = await add_brief(desk.db)
    await desk.promise(reader.id, brief)
    await desk.promise(other.id, brief)

    await desk.drain()

    assert await desk.had() == {(other.id, brief)}


async def test_a_chat_not_found_once_stays_a_subscriber(desk):
    reader = await desk.reader()
    desk.playground.faults.add(Fault(code=400, description="Bad Request: chat not found"))
    one = await desk.promise_new(reader.id)

    await desk.drain()

    assert await desk.states([one]) == [DEAD]
    assert (await desk.chat(reader.id)).status is ChatStatus.ACTIVE


async def test_a_chat_not_found_a_day_later_again_is_given_up(desk):
    reader = await desk.reader()
    unknown = Fault(code=400, description="Bad Request: chat not found", times=2)
    desk.playground.faults.add(unknown)
    for _ in range(2):
        await desk.promise_new(reader.id)
        await desk.drain(after=86_400)

    assert (await desk.chat(reader.id)).status is ChatStatus.NOT_FOUND


async def test_a_chat_that_was_written_to_meanwhile_begins_to_be_lost_anew(desk):
    reader = await desk.reader()
    unknown = Fault(code=400, description="Bad Request: chat not found")
    for fault in (unknown, None, unknown):
        if fault:
            desk.playground.faults.add(fault)
        await desk.promise_new(reader.id)
        await desk.drain(after=86_400)

    assert (await desk.chat(reader.id)).status is ChatStatus.ACTIVE


async def test_a_group_that_became_a_supergroup_gets_its_digest_there(desk):
    group, _ = await desk.group()
    one = await desk.promise_new(group.id)
    supergroup = desk.playground.migrate(group)

    await desk.drain()

    assert len(texts(supergroup)) == 1
    row = await desk.row(one)
    assert (row.chat_id, row.state, row.attempts) == (supergroup.id, SENT, 1)
    assert (await desk.chat(group.id)).migrated_to == supergroup.id
    assert (await desk.chat(supergroup.id)).status is ChatStatus.ACTIVE


async def test_g12_words_come_plain_where_their_formatting_is_refused(desk):
    reader = await desk.reader()
    desk.playground.faults.add(UNPARSED)
    brief = await add_brief(desk.db, headline="Is 1 < 2 & 3?")
    one = await desk.promise(reader.id, brief)

    await desk.drain()

    assert await desk.states([one]) == [SENT]
    (shown,) = said(reader)
    assert shown.text.startswith("1 · Is 1 < 2 & 3?")
    assert shown.entities == ()


async def test_g12_a_message_refused_twice_is_set_aside(desk):
    reader = await desk.reader()
    desk.playground.faults.add(UNPARSED)
    desk.playground.faults.add(UNPARSED)
    one = await desk.promise_new(reader.id)

    await desk.drain()

    row = await desk.row(one)
    assert row.state is DeliveryState.POISONED
    assert row.last_error.startswith("bad request: can't parse entities")
    assert await desk.had() == set()


async def test_g12_a_bad_message_stops_no_other(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1004)]
    desk.playground.faults.add(
        Fault(code=400, description="Bad Request: message is too long", chat_id=1001, times=None)
    )
    due = [await desk.promise_new(reader.id) for reader in readers]

    await desk.drain()

    assert await desk.states(due) == [DeliveryState.POISONED, SENT, SENT]
    assert (await desk.chat(1001)).status is ChatStatus.ACTIVE


async def test_g12_a_digest_that_cannot_be_made_stops_no_other(desk):
    first, second = await desk.reader(1001), await desk.reader(1002)
    due = [
        await desk.promise_new(first.id, below="many"),
        await desk.promise_new(second.id),
    ]

    await desk.drain(after=3600)

    assert await desk.states(due) == [DeliveryState.POISONED, SENT]


async def test_g12_a_recipe_that_cannot_be_read_stops_no_other(desk):
    first, second = await desk.reader(1001), await desk.reader(1002)
    due = [
        await desk.promise_new(first.id, columns={"recipe": b"[1"}),
        await desk.promise_new(second.id),
    ]

    await desk.drain()

    assert await desk.states(due) == [DeliveryState.CANCELLED, SENT]
    assert {chat_id for chat_id, _ in await desk.had()} == {second.id}


async def test_a_refusal_that_nobody_knows_ends_that_delivery_alone(desk):
    reader = await desk.reader()
    desk.playground.faults.add(Fault(code=400, description="Bad Request: SOMETHING_NEW"))
    one, next_one = await desk.promise_new(reader.id), await desk.promise_new(reader.id)

    await desk.drain()

    assert await desk.states([one, next_one]) == [DEAD, SENT]
    assert (await desk.row(one)).last_error == "400 bad request: something_new"


async def test_without_its_topic_a_digest_goes_to_the_group(desk):
    group, topic = await desk.group(forum="Briefs")
    one = await desk.promise_new(group.id, thread_id=topic)
    group.delete_topic(topic)

    await desk.drain()

    assert await desk.states([one]) == [SENT]
    assert [shown.thread_id for shown in said(group)] == [0]
    assert (await desk.chat(group.id)).thread_id is None


async def test_a_copy_that_is_no_longer_there_is_noted_as_gone(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db)
    await desk.promise(reader.id, brief)
    await desk.drain()
    desk.playground.faults.add(
        Fault(code=400, description="Bad Request: message to edit not found")
    )

    await desk.correct(brief)
    await desk.drain()

    assert await desk.states(one.id for one in await desk.edits()) == [DEAD]
    assert [one.state for one in await look(desk.db, copy)] == ["gone"]
