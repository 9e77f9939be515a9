"""Buttons as people press them, and what the bot answers."""

import asyncio

import pytest
from aiohttp import ClientSession

from bot.playground.acting import CannotDo
from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, MovableClock

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}],
        [{"text": "Site", "url": "https://e.org/"}],
    ]
}


async def answer_tap(bot: BotSide, **answer: object) -> str:
    """Wait for a tap, answer it and return its data."""
    [update] = await bot.updates(timeout=5)
    query = update["callback_query"]
    await bot.ok("answerCallbackQuery", callback_query_id=query["id"], **answer)
    data: str = query["data"]
    return data


async def test_a_tap_comes_as_a_callback_query(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)

    await reader.tap("No", timeout=0)

    query = (await bot.updates())[-1]["callback_query"]
    assert (query["data"], query["message"]) == ("n", sent)
    assert query["from"]["id"] == reader.id


async def test_a_tap_returns_the_bots_answer(bot: BotSide, reader: Person) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)

    tapped = asyncio.create_task(reader.tap("Yes"))
    data = await answer_tap(bot, text="Saved", show_alert=True)

    answer = await tapped
    assert answer is not None
    assert (data, answer.text, answer.show_alert) == ("y", "Saved", True)


async def test_a_tap_without_an_answer_returns_none(bot: BotSide, reader: Person) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)

    assert await reader.tap("Yes", timeout=0.01) is None


async def test_a_tap_is_answered_once(bot: BotSide, reader: Person) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)
    tapped = asyncio.create_task(reader.tap("Yes"))
    [update] = await bot.updates(timeout=5)
    query_id = update["callback_query"]["id"]
    await bot.ok("answerCallbackQuery", callback_query_id=query_id)

    refused = await bot.no("answerCallbackQuery", callback_query_id=query_id)

    await tapped
    assert refused == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_late_answer_is_refused(clock: MovableClock, session: ClientSession) -> None:
    async with Playground(token=TOKEN, now=clock.now, callback_seconds=0.01) as playground:
        bot = BotSide(session, playground.url)
        reader = playground.person("Reader One", started=True)
        await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)

        answer = await reader.tap("Yes")
        [update] = await bot.updates()
        refused = await bot.no(
            "answerCallbackQuery", callback_query_id=update["callback_query"]["id"]
        )

    assert answer is None
    assert refused.startswith("Bad Request: query is too old")


async def test_an_answer_has_at_most_200_characters(bot: BotSide, reader: Person) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)
    await reader.tap("Yes", timeout=0)
    [update] = await bot.updates()

    refused = await bot.no(
        "answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="x" * 201
    )

    assert refused == "Bad Request: MESSAGE_TOO_LONG"


async def test_the_last_message_that_has_the_button_is_tapped(
    bot: BotSide, reader: Person
) -> None:
    for text in ("old", "new"):
        await bot.ok("sendMessage", chat_id=reader.id, text=text, reply_markup=KEYBOARD)
    await bot.ok("sendMessage", chat_id=reader.id, text="bare")

    await reader.tap("Yes", timeout=0)

    assert (await bot.updates())[-1]["callback_query"]["message"]["text"] == "new"


async def test_a_button_of_a_named_message_is_tapped(bot: BotSide, reader: Person) -> None:
    for text in ("old", "new"):
        await bot.ok("sendMessage", chat_id=reader.id, text=text, reply_markup=KEYBOARD)

    await reader.tap(data="n", message=reader.messages[0], timeout=0)

    query = (await bot.updates())[-1]["callback_query"]
    assert (query["message"]["text"], query["data"]) == ("old", "n")


async def test_a_button_that_is_not_there_cannot_be_tapped(bot: BotSide, reader: Person) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)

    with pytest.raises(CannotDo, match=r"(?s)no button 'Maybe'.*\[Yes\] \[No\]"):
        await reader.tap("Maybe")


async def test_a_button_of_a_reply_keyboard_is_said(bot: BotSide, reader: Person) -> None:
    markup = {"keyboard": [["Berlin"]]}
    await bot.ok("sendMessage", chat_id=reader.id, text="Where?", reply_markup=markup)

    await reader.tap("Berlin")

    assert (await bot.updates())[-1]["message"]["text"] == "Berlin"


async def test_a_button_that_links_to_the_bot_is_followed(bot: BotSide, reader: Person) -> None:
    button = {"text": "Read", "url": "https://t.me/CounterpointBot?start=b_1"}
    markup = {"inline_keyboard": [[button]]}
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)

    await reader.tap("Read")

    assert (await bot.updates())[-1]["message"]["text"] == "/start b_1"


async def test_in_a_group_somebody_taps(
    bot: BotSide, playground: Playground, editor: Person, reader: Person
) -> None:
    group = playground.group("Newsroom", [editor, reader])
    await bot.ok("sendMessage", chat_id=group.id, text="x", reply_markup=KEYBOARD)

    await group.tap("No", by=reader, timeout=0)

    query = (await bot.updates())[-1]["callback_query"]
    assert (query["from"]["first_name"], query["data"]) == ("Reader One", "n")
