"""What is done once an hour: letting go of what is no longer needed."""

from datetime import timedelta

from bot.runtime.parts import Parts
from storage import inbox

#: Updates that were handled are remembered for longer than Telegram repeats them.
SEEN_FOR = timedelta(days=7)


class Chores:
    """The housekeeping of one store."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def run(self) -> None:
        """Do what is to be done now."""
        now = self._parts.clock.now()
        async with self._parts.db.writing() as tx:
            await inbox.drop_seen_before(tx, before=now - SEEN_FOR)
