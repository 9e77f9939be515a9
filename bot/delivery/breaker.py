"""Which briefs Telegram refuses: learned from refusals, so that a bad one stops no other.

A refusal says of a whole message that something in it is bad, so what is counted is its briefs,
each as it was worded: brief, revision, language and style. Whatever was in an accepted message
is *cleared*, and only what is not can be to blame:

* Refused in three chats, never cleared, and no other brief that may be to blame stood in all of
  these messages: it is **bad** and left out. Three readers with different digests are enough.
* Where several stood in all of them, nothing tells which one it is. A message with all of these
  leaves out one, another each time, until one passes (what it lacked is bad) or what stood in
  every refused message is down to one. With one bad brief no message that passes lacks a good one.
* Two bad ones at once can make a good one look bad. So of several that look bad in one message
  one stays, in turn; who is refused beside cleared ones only is *proven* bad, and whatever
  was counted against others so far, being its fault perhaps, is forgotten.
* In a chat that refused a message itself the first refusal counts, so that a lone reader gets
  the others too. Now and then what is left out is tried again, in case Telegram changed its mind.

Refused formatting is counted apart, and costs formatting only: the words go plain at once.

It lives in the memory of one sender. A new process forgets, and pays three refusals to know again.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.digest.recipe import Recipe

#: So many chats agree before anything is concluded for the others.
CHATS = 3
#: What is left out is tried once more each so many times: until it is proven bad, and from then.
TRY_UNPROVEN_EVERY = 10
TRY_PROVEN_EVERY = 500
_KEPT = 8192
_REASONS = 4

_K = TypeVar("_K")
_V = TypeVar("_V")
Key = tuple[int, int, str, str]


def keys_of(recipe: Recipe) -> tuple[Key, ...]:
    """Return what is counted of a message that lists these briefs, in order."""
    language, style = recipe.language, recipe.style.value
    return tuple((item.brief_id, item.revision, language, style) for item in recipe.items)


@dataclass(slots=True)
class _Record:
    is_cleared: bool = False
    is_proven: bool = False
    turns: int = 0  # how often it was left out
    chats: dict[str, set[int]] = field(default_factory=dict)  # that refused it, by reason
    beside: frozenset[Key] = frozenset()  # what was in every refused message with it


class _Suspects:
    """What is known of keys by one sort of refusal."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._records: OrderedDict[Key, _Record] = OrderedDict()

    def clear(self, keys: Iterable[Key]) -> None:
        """Note that a message was accepted."""
        for key in keys:
            record = self._seen(key)
            if not record.is_cleared:
                self._records[key] = _Record(is_cleared=True)

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

    def doubted(self, keys: Collection[Key], chat_id: int | None = None) -> dict[Key, _Record]:
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

    def beside(self, record: _Record) -> frozenset[Key]:
        """Return what may be to blame instead of a key."""
        return frozenset(key for key in record.beside if not self._is_cleared(key))

    def _is_cleared(self, key: Key) -> bool:
        record = self._records.get(key)
        return record is not None and record.is_cleared

    def _seen(self, key: Key) -> _Record:
        record = self._records.get(key)
        if record is None:
            record = self._records[key] = _Record()
            _bound(self._records, self._most)
        else:
            self._records.move_to_end(key)
        return record

    def _forget_inferred(self) -> None:
        for record in self._records.values():
            if not record.is_proven:
                record.chats.clear()
                record.beside = frozenset()


def _is_agreed(record: _Record) -> bool:
    return any(len(chats) >= CHATS for chats in record.chats.values())


@dataclass(slots=True)
class _Chat:
    sent_before: int  # messages that others had taken when it first refused
    times: int = 0
    keys: set[Key] = field(default_factory=set)


class Breaker:
    """Learns from what Telegram accepts and refuses what to say plainly and what not at all.

    ``on_bad`` is told id and revision of a brief when it is first found to be bad.
    """

    def __init__(
        self, *, on_bad: Callable[[int, int], None] = lambda _id, _n: None, most: int = _KEPT
    ) -> None:
        self._on_bad = on_bad
        self._most = most
        self._formatting, self._words = _Suspects(most), _Suspects(most)
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._trials: OrderedDict[int, Key] = OrderedDict()  # what a chat's message lacks
        self._sent = 0
        self._told: OrderedDict[tuple[int, int], None] = OrderedDict()

    def accepted(self, keys: Collection[Key], chat_id: int, *, plain: bool) -> None:
        """Note that a chat was sent these."""
        self._sent += 1
        self._chats.pop(chat_id, None)
        self._words.clear(keys)
        if not plain:
            self._formatting.clear(keys)
        lacked = self._trials.pop(chat_id, None)
        if lacked is not None and self._words.is_to_blame(lacked):
            self._tell([lacked])

    def refused(self, keys: Collection[Key], chat_id: int, *, plain: bool) -> None:
        """Note that Telegram refused what a message says, or how it is formatted."""
        (self._words if plain else self._formatting).refuse(keys, chat_id)

    def refused_strangely(self, keys: Collection[Key], chat_id: int, reason: str) -> bool:
        """Note a refusal that nobody knows; return whether it is the chat's.

        Three chats that say the same refuse the words. One chat that refused three messages with
        no brief in common is to blame itself, if others took messages meanwhile.
        """
        self._words.refuse(keys, chat_id, reason)
        chat = self._chats.setdefault(chat_id, _Chat(self._sent))
        if chat.keys.isdisjoint(keys):
            chat.keys.update(keys)
            chat.times += 1
        _bound(self._chats, self._most)
        return chat.times >= CHATS and self._sent > chat.sent_before

    def is_plain(self, keys: Collection[Key]) -> bool:
        """Tell whether the formatting of a message with these would be refused."""
        return bool(self._formatting.doubted(keys))

    def left_out(self, keys: Collection[Key], chat_id: int) -> frozenset[Key]:
        """Return what a message to a chat is to leave out; asking counts as doing so."""
        doubted = self._words.doubted(keys, chat_id)
        if not doubted:
            return frozenset()
        looks_bad = {key for key, one in doubted.items() if not self._words.beside(one)}
        out = {key for key in looks_bad if doubted[key].is_proven}
        inferred = [key for key in doubted if key in looks_bad - out]
        if len(inferred) > 1:
            kept = min(inferred, key=lambda key: doubted[key].turns)
            doubted[kept].turns += 1
            inferred.remove(kept)
        out.update(inferred)
        out = {key for key in out if not self._is_tried_again(doubted[key])}
        self._tell(out)
        unexplained = [
            key
            for key, one in doubted.items()
            if key not in looks_bad and looks_bad.isdisjoint(self._words.beside(one))
        ]
        if unexplained:
            key = min(unexplained, key=lambda key: doubted[key].turns)
            doubted[key].turns += 1
            out.add(key)
            self._trials[chat_id] = key
            _bound(self._trials, self._most)
        return frozenset(out)

    def _is_tried_again(self, record: _Record) -> bool:
        record.turns += 1
        return not record.turns % (TRY_PROVEN_EVERY if record.is_proven else TRY_UNPROVEN_EVERY)

    def _tell(self, left_out: Iterable[Key]) -> None:
        for brief_id, revision, _, _ in left_out:
            if (brief_id, revision) not in self._told:
                self._told[brief_id, revision] = None
                self._on_bad(brief_id, revision)
        _bound(self._told, self._most)


def _bound(kept: OrderedDict[_K, _V], most: int) -> None:
    """Forget what came first, beyond so many."""
    while len(kept) > most:
        kept.popitem(last=False)
