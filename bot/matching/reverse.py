"""Reverse search: a hundred thousand followed phrases, asked which of them want one brief.

The phrases are the documents and the brief is the query. Whole names are looked up by key;
for the words of topics each phrase waits under its rarest stem, so that a brief meets only
phrases that share something uncommon with it; for the headline its runs of words are looked
up as keys.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.matching.briefs import BriefNames
from bot.matching.keys import compact
from bot.matching.lexicon import Lexicon
from bot.matching.rings import Phrase, is_weak, read_phrase, required_stems
from storage.model.subject import Match, Ring, SubjectId


class Reverse:
    """The phrases that are followed, indexed. Phrases are added, never taken out."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._labels: dict[int, str] = {}
        self._by_key: dict[str, int] = {}
        self._by_compact: dict[str, list[int]] = {}
        self._by_words: dict[str, int] = {}
        self._spelled: dict[str, int] = {}
        self._by_stem: dict[str, dict[str, list[tuple[int, tuple[str, ...]]]]] = {}
        self._frequency: dict[str, Counter[str]] = {}
        self._longest = 1
        self.last_id = 0

    def __len__(self) -> int:
        return len(self._labels)

    def add(self, phrases: Iterable[tuple[int, str]]) -> None:
        """Add phrases: (subject id, label), in order of their ids."""
        for subject_id, label in phrases:
            phrase = read_phrase(label, lexicon=self._lexicon)
            self._labels[subject_id] = label
            self._add_key(subject_id, phrase)
            for lang in self._by_stem:
                self._add_stems(subject_id, phrase, lang)
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

    def _add_key(self, subject_id: int, phrase: Phrase) -> None:
        if phrase.spelled is not None:
            self._spelled[phrase.spelled] = subject_id
            return
        self._by_key[phrase.key] = subject_id
        self._by_compact.setdefault(phrase.compact, []).append(subject_id)
        spoken = " ".join(phrase.words)
        self._longest = max(self._longest, len(phrase.words))
        if spoken != phrase.key:  # "Lloyd's": its key and its words differ
            self._by_words[spoken] = subject_id

    def _add_stems(self, subject_id: int, phrase: Phrase, lang: str) -> None:
        wanted = required_stems(phrase, lang=lang, lexicon=self._lexicon)
        if not wanted:
            return
        frequency = self._frequency[lang]
        frequency.update(wanted)
        rarest = min(wanted, key=lambda word: (frequency[word], word))
        self._by_stem[lang].setdefault(rarest, []).append((subject_id, wanted))

    def _index(self, lang: str) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
        if lang not in self._by_stem:
            self._by_stem[lang] = {}
            phrases = {i: read_phrase(s, lexicon=self._lexicon) for i, s in self._labels.items()}
            self._frequency[lang] = Counter(
                stem
                for phrase in phrases.values()
                for stem in required_stems(phrase, lang=lang, lexicon=self._lexicon)
            )
            for subject_id, phrase in phrases.items():
                self._add_stems(subject_id, phrase, lang)
        return self._by_stem[lang]

    def _names(self, brief: BriefNames) -> Iterator[tuple[int, str]]:
        for name in brief.names:
            if (subject_id := self._spelled.get(name.spelled)) is not None:
                yield subject_id, name.written
            if (subject_id := self._by_key.get(name.key)) is not None:
                yield subject_id, name.written
            for subject_id in self._by_compact.get(compact(name.key), ()):
                yield subject_id, name.written

    def _words(self, brief: BriefNames) -> Iterator[tuple[int, str]]:
        index = self._index(brief.lang)
        for topic in brief.topics:
            for stem in topic.stems:
                for subject_id, wanted in index.get(stem, ()):
                    if topic.stems.issuperset(wanted):
                        yield subject_id, topic.written
            for spelled in topic.spellings:
                subject_id = self._spelled.get(spelled, 0)
                if subject_id and not self._phrase(subject_id).short:
                    yield subject_id, topic.written

    def _headline(self, brief: BriefNames) -> Iterator[tuple[int, str]]:
        for spelled in brief.headline_spellings:
            if (subject_id := self._spelled.get(spelled)) is not None:
                yield subject_id, brief.headline
        said = brief.headline_words
        for start in range(len(said)):
            for end in range(start + 1, min(start + self._longest, len(said)) + 1):
                run = " ".join(said[start:end])
                found = self._by_words.get(run) or self._by_key.get(run)
                if found is not None and not self._is_weak(found, brief.lang):
                    yield found, brief.headline

    def _is_weak(self, subject_id: int, lang: str) -> bool:
        return is_weak(self._phrase(subject_id), lang=lang, lexicon=self._lexicon)

    def _phrase(self, subject_id: int) -> Phrase:
        return read_phrase(self._labels[subject_id], lexicon=self._lexicon)
