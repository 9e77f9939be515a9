"""What happened, in a ring: the calls a bot made, and the messages that were accepted."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Generic, NamedTuple, TypeVar

Record = TypeVar("Record")


class Accepted(NamedTuple):
    """A call that took effect, whatever became of its answer.

    ``at`` is read from the event loop's clock; ``fingerprint`` is of the text as it was sent.
    """

    at: float
    chat_id: int
    method: str
    message_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as the bot made it, and what it was answered; ``fault`` names what struck it."""

    at: datetime
    method: str
    parameters: Mapping[str, object]
    status: int
    answer: object
    milliseconds: float
    fault: str = ""


class Journal(Generic[Record]):
    """The latest records, oldest first; how many there were in all stays known."""

    def __init__(self, most: int, sink: Callable[[Record], None] | None = None) -> None:
        self._records: deque[Record] = deque(maxlen=most)
        self._sink = sink
        self.total = 0

    def add(self, record: Record) -> None:
        """Keep a record, letting the oldest go when the ring is full."""
        self._records.append(record)
        self.total += 1
        if self._sink is not None:
            self._sink(record)

    def clear(self) -> None:
        """Forget all records and begin to count anew."""
        self._records.clear()
        self.total = 0

    @property
    def dropped(self) -> int:
        """How many records the ring has let go."""
        return self.total - len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, index: int) -> Record:
        return self._records[index]


def fingerprint(text: str) -> str:
    """Return what tells one text from another, short enough to keep by the million."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
