"""The sign of life that the bot leaves in the store, for whoever asks from outside."""

import orjson

from bot.delivery.dispatch import Sender
from bot.runtime.parts import Parts
from bot.runtime.updates import Updates
from bot.scheduler import Scheduler
from storage import markers


class Pulse:
    """Notes what a look from outside needs to know."""

    def __init__(
        self, parts: Parts, updates: Updates, sender: Sender, scheduler: Scheduler
    ) -> None:
        self._parts, self._updates = parts, updates
        self._sender, self._scheduler = sender, scheduler

    async def beat(self) -> None:
        """Note that the bot lives, and what keeps it from working."""
        last = self._updates.last_answer_at
        value = {
            "polled_at": last.isoformat() if last and not self._updates.is_pushed else None,
            "problem": self._updates.problem,
            "refused": self._sender.refused_by_telegram,
            "failures": self._scheduler.failures,
        }
        async with self._parts.db.writing() as tx:
            now = self._parts.clock.now()
            await markers.put(tx, name="pulse", now=now, value=orjson.dumps(value).decode())
