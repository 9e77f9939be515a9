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
    await matcher.refresh_phrases(tx)
    await matcher.refresh_recent(tx, now=now, released=brief)
    names = matcher.recent.names_of(brief.id)
    await matches.add_matches(tx, pairs=((brief.id, found) for found in matcher.match(names)))
    story = matcher.story(brief, names)
    if story is not None:
        await briefs.set_story(
            tx, brief_id=brief.id, story_id=story.id, updates_id=story.updates_id
        )
