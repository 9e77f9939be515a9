"""Which briefs go into one reader's digest, in order of impact.

Filled in reading order until the reader's minutes, seven items or the length of a message are
used up; what does not fit is skipped and counted, and the first item always fits. When there is
more than fits, the last place is kept for a followed phrase that would else not be shown, so
that a rare follow has its turn. What is shown stands in order of impact without exception.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from bot.digest.recipe import Item
from bot.digest.window import Hits, Window

MOST_ITEMS = 7
#: Of the 4096 units of a message; the rest is for the last lines and what is personal.
MOST_UNITS = 3900


#: What is shown: place in the window, the follow to name, others that tell the same story.
Shares = list[tuple[int, int, int]]
#: What fits: places as they were taken, the mask of what they tell, and what they take up.
Filled = tuple[list[int], int, int, int]


class Wishes(NamedTuple):
    """What one reader asks for."""

    follows: Sequence[int]  # subject ids
    mutes: Sequence[int]
    impact_floor: float
    confidence_floor: float
    seconds: int | None  # reading budget


class Picked(NamedTuple):
    """One brief that is shown: its place in the window, and the follow that brought it."""

    place: int
    subject_id: int
    more: int  # others of the same story that are left out for it


class Selection(NamedTuple):
    """What is shown, in order of impact, and how much matched besides."""

    picked: tuple[Picked, ...]
    below: int  # under the reader's floors
    over: int  # over the reader's budget
    told: tuple[int, ...]  # places of what is shown and of what tells the same stories


def select(
    window: Window, wishes: Wishes, *, since: int, had: int, seat: int | None = None
) -> Selection:
    """Return the digest of one reader from the briefs in ``since`` without those in ``had``.

    ``seat`` seeds the choice of whose turn the last place is; None keeps no seat.
    """
    hits = window.hits(map(str, wishes.follows), since)
    wanted = 0
    for _, mask in hits:
        wanted |= mask
    wanted &= since & ~had & ~window.muted(f"-{i}" for i in wishes.mutes)
    above = wanted & window.above(wishes.impact_floor, wishes.confidence_floor)
    picked, told, over = pick(window, hits, above, wishes.seconds, seat)
    return Selection(
        tuple(Picked(*one) for one in picked),
        (wanted & ~above).bit_count(),
        over,
        tuple(places(told)),
    )


def pick(
    window: Window, hits: Hits, above: int, seconds: int | None, seat: int | None
) -> tuple[Shares, int, int]:
    """Return what is shown as (place, subject, more), the mask of what that tells, and the rest.

    ``hits`` are the follows that want anything with their masks, ``above`` the mask of what may
    be shown. This is what planning does a million times, so it makes no objects.
    """
    if not above:
        return [], 0, 0
    filled = _fill(window, above, seconds)
    rest = above & ~filled[1]
    if rest and seat is not None and len(filled[0]) > 1:
        filled = _keep_seat(window, hits, above, filled, seconds, seat)
        rest = above & ~filled[1]
    return _named(window, hits, above, filled[0]), filled[1], rest.bit_count()


def places(mask: int) -> Iterator[int]:
    """Give the places that are set in a mask, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _fill(window: Window, above: int, seconds: int | None) -> Filled:
    """Return what fits, most consequential first, one of each story."""
    mates, reading, lengths = window.stories, window.seconds, window.units
    # As long as anything fits there is nothing to leave out.
    slowest, roomy = window.slowest, MOST_UNITS - window.longest
    chosen: list[int] = []
    left, told, spent, units = above, 0, 0, 0
    while left:
        lowest = left & -left
        left ^= lowest
        place = lowest.bit_length() - 1
        chosen.append(place)
        spent += reading[place]
        units += lengths[place]
        told |= lowest
        if place in mates:
            left &= ~mates[place]
            told |= mates[place] & above
        if len(chosen) == MOST_ITEMS:
            break
        if units > roomy:
            left &= window.fitting(MOST_UNITS - units)
        if seconds is not None and spent + slowest > seconds:
            left &= window.within(seconds - spent)
    return chosen, told, spent, units


def _keep_seat(
    window: Window, hits: Hits, above: int, filled: Filled, seconds: int | None, seat: int
) -> Filled:
    """Return what fits with the last place given to a follow that the others do not show."""
    chosen, told, spent, units = filled
    last = chosen[-1]
    told &= ~(1 << last | window.stories.get(last, 0))
    unseen = [mask for _, mask in hits if not mask & told and mask & above]
    if not unseen:
        return filled
    spent -= window.seconds[last]
    units -= window.units[last]
    taken = unseen[seat % len(unseen)] & above
    if units + window.longest > MOST_UNITS:
        taken &= window.fitting(MOST_UNITS - units)
    if seconds is not None and spent + window.slowest > seconds:
        taken &= window.within(seconds - spent)
    if not taken:
        return filled
    lowest = taken & -taken
    place = lowest.bit_length() - 1
    told |= lowest | window.stories.get(place, 0) & above
    return (
        [*chosen[:-1], place],
        told,
        spent + window.seconds[place],
        units + window.units[place],
    )


def _named(window: Window, hits: Hits, above: int, chosen: list[int]) -> Shares:
    """Return what is shown by impact, each with the follow to name: the latest that wants it.

    Sections and Everything came first, so a phrase is named before they are.
    """
    chosen.sort()
    left = 0
    for place in chosen:
        left |= 1 << place
    brought: dict[int, int] = {}
    latest_first = reversed(hits)
    while left:
        subject_id, mask = next(latest_first)
        got = mask & left
        left ^= got
        while got:
            lowest = got & -got
            got ^= lowest
            brought[lowest.bit_length() - 1] = subject_id
    mates = window.stories
    return [
        (place, brought[place], (mates[place] & above).bit_count() if place in mates else 0)
        for place in chosen
    ]


def items_of(selection: Selection, window: Window) -> tuple[Item, ...]:
    """Return what a selection shows, as a recipe keeps it."""
    return tuple(
        Item(
            window.briefs[one.place].id,
            window.briefs[one.place].revision,
            one.subject_id,
            one.more,
        )
        for one in selection.picked
    )


def seat_of(chat_id: int, day_number: int) -> int:
    """Return the number by which a reader's seats take turns from day to day."""
    return crc32(chat_id.to_bytes(8, "big", signed=True)) + day_number
