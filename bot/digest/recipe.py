"""A recipe: what a message is made of, small enough to keep a million of.

The text is a pure function of a recipe and the briefs it names, so a retry says the same words
and a correction can make any copy again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntFlag
from typing import NamedTuple

import orjson

from storage.model.subscriber import Style


class Remark(IntFlag):
    """What else a digest says of itself."""

    NONE = 0
    LATE = 1  # its time had passed when it was planned
    NOTHING_MATCHED = 2  # a new reader's first slot: the day's most consequential brief instead
    ASKED = 4  # made by /digest
    SILENT = 8  # sent without a sound: the zone is not known, or these are quiet hours


class Item(NamedTuple):
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


class Setting(NamedTuple):
    """What a digest shares with the others of its slot: zone, local date, next one, lateness."""

    zone: str
    day: date
    next_at: datetime | None
    due_at: datetime | None


def pack(recipe: Recipe) -> bytes:
    """Return a recipe as it is kept: at most some two hundred bytes."""
    return pack_values(
        [tuple(item) for item in recipe.items],
        (recipe.language, recipe.style, recipe.below, recipe.over, recipe.remarks),
        pack_setting(Setting(recipe.zone, recipe.day, recipe.next_at, recipe.due_at)),
    )


def pack_values(
    items: Sequence[tuple[int, ...]], own: tuple[str, str, int, int, int], setting: orjson.Fragment
) -> bytes:
    """Return a recipe as it is kept, from plain values.

    ``items`` are in the order of an item's fields; ``own`` is language, style, below, over and
    remarks; ``setting`` is what ``pack_setting`` made.
    """
    return orjson.dumps((items, own, setting))


def unpack(kept: bytes) -> Recipe:
    """Return the recipe that ``pack`` was given, to the second."""
    items, own, setting = orjson.loads(kept)
    language, style, below, over, remarks = own
    zone, day, next_at, due_at = setting
    return Recipe(
        items=tuple(Item(*item) for item in items),
        language=language,
        style=Style(style),
        zone=zone,
        day=date.fromordinal(day),
        next_at=_instant(next_at),
        below=below,
        over=over,
        remarks=Remark(remarks),
        due_at=_instant(due_at),
    )


def pack_setting(setting: Setting) -> orjson.Fragment:
    """Return a setting as recipes keep it."""
    zone, day, next_at, due_at = setting
    return orjson.Fragment(
        orjson.dumps((zone, day.toordinal(), _seconds(next_at), _seconds(due_at)))
    )


def _seconds(instant: datetime | None) -> int:
    return 0 if instant is None else int(instant.timestamp())


def _instant(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
