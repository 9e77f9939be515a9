"""``getUpdates``: long polls and the rules that keep two bots from polling at once."""

import asyncio
from collections.abc import Sequence

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.inbox import Inbox, Update
from bot.playground.refusals import Refused, conflict

_MOST_UPDATES = 100
_MOST_SECONDS = 50
# Telegram slows down a bot that asks for the same updates again and again.
_IMPATIENT = 3.0
_HASTY = 0.5


class Poller:
    """Answers one long poll at a time; the second conflict in a row comes ``pause`` later."""

    def __init__(self, inbox: Inbox, *, pause: float = 3.0) -> None:
        self._inbox = inbox
        self._pause = pause
        self._waiting: asyncio.Future[None] | None = None
        self._previous_offset: int | None = None
        self._previous_at = 0.0
        self._next_conflict_at = 0.0
        inbox.listen(self.wake)

    async def poll(self, arguments: Arguments) -> Sequence[Update]:
        """Return updates, waiting for the first as long as the call allows.

        Raises ``Refused`` when another poll takes the place of this one.
        """
        loop = asyncio.get_running_loop()
        offset = arguments.integer("offset")
        limit = arguments.within("limit", _MOST_UPDATES, 1, _MOST_UPDATES)
        seconds = float(arguments.within("timeout", 0, 0, _MOST_SECONDS))
        self._inbox.allow(_kinds(arguments))
        now = loop.time()
        if offset == self._previous_offset and now < self._previous_at + _IMPATIENT:
            seconds = max(seconds, _IMPATIENT)
            limit = 1 if now < self._previous_at + _HASTY else limit
        self._previous_offset, self._previous_at = offset, now
        if offset < 0:
            self._inbox.keep_last(-offset)
        updates = self._inbox.take(max(offset, 0), limit)
        if updates or not seconds:
            return updates
        self.end(refusals.OTHER_POLL)
        await self._wait(loop, seconds)
        return self._inbox.take(max(offset, 0), limit)

    def wake(self) -> None:
        """Have the waiting poll answered now."""
        if self._waiting is not None:
            _finish(self._waiting)

    def end(self, text: str) -> None:
        """Fail the waiting poll: at once, or later if one has failed a moment ago."""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            return
        loop = asyncio.get_running_loop()
        if loop.time() >= self._next_conflict_at:
            self._next_conflict_at = loop.time() + self._pause
            _fail(waiting, conflict(text))
        else:
            loop.call_later(self._pause, _fail, waiting, conflict(text))

    async def _wait(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        waiting = self._waiting = loop.create_future()
        timer = loop.call_later(seconds, _finish, waiting)
        try:
            await waiting
        finally:
            timer.cancel()
            if self._waiting is waiting:
                self._waiting = None


def _finish(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)


def _fail(waiting: asyncio.Future[None], refused: Refused) -> None:
    if not waiting.done():
        waiting.set_exception(refused)


def _kinds(arguments: Arguments) -> object:
    try:
        return arguments.json("allowed_updates")
    except ValueError:
        return None
