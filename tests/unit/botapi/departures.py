"""What leaves at a pace, written down."""

import asyncio
from bisect import bisect_left
from collections import defaultdict

from bot.botapi.pace import Lane, Pace
from tests.unit.botapi.virtual_time import STARTS_AT


class Departures:
    """Calls that ask a pace for their turn, and when each of them left, from 0."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.at: list[float] = []
        self.names: list[object] = []
        self.by_chat: dict[int | None, list[float]] = defaultdict(list)

    async def call(
        self,
        lane: Lane = Lane.SENDER,
        chat_id: int | None = None,
        *,
        after: float = 0.0,
        name: object = None,
    ) -> None:
        """Come after so many seconds, wait for the turn and leave."""
        await asyncio.sleep(after)
        await self.pace.turn(lane, chat_id)
        now = asyncio.get_running_loop().time() - STARTS_AT
        self.at.append(now)
        self.names.append(name)
        self.by_chat[chat_id].append(now)

    def most_in(self, seconds: float = 1.0) -> int:
        """Return how many left in the fullest stretch of so many seconds, both ends included."""
        at = sorted(self.at)
        return max(bisect_left(at, t + seconds + 1e-9) - i for i, t in enumerate(at))
