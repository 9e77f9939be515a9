"""A follow as it is typed: a section by one of its names, or a phrase with its aliases."""

from dataclasses import dataclass

from bot.matching.briefs import BriefNames
from bot.matching.lexicon import Lexicon
from bot.matching.rings import Phrase, read_phrase, why
from bot.matching.sections import find_sections
from storage.model.subject import Ring

_ORDER = list(Ring)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What a person asked for: a section, or phrases that mean the same, the typed one first."""

    section: str | None
    phrases: tuple[Phrase, ...]


def read_follow(typed: str, *, lexicon: Lexicon) -> Follow:
    """Return what a typed phrase follows; the name of a section follows the section."""
    section = lexicon.section_named(typed)
    if section is not None:
        return Follow(section=section, phrases=())
    phrase = read_phrase(typed, lexicon=lexicon)
    others = (read_phrase(name, lexicon=lexicon) for name in lexicon.group_of(phrase.key))
    return Follow(
        section=None, phrases=(phrase, *(other for other in others if other.key != phrase.key))
    )


def why_follow(follow: Follow, brief: BriefNames, *, lexicon: Lexicon) -> tuple[Ring, str] | None:
    """Return the first ring by which a follow wants a brief and because of what, or None."""
    if follow.section is not None:
        because = find_sections(brief, lexicon=lexicon).get(follow.section)
        return (Ring.SECTION, because) if because is not None else None
    reasons = [
        reason
        for phrase in follow.phrases
        if (reason := why(phrase, brief, lexicon=lexicon)) is not None
    ]
    return min(reasons, key=lambda reason: _ORDER.index(reason[0]), default=None)
