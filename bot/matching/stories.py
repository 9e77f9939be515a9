"""Stories: which briefs tell of the same event."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.matching import stems
from bot.matching.briefs import BriefNames
from bot.matching.lexicon import Lexicon

#: Two briefs further apart are two stories.
WITHIN = timedelta(hours=72)
SHARED_ENTITIES = 2


def is_same_story(one: BriefNames, other: BriefNames, *, lexicon: Lexicon) -> bool:
    """Tell whether two briefs share two entities, sources apart, and a word of a topic."""
    return len(one.entity_keys & other.entity_keys) >= SHARED_ENTITIES and bool(
        _topic_words(one, lexicon) & _topic_words(other, lexicon)
    )


def find_story(
    names: BriefNames,
    published_at: datetime,
    *,
    among: Iterable[tuple[int, datetime, BriefNames]],
    lexicon: Lexicon,
) -> list[int]:
    """Return those of the briefs (id, published_at, names) that tell the same story, by id."""
    return sorted(
        brief_id
        for brief_id, at, other in among
        if abs(at - published_at) <= WITHIN and is_same_story(names, other, lexicon=lexicon)
    )


def _topic_words(names: BriefNames, lexicon: Lexicon) -> set[str]:
    return {
        stem
        for topic in names.topics
        for word in topic.words
        if not lexicon.is_stop_word(word, names.lang)
        for stem in stems.variants(word, names.lang)
    }
