"""Lives of the sender: one dies where it is told to, the next finds what it left."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text

from bot.botapi.connect import make_bot
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.config import TelegramSettings
from bot.crash_points import Point, watched
from bot.delivery.calling import SenderParts
from bot.delivery.correct import promise_edits
from bot.delivery.dispatch import Sender
from bot.digest.recipe import pack
from bot.playground.server import Playground
from storage import edits
from storage.database import Database
from storage.model.brief import BriefId
from storage.model.delivery import Kind
from tests.fakes import NOON, RunningClock
from tests.faults.checker import gather, judge
from tests.flow.desk import make_recipe
from tests.storage import rows

TOKEN = "123456:FAULTS"
IN_FLIGHT = 8
STEP = timedelta(seconds=61)
MOST_STEPS = 60

_owners = count(1)


class Death(BaseException):
    """The process is gone: nothing of it may go on."""


class Fate:
    """Lets a life end when a point is reached for the nth time, and nothing of it go on."""

    def __init__(self, point: Point | None = None, nth: int = 1) -> None:
        self._point, self._nth = point, nth
        self.reached: Counter[Point] = Counter()
        self.struck = asyncio.Event()

    def __call__(self, point: Point) -> None:
        self.reached[point] += 1
        if point is self._point and self.reached[point] == self._nth:
            self.struck.set()
        if self.struck.is_set():
            raise Death(point.name)


class Life:
    """One process's worth of sender, with connections of its own."""

    def __init__(self, ground: "Ground", db: Database, *, in_flight: int = IN_FLIGHT) -> None:
        self.db, self.clock = db, ground.clock
        pace = Pace(self.clock, per_second=1000)
        settings = TelegramSettings(token=SecretStr(TOKEN), api_url=ground.playground.url)
        self.bot = make_bot(settings, pace=pace, in_flight=in_flight)
        parts = SenderParts(db=db, api=SenderApi(self.bot), clock=self.clock, pace=pace)
        self.sender = Sender(parts, owner=f"sender-{next(_owners)}", in_flight=in_flight)

    async def send_all(self) -> None:
        """Take over what is left, and send until nothing is open, however long it takes."""
        await self.sender.rescue(alone=True)
        for _ in range(MOST_STEPS):
            await promise_edits(self.db, now=self.clock.now())
            await self.sender.drain()
            await self.sender.rescue(alone=False)
            if not await self.count_open():
                return
            self.clock.advance(STEP)

    async def count_open(self) -> int:
        """Return how many deliveries have not come to an end."""
        async with self.db.reading() as tx:
            found = await tx.execute(
                text(
                    "SELECT count(*) FROM delivery WHERE state IN ('pending', 'leased', 'sending')"
                )
            )
            return int(found.scalar_one())


Work = Callable[[Life], Awaitable[Any]]


class Ground:
    """What outlives the lives: a database, Telegram, time."""

    def __init__(self, url: str, playground: Playground) -> None:
        self.url, self.playground = url, playground
        self.clock = RunningClock()

    async def live(self, work: Work, fate: Fate | None = None) -> bool:
        """Let a life do some work; tell whether it came to its end."""
        fate = fate or Fate()
        db = Database(self.url)
        life = Life(self, db)
        for request in life.bot._request:
            await request.initialize()
        try:
            with watched(fate):
                return await _until_death(life, work, fate)
        finally:
            for request in life.bot._request:
                await request.shutdown()
            await db.close()

    async def send_all(self) -> bool:
        """Let a life send everything that is open."""
        return await self.live(Life.send_all)

    async def faults(self) -> list[str]:
        """Let the checker judge what has become of everything."""
        db = Database(self.url)
        try:
            accepted = self.playground.accepted
            return judge(await gather(db, accepted, in_flight=IN_FLIGHT))
        finally:
            await db.close()


async def _until_death(life: Life, work: Work, fate: Fate) -> bool:
    working = asyncio.ensure_future(work(life))
    struck = asyncio.ensure_future(fate.struck.wait())
    try:
        await asyncio.wait({working, struck}, return_when=asyncio.FIRST_COMPLETED)
        if not fate.struck.is_set():
            await working
            return True
        return False
    finally:
        calls = tuple(life.sender._calls)
        for task in (working, struck, *calls):
            task.cancel()
        await asyncio.gather(working, struck, *calls, return_exceptions=True)


@asynccontextmanager
async def open_ground(url: str) -> AsyncIterator[Ground]:
    """Give the ground on which senders live and die."""
    async with Playground(token=TOKEN, now=lambda: NOON) as playground:
        yield Ground(url, playground)


async def add_readers(ground: Ground, db: Database, chat_ids: Sequence[int]) -> None:
    """Let people sign up."""
    for chat_id in chat_ids:
        ground.playground.person(f"Reader {chat_id}", id=chat_id, started=True)
        await rows.add_reader(db, chat_id)


async def add_promises(
    db: Database, kind: Kind, chat_ids: Sequence[int], brief_ids: Sequence[int]
) -> None:
    """Promise every chat a message of a kind for each of the briefs."""
    gives = kind in {Kind.NOW, Kind.ALERT, Kind.DIGEST}
    for chat_id in chat_ids:
        for brief_id in brief_ids:
            await rows.promise(
                db,
                chat_id,
                kind=kind,
                recipe=pack(make_recipe(brief_id)),
                briefs=(brief_id,) if gives else (),
            )


async def add_changes(db: Database, brief_id: int, change: int) -> None:
    """Correct a brief once more, so that every copy of it is to be edited."""
    headline = f"Correction {change}."
    await rows.revise(db, brief_id, revision=change + 1, headline=headline)
    async with db.writing() as tx:
        await edits.start_edits(tx, brief_id=BriefId(brief_id), change=change)
