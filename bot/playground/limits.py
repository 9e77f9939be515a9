"""Telegram's published limits, for those who want to be held to them."""

import math
from collections import deque
from dataclasses import dataclass, field

_SECOND = 1.0
_MINUTE = 60.0
_EDITS = frozenset({"editMessageText", "editMessageReplyMarkup"})
_MAKES = ("send", "copyMessage", "forwardMessage")


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many calls in any stretch of so many seconds."""

    most: int
    seconds: float
    calls: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Return how long one more call would have to wait."""
        while self.calls and self.calls[0] <= now - self.seconds:
            self.calls.popleft()
        if len(self.calls) < self.most:
            return 0.0
        return self.calls[-self.most] + self.seconds - now


class RealLimits:
    """30 calls a second in all, one message a second in a chat, 20 a minute in a group.

    Edits count in all, not in their chat. A refused call counts nowhere.
    """

    def __init__(self) -> None:
        self._overall = Window(30, _SECOND)
        self._chats: dict[int, Window] = {}
        self._groups: dict[int, Window] = {}

    def wait(self, method: str, chat_id: int, now: float) -> int:
        """Return 0 and count the call, or the whole seconds it would have to wait."""
        is_made = method.startswith(_MAKES) and method != "sendChatAction"
        if not is_made and method not in _EDITS:
            return 0
        windows = [self._overall]
        if is_made:
            windows.append(self._chats.setdefault(chat_id, Window(1, _SECOND)))
        if is_made and chat_id < 0:
            windows.append(self._groups.setdefault(chat_id, Window(20, _MINUTE)))
        longest = max(window.wait(now) for window in windows)
        if longest > 0:
            return math.ceil(longest)
        for window in windows:
            window.calls.append(now)
        return 0
