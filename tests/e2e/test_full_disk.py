"""A real process whose disk takes nothing more for a while."""

import asyncio
import resource
from collections import Counter
from datetime import timedelta

import aiohttp

from bot.config import find_seeds
from tests.e2e.processes import DEADLINE_SECONDS, free_port
from tests.e2e.readers import add_due_readers

THE_SEED = find_seeds() / "000_1d59a4781fe81040.txt"
READERS = range(5001, 5021)


async def test_g3_a_full_disk_turns_health_red_sends_nothing_and_heals(launch, playground, store):
    port = free_port()
    for chat_id in READERS:
        playground.person(f"Reader {chat_id}", id=chat_id, started=True)
    reader = playground.person("Reader One")
    assert await (await launch("ingest", str(THE_SEED), "--publish")).end() == 0
    bot = await launch("run", DIGEST__TICK_SECONDS="0.2", WEB__LISTEN=f"127.0.0.1:{port}")
    await bot.said("the bot runs")
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)

    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    await add_due_readers(store, READERS, due_for=timedelta(minutes=1))
    await bot.said("a tick failed")
    await reader.say("/start")
    while_full = await ready(port), playground.accepted.total
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)
    answer = await reader.next_reply(DEADLINE_SECONDS)
    await bot.said("a tick works again")
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not set(READERS) <= {one.chat_id for one in playground.accepted}:
            await ready(port)
        while await ready(port) != 200:
            pass

    assert while_full == (503, 0)
    assert answer.text
    assert Counter(c.chat_id for c in playground.accepted if c.chat_id in READERS) == (
        Counter(READERS)
    )


async def ready(port: int) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/readyz") as answer,
    ):
        return answer.status
