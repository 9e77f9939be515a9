"""Let a brief out: match it once with everything that is followed, and find its story."""

from datetime import datetime
from typing import NamedTuple

from bot.services.matcher import Matcher
from storage import briefs, matches
from storage.matches import News
from storage.model.brief import Brief, BriefId, BriefState
from storage.model.subject import Match
from storage.transactions import WriteTx


class Placed(NamedTuple):
    """What wants a brief that is let out, and its story, if it tells one."""

    found: list[Match]
    story_id: BriefId | None
    updates_id: BriefId | None


async def release(tx: WriteTx, *, brief_id: BriefId, matcher: Matcher, now: datetime) -> bool:
    """Release a brief inside of a transaction; return False if it stands where it cannot be.

    From the commit on it goes into digests.
    """
    await matches.lock_matching(tx)
    if not await briefs.move(tx, brief_id=brief_id, to=BriefState.RELEASED, at=now, holds=""):
        return False
    brief = await briefs.get_brief(tx, brief_id=brief_id)
    placed = await place(tx, brief=brief, matcher=matcher, now=now)
    await matches.settle_release(tx, brief_id=brief_id, **placed._asdict())
    return True


async def place(
    tx: WriteTx, *, brief: Brief, matcher: Matcher, now: datetime, news: News | None = None
) -> Placed:
    """Find where a brief belongs that is let out in this transaction; the caller keeps it.

    The transaction holds ``lock_matching``; ``news`` are those that the matcher wanted in it.
    """
    if news is None:
        await matcher.refresh(tx, now=now, released=brief)
    else:
        await matcher.take_in(tx, news, now=now, released=brief)
    names = matcher.recent.names_of(brief.id)
    await matcher.prepare(names.lang)
    story = matcher.story(brief, names)
    return Placed(
        found=matcher.match(names),
        story_id=None if story is None else story.id,
        updates_id=None if story is None else story.updates_id,
    )
