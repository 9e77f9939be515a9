"""Offers: what is close to a new follow, for the reader to take or leave.

An uncommon word in common, or standing in the same briefs, is too loose a bond to deliver by.
As a button that a person presses it closes the gap between the reader's word and the words of
the documents: "undersea cables" is offered "subsea cable".
"""

from collections import defaultdict
from collections.abc import Collection

from bot.matching import stems
from bot.matching.briefs import Name
from bot.matching.keys import compact, key, words
from bot.matching.lexicon import Lexicon
from bot.matching.recent import Recent
from bot.matching.rings import Phrase, read_phrase, required_stems

OFFERS = 5
#: A word that stands in more than this share of the recent briefs binds nothing.
COMMON_SHARE = 0.1
#: Names that stand together count from this many briefs, and in this share of the name's briefs.
TOGETHER_BRIEFS = 2
TOGETHER_SHARE = 0.5


def find_offers(
    phrase: Phrase, recent: Recent, *, lexicon: Lexicon, but: Collection[str] = ()
) -> list[str]:
    """Return up to five labels close to the phrase, those that bring most briefs first.

    Left out are sources, what the phrase and its aliases find by themselves, and the keys in
    ``but``.
    """
    aliases = (read_phrase(name, lexicon=lexicon) for name in lexicon.group_of(phrase.key))
    had = {brief_id for one in (phrase, *aliases) for brief_id, _, _ in recent.find(one)}
    brings: dict[str, set[int]] = defaultdict(set)
    labels: dict[str, str] = {}
    for brief_id, label in (*_sharing(phrase, had, recent, lexicon), *_together(had, recent)):
        name_key = key(label)
        labels.setdefault(name_key, label)
        brings[name_key].add(brief_id)
    ranked = sorted(brings, key=lambda name_key: (-len(brings[name_key]), name_key))
    return [labels[name_key] for name_key in ranked if name_key not in but][:OFFERS]


def _sharing(
    phrase: Phrase, had: set[int], recent: Recent, lexicon: Lexicon
) -> list[tuple[int, str]]:
    """List topics that have some words of the phrase, not all, cut to a word and its neighbour."""
    found = []
    for brief_id in sorted(recent.near(phrase) - had):
        names = recent.names_of(brief_id)
        wanted = required_stems(phrase, lang=names.lang, lexicon=lexicon)
        for topic in names.topics:
            shared = [stem for stem in wanted if stem in topic.stems]
            rare = [stem for stem in shared if recent.share(stem) <= COMMON_SHARE]
            if rare:
                found.append((brief_id, _with_neighbour(topic, rare[-1], names.lang)))
    return found


def _with_neighbour(topic: Name, stem: str, lang: str) -> str:
    """Return the word of a topic that has the stem, with the word before it, as written."""
    written = topic.written.split()
    places = (
        place
        for place, word in enumerate(written)
        if any(stem in stems.variants(part, lang) for part in words(word))
    )
    start = max(next(places, 0) - 1, 0)
    return " ".join(written[start : start + 2])


def _together(had: set[int], recent: Recent) -> list[tuple[int, str]]:
    """List the entities that mostly stand in briefs which the phrase finds."""
    standing: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for brief_id in sorted(had):
        for entity in recent.names_of(brief_id).entities:
            standing[compact(entity.key)].add(brief_id)
            spelled[compact(entity.key)] = entity.written
    return [
        (brief_id, spelled[name_key])
        for name_key, brief_ids in standing.items()
        if len(brief_ids) >= TOGETHER_BRIEFS
        and len(brief_ids) >= TOGETHER_SHARE * recent.count(name_key)
        and len(brief_ids) < recent.count(name_key)
        for brief_id in sorted(brief_ids)
    ]
