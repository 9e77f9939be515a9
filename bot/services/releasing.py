"""Let a brief out: match it once with everything that is followed, and find its story."""

from datetime import datetime

from bot.services.matcher import Matcher
from storage import briefs, matches
from storage.model.brief import Brief, BriefId, BriefState
from storage.transactions import WriteTx


async def release(tx: WriteTx, *, brief_id: BriefId, matcher: Matcher, now: datetime) -> bool:
    """Release a brief inside of a transaction; return False if it stands where it cannot be.

    From the commit on it goes into digests.
    """
    if not await briefs.move(tx, brief_id=brief_id, to=BriefState.RELEASED, at=now, holds=""):
        return False
    brief = await briefs.get_brief(tx, brief_id=brief_id)
    await let_out(tx, brief=brief, matcher=matcher, now=now)
    return True


async def let_out(tx: WriteTx, *, brief: Brief, matcher: Matcher, now: datetime) -> None:
    """Match a brief that stands as released in this transaction, and find its story."""
    await matches.lock_matching(tx)
    await matcher.refresh(tx, now=now, released=brief)
    names = matcher.recent.names_of(brief.id)
    story = matcher.story(brief, names)
    await matches.settle_release(
        tx,
        brief_id=brief.id,
        found=matcher.match(names),
        story_id=None if story is None else story.id,
        updates_id=None if story is None else story.updates_id,
    )
