"""The updates that wait for the bot: numbered, sorted out, expiring by the clock of the chats."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

KINDS = (
    *("message", "edited_message", "channel_post", "edited_channel_post", "inline_query"),
    *("chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "poll"),
    *("poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost"),
    *("removed_chat_boost", "message_reaction", "message_reaction_count"),
    *("business_connection", "business_message", "edited_business_message"),
    *("deleted_business_messages", "purchased_paid_media"),
)
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT_KINDS = frozenset(KINDS) - _ONLY_ON_REQUEST
_FIRST_ID = 100_000_001
_FUTURE = 10
_MOST_BYTES = 1 << 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An update as JSON; ``queue`` names the chat or person within which order is kept."""

    id: int
    queue: int
    chat_id: int
    body: bytes
    expires_at: datetime


class Inbox:
    """Keeps updates until they are confirmed."""

    def __init__(self, now: Callable[[], datetime], repeats: Callable[[str, int], bool]) -> None:
        self.allowed = DEFAULT_KINDS
        self._now = now
        self._repeats = repeats
        self._updates: deque[Update] = deque()
        self._again: deque[Update] = deque()
        self._handed_out: set[int] = set()
        self._next_id = _FIRST_ID
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Have a listener called when an update has come."""
        self._listeners.append(listener)

    def allow(self, kinds: object) -> bool:
        """Take the ``allowed_updates`` of a call and say whether they changed anything.

        What is no array changes nothing; an empty one means the default.
        """
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            return False
        allowed = frozenset(kind.lower() for kind in kinds) & frozenset(KINDS) or DEFAULT_KINDS
        was, self.allowed = self.allowed, allowed
        return was != allowed

    def add(self, kind: str, payload: object, *, queue: int, chat_id: int, seconds: int) -> None:
        """Queue an update that lives so many seconds, if the bot wants its kind."""
        if kind not in self.allowed:
            return
        update = Update(
            id=self._next_id,
            queue=queue,
            chat_id=chat_id,
            body=orjson.dumps({"update_id": self._next_id, kind: payload}),
            expires_at=self._now() + timedelta(seconds=seconds),
        )
        self._next_id += 1
        self._updates.append(update)
        for listener in self._listeners:
            listener()

    def pending(self) -> Sequence[Update]:
        """Return what waits and has not expired, oldest first."""
        now = self._now()
        if any(update.expires_at <= now for update in self._updates):
            self._updates = deque(each for each in self._updates if each.expires_at > now)
        return tuple(self._updates)

    def take(self, offset: int, limit: int) -> Sequence[Update]:
        """Return at most so many updates from an id on, confirming all before it.

        Without an offset, or with one from the future, all stay and the oldest come. What is to
        come once more comes first.
        """
        if 0 < offset <= self._next_id + _FUTURE:
            self.confirm(update for update in self.pending() if update.id < offset)
        taken = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        again = {update.id for update in taken}
        left = _MOST_BYTES
        for update in self.pending():
            left -= 50 + len(update.body)
            if len(taken) >= limit or left <= 0:
                break
            if update.id not in again:
                taken.append(update)
        for update in taken:
            self._note_handed_out(update)
        return taken

    def keep_last(self, count: int) -> None:
        """Forget all but the newest."""
        waiting = self.pending()
        self.confirm(waiting[: max(0, len(waiting) - count)])

    def confirm(self, updates: Iterable[Update]) -> None:
        """Forget updates the bot has dealt with."""
        gone = {update.id for update in updates}
        self._updates = deque(each for each in self._updates if each.id not in gone)
        self._handed_out -= gone

    def must_repeat(self, update: Update) -> bool:
        """Say whether a fault wants an update that is being handed out to come once more."""
        return self._repeats(update.body.decode(), update.chat_id)

    def _note_handed_out(self, update: Update) -> None:
        if update.id not in self._handed_out:
            self._handed_out.add(update.id)
            if self.must_repeat(update):
                self._again.append(update)
