"""Sections: lists of words that put a brief where a reader looks for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.matching import stems
from bot.matching.briefs import BriefNames, Name, contains
from bot.matching.keys import acronym, key, words
from bot.matching.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class _Word:
    """One word (or few) of a section's list, ready to be looked for."""

    section: str
    words: tuple[str, ...]
    stems: frozenset[str]
    spelled: str | None  # an acronym, met only in capitals


@dataclass(slots=True)
class _List:
    """The words of all sections in one language, by a word that must be there."""

    topics: dict[str, list[_Word]] = field(default_factory=dict)
    entities: dict[str, list[_Word]] = field(default_factory=dict)


def find_sections(brief: BriefNames, *, lexicon: Lexicon) -> dict[str, str]:
    """Return the sections of a brief, each with the name (or stated section) that put it there.

    Words are looked for as stems in topics and as they are in entities, never in the source.
    """
    found: dict[str, str] = {}
    if brief.section is not None:
        stated = lexicon.section_named(brief.section)
        if stated is not None:
            found[stated] = brief.section
    listed = _listed(lexicon, brief.lang)
    for topic in brief.topics:
        for section in _of_topic(topic, listed):
            found.setdefault(section, topic.written)
    for entity in brief.entities:
        for section in _of_entity(entity, listed):
            found.setdefault(section, entity.written)
    return found


def _of_topic(topic: Name, listed: _List) -> Iterator[str]:
    for stem in topic.stems:
        for word in listed.topics.get(stem, ()):
            if word.spelled is not None:
                if word.spelled in topic.spellings:
                    yield word.section
            elif topic.stems.issuperset(word.stems):
                yield word.section


def _of_entity(entity: Name, listed: _List) -> Iterator[str]:
    for part in entity.words:
        for word in listed.entities.get(part, ()):
            if word.spelled is not None:
                if word.spelled in entity.spellings:
                    yield word.section
            elif contains(entity.words, word.words):
                yield word.section


@lru_cache(maxsize=32)
def _listed(lexicon: Lexicon, lang: str) -> _List:
    listed = _List()
    for section in lexicon.sections:
        in_topics = section.words.get(lang) or section.words.get(lexicon.default_lang, ())
        for written in (section.name, *section.other_names, *in_topics):
            word = _word(section.name, written, lang)
            rarest = max(word.stems, key=len, default=key(written))
            listed.topics.setdefault(rarest, []).append(word)
        everywhere = (written for some in section.words.values() for written in some)
        for written in (section.name, *section.other_names, *everywhere):
            word = _word(section.name, written, lang)
            if word.words:
                listed.entities.setdefault(word.words[0], []).append(word)
    return listed


def _word(section: str, written: str, lang: str) -> _Word:
    found = words(written)
    return _Word(
        section=section,
        words=found,
        stems=frozenset(stems.stem(word, lang) for word in found),
        spelled=acronym(written),
    )
