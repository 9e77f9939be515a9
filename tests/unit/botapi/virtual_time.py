"""An event loop whose time passes by itself: whoever waits for an instant is there at once."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from itertools import repeat

from tests.fakes import NOON

#: Far from zero, as the clock of a machine that has run for a while.
STARTS_AT = 5000.0


class _Skipping(selectors.SelectSelector):
    """Instead of sleeping until the next timer, lets that time pass, plus how late it wakes."""

    def __init__(self, late: Iterator[float]) -> None:
        super().__init__()
        self.time = STARTS_AT
        self._late = late

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("everybody waits for something that never comes")
        if not ready and timeout:
            self.time += timeout + next(self._late)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop that never waits; ``late`` says by how much each wake-up comes too late."""

    def __init__(self, late: Iterator[float] | None = None) -> None:
        self._skipping = _Skipping(late or repeat(0.0))
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.time


class LoopClock:
    """A clock that tells the time of the running loop."""

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.monotonic() - STARTS_AT)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run_virtually(
    work: Callable[[], Awaitable[object]], late: Iterator[float] | None = None
) -> None:
    """Run ``work`` on a loop of its own, whose time begins anew."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(late)) as runner:
        runner.run(work())
