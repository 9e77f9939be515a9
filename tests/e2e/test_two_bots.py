"""Two whole bots over one PostgreSQL database, behind one address that Telegram pushes to."""

import itertools
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import update

from bot.config import find_seeds
from storage.model.instants import EPOCH
from storage.tables import delivery
from tests.e2e.processes import DEADLINE_SECONDS, free_port
from tests.e2e.readers import (
    add_due_readers,
    chats_in_doubt,
    end_the_minute_of_doubt,
    sent_to,
)

pytestmark = [
    pytest.mark.slow,  # a lease has to run out, by the real clock
    pytest.mark.parametrize(
        "database_url",
        [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
        indirect=True,
    ),
]

THE_SEED = find_seeds() / "000_1d59a4781fe81040.txt"
READERS = range(5001, 5101)
KILLED_AT = 30
PER_SECOND = 80
IN_FLIGHT = 8


class Balancer:
    """Gives every request to the next of the bots that answer, as a load balancer does."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.taken: Counter[int] = Counter()
        self.url = ""
        self._turns = itertools.count()

    async def pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        first = next(self._turns)
        for n in range(len(self.ports)):
            port = self.ports[(first + n) % len(self.ports)]
            try:
                async with (
                    aiohttp.ClientSession() as session,
                    session.post(
                        f"http://127.0.0.1:{port}{request.path}",
                        data=body,
                        headers=request.headers,
                    ) as answer,
                ):
                    self.taken[port] += 1
                    return web.Response(status=answer.status)
            except aiohttp.ClientConnectionError:
                continue
        return web.Response(status=502)


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    made = Balancer()
    app = web.Application()
    app.router.add_post("/telegram", made.pass_on)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
def start(launch, balancer, database_url):
    """Start a bot behind the balancer."""

    async def begin():
        port = free_port()
        bot = await launch(
            "run",
            DATABASE__URL=database_url,
            WEB__LISTEN=f"127.0.0.1:{port}",
            WEB__PUBLIC_URL=balancer.url,
            DELIVERY__PER_SECOND=str(PER_SECOND),
            DIGEST__TICK_SECONDS="0.2",
        )
        await bot.said("the bot runs")
        balancer.ports.append(port)
        return bot

    return begin


async def test_g4_another_bot_goes_on_where_the_one_that_sends_was_killed(
    start, launch, playground, balancer, db, database_url, hooks
):
    for chat_id in READERS:
        playground.person(f"Reader {chat_id}", id=chat_id, started=True)
    people = [playground.person(f"Person {n}") for n in range(6)]
    taken_in = await launch("ingest", str(THE_SEED), "--publish", DATABASE__URL=database_url)
    assert await taken_in.end() == 0
    first, second = await start(), await start()
    for one in people:
        await one.say("/start")
        await one.next_reply(DEADLINE_SECONDS)
    taken_by = dict(balancer.taken)

    def kill(_accepted):
        if playground.accepted.total >= KILLED_AT + len(people) and not first.is_over:
            first.send(signal.SIGKILL)

    hooks.append(kill)
    await add_due_readers(db, READERS, due_for=timedelta(minutes=1))
    assert await first.end() == -signal.SIGKILL
    left = await end_leases(db)
    await people[0].say("/help")
    meanwhile = await people[0].next_reply(DEADLINE_SECONDS)
    await second.said("this process plans and sends")
    await second.said("took over deliveries of a sender that stopped")
    doubtful = await chats_in_doubt(db)
    had = {one.chat_id for one in playground.accepted}
    await sent_to(set(READERS) - doubtful - had, hooks)
    repeats = sent_to(doubtful, hooks)
    await end_the_minute_of_doubt(db)
    await repeats

    times = Counter(one.chat_id for one in playground.accepted if one.chat_id in READERS)
    assert set(taken_by) == set(balancer.ports)
    assert meanwhile.text
    assert set(times) == set(READERS)
    assert {chat_id for chat_id, count in times.items() if count > 1} <= doubtful
    assert max(times.values()) <= 2
    assert doubtful <= left
    assert len(left) <= IN_FLIGHT


async def end_leases(db):
    """Let what a dead bot had claimed run out now, not in two minutes; return whose it is."""
    async with db.writing() as tx:
        marked = await tx.execute(
            update(delivery)
            .where(delivery.c.state.in_(["leased", "sending"]))
            .values(lease_until=EPOCH)
            .returning(delivery.c.chat_id)
        )
        return set(marked.scalars())
