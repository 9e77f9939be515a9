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

from bot.delivery.suspects import CHATS, Key, Record, Suspects, bound
from bot.digest.recipe import Recipe

#: What is left out is tried once more each so many times: until it is proven bad, and from then.
TRY_UNPROVEN_EVERY = 10
TRY_PROVEN_EVERY = 500
_KEPT = 8192


def keys_of(recipe: Recipe) -> tuple[Key, ...]:
    """Return what is counted of a message that lists these briefs, in order."""
    language, style = recipe.language, recipe.style.value
    return tuple((item.brief_id, item.revision, language, style) for item in recipe.items)


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
        self._formatting, self._words = Suspects(most), Suspects(most)
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
        bound(self._chats, self._most)
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
            bound(self._trials, self._most)
        return frozenset(out)

    def _is_tried_again(self, record: Record) -> bool:
        record.turns += 1
        return not record.turns % (TRY_PROVEN_EVERY if record.is_proven else TRY_UNPROVEN_EVERY)

    def _tell(self, left_out: Iterable[Key]) -> None:
        for brief_id, revision, _, _ in left_out:
            if (brief_id, revision) not in self._told:
                self._told[brief_id, revision] = None
                self._on_bad(brief_id, revision)
        bound(self._told, self._most)
