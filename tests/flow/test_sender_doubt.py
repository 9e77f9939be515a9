"""Where an answer is lost a message may come once more, and only then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.playground.presets import PRESETS
from storage.model.delivery import DeliveryState, Kind
from tests.factories import at
from tests.flow.desk import open_desk, texts
from tests.storage.rows import add_brief, revise

PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT
LOST_AFTER = ["reset, accepted", "cut in the header", "cut in the body", "answer without result"]
LOST_BEFORE = ["reset", "server error"]


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


@pytest.fixture
async def sqlite_desk(sqlite_db):
    async with open_desk(sqlite_db) as desk:
        yield desk


@pytest.mark.parametrize("fault", LOST_AFTER)
async def test_g4_a_message_whose_answer_was_lost_comes_once_more(sqlite_desk, fault):
    desk = sqlite_desk
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS[fault])
    one = await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=60)
    await desk.drain(after=86_400)

    assert len(texts(reader)) == 2
    row = await desk.row(one)
    assert (row.state, row.doubt) == (SENT, 1)


@pytest.mark.parametrize("fault", LOST_BEFORE)
async def test_g4_a_message_that_was_lost_itself_comes_once(sqlite_desk, fault):
    desk = sqlite_desk
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS[fault])
    one = await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=60)

    assert len(texts(reader)) == 1
    assert (await desk.row(one)).doubt == 1


async def test_g4_a_doubt_is_written_down(desk):
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS["reset, accepted"])
    one = await desk.promise_new(reader.id)

    await desk.drain()

    row = await desk.row(one)
    assert (row.state, row.attempts, row.doubt) == (PENDING, 1, 1)
    assert row.not_before == at() + timedelta(seconds=60)
    assert await desk.story(one) == ["sending", "pending"]


async def test_g4_nothing_is_repeated_within_a_minute(desk):
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS["reset, accepted"])
    await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=59.9)

    assert len(texts(reader)) == 1


async def test_g4_nothing_overtakes_a_message_in_doubt(desk):
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS["reset"])
    await desk.promise_new(reader.id)
    await desk.promise_new(reader.id)

    await desk.drain(after=30)

    assert texts(reader) == []


async def test_g4_a_message_lost_twice_is_held(desk):
    reader = await desk.reader()
    desk.playground.faults.add(replace(PRESETS["reset, accepted"], times=2))
    one = await desk.promise_new(reader.id)
    await desk.drain()

    await desk.drain(after=60)
    await desk.drain(after=86_400)

    row = await desk.row(one)
    assert (row.state, row.doubt) == (DeliveryState.UNCERTAIN, 2)
    assert await desk.story(one) == ["sending", "pending", "sending", "uncertain"]
    assert len(texts(reader)) == 2


async def test_g6_what_is_held_counts_as_had(desk):
    reader = await desk.reader()
    desk.playground.faults.add(replace(PRESETS["reset"], times=2))
    brief = await add_brief(desk.db)
    await desk.promise(reader.id, brief)

    await desk.drain()
    await desk.drain(after=60)

    assert await desk.had() == {(reader.id, brief)}


async def test_a_repeat_says_the_same_words(desk):
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS["reset, accepted"])
    brief = await add_brief(desk.db, headline="The first words.")
    await desk.promise(reader.id, brief)
    await desk.drain()
    await revise(desk.db, brief, headline="Other words.")

    await desk.drain(after=60)

    repeated = [call for call in desk.playground.calls if call.method == "sendMessage"]
    assert len({call.parameters["text"] for call in repeated}) == 1


async def test_a_repeat_that_was_overtaken_is_corrected(desk):
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS["reset"])
    brief = await add_brief(desk.db, headline="The first words.")
    await desk.promise(reader.id, brief)
    await desk.drain()
    await revise(desk.db, brief, headline="Other words.")

    await desk.drain(after=60)

    assert [text[4:16] for text in texts(reader)] == ["Other words."]


async def test_an_edit_whose_answer_was_lost_is_repeated(desk):
    reader = await desk.reader()
    brief = await add_brief(desk.db, headline="The first words.")
    await desk.promise(reader.id, brief)
    await desk.drain()
    await revise(desk.db, brief, headline="Other words.")
    await desk.correct(brief)
    desk.playground.faults.add(replace(PRESETS["reset, accepted"], method="editMessageText"))
    await desk.drain()

    await desk.drain(after=1)

    assert [text[4:16] for text in texts(reader)] == ["Other words."]
    assert [(one.state, one.doubt) for one in await desk.edits()] == [(SENT, 0)]


async def test_an_alert_in_doubt_comes_once_more(desk):
    reader = await desk.reader()
    desk.playground.faults.add(PRESETS["reset, accepted"])
    await desk.promise_new(reader.id, kind=Kind.ALERT)
    await desk.drain()

    await desk.drain(after=60)

    assert len(texts(reader)) == 2


async def test_while_the_server_is_out_of_reach_nothing_is_in_doubt(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)
    await desk.playground.stop()

    await desk.drain()
    await desk.drain(after=1.3)

    row = await desk.row(one)
    assert (row.state, row.attempts, row.doubt) == (PENDING, 2, 0)


async def test_a_server_that_is_back_gets_what_waited(desk):
    reader = await desk.reader()
    one = await desk.promise_new(reader.id)
    await desk.playground.stop()
    await desk.drain()
    await desk.playground.start()

    await desk.drain(after=1.3)

    assert await desk.states([one]) == [SENT]
    assert len(texts(reader)) == 1
