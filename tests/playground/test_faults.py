"""What goes wrong on purpose: which call is struck, what the bot sees, what took effect."""

import asyncio
import contextlib
from typing import Any

import pytest
from aiohttp import (
    ClientError,
    ClientOSError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    ServerDisconnectedError,
)

from bot.playground.faults import Fault, Kind
from bot.playground.journal import fingerprint
from bot.playground.people import Person
from bot.playground.presets import PRESETS
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide


async def send(
    session: ClientSession, playground: Playground, **more: Any
) -> tuple[int, str, str]:
    """Send a message and return status, content type and body as they come."""
    url = f"{playground.url}/bot{TOKEN}/sendMessage"
    call = {"chat_id": 1000001, "text": "hello"} | more
    async with session.post(url, json=call, timeout=ClientTimeout(total=5)) as response:
        return response.status, response.content_type, await response.text()


async def test_an_answer_is_scripted(bot: BotSide, playground: Playground, reader: Person) -> None:
    playground.faults.add(
        Fault(code=400, description="Bad Request: moved", migrate_to_chat_id=-1005)
    )

    assert await bot.answer("sendMessage", chat_id=reader.id, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: moved",
        "parameters": {"migrate_to_chat_id": -1005},
    }
    assert reader.messages == []


async def test_a_flood_names_the_pause_in_body_as_in_header(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    playground.faults.add(PRESETS["flood"])
    url = f"{playground.url}/bot{TOKEN}/sendMessage"

    async with session.post(url, json={"chat_id": reader.id, "text": "x"}) as response:
        answer = await response.json()

    assert (response.status, response.headers["Retry-After"]) == (429, "3")
    assert answer["parameters"] == {"retry_after": 3}


@pytest.mark.parametrize(
    ("preset", "code", "kind", "body"),
    [
        ("flood without parameters", 429, "application/json", '"Too Many Requests"'),
        ("server error", 500, "application/json", '"Internal Server Error"'),
        ("bad gateway", 502, "text/html", "502 Bad Gateway"),
        ("gateway timeout", 504, "text/html", "504 Gateway Time-out"),
        ("empty answer", 200, "application/json", ""),
        ("answer without result", 200, "application/json", '{"ok":true}'),
        ("answer of the wrong type", 200, "text/html", '"text":"hello"'),
        ("token refused", 401, "application/json", '"Unauthorized"'),
    ],
)
async def test_a_whole_answer_may_be_wrong(
    session: ClientSession,
    playground: Playground,
    reader: Person,
    preset: str,
    code: int,
    kind: str,
    body: str,
) -> None:
    playground.faults.add(PRESETS[preset])

    status, content_type, text = await send(session, playground)

    assert (status, content_type) == (code, kind)
    assert body in text


@pytest.mark.parametrize(
    ("preset", "failure"),
    [
        ("cut in the header", ServerDisconnectedError),
        ("cut in the body", ClientPayloadError),
        ("reset", ClientOSError),
        ("reset, accepted", ClientOSError),
    ],
)
async def test_a_line_may_be_cut(
    session: ClientSession,
    playground: Playground,
    reader: Person,
    preset: str,
    failure: type[ClientError],
) -> None:
    playground.faults.add(PRESETS[preset])

    with pytest.raises(failure):
        await send(session, playground)


@pytest.mark.parametrize("preset", ["no answer", "no answer, accepted"])
async def test_an_answer_may_never_come(
    session: ClientSession, playground: Playground, reader: Person, preset: str
) -> None:
    playground.faults.add(PRESETS[preset])
    waiting = asyncio.create_task(send(session, playground))

    done, _ = await asyncio.wait({waiting}, timeout=0.05)

    assert not done
    waiting.cancel()


@pytest.mark.parametrize(
    ("preset", "count"),
    [
        ("server error", 0),
        ("server error, accepted", 1),
        ("bad gateway", 0),
        ("gateway timeout", 1),
        ("empty answer", 1),
        ("answer without result", 1),
        ("cut in the header", 1),
        ("cut in the body", 1),
        ("reset", 0),
        ("reset, accepted", 1),
    ],
)
async def test_what_took_effect_is_written_down(
    session: ClientSession, playground: Playground, reader: Person, preset: str, count: int
) -> None:
    playground.faults.add(PRESETS[preset])

    with contextlib.suppress(ClientError):
        await send(session, playground)

    assert len(playground.accepted) == len(reader.messages) == count


async def test_the_journal_says_what_was_accepted(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="<b>x</b>", parse_mode="HTML")
    await bot.ok("editMessageText", chat_id=reader.id, message_id=1, text="y")
    await bot.no("editMessageText", chat_id=reader.id, message_id=1, text="y")
    await bot.ok("deleteMessage", chat_id=reader.id, message_id=1)

    assert [entry[1:] for entry in playground.accepted] == [
        (reader.id, "sendMessage", 1, fingerprint("<b>x</b>")),
        (reader.id, "editMessageText", 1, fingerprint("y")),
        (reader.id, "deleteMessage", 1, fingerprint("")),
    ]


async def test_a_slow_call_takes_effect_when_its_time_has_come(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    playground.faults.add(Fault(kind=Kind.DELAY, delay=0.01))

    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")

    assert sent["text"] == "x"


async def test_of_an_accepted_slow_call_the_answer_is_late(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    playground.faults.add(Fault(kind=Kind.DELAY, delay=60, accepted=True))
    waiting = asyncio.create_task(bot.ok("sendMessage", chat_id=reader.id, text="x"))

    shown = await reader.next_reply()

    assert (shown.text, waiting.done()) == ("x", False)
    waiting.cancel()


async def test_an_update_may_come_twice_although_it_was_confirmed(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    playground.faults.add(Fault(kind=Kind.DUPLICATE, contains="again"))
    for text in ("once", "again"):
        await reader.say(text)

    seen = [update["update_id"] for _ in range(2) for update in await bot.updates()]

    assert [number - seen[0] for number in seen] == [0, 1, 1]


async def test_faults_strike_in_the_order_of_the_script(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    for code in (500, 429):
        playground.faults.add(Fault(code=code))

    codes = [
        (await bot.answer("sendMessage", chat_id=reader.id, text="x")).get("error_code")
        for _ in range(3)
    ]

    assert codes == [500, 429, None]


@pytest.mark.parametrize("preset", ["server error", "server error, accepted"])
async def test_a_struck_call_is_in_the_journal_of_calls(
    bot: BotSide, playground: Playground, reader: Person, preset: str
) -> None:
    playground.faults.add(PRESETS[preset])

    await bot.answer("sendMessage", chat_id=reader.id, text="x")

    [call] = playground.calls
    assert (call.method, call.status, call.answer, call.fault) == (
        "sendMessage",
        500,
        "Internal Server Error",
        "answer",
    )
