"""A brief as matching sees it: its names taken to keys, words and stems, once."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from bot.matching import stems
from bot.matching.keys import compact, key, spelling, spellings, words
from bot.matching.lexicon import Lexicon
from storage.model.brief import BriefDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A topic or an entity: as written, and as it is compared."""

    written: str
    key: str
    words: tuple[str, ...]
    spelled: str  # with its case, full stops dropped
    spellings: frozenset[str]
    stems: frozenset[str]  # empty for entities, which are never taken apart


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefNames:
    """What rings look at: topics, entities, the source apart, and the headline."""

    lang: str
    topics: tuple[Name, ...]
    entities: tuple[Name, ...]  # without the source
    entity_keys: frozenset[str]  # of these, without blanks
    source: Name | None
    headline: str
    headline_words: tuple[str, ...]
    headline_spellings: frozenset[str]
    section: str | None  # as the document states it

    @property
    def names(self) -> tuple[Name, ...]:
        """Everything that a whole name can meet: topics, entities, then the source."""
        return (*self.topics, *self.entities, *((self.source,) if self.source else ()))


def read_names(draft: BriefDraft, *, source: str | None, lexicon: Lexicon) -> BriefNames:
    """Return the names of a brief, ready to be compared."""
    lang = stems.language(draft.lang, default=lexicon.default_lang)
    entities = {written: _name(written) for written in draft.entities}
    publisher = entities.pop(source, None) if source is not None else None
    return BriefNames(
        lang=lang,
        topics=tuple(_name(written, lang) for written in draft.topics),
        entities=tuple(entities.values()),
        entity_keys=frozenset(compact(name.key) for name in entities.values()),
        source=publisher,
        headline=draft.headline,
        headline_words=words(draft.headline),
        headline_spellings=frozenset(spellings(draft.headline)),
        section=draft.section,
    )


def find_source(draft: BriefDraft) -> str | None:
    """Return the entity that stands in ai_context and nowhere in body or counter-argument.

    It is the publisher, not what the brief is about. Of several, the one that stands first in
    ai_context. Ordinary words are no mention of a name: "by nature" does not name Nature.
    """
    if draft.ai_context is None:
        return None
    said = _read(f"{draft.body}\n{draft.counter_argument}")
    context = _read(draft.ai_context)
    found = [
        (place, written)
        for written in draft.entities
        if (place := _mention(written, context)) is not None and _mention(written, said) is None
    ]
    return min(found)[1] if found else None


def contains(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Tell whether ``phrase`` stands in ``text`` as whole words, one after the other."""
    return next(_places(phrase, text), None) is not None


def _places(phrase: tuple[str, ...], text: tuple[str, ...]) -> Iterator[int]:
    if not phrase:
        return
    start, last = 0, len(text) - len(phrase)
    with suppress(ValueError):  # which ends it: the first word stands nowhere behind
        while True:
            start = text.index(phrase[0], start, max(last + 1, 0))
            if text[start : start + len(phrase)] == phrase:
                yield start
            start += 1


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text, as spelled and case-folded."""

    spelled: tuple[str, ...]
    folded: tuple[str, ...]


def _read(text: str) -> _Text:
    spelled = spellings(text)
    return _Text(spelled, tuple(map(str.casefold, spelled)))


def _mention(name: str, text: _Text) -> int | None:
    """Return where a name first stands in a text: in any capitals, but not without all of them."""
    wanted = _read(name)
    for start in _places(wanted.folded, text.folded):
        run = text.spelled[start : start + len(wanted.spelled)]
        if _has_capitals(run) or not _has_capitals(wanted.spelled):
            return start
    return None


def _has_capitals(spelled: tuple[str, ...]) -> bool:
    return any(word != word.lower() for word in spelled)


def _name(written: str, lang: str | None = None) -> Name:
    found = words(written)
    return Name(
        written=written,
        key=key(written),
        words=found,
        spelled=spelling(written),
        spellings=frozenset(spellings(written)),
        stems=frozenset(_stems(found, lang)) if lang else frozenset(),
    )


def _stems(found: tuple[str, ...], lang: str) -> Iterator[str]:
    for word in found:
        yield from stems.variants(word, lang)
