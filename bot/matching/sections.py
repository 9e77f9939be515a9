"""Sections: lists of words that put a brief where a reader looks for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.matching import stems
from bot.matching.briefs import BriefNames, Name, contains
from bot.matching.keys import acronym, words
from bot.matching.lexicon import Lexicon, SectionWords


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a section's lists, ready to be looked for."""

    section: str
    words: tuple[str, ...]
    stems: frozenset[str]
    spelled: str | None  # an acronym, met only in capitals


@dataclass(frozen=True, slots=True)
class _Lists:
    """The entries of all sections for briefs in one language.

    What is looked for stands under a word that must be there, what is spared under its section.
    """

    topics: Mapping[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    entities: Mapping[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    but_topics: Mapping[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    but_entities: Mapping[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))


def find_sections(brief: BriefNames, *, lexicon: Lexicon) -> dict[str, str]:
    """Return the sections of a brief, each with the name (or stated section) that put it there.

    They come in the order in which the lexicon lists them.
    Words are looked for as stems in topics and as they stand in entities, never in the source.
    """
    found: dict[str, str] = {}
    stated = lexicon.section_named(brief.section) if brief.section is not None else None
    if stated is not None and brief.section is not None:
        found[stated] = brief.section
    lists = _lists(lexicon, brief.lang)
    for topic in brief.topics:
        for section in _of_topic(topic, lists):
            found.setdefault(section, topic.written)
    for entity in brief.entities:
        for section in _of_entity(entity, lists):
            found.setdefault(section, entity.written)
    return {one.name: found[one.name] for one in lexicon.sections if one.name in found}


def _of_topic(topic: Name, lists: _Lists) -> Iterator[str]:
    for stem in topic.stems:
        for entry in lists.topics.get(stem, ()):
            if entry.spelled is not None:
                met = entry.spelled in topic.spellings
            else:
                met = topic.stems.issuperset(entry.stems)
            if met and not _is_spared_topic(topic, entry, lists):
                yield entry.section


def _is_spared_topic(topic: Name, entry: _Entry, lists: _Lists) -> bool:
    """Tell whether the entry is met inside of something that does not belong here."""
    return any(
        _holds(topic, spared, entry)
        for spared in lists.but_topics.get(entry.section, ())
        if entry.stems <= spared.stems
    )


def _holds(topic: Name, spared: _Entry, entry: _Entry) -> bool:
    # Of one stem are "customs" and "customer": what they are told apart by is the word itself.
    if spared.stems == entry.stems:
        return set(topic.words).issuperset(spared.words)
    return topic.stems.issuperset(spared.stems)


def _of_entity(entity: Name, lists: _Lists) -> Iterator[str]:
    for part in entity.words:
        for entry in lists.entities.get(part, ()):
            if entry.spelled is not None:
                met = entry.spelled in entity.spellings
            else:
                met = contains(entity.words, entry.words)
            if met and not _is_spared_entity(entity, entry, lists):
                yield entry.section


def _is_spared_entity(entity: Name, entry: _Entry, lists: _Lists) -> bool:
    return any(
        contains(spared.words, entry.words) and contains(entity.words, spared.words)
        for spared in lists.but_entities.get(entry.section, ())
    )


@lru_cache(maxsize=32)
def _lists(lexicon: Lexicon, lang: str) -> _Lists:
    lists = _Lists()
    for section in lexicon.sections:
        spoken = _spoken(section, lang, default=lexicon.default_lang)
        for written in (*section.words.get(spoken, ()), *section.topics.get(spoken, ())):
            entry = _entry(section.name, written, lang)
            lists.topics[max(entry.stems, key=len)].append(entry)
        for written in section.but.get(spoken, ()):
            lists.but_topics[section.name].append(_entry(section.name, written, lang))
        for written in _of_all_languages(section.words):
            entry = _entry(section.name, written, lang)
            lists.entities[entry.words[0]].append(entry)
        for written in _of_all_languages(section.but):
            lists.but_entities[section.name].append(_entry(section.name, written, lang))
    return lists


def _spoken(section: SectionWords, lang: str, *, default: str) -> str:
    """Return the language whose lists are used: the brief's, if the section has words in it."""
    return lang if section.words.get(lang) or section.topics.get(lang) else default


def _of_all_languages(listed: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    return (written for some in listed.values() for written in some)


def _entry(section: str, written: str, lang: str) -> _Entry:
    found = words(written)
    return _Entry(
        section=section,
        words=found,
        stems=frozenset(stems.stem(word, lang) for word in found),
        spelled=acronym(written),
    )
