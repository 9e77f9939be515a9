"""The one place where the machine is asked for the time, and the rules of time zones."""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

log = logging.getLogger(__name__)


@lru_cache(maxsize=1000)
def zone_of(name: str) -> ZoneInfo:
    """Return the rules of a time zone; those of UTC for a name that nobody knows.

    So it may be after a way back to an older version of the bot: a zone that was new in the
    other one must not keep everybody's digests away.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        log.warning(
            "this time zone is not known, UTC is taken",
            extra={"event": "zone.unknown", "zone": name},
        )
        return ZoneInfo("UTC")


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
