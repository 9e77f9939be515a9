"""The briefs of the last weeks, asked by a new phrase: the mirror of reverse search."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from bot.matching.briefs import BriefNames
from bot.matching.keys import compact
from bot.matching.lexicon import Lexicon
from bot.matching.rings import Phrase, required_stems, why
from storage.model.subject import Ring


class Recent:
    """The names of recent briefs, by brief id, ready for a phrase that is new.

    What is close to a phrase (``offers``) and what a typed name may have meant are read from
    here too.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._briefs: dict[int, BriefNames] = {}
        self._released: dict[int, datetime] = {}
        self._order: list[tuple[datetime, int]] = []  # (released_at, brief), sorted
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_stem: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[int]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._briefs)

    def __contains__(self, brief_id: object) -> bool:
        return brief_id in self._briefs

    def add(self, brief_id: int, *, released_at: datetime, names: BriefNames) -> None:
        """Add a brief that was released; adding it again changes nothing."""
        if brief_id in self._briefs:
            return
        self._briefs[brief_id] = names
        self._released[brief_id] = released_at
        insort(self._order, (released_at, brief_id))
        for index, word in self._entries(names):
            index[word].add(brief_id)

    def drop(self, brief_ids: Iterable[int]) -> None:
        """Take briefs out, because they are old or retracted; unknown ones are no matter."""
        for brief_id in list(brief_ids):
            names = self._briefs.pop(brief_id, None)
            if names is None:
                continue
            entry = (self._released.pop(brief_id), brief_id)
            del self._order[bisect_left(self._order, entry)]
            for index, word in self._entries(names):
                index[word].discard(brief_id)
                if not index[word]:
                    del index[word]

    def released_before(self, instant: datetime) -> list[int]:
        """Return the briefs that are older than ``instant``, the oldest first."""
        return [brief_id for _, brief_id in self._order[: self._place(instant)]]

    def released_since(self, instant: datetime) -> list[int]:
        """Return the others, the oldest first."""
        return [brief_id for _, brief_id in self._order[self._place(instant) :]]

    def names_of(self, brief_id: int) -> BriefNames:
        """Return the names of a brief that is here."""
        return self._briefs[brief_id]

    def sharing(self, name_keys: Iterable[str], *, least: int) -> list[int]:
        """Return the briefs that have at least so many of the names, by id."""
        carrying = (self._by_name.get(compact(k), ()) for k in name_keys)
        counted = Counter(chain.from_iterable(carrying))
        return sorted(brief_id for brief_id, count in counted.items() if count >= least)

    def find(self, phrase: Phrase) -> list[tuple[int, Ring, str]]:
        """Return (brief, ring, because) of every brief that the phrase wants, by id."""
        found = []
        for brief_id in sorted(self._candidates(phrase)):
            reason = why(phrase, self._briefs[brief_id], lexicon=self._lexicon)
            if reason is not None:
                found.append((brief_id, *reason))
        return found

    def share(self, stem: str) -> float:
        """Return the share of the briefs that have this stem in a topic, 0 to 1."""
        return len(self._by_stem.get(stem, ())) / max(len(self._briefs), 1)

    def count(self, name_key: str) -> int:
        """Return how many briefs carry a name, by its key."""
        return len(self._by_name.get(compact(name_key), ()))

    def list_names(self) -> list[tuple[str, int]]:
        """Return every topic and entity as last written with its number of briefs, most first."""
        spelled = {
            compact(name.key): name.written
            for _, names in sorted(self._briefs.items())
            for name in (*names.topics, *names.entities)
        }
        counted = ((written, len(self._by_name[key])) for key, written in spelled.items())
        return sorted(counted, key=lambda pair: (-pair[1], pair[0]))

    def near(self, phrase: Phrase) -> set[int]:
        """Return the briefs that share any word with the phrase in a topic or a name."""
        found: set[int] = set()
        for lang in {names.lang for names in self._briefs.values()}:
            for stem in required_stems(phrase, lang=lang, lexicon=self._lexicon):
                found |= self._by_stem.get(stem, set())
        return found

    def _place(self, instant: datetime) -> int:
        return bisect_left(self._order, (instant,))

    def _candidates(self, phrase: Phrase) -> set[int]:
        found = self._by_name.get(phrase.compact.casefold(), set()).copy()
        if phrase.words:
            found |= set.intersection(*(self._by_word.get(w, set()) for w in phrase.words))
        return found | self.near(phrase) if phrase.spelled is None else found

    def _entries(self, names: BriefNames) -> Iterable[tuple[dict[str, set[int]], str]]:
        for name in names.names:
            yield self._by_name, compact(name.key)
            for word in name.words:
                yield self._by_word, word
        for topic in names.topics:
            for stem in topic.stems:
                yield self._by_stem, stem
        for word in names.headline_words:
            yield self._by_word, word
