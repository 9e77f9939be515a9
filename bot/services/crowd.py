"""A realistic crowd for trying things at size: readers of the world, their follows, briefs.

What people follow is spread as Zipf found it: few subjects have most of the follows, and most
subjects have few. Everything is made from a seed, so the same crowd can be made again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, islice, product
from random import Random
from typing import TypeVar

from bot.digest.due import next_slot
from bot.matching.keys import key
from bot.matching.lexicon import Lexicon
from storage import crowd
from storage.crowd import Member
from storage.database import Database

PAGE = 5000
#: One document in so many tells the story of another one again.
RETOLD = 10
#: Each says so many words of its own, or one would be taken for a new version of another.
OWN_WORDS = 120
_SYLLABLES = [one + other for one in "bdfgjklmnprstvz" for other in "aeiou"]
Choice = TypeVar("Choice")
#: Chat ids of made-up readers begin here: Telegram gives smaller ones to people.
FIRST_CHAT_ID = 2**51
#: Zones with the weight that they have among readers here.
_ZONES = {
    "Europe/Berlin": 18,
    "Europe/London": 14,
    "America/New_York": 20,
    "America/Los_Angeles": 10,
    "America/Sao_Paulo": 6,
    "Africa/Lagos": 4,
    "Europe/Kyiv": 6,
    "Asia/Dubai": 3,
    "Asia/Kolkata": 12,
    "Asia/Singapore": 4,
    "Asia/Tokyo": 4,
    "Australia/Sydney": 3,
    "Asia/Kathmandu": 1,
}
_HOURS = {6: 8, 7: 22, 8: 40, 9: 12, 12: 6, 18: 8, 20: 4}
_MINUTES = {5: 20, 10: 60, 20: 15, None: 5}
_FLOORS = {0.0: 70, 5.0: 15, 6.0: 10, 8.0: 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdShape:
    """How many there are, and how alike they are."""

    subscribers: int
    phrases: int = 5000
    follows: int = 20
    exponent: float = 1.0  # of Zipf's law: 0 spreads follows evenly
    at: int | None = None  # everybody at this minute after midnight, in UTC
    seed: int = 1


def phrases_of(lexicon: Lexicon, count: int) -> list[str]:
    """Return so many phrases of one or two words, the same every time."""
    said = sorted(
        {
            word.casefold()
            for section in lexicon.sections
            for listed in (section.words, section.topics)
            for word in listed.get("en", ())
            if word.isalpha() and len(word) > 2
        }
    )
    Random(0).shuffle(said)  # noqa: S311 - the same every time is the point
    pairs = (f"{one} {other}" for one, other in product(said, said) if one != other)
    found = list(dict.fromkeys((*said, *pairs)))
    if count > len(found):
        found += [f"{one} {n}" for n in range(count // len(found) + 1) for one in found]
    return found[:count]


def documents_of(phrases: Sequence[str], count: int, *, seed: int = 1) -> Iterator[str]:
    """Give so many briefs as documents; their topics are the phrases that people follow.

    One in ten tells the story of the one before it again; else it is rare that two share two
    names, which would make them one story.
    """
    chance = Random(seed)  # noqa: S311 - the same every time is the point
    weights = interests(len(phrases), 1.0)
    topics: list[str] = []
    names: list[str] = []
    for n in range(1, count + 1):
        if n % RETOLD:
            topics = _choose(chance, phrases, weights, 4)
            followed = _choose(chance, phrases, weights, 2)
            names = [*(name.title() for name in followed), f"Agency {n}", f"Office {n}"]
        yield _DOCUMENT.format(
            n=n,
            seed=seed,
            about=" and ".join(topics[:2]),
            who=names[0],
            topics=", ".join(f'"{topic}"' for topic in topics),
            entities=", ".join(f'"{name}"' for name in names),
            impact=round(chance.triangular(1, 9.8, 5), 1),
            confidence=round(chance.uniform(0.5, 0.99), 2),
            seconds=chance.choice((60, 75, 90, 105, 120, 150)),
            own=" ".join(_made_up_word(chance) for _ in range(OWN_WORDS)),
            other=" ".join(_made_up_word(chance) for _ in range(OWN_WORDS // 2)),
        )


_DOCUMENT = """\
Simulated brief {n} of crowd {seed} says that {who} has decided something about {about}. \
In a language that nobody speaks: {own}.

Counter_argument: Others hold that {about} matters less than it seems, and would rather wait \
for figures. In that language: {other}.

ai_context: This brief is simulated and reports nothing.

topics: [{topics}] entities: [{entities}] impact_score: {impact} confidence: {confidence} \
readtimesecs: {seconds}"""


def _made_up_word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


def interests(count: int, exponent: float) -> Sequence[float]:
    """Return the added-up weights by which ``count`` subjects are chosen, the favourite first."""
    return list(accumulate(1 / place**exponent for place in range(1, count + 1)))


async def add_crowd(
    db: Database,
    *,
    shape: CrowdShape,
    lexicon: Lexicon,
    now: datetime,
    on_page: Callable[[int], None] = lambda _count: None,
) -> list[str]:
    """Fill the store with readers and return the phrases they follow, the favourite first.

    ``on_page`` is told how many readers each transaction added.
    """
    phrases = phrases_of(lexicon, shape.phrases)
    async with db.writing() as tx:
        pairs = {key(phrase): phrase for phrase in phrases}
        ids = await crowd.add_phrases(tx, phrases=list(pairs.items()), now=now)
    members = _members(shape, ids, now)
    while page := list(islice(members, PAGE)):
        async with db.writing() as tx:
            await crowd.add_members(tx, members=page, now=now)
        on_page(len(page))
    return phrases


def _members(shape: CrowdShape, subject_ids: Sequence[int], now: datetime) -> Iterator[Member]:
    chance = Random(shape.seed)  # noqa: S311 - the same every time is the point
    weights = interests(len(subject_ids), shape.exponent)
    for n in range(shape.subscribers):
        zone, time = "UTC", shape.at
        if time is None:
            zone = _one_of(chance, _ZONES)
            time = _one_of(chance, _HOURS) * 60 + chance.choice((0, 0, 0, 0, 15, 30, 45))
        slot = next_slot(zone=zone, times=(time,), days=0b1111111, after=now)
        chosen = _choose(chance, subject_ids, weights, shape.follows)
        yield Member(
            chat_id=FIRST_CHAT_ID + n,
            zone=zone,
            time=time,
            minutes=_one_of(chance, _MINUTES),
            impact_floor=_one_of(chance, _FLOORS),
            next_due_at=slot.due_at,
            next_slot=slot.number,
            follows=chosen[:-1] if n % 2 else chosen,
            mutes=chosen[-1:] if n % 2 else (),
        )


def _choose(
    chance: Random, among: Sequence[Choice], weights: Sequence[float], count: int
) -> list[Choice]:
    """Return up to ``count`` different ones, the favourites more often."""
    found: dict[Choice, None] = {}
    for _ in range(3):
        found |= dict.fromkeys(chance.choices(among, cum_weights=weights, k=count))
        if len(found) >= count:
            break
    return list(found)[:count]


def _one_of(chance: Random, weighted: dict[Choice, int]) -> Choice:
    return chance.choices(list(weighted), weights=list(weighted.values()))[0]
