"""Stand-ins for outside things that must hold still in a test."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands until it is advanced; waiting takes no time, but lets others run."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    async def wait(self, seconds: float) -> None:
        self.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._monotonic += by.total_seconds()


class RunningClock(FixedClock):
    """A fixed clock whose monotonic seconds run besides, for what spaces calls evenly."""

    def monotonic(self) -> float:
        return super().monotonic() + time.monotonic()
