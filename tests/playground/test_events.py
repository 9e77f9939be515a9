"""What happens, told to open pages at once; and who may listen."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, MovableClock


async def next_event(lines: AsyncIterator[bytes]) -> dict[str, Any]:
    """Return the next event of a stream."""
    async for line in lines:
        if line.startswith(b"data: "):
            event: dict[str, Any] = orjson.loads(line.removeprefix(b"data: "))
            return event
    raise AssertionError("the stream ended")


async def test_events_come_as_they_happen(
    bot: BotSide, session: ClientSession, playground: Playground, reader: Person
) -> None:
    async with session.get(f"{playground.url}/play/events") as response:
        lines = response.content.__aiter__()
        await lines.__anext__()

        await reader.say("hello")
        event = await next_event(lines)

    assert (event["kind"], event["message"]["text"]) == ("message", "hello")


async def test_every_change_of_a_chat_is_an_event(
    bot: BotSide, session: ClientSession, playground: Playground, reader: Person
) -> None:
    keyboard = {"keyboard": [["Yes"]]}
    async with session.get(f"{playground.url}/play/events") as response:
        lines = response.content.__aiter__()
        await lines.__anext__()

        await bot.ok("sendChatAction", chat_id=reader.id, action="typing")
        await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
        await bot.ok("deleteMessage", chat_id=reader.id, message_id=1)
        await bot.ok("setMyName", name="Other")
        await reader.block()
        events = [await next_event(lines) for _ in range(9)]

    told = [event for event in events if event["kind"] != "call"]
    assert [event["kind"] for event in told] == ["action", "message", "delete", "face", "chat"]
    assert told[1]["message"]["keyboard"]["rows"] == [[{"text": "Yes"}]]
    assert told[2]["message_id"] == 1
    assert [event["call"]["method"] for event in events if event["kind"] == "call"] == [
        "sendChatAction",
        "sendMessage",
        "deleteMessage",
        "setMyName",
    ]


async def test_a_page_that_lags_too_far_behind_is_let_go(
    playground: Playground, session: ClientSession, reader: Person
) -> None:
    async with session.get(f"{playground.url}/play/events") as response:
        await response.content.readline()

        for number in range(1002):
            await reader.say(str(number))

        assert (await response.read()).count(b"data: ") == 1000


async def test_a_stream_ends_with_the_server(clock: MovableClock, session: ClientSession) -> None:
    playground = Playground(token=TOKEN, now=clock.now)
    await playground.start()
    async with session.get(f"{playground.url}/play/events") as response:
        await response.content.readline()

        await playground.stop()

        assert b"the server stops" in await response.read()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
async def test_this_machines_names_are_answered(
    session: ClientSession, playground: Playground, host: str
) -> None:
    async with session.get(f"{playground.url}/play/state", headers={"Host": host}) as response:
        assert response.status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[bad"])
@pytest.mark.parametrize("path", ["/", "/play/state", f"/bot{TOKEN}/getMe"])
async def test_other_names_are_refused(
    session: ClientSession, playground: Playground, host: str, path: str
) -> None:
    async with session.get(playground.url + path, headers={"Host": host}) as response:
        assert response.status == 403


async def test_other_sites_pages_are_refused(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    headers = {"Origin": "https://evil.example"}
    body = {"chat_id": reader.id, "text": "x"}
    url = f"{playground.url}/play/say"

    async with session.post(url, json=body, headers=headers) as response:
        assert response.status == 403
    assert reader.messages == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page.css", "text/css"),
        ("/page.js", "text/javascript"),
        ("/chat.js", "text/javascript"),
        ("/inspector.js", "text/javascript"),
        ("/text.js", "text/javascript"),
        ("/talk.js", "text/javascript"),
        ("/sheets.js", "text/javascript"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
async def test_the_page_is_served_with_a_strict_policy(
    session: ClientSession, playground: Playground, path: str, kind: str
) -> None:
    async with session.get(playground.url + path) as response:
        assert (response.status, response.content_type) == (200, kind)
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
