"""Two processes over one PostgreSQL database: one sends, the other takes over."""

import asyncio
import itertools
import os
import signal

import pytest
from sqlalchemy import text

from bot.crash_points import Point
from tests.faults.campaign import TOKEN, Arrivals, fill, open_server, open_spawner
from tests.faults.checker import gather, judge
from tests.faults.sender_process import Orders, make_clock

DEADLINE_SECONDS = 60
IN_FLIGHT = 8
LEADS_FOR = 3.0
CHATS, ROUNDS = 30, 3

pytestmark = pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)


class Pair:
    """Two senders, one of which leads, and what arrives from them."""

    def __init__(self, db, playground, arrivals, spawner, clock, url):
        self.db, self.playground, self.spawner = db, playground, spawner
        self._arrivals = arrivals
        self.clock = make_clock(clock)
        self._orders = {"url": url, "api_url": playground.url, "token": TOKEN}
        self._orders |= {"clock": str(clock), "in_flight": IN_FLIGHT, "leads_for": LEADS_FOR}

    async def start(self, owner, **more):
        """Start a sender, wait until it is at work, and return its process id."""
        pid = await self.spawner.spawn(Orders(owner=owner, **self._orders, **more))
        await self.arrived(0 if self.total else 1)
        return pid

    @property
    def total(self):
        """How many messages have arrived."""
        return self._arrivals.total

    async def arrived(self, more):
        """Return when so many more messages have arrived."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            await self._arrivals.reach(self._arrivals.total + more)

    async def ended(self, pid):
        """Return the exit code of a sender."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await self.spawner.ending(pid)

    async def evidence(self):
        return await gather(self.db, self.playground.accepted, in_flight=IN_FLIGHT)


@pytest.fixture
async def pair(db, database_url, tmp_path):
    await fill(db, chats=CHATS, rounds=ROUNDS)
    arrivals = Arrivals()
    async with (
        open_server(arrivals) as playground,
        open_spawner() as spawner,
    ):
        yield Pair(db, playground, arrivals, spawner, tmp_path / "clock", database_url)


def senders(evidence):
    """Return who sent, one after the other."""
    marks = [move.who for move in evidence.moves if move.became == "sending"]
    return [who for who, _ in itertools.groupby(marks)]


async def test_g4_only_the_leader_sends(pair):
    first = await pair.start("first")
    await pair.arrived(20)
    second = await pair.start("second")

    codes = await pair.ended(first), await pair.ended(second)

    evidence = await pair.evidence()
    assert codes == (0, 0)
    assert judge(evidence) == []
    assert senders(evidence) == ["first"]


async def test_g9_when_the_leader_dies_another_goes_on(pair):
    first = await pair.start("first")
    await pair.arrived(20)
    second = await pair.start("second")

    os.kill(first, signal.SIGKILL)
    await pair.ended(first)
    await pair.ended(second)

    evidence = await pair.evidence()
    assert judge(evidence) == []
    assert senders(evidence) == ["first", "second"]


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(Point.MARK_COMMITTED, id="between mark and call"),
        pytest.param(Point.MARK_WRITTEN, id="in a transaction", marks=pytest.mark.slow),
    ],
)
async def test_g4_a_leader_that_slept_past_its_lease_does_nothing_when_it_wakes(pair, point):
    first = await pair.start("first", stops_at=point, nth=10)
    second = await pair.start("second")
    second_ended = await pair.ended(second)
    arrived = pair.total

    os.kill(first, signal.SIGCONT)
    codes = await pair.ended(first), second_ended

    evidence = await pair.evidence()
    assert codes == (0, 0)
    assert judge(evidence) == []
    assert senders(evidence) == ["first", "second"]
    assert pair.total == arrived


async def test_g9_leaders_that_lose_their_connections_heal_by_themselves(pair):
    first = await pair.start("first")
    await pair.arrived(20)
    second = await pair.start("second")

    async with pair.db.writing() as tx:
        cut = await tx.execute(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    codes = await pair.ended(first), await pair.ended(second)

    assert cut.scalar_one() > 0
    assert codes == (0, 0)
    assert judge(await pair.evidence()) == []
