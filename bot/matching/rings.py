"""The rings: does a followed phrase want a brief, and because of what.

1. name      the phrase is a topic or an entity, blanks apart
2. words     every word of the phrase is in one topic, as stems
3. headline  the phrase stands in the headline
4. section   see ``sections``

The first ring that holds is the one that counts. The body is never looked at: a passing
mention is not what a reader asked for.
"""

from dataclasses import dataclass

from bot.matching import stems
from bot.matching.briefs import BriefNames, contains
from bot.matching.keys import acronym, compact, key, spellings, words
from bot.matching.lexicon import Lexicon
from storage.model.subject import Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase that can be followed, as it is compared."""

    label: str
    key: str
    compact: str
    words: tuple[str, ...]
    capitals: frozenset[str]  # those of the words that are typed as acronyms
    spelled: str | None  # it counts only in this spelling: an acronym, or an alias with its case
    short: bool  # one word of fewer than three letters: met as a name only


def read_phrase(typed: str, *, lexicon: Lexicon) -> Phrase:
    """Return a typed phrase as it is compared."""
    spelled = lexicon.cased_spelling(typed)
    typed_key = key(typed)
    found = words(typed)
    return Phrase(
        label=typed.strip(),
        key=spelled or typed_key,
        compact=spelled or compact(typed_key),
        words=found,
        capitals=_capitals(typed),
        spelled=spelled,
        short=len(found) == 1 and len(found[0]) < stems.STEMMED_LETTERS,
    )


def _capitals(typed: str) -> frozenset[str]:
    if typed.isupper() or typed.islower():
        return frozenset()
    return frozenset(word.casefold() for word in spellings(typed) if acronym(word))


def is_weak(phrase: Phrase, *, lang: str, lexicon: Lexicon) -> bool:
    """Tell whether the phrase says too little to be met by anything but a whole name.

    So it is with one word that is too short, or that is a stop word and not an acronym.
    """
    alone = len(phrase.words) == 1 and phrase.spelled is None
    return phrase.short or (alone and lexicon.is_stop_word(phrase.words[0], lang))


def required_stems(phrase: Phrase, *, lang: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the stems that one topic must hold, none if the phrase is met as a name only.

    Stop words count for nothing in a longer phrase; a word typed in capitals is never one,
    unless the whole phrase is typed so. "The EU" and "AT&T" leave one word that is too short.
    """
    if phrase.spelled is not None or is_weak(phrase, lang=lang, lexicon=lexicon):
        return ()
    telling = [
        word
        for word in phrase.words
        if word in phrase.capitals or not lexicon.is_stop_word(word, lang)
    ]
    if len(telling) == 1 and len(telling[0]) < stems.STEMMED_LETTERS:
        return ()
    return tuple(stems.stem(word, lang) for word in telling)


def why(phrase: Phrase, brief: BriefNames, *, lexicon: Lexicon) -> tuple[Ring, str] | None:
    """Return the ring by which the phrase wants the brief and the name that did it, or None."""
    written = by_name(phrase, brief)
    if written is not None:
        return Ring.NAME, written
    written = by_words(phrase, brief, lexicon=lexicon)
    if written is not None:
        return Ring.WORDS, written
    if by_headline(phrase, brief, lexicon=lexicon):
        return Ring.HEADLINE, brief.headline
    return None


def by_name(phrase: Phrase, brief: BriefNames) -> str | None:
    """Return the topic, entity or source that the phrase is, as written."""
    for name in brief.names:
        if phrase.spelled is not None:
            if name.spelled == phrase.spelled:
                return name.written
        elif name.key == phrase.key or compact(name.key) == phrase.compact:
            return name.written
    return None


def by_words(phrase: Phrase, brief: BriefNames, *, lexicon: Lexicon) -> str | None:
    """Return the topic that holds every word of the phrase, as written."""
    if phrase.spelled is not None:
        if phrase.short:
            return None
        return next((t.written for t in brief.topics if phrase.spelled in t.spellings), None)
    wanted = required_stems(phrase, lang=brief.lang, lexicon=lexicon)
    if not wanted:
        return None
    return next((t.written for t in brief.topics if t.stems.issuperset(wanted)), None)


def by_headline(phrase: Phrase, brief: BriefNames, *, lexicon: Lexicon) -> bool:
    """Tell whether the phrase stands in the headline; an acronym of two letters may."""
    if phrase.spelled is not None:
        return phrase.spelled in brief.headline_spellings
    weak = is_weak(phrase, lang=brief.lang, lexicon=lexicon)
    return not weak and contains(brief.headline_words, phrase.words)
