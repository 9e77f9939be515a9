"""What happens in the chats, for whoever wants to know at once: pages and waiting tests."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What has changed."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"
    ACTION = "action"
    CHAT = "chat"
    CALL = "call"
    CLOCK = "clock"
    FAULTS = "faults"
    FACE = "face"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change; ``subject`` is what changed: a message, an action, a call."""

    kind: EventKind
    chat_id: int = 0
    subject: object = None


Listener = Callable[[Event], None]


class Feed:
    """Tells its listeners of every event, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have a listener told from now on; return what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, event: Event) -> None:
        """Tell all listeners."""
        for listener in tuple(self._listeners):
            listener(event)
