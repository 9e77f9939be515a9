"""Whether this process is the one that plans, sends and polls."""

import asyncio
import logging
from datetime import timedelta

from bot.clock import Clock
from storage import leadership
from storage.database import Database

log = logging.getLogger(__name__)

#: How long the leadership lasts without being renewed, and how often it is renewed.
LEASE = timedelta(seconds=15)
RENEW_SECONDS = 3.0
#: We stop with so much of it left, before others may begin: clocks run unlike by far less.
MARGIN = 4 / 15
ASK_SECONDS = 5.0


class Leading:
    """The leadership over one store; on SQLite the file lock has decided it already."""

    def __init__(
        self, db: Database, clock: Clock, *, owner: str, lasts: timedelta = LEASE
    ) -> None:
        self._db = db
        self._clock = clock
        self._owner = owner
        self._lasts = lasts
        self._lasts_until = float("inf") if db.is_sqlite else 0.0
        self._was_leader = False

    def is_leader(self) -> bool:
        """Tell whether this process may plan and send now.

        Asked by the clock that runs on while a process is stopped, so that one that was asleep
        for longer than its lease knows it before it does anything.
        """
        return self._clock.monotonic() < self._lasts_until

    async def renew(self) -> bool:
        """Take or keep the leadership if nobody else has it; return whether it is ours."""
        if self._db.is_sqlite:
            return True
        asked_at = self._clock.monotonic()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                term = await self._hold()
        except Exception:
            # Until the lease is over it is ours; what lost the database sends nothing anyway.
            log.exception("the leadership was not renewed", extra={"event": "leader.unsure"})
            return self.is_leader()
        if term is None:
            self._lasts_until = 0.0
        else:
            self._lasts_until = asked_at + self._lasts.total_seconds() * (1 - MARGIN)
        self._tell(term)
        return term is not None

    async def let_go(self) -> None:
        """Give the leadership up."""
        self._lasts_until = 0.0
        if not self._db.is_sqlite and self._was_leader:
            async with self._db.writing() as tx:
                await leadership.let_go(tx, owner=self._owner)

    async def _hold(self) -> int | None:
        async with self._db.writing() as tx:
            return await leadership.hold(tx, owner=self._owner, lasts=self._lasts)

    def _tell(self, term: int | None) -> None:
        is_leader = term is not None
        if is_leader != self._was_leader:
            said = "this process plans and sends" if is_leader else "another process took over"
            log.warning(said, extra={"event": "leader.changed", "term": term})
        self._was_leader = is_leader
