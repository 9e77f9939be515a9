"""The ceiling: how fast calls that make or edit a message may leave.

Telegram publishes 30 messages a second over all, one a second in a private chat and 20 a minute
in a group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
A window that slides over the instants of real departures keeps every second under the ceiling,
the first one included; calls leave evenly inside of it. Answers to people go before everything
else, so a long broadcast delays them by one place in the queue.
"""

import asyncio
from collections import deque
from enum import IntEnum

from bot.botapi.long_waits import LongWaits
from bot.clock import Clock

#: Departures and arrivals do not keep the same distance; so much of the ceiling stays unused.
SLACK = 0.0075
#: After a late wake-up, calls that are this much behind may leave at once.
CATCH_UP_SECONDS = 0.008
PRIVATE_SECONDS = 1.0
GROUP_SECONDS = 60 / 18
#: Everybody waits at most so long because of two chats: those wait for themselves, and where
#: Telegram means the whole bot it says so again. A group in slow mode must not stop a morning.
LONGEST_PAUSE_SECONDS = 60.0
#: After Telegram slowed us down over all: one more a second for so many seconds without a 429.
RECOVER_SECONDS = 30.0


class Lane(IntEnum):
    """Who goes first when both may go."""

    ANSWER = 0
    SENDER = 1


class Pace:
    """Lets calls leave, one at a time, no faster than the ceiling."""

    def __init__(self, clock: Clock, per_second: int) -> None:
        self.clock = clock
        self.long_waits = LongWaits(clock)
        self._ceiling = per_second
        self._rate = float(per_second)
        self._departures: deque[float] = deque()
        self._let_go = 0  # calls that may leave and have not yet, since the loop was busy
        self._queues: tuple[deque[asyncio.Future[None]], ...] = (deque(), deque())
        self._next_at = 0.0
        self._chat_free_at: dict[int, float] = {}
        self._paused_until = 0.0
        self._penalties: dict[int, float] = {}
        self._slowed_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> float:
        """How many calls a second may leave now."""
        return self._rate

    def chat_wait(self, chat_id: int) -> float:
        """Return in how many seconds a chat may be sent to again."""
        return max(0.0, self._chat_free_at.get(chat_id, 0.0) - self.clock.monotonic())

    async def turn(self, lane: Lane, chat_id: int | None = None) -> None:
        """Wait until a call may leave."""
        if lane is Lane.SENDER and chat_id is not None:
            await self._chat_turn(chat_id)
        waiter = asyncio.get_running_loop().create_future()
        self._queues[lane].append(waiter)
        self._pump()
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.cancelled():
                if waiter in self._queues[lane]:
                    self._queues[lane].remove(waiter)
            else:
                self._let_go -= 1
            raise
        # A second is counted by when calls really leave.
        self._let_go -= 1
        self._departures.append(self.clock.monotonic())
        if lane is Lane.SENDER and chat_id is not None:
            self._space(chat_id)  # from when it really leaves

    async def rest(self, seconds: float) -> None:
        """Wait as long as a 429 said."""
        await self.clock.wait(seconds)

    def refused(self, seconds: float, chat_id: int | None = None) -> None:
        """Take note of a 429: one chat waits for itself, a second one slows everybody down."""
        self.long_waits.note(seconds, chat_id)
        now = self.clock.monotonic()
        until = now + seconds
        self._penalties = {c: t for c, t in self._penalties.items() if t > now}
        others = [t for c, t in self._penalties.items() if c != chat_id]
        if chat_id is not None:
            self._penalties[chat_id] = until
            self._chat_free_at[chat_id] = max(self._chat_free_at.get(chat_id, 0.0), until)
        if others or chat_id is None:
            until = min(max(until, *others, 0.0), now + LONGEST_PAUSE_SECONDS)
            self._paused_until = max(self._paused_until, until)
            self._rate = max(1.0, self._rate / 2)
            self._slowed_at = now

    async def _chat_turn(self, chat_id: int) -> None:
        while (wait := self.chat_wait(chat_id)) > 0:
            await self.clock.wait(wait)
        self._space(chat_id)

    def _space(self, chat_id: int) -> None:
        between = PRIVATE_SECONDS if chat_id > 0 else GROUP_SECONDS
        now = self.clock.monotonic()
        if len(self._chat_free_at) > 4 * self._ceiling + 1000:
            self._chat_free_at = {c: t for c, t in self._chat_free_at.items() if t > now}
        free_at = self._chat_free_at.get(chat_id, 0.0)
        self._chat_free_at[chat_id] = max(free_at, now + between)

    def _pump(self) -> None:
        """Let go whoever may go now, and come back when the next one may."""
        now = self.clock.monotonic()
        self._recover(now)
        while any(self._queues):
            free_at = self._free_at(now)
            if free_at > now:
                self._come_back(free_at - now)
                return
            queue = self._queues[Lane.ANSWER] or self._queues[Lane.SENDER]
            waiter = queue.popleft()
            if waiter.done():
                continue
            waiter.set_result(None)
            self._let_go += 1
            spacing = (1 + SLACK) / self._rate
            self._next_at = max(self._next_at, now - CATCH_UP_SECONDS) + spacing

    def _free_at(self, now: float) -> float:
        """Return when the next call may leave."""
        most = max(1, int(self._rate))
        while self._departures and self._departures[0] <= now - (1 + SLACK):
            self._departures.popleft()
        room = most - self._let_go
        if room <= 0:  # of these the first one has not left
            full = now + (1 + SLACK) / most
        elif len(self._departures) >= room:
            full = self._departures[-room] + 1 + SLACK
        else:
            full = 0.0
        return max(self._next_at, self._paused_until, full)

    def _come_back(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._pump)

    def _recover(self, now: float) -> None:
        while self._rate < self._ceiling and now - self._slowed_at >= RECOVER_SECONDS:
            self._rate = min(float(self._ceiling), self._rate + 1)
            self._slowed_at += RECOVER_SECONDS
