"""What a new reader sees first: a real brief, and what there is to follow."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import briefs, follows, matches, subjects
from storage.database import Database
from storage.model.brief import Brief
from storage.model.subject import EVERYTHING, FollowMode, Subject

#: What is shown must not be older, and sections without a brief for so long are not offered.
RECENT = timedelta(days=8)
BUTTONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The most consequential recent brief, the liveliest sections, and what is followed."""

    brief: Brief | None
    sections: tuple[Subject, ...]
    followed: frozenset[int]


async def prepare(db: Database, *, chat_id: int, now: datetime) -> Welcome:
    """Return what a chat is welcomed with."""
    async with db.reading() as tx:
        released = await briefs.list_released(tx, since=now - RECENT, until=now)
        counted = await matches.count_by_section(tx, since=now - timedelta(days=30))
        sections = await subjects.list_sections(tx)
        modes = await follows.list_modes(tx, chat_id=chat_id)
    best = min(released, key=lambda b: (-b.content.impact, b.id), default=None)
    live = [one for one in sections if counted.get(one.id) and one.id != EVERYTHING]
    live.sort(key=lambda one: (-counted[one.id], one.label))
    return Welcome(
        brief=best,
        sections=tuple(live[:BUTTONS]),
        followed=frozenset(i for i, mode in modes.items() if mode is FollowMode.FOLLOW),
    )
