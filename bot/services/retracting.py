"""Retract a brief: out of everything that is still to be sent, and struck in every copy."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.services.matcher import Matcher
from storage import audits, briefs, copies, edits
from storage.database import Database
from storage.model.brief import Brief, BriefId, BriefState

MOST_CHARACTERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """What a retraction does: the brief, and how many copies will say so."""

    brief: Brief
    copies: int


async def retract(
    db: Database, *, brief_id: int, reason: str, who: int, matcher: Matcher, now: datetime
) -> Retracted:
    """Withdraw a brief for a reason that readers will see; raise ``Refused`` if it is not there.

    Promises drop it when they are sent; the edits of its copies are promised by the next tick.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("retract-no-reason")
    if len(reason) > MOST_CHARACTERS:
        raise Refused("retract-reason-long", most=MOST_CHARACTERS)
    async with db.writing() as tx:
        brief = await briefs.find_brief(tx, brief_id=brief_id)
        if brief is None:
            raise Refused("brief-unknown")
        if brief.state is BriefState.RETRACTED:
            raise Refused("retract-again")
        await briefs.move(
            tx,
            brief_id=BriefId(brief_id),
            to=BriefState.RETRACTED,
            at=now,
            retract_reason=reason,
        )
        change = await audits.add_line(
            tx, now=now, who=who, action="retract", about=str(brief_id), note=reason
        )
        await edits.start_edits(tx, brief_id=BriefId(brief_id), change=change)
        count = await copies.count_showing(tx, brief_id=brief_id)
    matcher.forget([brief_id])
    return Retracted(brief=brief, copies=count)
