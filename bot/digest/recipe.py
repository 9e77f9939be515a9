"""A recipe: what a message is made of, small enough to keep a million of.

The text is a pure function of a recipe and the briefs it names, so a retry says the same words
and a correction can make any copy again.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntFlag

import orjson

from storage.model.subscriber import Style

_STYLES = list(Style)


class Remark(IntFlag):
    """What else a digest says of itself."""

    NONE = 0
    LATE = 1  # its time had passed when it was planned
    NOTHING_MATCHED = 2  # a new reader's first slot: the day's most consequential brief instead
    ASKED = 4  # made by /digest
    SILENT = 8  # sent without a sound: the zone is not known, or these are quiet hours


@dataclass(frozen=True, slots=True)
class Item:
    """One brief of a digest: which revision is shown, and what is personal about it."""

    brief_id: int
    revision: int
    subject_id: int = -1  # the follow that brought it, -1 for none
    more: int = 0  # how many others tell the same story
    updates_id: int = 0  # the brief of the same story that the reader had before


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a digest shows, in order of impact, and the values that are the reader's own."""

    items: tuple[Item, ...]
    language: str
    style: Style
    zone: str
    day: date
    next_at: datetime | None = None
    below: int = 0  # matched, and under the reader's floors
    over: int = 0  # matched, and over the reader's budget
    remarks: Remark = Remark.NONE
    due_at: datetime | None = None  # with LATE: when it was promised


def pack(recipe: Recipe) -> bytes:
    """Return a recipe as it is kept: at most some two hundred bytes."""
    return orjson.dumps(
        (
            [tuple_of(item) for item in recipe.items],
            recipe.language,
            _STYLES.index(recipe.style),
            recipe.zone,
            recipe.day.toordinal(),
            _seconds(recipe.next_at),
            recipe.below,
            recipe.over,
            int(recipe.remarks),
            _seconds(recipe.due_at),
        )
    )


def unpack(kept: bytes) -> Recipe:
    """Return the recipe that ``pack`` was given, to the second."""
    items, language, style, zone, day, next_at, below, over, remarks, due_at = orjson.loads(kept)
    return Recipe(
        items=tuple(Item(*item) for item in items),
        language=language,
        style=_STYLES[style],
        zone=zone,
        day=date.fromordinal(day),
        next_at=_instant(next_at),
        below=below,
        over=over,
        remarks=Remark(remarks),
        due_at=_instant(due_at),
    )


def tuple_of(item: Item) -> tuple[int, int, int, int, int]:
    """Return an item as it is packed."""
    return (item.brief_id, item.revision, item.subject_id, item.more, item.updates_id)


def _seconds(instant: datetime | None) -> int:
    return 0 if instant is None else int(instant.timestamp())


def _instant(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
