"""Senders as processes: ``python -m tests.faults.sender_process`` forks one for each line.

It has imported everything by then, so that a start costs milliseconds. A line is a JSON object of
``Orders``; it answers ``started PID`` and later ``ended PID STATUS``.
"""

import asyncio
import gc
import mmap
import os
import select
import signal
import struct
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from pydantic import SecretStr
from sqlalchemy import text

from bot.botapi.connect import make_bot
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.clock import SystemClock
from bot.config import TelegramSettings
from bot.crash_points import Point, watched
from bot.delivery.calling import SenderParts
from bot.delivery.dispatch import Sender
from bot.digest.compose import Shown
from bot.digest.items import Fragments
from bot.digest.views import LIST, compose_view
from bot.runtime.leading import Leading
from storage.database import Database
from tests.factories import make_brief
from tests.fakes import NOON
from tests.flow.desk import make_recipe

#: A minute of doubt, and a little.
STEP_SECONDS = 61.0
_OPEN = "state IN ('pending', 'leased', 'sending')"
_STILL_OPEN = text(f"SELECT 1 FROM delivery WHERE {_OPEN} LIMIT 1")
_TWO = struct.Struct("dd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a sender is to work on; ``clock`` is the file of the time that is skipped."""

    url: str
    api_url: str
    token: str
    owner: str
    clock: str
    in_flight: int
    per_second: int = 1000
    leads_for: float = 15.0
    stops_at: int = 0  # a crash point; there it stops itself, as SIGSTOP does, the nth time
    nth: int = 1

    def line(self) -> bytes:
        """Return the orders as they are handed over."""
        return orjson.dumps(asdict(self), option=orjson.OPT_APPEND_NEWLINE)


class SharedClock(SystemClock):
    """A day that began at noon, and a skip that all who have its file open are ahead by."""

    def __init__(self, path: Path, *, waits: bool = True) -> None:
        self._waits = waits
        with path.open("r+b") as file:
            self._file = mmap.mmap(file.fileno(), _TWO.size)
        self._began = _TWO.unpack_from(self._file)[0]

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.monotonic() - self._began)

    def monotonic(self) -> float:
        return super().monotonic() + float(_TWO.unpack_from(self._file)[1])

    async def wait(self, seconds: float) -> None:
        if self._waits:
            await super().wait(seconds)
            return
        until = self.monotonic() + seconds
        await super().wait(0)  # somebody else may have skipped as much meanwhile
        self.skip(max(0.0, until - self.monotonic()))

    def skip(self, seconds: float) -> None:
        """Let it be so much later for everybody."""
        began, skipped = _TWO.unpack_from(self._file)
        _TWO.pack_into(self._file, 0, began, skipped + seconds)


def make_clock(path: Path) -> SharedClock:
    """Return a clock at noon."""
    path.write_bytes(_TWO.pack(SystemClock().monotonic(), 0.0))
    return SharedClock(path)


async def live(orders: Orders) -> None:
    """Be a sender until nothing is open; where a leadership is to be had, only as the leader."""
    db = Database(orders.url)
    # A leadership runs by real seconds; where there is none a chat's turn need not be waited for.
    clock = SharedClock(Path(orders.clock), waits=not db.is_sqlite)
    db.be_the_bot()
    pace = Pace(clock, orders.per_second)
    settings = TelegramSettings(token=SecretStr(orders.token), api_url=orders.api_url)
    bot = make_bot(settings, pace=pace, in_flight=orders.in_flight)
    for request in bot._request:
        await request.initialize()
    lasts = timedelta(seconds=orders.leads_for)
    leading = Leading(db, clock, owner=orders.owner, lasts=lasts)
    sender = Sender(
        SenderParts(db=db, api=SenderApi(bot), clock=clock, pace=pace),
        owner=orders.owner,
        in_flight=orders.in_flight,
        may_send=leading.is_leader,
    )
    if db.is_sqlite:
        await sender.rescue(alone=True)
    renewing = asyncio.create_task(_renew(leading, lasts.total_seconds() / 5))
    while await _is_open(db):
        if leading.is_leader():
            await _try(lambda: _send(sender))
            clock.skip(STEP_SECONDS)
        if not db.is_sqlite:
            await leading.renew()  # what was skipped counts for it too
            await clock.wait(lasts.total_seconds() / 20)
    renewing.cancel()
    for request in bot._request:
        await request.shutdown()
    await db.close()


async def _send(sender: Sender) -> None:
    await sender.rescue(alone=False)
    await sender.drain()


async def _renew(leading: Leading, every: float) -> None:
    while True:
        await leading.renew()
        await SystemClock().wait(every)


async def _try(work: Callable[[], Awaitable[None]]) -> None:
    """Do as a tick does: what fails is tried again."""
    try:
        await work()
    except Exception as error:  # noqa: BLE001 - whatever it is
        print(f"a tick failed: {error!r}", file=sys.stderr)


async def _is_open(db: Database) -> bool:
    while True:
        try:
            async with db.reading() as tx:
                return (await tx.execute(_STILL_OPEN)).first() is not None
        except Exception as error:  # noqa: BLE001 - whatever it is
            print(f"the store cannot be reached: {error!r}", file=sys.stderr)


def _stop_at(orders: Orders) -> Callable[[Point], None]:
    reached = 0

    def hook(point: Point) -> None:
        nonlocal reached
        reached += point == orders.stops_at
        if point == orders.stops_at and reached == orders.nth:
            os.kill(os.getpid(), signal.SIGSTOP)

    return hook


def _fork(orders: Orders) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        with watched(_stop_at(orders)):
            asyncio.run(live(orders))
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def serve() -> None:
    """Fork senders as told, until standard input ends; then end those that are left."""
    ends, begins = os.pipe()
    os.set_blocking(begins, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(begins)
    alive: set[int] = set()
    _warm_up()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    pending = b""
    while True:
        ready, _, _ = select.select([0, ends], [], [])
        if 0 in ready:
            read = os.read(0, 65_536)
            if not read:
                break
            *lines, pending = (pending + read).split(b"\n")
            for line in lines:
                pid = _fork(Orders(**orjson.loads(line)))
                alive.add(pid)
                _say(f"started {pid}")
        if ends in ready:
            os.read(ends, 4096)
            _reap(alive)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _warm_up() -> None:
    """Load words, dates and all else that a first message needs, for all senders at once."""
    shown = Shown(briefs={1: make_brief(id=1)}, labels={})
    compose_view(LIST, make_recipe(1), shown, delivery_id=1, fragments=Fragments())
    gc.collect()
    gc.freeze()  # what is never looked at again need not be copied for each


def _reap(alive: set[int]) -> None:
    for pid in tuple(alive):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            alive.discard(pid)
            _say(f"ended {pid} {os.waitstatus_to_exitcode(status)}")


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    serve()
