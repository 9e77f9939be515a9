"""The ceiling: what share of it is held, and whether any second passes it, beside a peer.

The peer is python-telegram-bot's own limiter, as it comes, and in front of the least there can
be, so that it is not judged by what a call costs beside it. Each round begins with a limiter
that has rested, as a morning's run does. The share counts calls as they arrive at the server;
seconds are counted as calls leave, since what a busy machine reads late arrives in a heap.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import orjson

from tests.benchmarks import clients, stub
from tests.benchmarks.clients import Send
from tests.benchmarks.lines import Line, median, spread

DELAY_MS = 50
SECONDS = 10
#: The ceiling, and the share of it that is to be held.
RATES = ((30, 0.99), (1000, 0.98))
OURS = "ours"

#: Opens a way to send at a rate; the instants at which calls leave go into the list.
Open = Callable[[AsyncExitStack, str, int, list[float]], Awaitable[Send]]


async def _ours(stack: AsyncExitStack, url: str, rate: int, left: list[float]) -> Send:
    return await clients.ours(stack, url, clients.SeenPace(rate, left))


@dataclass(frozen=True, slots=True)
class Round:
    """The share of the ceiling that was held in percent, and the most calls in any second."""

    share: float
    leaving: int
    arriving: int


WAYS: dict[str, Open] = {
    OURS: _ours,
    "AIORateLimiter": clients.limited,
    "AIORateLimiter, raw aiohttp": clients.limiter_alone,
}


def measure(folder: Path, rounds: int) -> list[Line]:
    del folder
    with stub.running(DELAY_MS) as url:
        return asyncio.run(_measure(url, rounds))


async def _measure(url: str, rounds: int) -> list[Line]:
    lines = []
    for rate, least in RATES:
        found: dict[str, list[Round]] = {name: [] for name in WAYS}
        for _ in range(rounds):
            for name, way in WAYS.items():
                found[name].append(await _round(way, url, rate))
        lines += _lines(rate, least, found)
    return lines


async def _round(way: Open, url: str, rate: int) -> Round:
    left: list[float] = []
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(url))
        send = await way(stack, url, rate, left)
        await arrivals(session)
        start = time.monotonic()
        await pour(send, at_once=2 * max(8, rate // 10))
        arrived = [at for at in await arrivals(session) if at < start + SECONDS]
    assert len(left) >= len(arrived), "a call that arrived was not seen leaving"
    share = 100 * len(arrived) / (rate * SECONDS)
    return Round(share, most_in_a_second(left), most_in_a_second(arrived))


async def pour(send: Send, *, at_once: int) -> None:
    """Send as fast as the way lets it until the time is over."""

    async def work(first: int) -> None:
        chat_id = first
        while True:
            await send(chat_id)
            chat_id += at_once

    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(work(1001 + n)) for n in range(at_once)]
        await asyncio.sleep(SECONDS)
        for worker in workers:
            worker.cancel()


async def arrivals(session: aiohttp.ClientSession) -> list[float]:
    async with session.get("/arrivals") as answer:
        found: list[float] = orjson.loads(await answer.read())
        return found


def most_in_a_second(instants: Sequence[float]) -> int:
    """Return the most instants in any second, wherever it begins."""
    most, start = 0, 0
    for end, at in enumerate(instants):
        while instants[start] <= at - 1.0:
            start += 1
        most = max(most, end - start + 1)
    return most


def _lines(rate: int, least: float, found: dict[str, list[Round]]) -> list[Line]:
    shares = {name: [one.share for one in rounds] for name, rounds in found.items()}
    most = {name: max(one.leaving for one in rounds) for name, rounds in found.items()}
    arriving = max(one.arriving for one in found[OURS])
    return [
        Line(
            what=f"share of {rate} a second held over {SECONDS} s",
            unit="%",
            ours=median(shares[OURS]),
            spread=spread(shares[OURS]),
            peers={name: median(shares[name]) for name in found if name != OURS},
            goal=f"{100 * least:g} %",
            met=median(shares[OURS]) >= 100 * least,
            note=f"{DELAY_MS} ms a call; over 100 % is more than Telegram lets through",
        ),
        Line(
            what=f"most calls in any second at {rate} a second",
            unit="calls",
            ours=most[OURS],
            peers={name: most[name] for name in found if name != OURS},
            goal=f"never above {rate}",
            met=most[OURS] <= rate,
            note=f"as they left, over all rounds; ours as they arrived: {arriving}",
        ),
    ]
