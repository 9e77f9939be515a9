"""What the inspector shows and moves: calls, journal, clock, faults, data."""

from datetime import datetime

import orjson
import pytest
from aiohttp import ClientSession

from bot.playground.clocks import read_target
from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, Browser, MovableClock


async def test_a_fault_is_added_by_its_name(bot: BotSide, browser: Browser) -> None:
    _, script = await browser.post("fault", preset="token refused")

    assert script["faults"][0]["kind"] == "answer"
    assert (await bot.answer("getMe"))["error_code"] == 401


async def test_a_fault_is_added_in_full(bot: BotSide, browser: Browser) -> None:
    await browser.post("fault", method="getMe", code=429, retry_after=2, description="Slowly")

    assert (await bot.answer("getMe"))["parameters"] == {"retry_after": 2}


async def test_faults_are_cleared(bot: BotSide, browser: Browser) -> None:
    await browser.post("fault", preset="token refused")

    await browser.post("clear_faults")

    assert (await bot.answer("getMe"))["ok"]


async def test_calls_are_listed_with_their_answers(
    bot: BotSide, browser: Browser, reader: Person
) -> None:
    await bot.no("sendMessage", chat_id=4, text="x")

    [call] = await browser.get("calls")

    assert (call["method"], call["status"], call["answer"]) == (
        "sendMessage",
        400,
        "Bad Request: chat not found",
    )
    assert call["parameters"] == {"chat_id": 4, "text": "x"}


async def test_the_journal_is_given_line_by_line(
    bot: BotSide, session: ClientSession, playground: Playground, reader: Person
) -> None:
    for text in "ab":
        await bot.ok("sendMessage", chat_id=reader.id, text=text)

    async with session.get(f"{playground.url}/play/log") as response:
        lines = [orjson.loads(line) for line in (await response.read()).splitlines()]

    assert [line["message_id"] for line in lines] == [1, 2]


async def test_a_time_nobody_understands_moves_no_clock(
    clock: MovableClock, session: ClientSession
) -> None:
    async def move(to: datetime | None) -> None:
        raise AssertionError(to)

    async with Playground(token=TOKEN, now=clock.now, move_clock=move) as playground:
        status, _ = await Browser(session, playground.url).post("clock", to="soon")

    assert status == 400


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("next", None),
        ("+90m", "2026-11-22T09:30:00+00:00"),
        ("+1h", "2026-11-22T09:00:00+00:00"),
        ("+2d", "2026-11-24T08:00:00+00:00"),
        ("2026-12-01T08:00", "2026-12-01T08:00:00+00:00"),
        ("2026-12-01T08:00+01:00", "2026-12-01T07:00:00+00:00"),
    ],
)
async def test_the_clock_is_moved(
    clock: MovableClock, session: ClientSession, written: str, target: str | None
) -> None:
    moved: list[datetime | None] = []

    async def move(to: datetime | None) -> None:
        moved.append(to)

    async with Playground(token=TOKEN, now=clock.now, move_clock=move) as playground:
        status, answer = await Browser(session, playground.url).post("clock", to=written)

    assert (status, answer) == (200, {"now": "2026-11-22T08:00:00+00:00"})
    assert moved == [datetime.fromisoformat(target) if target else None]


@pytest.mark.parametrize("written", ["", "tomorrow", "+1y", "-1h"])
def test_a_time_nobody_understands_is_refused(clock: MovableClock, written: str) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        read_target(written, clock.now())


async def test_data_is_shown_where_there_is_some(
    clock: MovableClock, session: ClientSession
) -> None:
    async def data() -> dict[str, object]:
        return {"subscribers": 3}

    async with Playground(token=TOKEN, now=clock.now, data=data) as playground:
        shown = await Browser(session, playground.url).get("data")

    assert shown == {"subscribers": 3}


async def test_without_data_there_is_none(browser: Browser) -> None:
    assert await browser.get("data") == {"error": "this playground was given no data to show"}
