"""Ways to send one digest: ours, and others that bots use."""

import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from math import inf
from typing import Any

import aiohttp
import orjson
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Bot
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.botapi.outcomes import Sent
from bot.botapi.pace import Lane, Pace
from bot.botapi.request import AiohttpRequest
from bot.botapi.sender import SenderApi
from bot.clock import SystemClock
from bot.markup import Message, bold, lines, quote, text

TOKEN = "123456:BENCH-no-secret-at-all-0123456789-abc"
Send = Callable[[int], Awaitable[None]]


def make_message() -> Message:
    """Return a message of some 2 800 characters with 50 entities."""
    item = lines(
        bold("The grid operator approved a battery park beside its largest landing point"),
        text("Impact 8.5 · 92% confident · 2 min"),
        quote("Counterpoint Opponents say that the money would cut outages more elsewhere."),
    )
    return Message(body=lines(*[item] * 15))


PARAMETERS: dict[str, Any] = make_message().as_json()


class SeenPace(Pace):
    """Our pace, which notes when calls leave."""

    def __init__(self, per_second: int, left: list[float]) -> None:
        super().__init__(SystemClock(), per_second)
        self._left = left

    async def turn(self, lane: Lane, chat_id: int | None = None) -> None:
        await super().turn(lane, chat_id)
        self._left.append(time.monotonic())


class StockRequest(HTTPXRequest):
    """The library's own request, which notes when calls leave."""

    left: list[float] | None = None

    async def do_request(self, *call: Any, **more: Any) -> tuple[int, bytes]:
        if self.left is not None:
            self.left.append(time.monotonic())
        return await super().do_request(*call, **more)


async def ours(stack: AsyncExitStack, url: str, pace: Pace | None = None) -> Send:
    """Return the sender's own way: a raw request that makes no Message."""
    bot: ExtBot[None] = ExtBot(
        TOKEN,
        base_url=f"{url}/bot",
        request=AiohttpRequest(connections=400, pace=pace),
        get_updates_request=AiohttpRequest(connections=1, pace=None),
    )
    await bot.request.initialize()
    stack.push_async_callback(bot.request.shutdown)
    api = SenderApi(bot)

    async def send(chat_id: int) -> None:
        outcome = await api.send(
            PARAMETERS | {"chat_id": chat_id}, chat_id=chat_id, leave_before=inf
        )
        assert isinstance(outcome, Sent), outcome

    return send


async def stock(stack: AsyncExitStack, url: str) -> Send:
    """Return python-telegram-bot as it comes, with a pool that is large enough."""
    bot = Bot(
        TOKEN,
        base_url=f"{url}/bot",
        request=HTTPXRequest(connection_pool_size=512, pool_timeout=60, read_timeout=60),
    )
    await bot.request.initialize()
    stack.push_async_callback(bot.request.shutdown)

    async def send(chat_id: int) -> None:
        await bot.send_message(chat_id, PARAMETERS["text"], parse_mode="HTML")

    return send


async def limited(stack: AsyncExitStack, url: str, rate: int, left: list[float]) -> Send:
    """Return python-telegram-bot as it comes with its own limiter."""
    request = StockRequest(connection_pool_size=512, pool_timeout=60, read_timeout=60)
    request.left = left
    bot: ExtBot[Any] = ExtBot(
        TOKEN,
        base_url=f"{url}/bot",
        request=request,
        rate_limiter=AIORateLimiter(overall_max_rate=rate, overall_time_period=1),
    )
    await bot.request.initialize()
    stack.push_async_callback(bot.request.shutdown)

    async def send(chat_id: int) -> None:
        await bot.send_message(chat_id, PARAMETERS["text"], parse_mode="HTML")

    return send


async def limiter_alone(stack: AsyncExitStack, url: str, rate: int, left: list[float]) -> Send:
    """Return python-telegram-bot's limiter before the least that a call can cost."""
    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1)
    plain = await raw(stack, url)

    async def call(chat_id: int) -> bool:
        left.append(time.monotonic())
        await plain(chat_id)
        return True

    async def send(chat_id: int) -> None:
        await limiter.process_request(
            callback=call,
            args=(chat_id,),
            kwargs={},
            endpoint="sendMessage",
            data={"chat_id": chat_id},
            rate_limit_args=None,
        )

    return send


async def aiogram(stack: AsyncExitStack, url: str) -> Send:
    """Return aiogram with a pool that is large enough."""
    session = AiohttpSession(limit=512, api=TelegramAPIServer.from_base(url))
    bot = AiogramBot(TOKEN, session=session)
    stack.push_async_callback(session.close)

    async def send(chat_id: int) -> None:
        await bot.send_message(chat_id, PARAMETERS["text"], parse_mode="HTML")

    return send


async def raw(stack: AsyncExitStack, url: str) -> Send:
    """Return the least there can be: aiohttp, orjson, and a look at the answer."""
    connector = aiohttp.TCPConnector(limit=512)
    session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
    address = f"{url}/bot{TOKEN}/sendMessage"
    headers = {"Content-Type": "application/json"}

    async def send(chat_id: int) -> None:
        body = orjson.dumps(PARAMETERS | {"chat_id": chat_id})
        async with session.post(address, data=body, headers=headers) as answer:
            assert orjson.loads(await answer.read())["ok"]

    return send
