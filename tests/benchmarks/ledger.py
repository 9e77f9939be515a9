"""The sender with its ledger: how much of Telegram's paid ceiling is held with every mark kept.

Claimed, lifted, put into words, marked, sent, noted with the copies it makes: all that a digest
takes after it was promised. Beside it stands the same client with nothing to keep.
"""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from telegram.ext import ExtBot

from bot.botapi.request import AiohttpRequest
from bot.botapi.sender import SenderApi
from bot.clock import MovableClock
from bot.delivery.calling import SenderParts
from bot.delivery.choose import Rules
from bot.delivery.dispatch import Sender, in_flight_for
from bot.delivery.plan import plan_due
from bot.runtime.memory import settle
from storage.database import Database
from tests.benchmarks import clients, stub
from tests.benchmarks.ceiling import DELAY_MS, SECONDS, arrivals, most_in_a_second, pour
from tests.benchmarks.crowds import THEN
from tests.benchmarks.lines import Line, median, spread
from tests.benchmarks.stores import addresses, fill

RATE, LEAST = 1000, 0.98
RULES = Rules(default_zone="UTC", keep_seat=True)


@dataclass(frozen=True, slots=True)
class Round:
    """Share of the ceiling in percent, most calls in any second, and a send's processor time."""

    share: float
    leaving: int
    cost: float


def measure(folder: Path, rounds: int) -> list[Line]:
    lines = []
    readers = (rounds + 1) * RATE * SECONDS * 11 // 10
    with addresses(folder) as stores, stub.running(DELAY_MS) as url:
        for kind, address in stores.items():
            fill(address, str(readers), "300", "5000", "1.0")
            settle()
            lines += asyncio.run(_measure(kind, address, url, rounds))
    return lines


async def _measure(kind: str, address: str, url: str, rounds: int) -> list[Line]:
    db = Database(address)
    await plan_due(db, now=THEN, rules=RULES)
    await _kept(db, url)  # not counted: modules and caches are there afterwards
    kept, bare = [], []
    for _ in range(rounds):
        kept.append(await _kept(db, url))
        bare.append(await _bare(url))
    await db.close()
    shares = [one.share for one in kept]
    most = max(one.leaving for one in kept)
    return [
        Line(
            what=f"share of {RATE} a second held, each with its marks, {kind}",
            unit="%",
            ours=median(shares),
            spread=spread(shares),
            peers={"the client alone": median([one.share for one in bare])},
            goal=f"{100 * LEAST:g} %, never above {RATE}",
            met=median(shares) >= 100 * LEAST and most <= RATE,
            note=f"{DELAY_MS} ms a call; at most {most} calls left in any second",
        ),
        Line(
            what=f"processor time of a digest from claim to note, {kind}",
            unit="ms",
            ours=median([one.cost for one in kept]),
            spread=spread([one.cost for one in kept]),
            peers={"the client alone, 2 800 characters": median([one.cost for one in bare])},
            note="SQLite works in this process, PostgreSQL in its own",
        ),
    ]


async def _kept(db: Database, url: str) -> Round:
    """Let the sender work on what is promised until the time is over."""
    clock, left = MovableClock(THEN), list[float]()
    in_flight = in_flight_for(RATE)
    pace = clients.SeenPace(RATE, left)
    async with AsyncExitStack() as stack:
        request = AiohttpRequest(connections=in_flight + 1, pace=pace)
        await request.initialize()
        stack.push_async_callback(request.shutdown)
        bot: ExtBot[None] = ExtBot(
            clients.TOKEN,
            base_url=f"{url}/bot",
            request=request,
            get_updates_request=AiohttpRequest(connections=1, pace=None),
        )
        parts = SenderParts(db=db, api=SenderApi(bot), clock=clock, pace=pace)
        sender = Sender(parts, owner="bench", in_flight=in_flight)
        await sender.rescue(alone=True)
        session = await stack.enter_async_context(aiohttp.ClientSession(url))
        await arrivals(session)
        start, spent = time.monotonic(), time.process_time()
        draining = asyncio.create_task(sender.drain())
        await asyncio.sleep(SECONDS)
        cost = time.process_time() - spent
        await sender.stop(within_seconds=5)
        await draining
        arrived = [at for at in await arrivals(session) if at < start + SECONDS]
    return _round(arrived, left, cost)


async def _bare(url: str) -> Round:
    """Send the same number at the pace and keep nothing of it."""
    left: list[float] = []
    async with AsyncExitStack() as stack:
        send = await clients.ours(stack, url, clients.SeenPace(RATE, left))
        session = await stack.enter_async_context(aiohttp.ClientSession(url))
        await arrivals(session)
        start, spent = time.monotonic(), time.process_time()
        await pour(send, at_once=in_flight_for(RATE))
        cost = time.process_time() - spent
        arrived = [at for at in await arrivals(session) if at < start + SECONDS]
    return _round(arrived, left, cost)


def _round(arrived: list[float], left: list[float], cost: float) -> Round:
    assert len(left) >= len(arrived) > 0, "a call that arrived was not seen leaving"
    share = 100 * len(arrived) / (RATE * SECONDS)
    return Round(share, most_in_a_second(left), cost / len(arrived) * 1000)
