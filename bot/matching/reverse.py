"""Reverse search: a hundred thousand followed phrases, asked which of them want one brief.

The phrases are the documents and the brief is the query. Whole names are looked up by key
without blanks; for the words of topics each phrase waits under its two rarest stems, so that a
brief meets only phrases that share both with one of its topics; for the headline its runs of
words are looked up like names.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from bot.matching.briefs import BriefNames
from bot.matching.keys import compact
from bot.matching.lexicon import Lexicon
from bot.matching.rings import Phrase, is_weak, read_phrase, required_stems
from storage.model.subject import Match, Ring, SubjectId

#: So many that briefs met lately are kept as they are compared; all would be 60 MB.
PHRASES_AT_HAND = 5000

#: Phrases under their rarest stem, and then under the next one, "" where there is no other.
_Waiting = dict[str, dict[str, list[tuple[int, tuple[str, ...]]]]]


class Reverse:
    """The phrases that are followed, indexed. Phrases are added, never taken out."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._labels: dict[int, str] = {}
        self._by_compact: dict[str, list[int]] = {}
        self._by_odd_words: dict[str, list[int]] = {}
        self._by_spelling: dict[str, list[int]] = {}
        self._by_stem: dict[str, _Waiting] = {}
        self._frequency: dict[str, Counter[str]] = {}
        self._longest = 1
        self._phrase = lru_cache(maxsize=PHRASES_AT_HAND)(self._read)
        self.last_id = 0

    def __len__(self) -> int:
        return len(self._labels)

    def add(self, phrases: Iterable[tuple[int, str]]) -> None:
        """Add phrases: (subject id, label), in order of their ids."""
        for subject_id, label in phrases:
            phrase = read_phrase(label, lexicon=self._lexicon)
            self._labels[subject_id] = label
            self._add_name(subject_id, phrase)
            for lang, waiting in self._by_stem.items():
                wanted = required_stems(phrase, lang=lang, lexicon=self._lexicon)
                self._frequency[lang].update(wanted)
                _let_wait(waiting, self._frequency[lang], subject_id, wanted)
            self.last_id = max(self.last_id, subject_id)

    def find(self, brief: BriefNames) -> list[Match]:
        """Return every phrase that wants the brief, each by its first ring, by subject id."""
        found: dict[int, tuple[Ring, str]] = {}
        for ring, hits in (
            (Ring.NAME, self._names(brief)),
            (Ring.WORDS, self._words(brief)),
            (Ring.HEADLINE, self._headline(brief)),
        ):
            for subject_id, because in hits:
                found.setdefault(subject_id, (ring, because))
        return [
            Match(subject_id=SubjectId(subject_id), ring=ring, because=because)
            for subject_id, (ring, because) in sorted(found.items())
        ]

    def _add_name(self, subject_id: int, phrase: Phrase) -> None:
        if phrase.spelled is not None:
            self._by_spelling.setdefault(phrase.spelled, []).append(subject_id)
            return
        self._by_compact.setdefault(phrase.compact, []).append(subject_id)
        self._longest = max(self._longest, len(phrase.words))
        spoken = "".join(phrase.words)
        if spoken != phrase.compact:  # "Lloyd's" has the key "lloyds" and the word "lloyd"
            self._by_odd_words.setdefault(spoken, []).append(subject_id)

    def is_ready(self, lang: str) -> bool:
        """Tell whether briefs in a language are met without making ready first."""
        return lang in self._by_stem

    def prepare(self, lang: str) -> None:
        """Make ready for briefs in a language; of 100 000 phrases it takes seconds, once.

        Another thread may do it while this one finds, not while one adds.
        """
        if lang in self._by_stem:
            return
        wanted = {
            subject_id: required_stems(self._read(subject_id), lang=lang, lexicon=self._lexicon)
            for subject_id in self._labels
        }
        frequency = Counter(chain.from_iterable(wanted.values()))
        waiting: _Waiting = {}
        for subject_id, stems in wanted.items():
            _let_wait(waiting, frequency, subject_id, stems)
        self._frequency[lang] = frequency
        self._by_stem[lang] = waiting  # whole, and last: whoever finds it uses it

    def _names(self, brief: BriefNames) -> Iterator[tuple[int, str]]:
        for name in brief.names:
            for subject_id in self._by_spelling.get(name.spelled, ()):
                yield subject_id, name.written
            for subject_id in self._by_compact.get(compact(name.key), ()):
                yield subject_id, name.written

    def _words(self, brief: BriefNames) -> Iterator[tuple[int, str]]:
        self.prepare(brief.lang)
        index = self._by_stem[brief.lang]
        for topic in brief.topics:
            for waiting in filter(None, map(index.get, topic.stems)):
                near = chain.from_iterable(waiting.get(s, ()) for s in ("", *topic.stems))
                for subject_id, wanted in near:
                    if topic.stems.issuperset(wanted):
                        yield subject_id, topic.written
            for spelled in topic.spellings:
                for subject_id in self._by_spelling.get(spelled, ()):
                    if not self._phrase(subject_id).short:
                        yield subject_id, topic.written

    def _headline(self, brief: BriefNames) -> Iterator[tuple[int, str]]:
        for spelled in brief.headline_spellings:
            for subject_id in self._by_spelling.get(spelled, ()):
                yield subject_id, brief.headline
        said = brief.headline_words
        for start in range(len(said)):
            joined = ""
            for end in range(start, min(start + self._longest, len(said))):
                joined += said[end]
                if joined in self._by_compact or joined in self._by_odd_words:
                    for subject_id in self._spoken_as(said[start : end + 1], joined, brief.lang):
                        yield subject_id, brief.headline

    def _spoken_as(self, run: tuple[str, ...], joined: str, lang: str) -> Iterator[int]:
        for index in (self._by_compact, self._by_odd_words):
            for subject_id in index.get(joined, ()):
                phrase = self._phrase(subject_id)
                if phrase.words == run and not is_weak(phrase, lang=lang, lexicon=self._lexicon):
                    yield subject_id

    def _read(self, subject_id: int) -> Phrase:
        return read_phrase(self._labels[subject_id], lexicon=self._lexicon)


def _let_wait(
    waiting: _Waiting, frequency: Counter[str], subject_id: int, wanted: tuple[str, ...]
) -> None:
    """Let a phrase wait under the rarest of its stems, and the next one."""
    if wanted:
        ordered = sorted(set(wanted), key=lambda word: (frequency[word], word))
        second = ordered[1] if len(ordered) > 1 else ""
        waiting.setdefault(ordered[0], {}).setdefault(second, []).append((subject_id, wanted))
