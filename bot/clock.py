"""The one place where the machine is asked for the time."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits: the machine's, a movable one, or a test's."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, for leases and pace."""
        ...

    async def wait(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's wall-clock time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()

    async def wait(self, seconds: float) -> None:
        """Sleep."""
        await asyncio.sleep(seconds)


class MovableClock(SystemClock):
    """The machine's clock with an offset: what the playground pushes forward."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._offset = timedelta(0) if starts_at is None else starts_at - super().now()

    def now(self) -> datetime:
        """Return the machine's time, moved."""
        return super().now() + self._offset

    def move_to(self, instant: datetime) -> None:
        """Let it be ``instant`` now; later instants only, since messages are dated."""
        if instant > self.now():
            self._offset += instant - self.now()
