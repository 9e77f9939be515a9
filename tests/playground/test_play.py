"""The people's side over HTTP, and who is let in."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide, Browser


async def test_the_state_lists_chats_and_presets(browser: Browser, reader: Person) -> None:
    state = await browser.get("state")

    assert [chat["name"] for chat in state["chats"]] == ["Reader One"]
    assert state["now"] == "2026-11-22T08:00:00+00:00"
    assert "flood" in state["presets"]


async def test_somebody_is_brought_in(browser: Browser) -> None:
    _, chat = await browser.post("person", name="Reader Three", language="ar")

    state = await browser.get("state")
    assert (chat["name"], state["chats"][-1]["language"]) == ("Reader Three", "ar")


async def test_something_is_said(bot: BotSide, browser: Browser, reader: Person) -> None:
    status, said = await browser.post("say", chat_id=reader.id, text="/start")

    assert (status, said["text"]) == (200, "/start")
    assert len(await bot.updates()) == 1


async def test_in_a_group_somebody_says_something(
    bot: BotSide, browser: Browser, reader: Person, editor: Person
) -> None:
    _, group = await browser.post("group", title="Newsroom", member_ids=[editor.id, reader.id])

    await browser.post("say", chat_id=group["id"], person_id=reader.id, text="/digest")

    [update] = await bot.updates()
    assert update["message"]["from"]["first_name"] == "Reader One"


async def test_a_channel_is_founded_with_the_bot_in_charge(
    bot: BotSide, browser: Browser, editor: Person
) -> None:
    _, channel = await browser.post("channel", title="Daily", member_ids=[editor.id])

    assert (await bot.ok("sendMessage", chat_id=channel["id"], text="x"))["text"] == "x"


async def test_a_tap_brings_the_bots_answer(
    bot: BotSide, browser: Browser, reader: Person
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
    tapped = asyncio.create_task(
        browser.post("tap", chat_id=reader.id, message_id=sent["message_id"], data="a")
    )
    [update] = await bot.updates(timeout=5)

    await bot.ok(
        "answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="ok"
    )

    assert await tapped == (200, {"text": "ok", "show_alert": False, "url": ""})


async def test_a_message_is_rewritten(bot: BotSide, browser: Browser, reader: Person) -> None:
    said = await reader.say("one")

    await browser.post("edit", chat_id=reader.id, message_id=said["message_id"], text="two")

    assert (await bot.updates())[-1]["edited_message"]["text"] == "two"


async def test_a_file_is_sent_and_fetched(
    browser: Browser, session: ClientSession, playground: Playground, reader: Person
) -> None:
    form = FormData({"chat_id": str(reader.id), "caption": "look"})
    form.add_field("file", b"TOPICS", filename="größe.txt")
    async with session.post(f"{playground.url}/play/upload", data=form) as response:
        assert response.status == 200

    chat = await browser.get(f"chats/{reader.id}")

    [message] = chat["messages"]
    async with session.get(playground.url + message["file"]) as response:
        assert await response.read() == b"TOPICS"
    assert message["document"]["file_name"] == "größe.txt"


@pytest.mark.parametrize("action", ["block", "deactivate"])
async def test_a_person_goes_away(
    bot: BotSide, browser: Browser, reader: Person, action: str
) -> None:
    await browser.post(action, chat_id=reader.id)

    assert (await bot.answer("sendMessage", chat_id=reader.id, text="x"))["error_code"] == 403


async def test_a_person_comes_back(bot: BotSide, browser: Browser, reader: Person) -> None:
    await browser.post("block", chat_id=reader.id)
    await browser.post("unblock", chat_id=reader.id)

    assert (await bot.answer("sendMessage", chat_id=reader.id, text="x"))["ok"]


async def test_a_link_is_followed(bot: BotSide, browser: Browser, reader: Person) -> None:
    address = "https://t.me/CounterpointBot?start=b_1"

    await browser.post("open", chat_id=reader.id, address=address)

    assert (await bot.updates())[-1]["message"]["text"] == "/start b_1"


async def test_the_bot_is_kicked_and_brought_back(
    bot: BotSide, browser: Browser, playground: Playground, editor: Person
) -> None:
    group = playground.group("Newsroom", [editor])

    await browser.post("kick_bot", chat_id=group.id)
    refused = await bot.answer("sendMessage", chat_id=group.id, text="x")
    await browser.post("add_bot", chat_id=group.id)
    await browser.post("promote_bot", chat_id=group.id)

    assert refused["error_code"] == 403
    assert len(await bot.ok("getChatAdministrators", chat_id=group.id)) == 2


async def test_a_group_moves(
    bot: BotSide, browser: Browser, playground: Playground, editor: Person
) -> None:
    group = playground.group("Newsroom", [editor])

    _, supergroup = await browser.post("migrate", chat_id=group.id)

    answer = await bot.answer("sendMessage", chat_id=group.id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": supergroup["id"]}


@pytest.mark.parametrize(
    ("action", "parameters", "status", "why"),
    [
        ("fly", {}, 404, "nobody can 'fly' here"),
        ("say", {"chat_id": 5, "text": "x"}, 400, "there is no chat 5 here"),
        ("say", {"chat_id": 5}, 400, "('text',): Field required"),
        ("say", {"chat_id": 5, "text": "x", "size": 1}, 400, "Extra inputs are not permitted"),
        ("edit", {"chat_id": 1000001, "message_id": 9, "text": "x"}, 400, "no message 9"),
        ("fault", {"preset": "nonsense"}, 400, "no fault is called 'nonsense'"),
        ("clock", {"to": "next"}, 404, "has no clock to move"),
        ("migrate", {"chat_id": 1000001}, 400, "1000001 is no group and no channel"),
    ],
)
async def test_what_cannot_be_done_is_told(
    browser: Browser,
    reader: Person,
    action: str,
    parameters: dict[str, Any],
    status: int,
    why: str,
) -> None:
    answered, answer = await browser.post(action, **parameters)

    assert answered == status
    assert why in answer["error"]


@pytest.mark.parametrize("path", ["chats/5", "file/documents/none.txt"])
async def test_what_is_not_there_is_not_found(
    session: ClientSession, playground: Playground, path: str
) -> None:
    async with session.get(f"{playground.url}/play/{path}") as response:
        assert response.status == 404


async def test_a_page_that_is_not_there_is_not_found(
    session: ClientSession, playground: Playground
) -> None:
    async with session.get(f"{playground.url}/page.exe") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("file", "chat_id", "why"),
    [
        (None, "1000001", "there is no file in the request"),
        (b"", "1000001", "file must be non-empty"),
        (b"x", "5", "there is no chat 5 here"),
    ],
)
async def test_a_file_that_cannot_be_sent_is_refused(
    session: ClientSession,
    playground: Playground,
    reader: Person,
    file: bytes | None,
    chat_id: str,
    why: str,
) -> None:
    form = FormData({"chat_id": chat_id}, default_to_multipart=True)
    if file is not None:
        form.add_field("file", file, filename="a.txt")

    async with session.post(f"{playground.url}/play/upload", data=form) as response:
        answer = await response.json()

    assert response.status == 400
    assert why in answer["error"]
