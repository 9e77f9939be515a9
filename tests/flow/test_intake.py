"""Updates: each handled once, in order, and none that stops the others."""

import logging
from typing import Any

import pytest
from sqlalchemy import text

from bot.playground.faults import Fault, Kind
from tests.conftest import DATABASES
from tests.factories import make_document
from tests.flow.stage import Scene, texts_to

BOTH = pytest.mark.parametrize("database_url", DATABASES, indirect=True)
SORRY = "Something went wrong on my side, and it has been noted. Please try again in a minute."


async def set_aside(scene: Scene) -> list[Any]:
    async with scene.db.reading() as tx:
        return list(await tx.execute(text("SELECT * FROM set_aside ORDER BY update_id")))


async def break_follows(scene: Scene) -> None:
    """Let the store refuse every follow from now on."""
    async with scene.db.writing() as tx:
        await tx.execute(text("ALTER TABLE follow RENAME TO lost"))


@BOTH
async def test_an_update_that_comes_twice_is_answered_once(scene: Scene):
    await scene.joins(scene.reader)
    scene.playground.faults.add(Fault(kind=Kind.DUPLICATE, contains="cork"))

    await scene.ask(scene.reader, "cork")

    assert await scene.said_until_help(scene.reader) == []


async def test_an_update_that_comes_again_after_a_restart_is_not_answered_again(scene: Scene):
    await scene.joins(scene.reader)
    message = scene.message_of(scene.reader, "cork")
    update_id = await scene.receive({"message": message})
    scene.reader.expect()
    await scene.bot.stop()
    await scene.restart()

    await scene.receive({"message": message}, update_id=update_id)

    assert await scene.said_until_help(scene.reader) == []


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("method", ["getMyCommands", "getWebhookInfo"])
async def test_a_bot_that_telegram_puts_off_while_it_starts_waits_and_starts(scene: Scene, method):
    await scene.joins(scene.reader)
    await scene.bot.stop()
    flood = Fault(method=method, code=429, description="Too Many Requests", retry_after=7)
    scene.playground.faults.add(flood)
    scene.playground.faults.add(Fault(method=method, kind=Kind.RESET))

    await scene.restart()

    assert scene.clock.waits[-2:] == [7.0, 1.0]
    assert (await scene.ask(scene.reader, "/help")).text.startswith("How Counterpoint works")


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_a_bot_does_not_wait_hours_for_its_menus(scene: Scene):
    scene.expected_events.add("pace.long_wait")
    await scene.joins(scene.reader)
    await scene.bot.stop()
    flood = Fault(method="getMyCommands", code=429, description="Too Many", retry_after=9000)
    scene.playground.faults.add(flood)

    await scene.restart()

    assert 9000.0 not in scene.clock.waits
    assert (await scene.ask(scene.reader, "/help")).text.startswith("How Counterpoint works")


async def test_a_brief_asked_for_by_an_update_that_comes_again_comes_once(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader)
    message = scene.message_of(scene.reader, "/brief 1")
    update_id = await scene.receive({"message": message})
    scene.reader.expect()

    await scene.receive({"message": message}, update_id=update_id)

    assert await scene.said_until_help(scene.reader) == []


@BOTH
async def test_a_handler_that_raises_says_plain_words(scene: Scene):
    scene.expected_events |= {"update.failed", "update.set_aside"}
    await scene.joins(scene.reader)
    await break_follows(scene)

    answer = await scene.ask(scene.reader, "cork")

    assert answer.text == SORRY


async def test_a_handler_that_raises_leaves_a_traceback_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
):
    scene.expected_events |= {"update.failed", "update.set_aside"}
    await scene.joins(scene.reader)
    await break_follows(scene)

    await scene.ask(scene.reader, "cork")

    failed = [r for r in caplog.records if getattr(r, "event", "") == "update.failed"]
    assert len(failed) == 3
    assert all(record.exc_info for record in failed)


async def test_g13_the_reader_s_words_are_not_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
):
    scene.expected_events |= {"update.failed", "update.set_aside"}
    caplog.set_level(logging.INFO)
    await scene.joins(scene.reader)
    await break_follows(scene)

    await scene.ask(scene.reader, "a very private word")

    assert "very private" not in caplog.text


@BOTH
async def test_what_fails_three_times_is_set_aside(scene: Scene):
    scene.expected_events |= {"update.failed", "update.set_aside"}
    await scene.joins(scene.reader)
    await break_follows(scene)
    await scene.ask(scene.reader, "cork")

    await scene.ask(scene.reader, "/help")

    (kept,) = await set_aside(scene)
    assert '"text":"cork"' in kept.update


async def test_after_one_that_fails_the_next_is_handled(scene: Scene):
    scene.expected_events |= {"update.failed", "update.set_aside"}
    await scene.joins(scene.reader)
    await break_follows(scene)
    await scene.ask(scene.reader, "cork")

    answer = await scene.ask(scene.reader, "/help")

    assert answer.text.startswith("How Counterpoint works")


@BOTH
async def test_updates_that_cannot_be_decoded_are_set_aside(scene: Scene):
    scene.expected_events.add("update.set_aside")
    broken: list[object] = [
        {"message_id": "x", "date": "soon", "chat": 5},
        {},
        {"message_id": 1, "date": 10**17, "chat": {"id": 1, "type": "x"}},
        [1, 2],
        "text",
    ]

    for payload in broken:
        await scene.send_raw("message", payload, chat_id=scene.reader.id)

    await scene.handled()
    assert len(await set_aside(scene)) == len(broken)


async def test_what_cannot_be_decoded_stops_nothing(scene: Scene):
    scene.expected_events.add("update.set_aside")

    await scene.send_raw("message", {}, chat_id=scene.reader.id)

    assert (await scene.ask(scene.reader, "/help")).text.startswith("How Counterpoint works")


async def test_answers_in_one_chat_come_in_the_order_of_the_questions(scene: Scene):
    await scene.joins(scene.reader)
    for n in range(12):
        await scene.reader.say(f"metal {n}")
        scene.reader.expect()
    await scene.reader.say("/help")
    await scene.handled()

    said = [t for t in texts_to(scene.reader) if t.startswith("You follow metal")]
    wanted = [f"You follow metal {n}" for n in range(12)]
    assert [answer.split(".")[0] for answer in said] == wanted


async def test_one_chat_that_waits_does_not_hold_up_another(scene: Scene):
    slow = Fault(method="sendMessage", chat_id=scene.reader.id, kind=Kind.DELAY, delay=0.4)
    scene.playground.faults.add(slow)
    order: list[int] = []
    scene.playground.world.feed.listen(lambda event: order.append(event.chat_id))
    await scene.reader.say("/help")
    await scene.other.say("/help")

    await scene.reader.next_reply()

    answered = [chat_id for chat_id in order[2:] if chat_id]
    assert answered == [scene.other.id, scene.reader.id]


POLL = {"method": "getUpdates", "times": 3}


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(code=401, description="Unauthorized", **POLL), id="401"),
        pytest.param(Fault(code=404, description="Not Found", **POLL), id="404"),
        pytest.param(Fault(code=409, description="Conflict: other getUpdates", **POLL), id="409"),
        pytest.param(Fault(code=429, description="Too Many", retry_after=9, **POLL), id="429"),
        pytest.param(Fault(code=500, **POLL), id="500"),
        pytest.param(Fault(kind=Kind.HTML, code=502, **POLL), id="502 with a page"),
        pytest.param(Fault(kind=Kind.EMPTY, **POLL), id="empty"),
        pytest.param(Fault(kind=Kind.NO_RESULT, **POLL), id="no result"),
        pytest.param(Fault(kind=Kind.WRONG_TYPE, **POLL), id="of another type"),
        pytest.param(Fault(kind=Kind.CUT_BODY, **POLL), id="cut"),
        pytest.param(Fault(kind=Kind.RESET, **POLL), id="reset"),
    ],
)
async def test_no_answer_to_a_poll_ends_the_polling(scene: Scene, fault: Fault):
    scene.expected_events |= {"poll.refused", "poll.unread"}
    scripted = scene.playground.faults.add(fault)

    await scene.reader.say("/help")

    assert (await scene.reader.next_reply()).text.startswith("How Counterpoint works")
    await scene.other.say("/help")
    assert (await scene.other.next_reply()).text.startswith("How Counterpoint works")
    assert scripted.met


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_a_poll_is_not_repeated_before_telegram_allows_it(scene: Scene):
    scene.expected_events.add("poll.refused")
    scene.playground.faults.add(Fault(code=429, description="Too Many", retry_after=99, **POLL))
    await scene.ask(scene.reader, "/help")

    await scene.ask(scene.reader, "/help")

    assert scene.clock.waits.count(99.0) == 3


async def test_a_second_program_on_the_token_is_named_in_the_log_once(
    scene: Scene, caplog: pytest.LogCaptureFixture
):
    scene.expected_events.add("poll.refused")
    scene.playground.faults.add(Fault(code=409, description="Conflict: terminated", **POLL))

    await scene.ask(scene.reader, "/help")
    await scene.ask(scene.reader, "/help")

    told = [r.getMessage() for r in caplog.records if getattr(r, "event", "") == "poll.refused"]
    assert len(told) == 1
    assert "one bot, one program" in told[0]


async def test_an_answer_that_cannot_be_sent_stops_nothing(scene: Scene):
    scene.playground.faults.add(Fault(method="sendMessage", code=400, description="Bad: x"))

    await scene.reader.say("/help")

    assert (await scene.ask(scene.reader, "/brief")).text.startswith("Which brief?")


@pytest.mark.parametrize("method", ["getFile"])
async def test_a_document_that_cannot_be_fetched_is_asked_for_again(scene: Scene, method: str):
    scene.playground.faults.add(Fault(method=method, code=500, times=None))

    answer = await scene.upload(scene.editor, "one.txt", b"x")

    assert answer.text == "I could not fetch that file. Please send it again in a minute."
