"""Campaigns: senders as processes, killed over and over, and a server that answers badly."""

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import psutil

from bot.digest.recipe import pack
from bot.playground.faults import Fault, Kind
from bot.playground.journal import Accepted
from bot.playground.server import Playground
from storage import subscribers
from storage.database import Database
from storage.model.subscriber import ChatKind, Preferences
from storage.tables import delivery, had
from tests.fakes import NOON
from tests.faults.checker import Evidence, gather, judge
from tests.faults.sender_process import Orders, make_clock
from tests.flow.desk import make_recipe
from tests.storage.rows import add_brief

TOKEN = "123456:CAMPAIGN"
#: Longer than any lease, and than any doubt.
LONG_SECONDS = 130.0
LEADS_FOR = 1.0
FAULT_RATE = 0.1
IN_FLIGHT = 40
OF_SENDING = [
    Fault(),
    Fault(accepted=True),
    Fault(kind=Kind.HTML, code=502),
    Fault(kind=Kind.HTML, code=504, accepted=True),
    Fault(kind=Kind.EMPTY, accepted=True),
    Fault(kind=Kind.NO_RESULT, accepted=True),
    Fault(kind=Kind.WRONG_TYPE, accepted=True),
    Fault(kind=Kind.CUT_HEADER),
    Fault(kind=Kind.CUT_HEADER, accepted=True),
    Fault(kind=Kind.CUT_BODY, accepted=True),
    Fault(kind=Kind.RESET),
    Fault(kind=Kind.RESET, accepted=True),
]
FAULTS = [replace(fault, method="sendMessage") for fault in OF_SENDING]


class Arrivals:
    """Counts what takes effect at a server, and wakes who waits for so many."""

    def __init__(self) -> None:
        self.total = 0
        self._awaited: list[tuple[int, asyncio.Event]] = []

    def __call__(self, _accepted: Accepted) -> None:
        self.total += 1
        for count_, event in self._awaited:
            if self.total >= count_:
                event.set()

    async def reach(self, total: int) -> None:
        """Return when there have been so many."""
        awaited = total, asyncio.Event()
        self._awaited.append(awaited)
        try:
            if self.total < total:
                await awaited[1].wait()
        finally:
            self._awaited.remove(awaited)


def open_server(arrivals: Arrivals) -> Playground:
    """Return a server that takes everything, for a context manager."""
    return Playground(token=TOKEN, now=lambda: NOON, strict=False, on_accepted=arrivals)


class Spawner:
    """The process that forks senders, seen from here."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._ended: dict[int, asyncio.Future[int]] = {}
        self._started: asyncio.Queue[int] = asyncio.Queue()
        self._listening = asyncio.create_task(self._listen())

    async def spawn(self, orders: Orders) -> int:
        """Start a sender and return its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(orders.line())
        return await self._started.get()

    def ending(self, pid: int) -> "asyncio.Future[int]":
        """Return what comes to be the exit code of a sender."""
        return self._ended[pid]

    async def close(self) -> None:
        """End it, and with it the senders that are left."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._listening

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            word, *values = line.decode().split()
            if word == "started":
                pid = int(values[0])
                self._ended[pid] = asyncio.get_running_loop().create_future()
                self._started.put_nowait(pid)
            elif word == "ended":
                self._ended[int(values[0])].set_result(int(values[1]))


@asynccontextmanager
async def open_spawner() -> AsyncIterator[Spawner]:
    """Give a process that forks senders."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.sender_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    spawner = Spawner(process)
    try:
        yield spawner
    finally:
        await spawner.close()


@dataclass(slots=True)
class Tally:
    """What a campaign came to."""

    deliveries: int
    kills: int = 0
    stops: int = 0
    seconds: float = 0.0
    #: Of the sender that is at work, now and then.
    samples: list[tuple[int, int]] = field(default_factory=list)  # resident bytes, open files

    def line(self, evidence: Evidence) -> str:
        """Return the figures in one line."""
        states = Counter(one.state for one in evidence.promised)
        doubts = sum(one.doubt > 0 for one in evidence.promised)
        repeats = len(evidence.took) - len({(t.chat_id, t.fingerprint) for t in evidence.took})
        return (
            f"{self.deliveries} deliveries, {self.kills} kills, {self.stops} stops,"
            f" {doubts} in doubt, {repeats} came twice, {states['uncertain']} held,"
            f" {self.seconds:.1f} s"
        )


class Campaign:
    """Kills and stops senders by chance until they have sent everything."""

    def __init__(
        self,
        playground: Playground,
        arrivals: Arrivals,
        spawner: Spawner,
        *,
        url: str,
        clock: Path,
        seed: int,
    ) -> None:
        self._arrivals, self._spawner = arrivals, spawner
        self._random = random.Random(seed)
        self._numbers = count(1)
        self._clock = make_clock(clock)
        self._orders = Orders(
            url=url,
            api_url=playground.url,
            token=TOKEN,
            owner="",
            clock=str(clock),
            in_flight=IN_FLIGHT,
            leads_for=LEADS_FOR,
        )
        playground.faults.strike_at_random(FAULTS, rate=FAULT_RATE, seed=seed)

    async def run(
        self, tally: Tally, *, kills: int, stops: int, samples: int, share: float = 0.9
    ) -> None:
        """Kill and stop while that share of the deliveries goes out; then let it end."""
        began = time.monotonic()
        step = int(tally.deliveries * share / max(1, kills + stops))
        stopped = set(self._random.sample(range(kills + stops), stops))
        async with asyncio.timeout(120 + tally.deliveries / 20):
            pid = await self._spawn()
            for number in range(kills + stops):
                if number in stopped:
                    await self._sent(step, pid)
                    await self._stop(pid)
                    tally.stops += 1
                    continue
                await self._sent(0 if self._random.random() < 0.2 else step, pid)
                await self._clock.wait(self._random.random() * 0.02)
                tally.kills += await self._kill(pid)
                self._clock.skip(LONG_SECONDS)
                pid = await self._spawn()
            for _ in range(samples):
                await self._sent(tally.deliveries // samples // 2, pid)
                if not self._spawner.ending(pid).done():
                    tally.samples.append(_look_at(pid))
            code = await self._spawner.ending(pid)
        assert code == 0, f"the last sender ended with {code}"
        tally.seconds = time.monotonic() - began

    async def _spawn(self) -> int:
        owner = f"sender-{next(self._numbers)}"
        return await self._spawner.spawn(replace(self._orders, owner=owner))

    async def _sent(self, more: int, pid: int) -> None:
        """Return when so many more messages, more or less, have arrived, or all of them."""
        total = self._arrivals.total + self._random.randint(0, 2 * more)
        waiting = asyncio.ensure_future(self._arrivals.reach(total))
        ending = self._spawner.ending(pid)
        await asyncio.wait({waiting, ending}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    async def _kill(self, pid: int) -> bool:
        ending = self._spawner.ending(pid)
        if not ending.done():
            os.kill(pid, signal.SIGKILL)
        return await ending == -signal.SIGKILL

    async def _stop(self, pid: int) -> None:
        """Let a sender stand still for longer than its leases last."""
        if self._spawner.ending(pid).done():
            return
        os.kill(pid, signal.SIGSTOP)
        self._clock.skip(LONG_SECONDS)
        os.kill(pid, signal.SIGCONT)


def _look_at(pid: int) -> tuple[int, int]:
    """Return how much memory a process has resident, and how many files it has open."""
    process = psutil.Process(pid)
    return process.memory_info().rss, process.num_fds()


async def fill(db: Database, *, chats: int, rounds: int) -> int:
    """Promise every chat so many digests, all due at noon, each of a brief of its own."""
    brief_ids = [
        await add_brief(db, headline=f"Island number {n} runs on tides.") for n in range(rounds)
    ]
    ids = range(1001, 1001 + chats)
    async with db.writing() as tx:
        for chat_id in ids:
            await subscribers.add_subscriber(
                tx,
                chat_id=chat_id,
                kind=ChatKind.PRIVATE,
                thread_id=None,
                preferences=Preferences(),
                now=NOON,
            )
        rows = [
            {
                "kind": 3,
                "chat_id": chat_id,
                "slot": number,
                "ref": 0,
                "recipe": pack(make_recipe(brief_id)),
                "due_at": NOON,
                "not_before": NOON,
            }
            for number, brief_id in enumerate(brief_ids)
            for chat_id in ids
        ]
        await tx.execute(delivery.insert(), rows)
        made = await tx.execute(delivery.select().order_by(delivery.c.id))
        gives = [
            {"chat_id": row.chat_id, "brief_id": brief_ids[row.slot], "delivery_id": row.id}
            for row in made
        ]
        await tx.execute(had.insert(), gives)
    return len(rows)


async def wage(
    url: str,
    clock: Path,
    *,
    chats: int,
    rounds: int,
    kills: int,
    stops: int,
    seed: int,
    samples: int = 0,
) -> tuple[Tally, Evidence, list[str]]:
    """Fill a database, wage a campaign over it, and let it be judged."""
    db = Database(url)
    tally = Tally(await fill(db, chats=chats, rounds=rounds))
    arrivals = Arrivals()
    async with (
        open_server(arrivals) as playground,
        open_spawner() as spawner,
    ):
        campaign = Campaign(playground, arrivals, spawner, url=url, clock=clock, seed=seed)
        await campaign.run(tally, kills=kills, stops=stops, samples=samples)
        evidence = await gather(db, playground.accepted, in_flight=IN_FLIGHT)
    await db.close()
    return tally, evidence, judge(evidence)
