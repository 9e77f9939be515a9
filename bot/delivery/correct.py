"""A correction or retraction reaches every copy: an edit is promised for each."""

from datetime import datetime

from bot.crash_points import Point, reach
from storage import copies, deliveries, edits
from storage.database import Database
from storage.deliveries import Promise
from storage.model.copies import Copy
from storage.model.delivery import Kind

PAGE = 500


async def promise_edits(db: Database, *, now: datetime, page: int = PAGE) -> int:
    """Promise the edits of the changes under way, a page a transaction; return how many.

    How far it has come is kept with the brief, so that a restart goes on from there. A copy that
    comes into being meanwhile is compared with the briefs when it is noted.
    """
    promised = 0
    while True:
        async with db.writing() as tx:
            under_way = await edits.list_edits(tx)
            if not under_way:
                return promised
            brief_id, change, cursor = under_way[0]
            showing = await copies.list_showing(tx, brief_id=brief_id, after=cursor, limit=page)
            for copy in showing:
                if copy.chat_id is None:
                    continue  # shared inline: edited by the inline id, when sharing exists
                await deliveries.promise(tx, one=_edit(copy, copy.chat_id, change, now))
                promised += 1
            last = showing[-1].id if len(showing) == page else None
            await edits.move_edits(tx, brief_id=brief_id, change=change, cursor=last)
            reach(Point.EDITS_WRITTEN)
        reach(Point.EDITS_COMMITTED)


def _edit(copy: Copy, chat_id: int, change: int, now: datetime) -> Promise:
    return Promise(
        kind=Kind.EDIT,
        chat_id=chat_id,
        thread_id=None,
        slot=copy.id,
        ref=change,
        recipe=b"",
        due_at=now,
    )
