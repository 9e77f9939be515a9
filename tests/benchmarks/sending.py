"""Sending: what a call costs beside others, and how soon people are answered meanwhile."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

from bot.botapi.pace import Lane, Pace
from bot.clock import SystemClock
from bot.runtime.memory import settle
from tests.benchmarks import clients, stub
from tests.benchmarks.clients import Send
from tests.benchmarks.lines import Line, median, spread

SENDS, AT_ONCE = 900, 30
DELAY_MS = 50
ANSWERS_A_SECOND = 40


def measure(folder: Path, rounds: int) -> list[Line]:
    del folder
    settle()
    with stub.running(0) as url:
        lines = asyncio.run(_cost(url, rounds))
    with stub.running(DELAY_MS) as url:
        lines.append(asyncio.run(_answers(url)))
    return lines


async def _cost(url: str, rounds: int) -> list[Line]:
    found: dict[str, list[float]] = {}
    async with AsyncExitStack() as stack:
        ways = {
            "ours": await clients.ours(stack, url),
            "python-telegram-bot": await clients.stock(stack, url),
            "aiogram": await clients.aiogram(stack, url),
            "raw aiohttp": await clients.raw(stack, url),
        }
        for send in ways.values():
            await _send_all(send, 60)
        for _ in range(rounds):
            for name, send in ways.items():
                start = time.process_time()
                await _send_all(send, SENDS)
                spent = (time.process_time() - start) / SENDS * 1000
                found.setdefault(name, []).append(spent)
    mine = median(found["ours"])
    peers = {name: median(rounds) for name, rounds in found.items() if name != "ours"}
    return [
        Line(
            what="processor time of a send",
            unit="ms",
            ours=mine,
            spread=spread(found["ours"]),
            peers=peers,
            goal="12 × less than python-telegram-bot, 4 × less than aiogram",
            met=peers["python-telegram-bot"] >= 12 * mine and peers["aiogram"] >= 4 * mine,
            note=f"a digest of 2 800 characters, {AT_ONCE} calls at once",
        )
    ]


async def _send_all(send: Send, count: int) -> None:
    left = iter(range(count))

    async def work() -> None:
        for n in left:
            await send(1001 + n)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def _answers(url: str) -> Line:
    idle = await _answer_times(url, sending=False)
    busy = await _answer_times(url, sending=True)
    return Line(
        what="99th percentile of an answer's time while sending 1000 a second",
        unit="ms",
        ours=busy,
        peers={"with nothing else to do": idle},
        goal="at most 20 ms more",
        met=busy <= idle + 20,
        note=f"of which {DELAY_MS} ms are the server's",
    )


async def _answer_times(url: str, *, sending: bool) -> float:
    pace = Pace(SystemClock(), 1000)
    async with AsyncExitStack() as stack:
        send = await clients.ours(stack, url, pace)
        answer = await clients.raw(stack, url)
        most = asyncio.Semaphore(200)
        work: set[asyncio.Task[None]] = set()
        going = sending

        async def pour() -> None:
            n = 0
            while going:
                await most.acquire()
                n += 1
                task = asyncio.create_task(send(1001 + n))
                work.add(task)
                task.add_done_callback(lambda done: (work.discard(done), most.release()))

        pouring = asyncio.create_task(pour())
        times = []
        for _ in range(5 * ANSWERS_A_SECOND):
            await asyncio.sleep(1 / ANSWERS_A_SECOND)
            start = time.perf_counter()
            await pace.turn(Lane.ANSWER)
            await answer(7)
            times.append((time.perf_counter() - start) * 1000)
        going = False
        await pouring
        if work:
            await asyncio.wait(work)
    return sorted(times)[int(len(times) * 0.99)]
