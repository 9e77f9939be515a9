"""What is done once an hour: a copy of the store each night, and letting go of what is old."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.runtime.parts import Parts
from bot.services import backups
from storage import inbox, retention
from storage.transactions import WriteTx

log = logging.getLogger(__name__)

#: Updates that were handled are remembered for longer than Telegram repeats them.
SEEN_FOR = timedelta(days=7)


class Chores:
    """The housekeeping of one store."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def run(self) -> None:
        """Do what is to be done now."""
        parts, now = self._parts, self._parts.clock.now()
        async with parts.db.writing() as tx:
            await inbox.drop_seen_before(tx, before=now - SEEN_FOR)
        before = now - timedelta(days=parts.settings.operations.copies_days)
        await self._all(lambda tx: retention.drop_copies(tx, made_before=before))
        await self._all(lambda tx: retention.drop_deliveries(tx, ended_before=before))
        if parts.db.path is not None:
            await backups.back_up_nightly(parts.db, now=now)

    async def _all(self, drop: Callable[[WriteTx], Awaitable[int]]) -> None:
        """Drop batch after batch until nothing is left to be dropped."""
        while True:
            async with self._parts.db.writing() as tx:
                if not await drop(tx):
                    return
