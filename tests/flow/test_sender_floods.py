"""What slows the sender down, or stops it: a flooded chat, a refused bot."""

import pytest

from bot.playground.faults import Fault
from storage.model.delivery import DeliveryState, Kind
from storage.model.subscriber import ChatStatus
from tests.flow.desk import open_desk, texts

PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


async def test_g5_a_flooded_chat_is_not_written_to_early(desk):
    reader = await desk.reader()
    desk.playground.faults.add(Fault(code=429, description="Too Many Requests", retry_after=7))
    await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=6.9)

    assert texts(reader) == []
    assert desk.playground.calls.total == 1


async def test_g5_a_flooded_chat_gets_its_message_when_the_time_is_over(desk):
    reader = await desk.reader()
    desk.playground.faults.add(Fault(code=429, description="Too Many Requests", retry_after=7))
    one = await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=8.01)

    assert len(texts(reader)) == 1
    row = await desk.row(one)
    assert (row.state, row.attempts, row.doubt) == (SENT, 1, 0)


async def test_g5_a_flooded_chat_holds_up_no_other(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1006)]
    desk.playground.faults.add(
        Fault(code=429, description="Too Many Requests", retry_after=3600, chat_id=1003)
    )
    for reader in readers:
        await desk.promise_new(reader.id)

    await desk.drain()

    assert [len(texts(reader)) for reader in readers] == [1, 1, 0, 1, 1]


async def test_g5_one_flooded_chat_slows_nobody_down(desk):
    reader = await desk.reader()
    desk.playground.faults.add(Fault(code=429, description="Too Many Requests", retry_after=3600))
    await desk.promise_new(reader.id)

    await desk.drain()

    assert desk.pace.rate == 1000


async def test_g5_two_flooded_chats_slow_everybody_down(desk):
    readers = [await desk.reader(chat_id) for chat_id in (1001, 1002)]
    flood = Fault(code=429, description="Too Many Requests", retry_after=3600, times=2)
    desk.playground.faults.add(flood)
    for reader in readers:
        await desk.promise_new(reader.id)

    await desk.drain()

    assert desk.pace.rate == 500


async def test_g5_everything_else_to_a_flooded_chat_waits_too(desk):
    reader = await desk.reader()
    desk.playground.faults.add(Fault(code=429, description="Too Many Requests", retry_after=60))
    await desk.promise_new(reader.id)
    await desk.drain()
    await desk.promise_new(reader.id, kind=Kind.NOW)

    await desk.drain(after=30)

    assert texts(reader) == []


async def test_a_refused_bot_sends_nothing_more(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1021)]
    desk.playground.faults.add(Fault(code=401, description="Unauthorized", times=None))
    due = [await desk.promise_new(reader.id) for reader in readers]

    await desk.drain()
    await desk.drain(after=60)

    assert desk.sender.refused_by_telegram
    assert set(await desk.states(due)) == {PENDING}
    assert [call.method for call in desk.playground.calls].count("sendMessage") <= 8


async def test_a_bot_that_is_known_again_goes_on(desk):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1004)]
    desk.playground.faults.add(Fault(code=401, description="Unauthorized", times=None))
    due = [await desk.promise_new(reader.id) for reader in readers]
    await desk.drain()
    desk.playground.faults.clear()

    await desk.drain(after=30)

    assert not desk.sender.refused_by_telegram
    assert set(await desk.states(due)) == {SENT}
    assert {(await desk.row(one)).attempts for one in due} == {1}
    assert (await desk.chat(1001)).status is ChatStatus.ACTIVE
