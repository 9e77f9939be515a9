"""What refusals say of each brief, by itself and beside others; see ``breaker`` for the rules."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

#: So many chats agree before anything is concluded for the others.
CHATS = 3
_REASONS = 4

_K = TypeVar("_K")
_V = TypeVar("_V")
#: A brief as it was worded: id, revision, language, style.
Key = tuple[int, int, str, str]


@dataclass(slots=True)
class Record:
    """What is known of one brief as it was worded."""

    is_cleared: bool = False
    is_proven: bool = False
    turns: int = 0  # how often it was left out
    chats: dict[str, set[int]] = field(default_factory=dict)  # that refused it, by reason
    beside: frozenset[Key] = frozenset()  # what was in every refused message with it


class Suspects:
    """What is known of keys by one sort of refusal."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._records: OrderedDict[Key, Record] = OrderedDict()

    def clear(self, keys: Iterable[Key]) -> None:
        """Note that a message was accepted."""
        for key in keys:
            record = self._seen(key)
            if not record.is_cleared:
                self._records[key] = Record(is_cleared=True)

    def refuse(self, keys: Iterable[Key], chat_id: int, reason: str = "") -> None:
        """Note that a message was refused; the empty reason is one that blames the words."""
        in_question = frozenset(key for key in keys if not self._seen(key).is_cleared)
        for key in in_question:
            record, others = self._records[key], in_question - {key}
            record.beside = record.beside & others if record.chats else others
            if reason in record.chats or len(record.chats) < _REASONS:
                said = record.chats.setdefault(reason, set())
                if len(said) < CHATS:
                    said.add(chat_id)
            if not others and not reason and not record.is_proven:
                record.is_proven = True
                self._forget_inferred()

    def doubted(self, keys: Collection[Key], chat_id: int | None = None) -> dict[Key, Record]:
        """Return whatever would explain a refusal of this message, and was refused before."""
        records = self._records
        refused = [(key, records[key]) for key in keys if key in records and records[key].chats]
        return {
            key: record
            for key, record in refused
            if (chat_id in record.chats.get("", ()) or _is_agreed(record))
            and self.beside(record) <= set(keys)
        }

    def is_to_blame(self, key: Key) -> bool:
        """Tell whether nothing else can have been what was refused."""
        record = self._records.get(key)
        return record is not None and bool(record.chats) and not self.beside(record)

    def beside(self, record: Record) -> frozenset[Key]:
        """Return what may be to blame instead of a key."""
        return frozenset(key for key in record.beside if not self._is_cleared(key))

    def _is_cleared(self, key: Key) -> bool:
        record = self._records.get(key)
        return record is not None and record.is_cleared

    def _seen(self, key: Key) -> Record:
        record = self._records.get(key)
        if record is None:
            record = self._records[key] = Record()
            bound(self._records, self._most)
        else:
            self._records.move_to_end(key)
        return record

    def _forget_inferred(self) -> None:
        for record in self._records.values():
            if not record.is_proven:
                record.chats.clear()
                record.beside = frozenset()


def _is_agreed(record: Record) -> bool:
    return any(len(chats) >= CHATS for chats in record.chats.values())


def bound(kept: OrderedDict[_K, _V], most: int) -> None:
    """Forget what came first, beyond so many."""
    while len(kept) > most:
        kept.popitem(last=False)
