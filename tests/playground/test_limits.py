"""Telegram's published limits, where one asks to be held to them."""

import pytest
from aiohttp import ClientSession

from bot.playground.limits import RealLimits
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, MovableClock

SEND = "sendMessage"


def test_a_private_chat_gets_one_message_a_second() -> None:
    limits = RealLimits()

    assert [limits.wait(SEND, 1, at) for at in (0.0, 0.5, 0.99, 1.0)] == [0, 1, 1, 0]


def test_all_chats_together_get_thirty_a_second() -> None:
    limits = RealLimits()

    waits = [limits.wait(SEND, chat_id, 0.0) for chat_id in range(1, 32)]

    assert waits == [0] * 30 + [1]


def test_a_group_gets_twenty_a_minute() -> None:
    limits = RealLimits()

    waits = [limits.wait(SEND, -5, float(second)) for second in range(21)]

    assert waits == [0] * 20 + [40]


def test_edits_count_in_all_but_not_in_their_chat() -> None:
    limits = RealLimits()

    waits = [limits.wait("editMessageText", 1, 0.0) for _ in range(31)]

    assert waits == [0] * 30 + [1]


@pytest.mark.parametrize("method", ["getUpdates", "sendChatAction", "answerCallbackQuery"])
def test_what_makes_no_message_is_not_counted(method: str) -> None:
    limits = RealLimits()

    assert [limits.wait(method, 1, 0.0) for _ in range(40)] == [0] * 40


async def test_over_the_limit_one_is_asked_to_wait(
    clock: MovableClock, session: ClientSession
) -> None:
    async with Playground(token=TOKEN, now=clock.now, real_limits=True) as playground:
        bot = BotSide(session, playground.url)
        reader = playground.person("Reader One", started=True)
        await bot.ok("sendMessage", chat_id=reader.id, text="x")

        answer = await bot.answer("sendMessage", chat_id=reader.id, text="y")

    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
