"""When Telegram asks the bot to wait for long: what owners and whoever watches should know."""

import logging
from dataclasses import dataclass

from bot.clock import Clock

log = logging.getLogger(__name__)

#: Shorter waits are the daily business of the pace.
LONG_SECONDS = 600.0
#: In the log it is told so often at most: a busy bot may meet the same limit in every chat.
LOGGED_EVERY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class LongWait:
    """How much of the longest wait is left, and how many chats are kept waiting for long.

    No chat at all where Telegram refused a call that is about none.
    """

    seconds: float
    chats: int


class LongWaits:
    """The waits of more than ten minutes that are not over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[int | None, float] = {}
        self._logged_at: float | None = None

    def note(self, seconds: float, chat_id: int | None = None) -> None:
        """Take note of what a 429 said, of a chat or of the bot; a short wait is no matter."""
        if seconds <= LONG_SECONDS:
            return
        now = self._clock.monotonic()
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        self._until[chat_id] = max(self._until.get(chat_id, 0.0), now + seconds)
        if self._logged_at is None or now - self._logged_at >= LOGGED_EVERY_SECONDS:
            self._logged_at = now
            log.error(
                "Telegram asks the bot to wait for long; what is due waits, nothing is lost",
                extra={"event": "pace.long_wait", "seconds": round(seconds)},
            )

    def find(self) -> LongWait | None:
        """Return what is waited for now, None for nothing."""
        now = self._clock.monotonic()
        left = {chat: until - now for chat, until in self._until.items() if until > now}
        if not left:
            return None
        return LongWait(max(left.values()), len(left.keys() - {None}))

    def seconds_left(self) -> float:
        """Return how long the longest wait still is, 0 for none."""
        found = self.find()
        return found.seconds if found else 0.0
