"""What editors do in the chat: let a batch out, see what waits."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import Refused
from bot.services.matcher import Matcher
from bot.services.releasing import release
from bot.services.taking_in import Taken
from storage import audits, batches, briefs
from storage.batches import BatchId
from storage.database import Database
from storage.model.brief import Brief, BriefId, BriefState


async def note_batch(
    db: Database, *, batch_id: BatchId, taken: Sequence[Taken], who: int, now: datetime
) -> None:
    """Keep in the audit what an editor sent in, once all of it is stored."""
    files = ", ".join(dict.fromkeys(one.piece.file for one in taken))
    stored = sum(1 for one in taken if one.is_new)
    async with db.writing() as tx:
        await batches.set_report(tx, batch_id=batch_id, report=f"{stored} of {len(taken)} stored")
        await audits.add_line(
            tx, now=now, who=who, action="take in", about=f"batch {batch_id}", note=files[:500]
        )


async def publish_brief(
    db: Database, *, brief_id: int, matcher: Matcher, who: int, now: datetime
) -> list[BriefId]:
    """Let one brief out; return it, nothing if it was out; raise ``Refused`` if it cannot be."""
    async with db.reading() as tx:
        brief = await briefs.find_brief(tx, brief_id=brief_id)
    if brief is None:
        raise Refused("brief-unknown")
    if brief.state is BriefState.RETRACTED:
        raise Refused("publish-retracted")
    return await _publish(db, [BriefId(brief_id)], matcher, who, now)


async def publish_batch(
    db: Database, *, batch_id: int, matcher: Matcher, who: int, now: datetime
) -> list[BriefId]:
    """Let out what waits of a batch; return what went out."""
    async with db.reading() as tx:
        waiting = [
            one.id
            for one in await briefs.list_in_batch(tx, batch_id=batch_id)
            if one.state is BriefState.QUEUED
        ]
    return await _publish(db, waiting, matcher, who, now)


async def list_waiting(db: Database, *, limit: int) -> list[Brief]:
    """Return the briefs that wait for an editor, by id."""
    async with db.reading() as tx:
        return await briefs.list_in_state(tx, state=BriefState.QUEUED, limit=limit)


async def _publish(
    db: Database, brief_ids: Sequence[BriefId], matcher: Matcher, who: int, now: datetime
) -> list[BriefId]:
    out = []
    await matcher.warm_up(db, now=now)
    async with db.writing() as tx:
        for brief_id in brief_ids:
            if await release(tx, brief_id=brief_id, matcher=matcher, now=now):
                out.append(brief_id)
                await audits.add_line(tx, now=now, who=who, action="publish", about=str(brief_id))
    return out
