"""Which briefs go into one reader's digest, in order of impact.

Filled in reading order until the reader's minutes, seven items or the length of a message are
used up; what does not fit is skipped and counted, and the first item always fits. When there is
more than fits, the last place is kept for a followed phrase that would else not be shown, so
that a rare follow has its turn. What is shown stands in order of impact without exception.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.digest.recipe import Item
from bot.digest.window import Window
from storage.model.subject import EVERYTHING

MOST_ITEMS = 7
#: Of the 4096 units of a message; the rest is for the last lines and what is personal.
MOST_UNITS = 3900


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What one reader asks for."""

    follows: Sequence[int]  # subject ids
    mutes: Sequence[int]
    impact_floor: float
    confidence_floor: float
    seconds: int | None  # reading budget


@dataclass(frozen=True, slots=True)
class Picked:
    """One brief that is shown: its place in the window, and the follow that brought it."""

    place: int
    subject_id: int
    more: int  # others of the same story that are left out for it


@dataclass(frozen=True, slots=True)
class Selection:
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
    hits = _hits(window, wishes.follows, since)
    wanted = 0
    for _, mask in hits:
        wanted |= mask
    for subject_id in wishes.mutes:
        wanted &= ~window.mutes.get(subject_id, 0)
    wanted &= since & ~had
    if not wanted:
        return Selection((), 0, 0, ())
    above = wanted & window.above(wishes.impact_floor, wishes.confidence_floor)
    chosen = _fill(window, above, wishes.seconds)
    told = _told(window, chosen, above)
    if above & ~told and seat is not None and len(chosen) > 1:
        chosen = _keep_seat(window, hits, above, chosen, wishes.seconds, seat)
        told = _told(window, chosen, above)
    return Selection(
        tuple(
            Picked(place, _brought_by(hits, place), (window.stories[place] & above).bit_count())
            for place in sorted(chosen)
        ),
        (wanted & ~above).bit_count(),
        (above & ~told).bit_count(),
        tuple(places(told)),
    )


def places(mask: int) -> Iterator[int]:
    """Give the places that are set in a mask, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _hits(window: Window, follows: Sequence[int], since: int) -> list[tuple[int, int]]:
    """List the follows that want anything in the window, each with its mask."""
    wants = window.wants
    hits = [(subject_id, mask) for subject_id in follows if (mask := wants.get(subject_id, 0))]
    if EVERYTHING in follows:
        hits.insert(0, (EVERYTHING, window.everything(since)))
    return hits


def _fill(window: Window, above: int, seconds: int | None) -> list[int]:
    """List the places that fit, most consequential first, one of each story."""
    chosen: list[int] = []
    left, spent, units = above, 0, 0
    while left and len(chosen) < MOST_ITEMS:
        if seconds is not None and chosen:
            left &= window.within(seconds - spent) if spent < seconds else 0
            if not left:
                break
        lowest = left & -left
        left ^= lowest
        place = lowest.bit_length() - 1
        brief = window.briefs[place]
        if chosen and units + brief.units > MOST_UNITS:
            continue
        chosen.append(place)
        spent += brief.seconds
        units += brief.units
        left &= ~window.stories[place]
    return chosen


def _told(window: Window, chosen: list[int], above: int) -> int:
    """Return the mask of what is shown, and of what tells the same stories."""
    told = 0
    for place in chosen:
        told |= 1 << place | window.stories[place] & above
    return told


def _keep_seat(
    window: Window,
    hits: list[tuple[int, int]],
    above: int,
    chosen: list[int],
    seconds: int | None,
    seat: int,
) -> list[int]:
    """Return the places with the last one given to a follow that the others do not show."""
    others = chosen[:-1]
    told = _told(window, others, above)
    unseen = [mask & above for _, mask in hits if mask & above and not mask & told]
    if not unseen:
        return chosen
    taken = unseen[seat % len(unseen)] & ~told
    spent = sum(window.briefs[place].seconds for place in others)
    units = sum(window.briefs[place].units for place in others)
    if seconds is not None:
        taken &= window.within(seconds - spent) if spent < seconds else 0
    while taken:
        lowest = taken & -taken
        place = lowest.bit_length() - 1
        if units + window.briefs[place].units <= MOST_UNITS:
            return [*others, place]
        taken ^= lowest
    return chosen


def _brought_by(hits: list[tuple[int, int]], place: int) -> int:
    """Return the follow to name: the latest, since sections and Everything came first."""
    return next((subject for subject, mask in reversed(hits) if mask >> place & 1), -1)


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
