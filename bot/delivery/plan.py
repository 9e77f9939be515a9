"""Promise digests to everybody who is due: one transaction a page, the same however often."""

import asyncio
import logging
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from bot.crash_points import Point, reach
from bot.delivery.choose import Rules, choose
from bot.delivery.windows import load_window
from storage import planning
from storage.database import Database
from storage.errors import Conflict
from storage.subscribers import find_next_due_at

log = logging.getLogger(__name__)

PAGE = 2000
#: Digests of more subscribers at one instant are spread, where the rules ask for it.
CROWD = 1000
#: A page that changed under the planner is read again, so often.
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """What a run of the planner did."""

    due: int = 0
    promised: int = 0
    merged: int = 0


async def plan_due(db: Database, *, now: datetime, rules: Rules, page: int = PAGE) -> PlanReport:
    """Promise a digest to every subscriber who is due, and move their slots on."""
    report = PlanReport()
    crowded: Set[int] = frozenset()
    async with db.reading() as tx:
        next_due_at = await find_next_due_at(tx)
        if next_due_at is None or next_due_at > now:
            return report
        if rules.spread_minutes:
            # Of the whole run, before its pages take anybody away.
            crowded = await planning.list_crowded(tx, now=now, more_than=CROWD)
    loaded = await load_window(db, now=now)
    failed = 0
    while True:
        try:
            async with db.writing() as tx:
                due = await planning.read_page(tx, now=now, limit=page, briefs=loaded.id_range)
                if not due.due:
                    return report
                reach(Point.PLAN_READ)
                # A thread, so that people are answered meanwhile.
                made = await asyncio.to_thread(
                    choose, due, loaded.window, now=now, rules=rules, crowded=crowded
                )
                await planning.write_page(
                    tx, planned=made.planned, moved=made.moved, merged=made.merged, now=now
                )
                reach(Point.PLAN_WRITTEN)
        except Conflict:
            # A reader changed their settings between the page and now: read it again.
            failed += 1
            if failed >= TRIES:
                raise
            continue
        reach(Point.PLAN_COMMITTED)
        report = PlanReport(
            due=report.due + len(due.due),
            promised=report.promised + len(made.planned),
            merged=report.merged + len(made.merged),
        )
        log.info(
            "digests promised",
            extra={"event": "plan.page", "due": len(due.due), "promised": len(made.planned)},
        )
