"""The ticks: APScheduler fires a few, and the store says what is due.

Never a job for each subscriber: what is due is a column, so what was missed is found by the next
tick, whatever the reason. A tick that fails is logged and counted, and the next one comes.

APScheduler fires by the machine's wall clock: set back by an hour, it would fire nothing for an
hour. So somebody looks whether it was, by the clock that never goes back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock, SystemClock

log = logging.getLogger(__name__)

LONGEST_FAILURE = 200
#: So often it is looked at whether the wall clock was set back, by so much or more.
LOOK_SECONDS = 5.0
SET_BACK_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Something that is done every so often."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]


class Scheduler:
    """Runs ticks, each by itself, one run of a tick at a time, by the clock of the machine."""

    def __init__(
        self,
        ticks: list[Tick],
        *,
        on_failure: Callable[[str], None] = lambda _tick: None,
        on_set_back: Callable[[], None] = lambda: None,
        machine: Clock | None = None,
    ) -> None:
        self.failures: dict[str, int] = dict.fromkeys((tick.name for tick in ticks), 0)
        #: The ticks whose last run failed, and with what.
        self.failing: dict[str, str] = {}
        self._ticks = ticks
        self._on_failure = on_failure
        self._on_set_back = on_set_back
        self._running: set[asyncio.Task[None]] = set()
        self._machine = machine or SystemClock()
        self._looking: asyncio.Task[None] | None = None
        # What is late runs at once, and once: it asks the store anyway.
        self._scheduler = AsyncIOScheduler(
            executors={"default": AsyncIOExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone="UTC",
        )

    def start(self) -> None:
        """Begin to tick."""
        for tick in self._ticks:
            self._scheduler.add_job(
                self._fire, IntervalTrigger(seconds=tick.seconds), args=[tick], id=tick.name
            )
        self._scheduler.start()
        self._looking = asyncio.create_task(self._look())

    async def run(self, tick: Tick) -> None:
        """Run a tick now; what it raises is logged and counted."""
        try:
            await tick.run()
        except Exception as error:
            self.failures[tick.name] += 1
            said = str(error).partition("\n")[0]
            self.failing[tick.name] = f"{type(error).__name__}: {said}"[:LONGEST_FAILURE]
            self._on_failure(tick.name)
            log.exception("a tick failed", extra={"event": "tick.failed", "tick": tick.name})
        else:
            if self.failing.pop(tick.name, None):
                log.warning(
                    "a tick works again", extra={"event": "tick.mended", "tick": tick.name}
                )

    async def stop(self) -> None:
        """Let no further tick begin, and those that run come to their end."""
        if self._looking is not None:
            self._looking.cancel()
        if self._scheduler.running:
            self._scheduler.pause()  # to shut it down would cancel what runs, in a transaction
            if self._running:
                await asyncio.wait(self._running)
            self._scheduler.shutdown(wait=False)

    async def _fire(self, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await self.run(tick)

    async def _look(self) -> None:
        """Let everything fire at once, and go on from there, where the wall clock was set back."""
        ahead = self._ahead()
        while True:
            await self._machine.wait(LOOK_SECONDS)
            before, ahead = ahead, self._ahead()
            if before - ahead < SET_BACK_SECONDS:
                continue
            set_back = {"event": "clock.set_back", "seconds": round(before - ahead)}
            log.warning("the machine's clock was set back", extra=set_back)
            self._on_set_back()
            for tick in self._ticks:
                self._scheduler.modify_job(tick.name, next_run_time=self._machine.now())

    def _ahead(self) -> float:
        """Return by how many seconds the wall clock is ahead of the other."""
        return self._machine.now().timestamp() - self._machine.monotonic()
