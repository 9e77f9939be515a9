"""What matching knows of words: stop words, sections, and names that mean the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.matching.keys import acronym, key, spelling, words


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWords:
    """One section: its name, other names for it, and the words that put a brief into it."""

    name: str
    other_names: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]  # by language, in topics and entities
    topics: Mapping[str, tuple[str, ...]]  # by language, in topics only
    but: Mapping[str, tuple[str, ...]]  # by language, what a name may hold all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasGroup:
    """A name and others that mean the same; ``cased`` ones count only as they are spelled."""

    name: str
    others: tuple[str, ...]
    cased: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The word lists that matching works with, as the configuration states them."""

    default_lang: str = "en"
    stop_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sections: tuple[SectionWords, ...] = ()
    aliases: tuple[AliasGroup, ...] = ()
    _cased: frozenset[str] = field(init=False, repr=False)
    _section_keys: Mapping[str, str] = field(init=False, repr=False)
    _groups: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        cased = frozenset(spelling(name) for group in self.aliases for name in group.cased)
        object.__setattr__(self, "_cased", cased)
        keys = {
            key(name): section.name
            for section in self.sections
            for name in (section.name, *section.other_names)
        }
        object.__setattr__(self, "_section_keys", keys)
        groups = {
            self.phrase_key(name): (group.name, *group.others)
            for group in self.aliases
            for name in (group.name, *group.others)
        }
        object.__setattr__(self, "_groups", groups)

    def is_stop_word(self, word: str, lang: str) -> bool:
        """Tell whether a case-folded word says nothing by itself in that language."""
        return word in self.stop_words.get(lang, frozenset())

    def cased_spelling(self, name: str) -> str | None:
        """Return the spelling that alone counts for this name, None if case does not matter.

        So it is with acronyms ("WHO" is not "who") and with aliases kept with their case.
        """
        plain = spelling(name)
        return plain if plain in self._cased else acronym(name)

    def group_of(self, phrase_key: str) -> tuple[str, ...]:
        """Return the names that mean the same as the one under this key, itself included."""
        return self._groups.get(phrase_key, ())

    def phrase_key(self, name: str) -> str:
        """Return the key under which a phrase is followed: the spelling where case matters."""
        return self.cased_spelling(name) or key(name)

    def section_named(self, phrase: str) -> str | None:
        """Return the section that goes by this name, or None."""
        return self._section_keys.get(key(phrase))


def read_lexicon(
    *,
    stop_words: Mapping[str, Sequence[str]],
    sections: Sequence[Mapping[str, object]],
    aliases: Sequence[Mapping[str, object]],
    default_lang: str = "en",
) -> Lexicon:
    """Return the lexicon that the tables of the configuration files state."""
    return Lexicon(
        default_lang=default_lang,
        stop_words=MappingProxyType(
            {lang: frozenset(map(str.casefold, listed)) for lang, listed in stop_words.items()}
        ),
        sections=tuple(
            SectionWords(
                name=str(section["name"]),
                other_names=_strings(section.get("also")),
                words=_by_language(section.get("words")),
                topics=_by_language(section.get("topics")),
                but=_by_language(section.get("but")),
            )
            for section in sections
        ),
        aliases=tuple(
            AliasGroup(
                name=str(group["name"]),
                others=(*_strings(group.get("also")), *_strings(group.get("cased"))),
                cased=frozenset(_strings(group.get("cased"))),
            )
            for group in aliases
        ),
    )


def _by_language(listed: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(listed, Mapping):
        return {}
    return {str(lang): _strings(some) for lang, some in listed.items()}


def _strings(listed: object) -> tuple[str, ...]:
    """Return the entries of a list that hold a word; a single string is a list of one."""
    if isinstance(listed, str):
        listed = (listed,)
    found = map(str, listed) if isinstance(listed, Sequence) else ()
    return tuple(entry for entry in found if words(entry))
