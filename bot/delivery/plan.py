"""Promise digests to everybody who is due: one transaction a page, the same however often."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Set
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from bot.crash_points import Point, reach
from bot.delivery.ahead import one_ahead
from bot.delivery.choose import Decisions, Rules, choose
from bot.delivery.windows import LoadedWindow, load_window
from storage import planning
from storage.database import Database
from storage.errors import Conflict
from storage.planning import Due, Page
from storage.subscribers import find_next_due_at

log = logging.getLogger(__name__)

#: Readers a transaction: three pages are in memory at once, and writers wait for one.
PAGE = 1000
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
    """Promise a digest to every subscriber who is due, and move their slots on.

    While a page is written, in one transaction, the next one is chosen for, and the one after
    is read; what changes in between is noticed when it is written.
    """
    report = PlanReport()
    crowded: Set[int] = frozenset()
    async with db.reading() as tx:
        next_due_at = await find_next_due_at(tx)
        if next_due_at is None or next_due_at > now:
            return report
        if rules.spread_minutes:
            # Of the whole run, before its pages take anybody away.
            crowded = await planning.list_crowded(tx, now=now, more_than=CROWD)
    run = _Run(db, await load_window(db, now=now), now, rules, crowded, page)
    first = failed = 0  # chats: whom the page begins with, and the one that failed last
    times = 0
    while True:
        try:
            async with aclosing(one_ahead(run.choose(one_ahead(run.read())))) as chosen:
                async for due, made in chosen:
                    first = due[0].chat_id
                    await run.write(made)
                    report = PlanReport(
                        due=report.due + len(due),
                        promised=report.promised + len(made.planned),
                        merged=report.merged + len(made.merged),
                    )
                    log.info(
                        "digests promised",
                        extra={
                            "event": "plan.page",
                            "due": len(due),
                            "promised": len(made.planned),
                        },
                    )
        except Conflict:
            # Something about these readers changed between the page and now: read again. As long
            # as it begins with others, somebody else plans too, and gets on.
            times = times + 1 if first == failed else 1
            failed = first
            if times >= TRIES:
                raise
        else:
            return report


@dataclass(frozen=True, slots=True)
class _Run:
    """The stages of planning, a page at a time: read, choose, write."""

    db: Database
    loaded: LoadedWindow
    now: datetime
    rules: Rules
    crowded: Set[int]
    limit: int

    async def read(self) -> AsyncGenerator[Page, None]:
        """Give those who are due, who has waited longest first."""
        after: tuple[int, int] | None = None
        while True:
            async with self.db.reading() as tx:
                page = await planning.read_page(
                    tx,
                    now=self.now,
                    limit=self.limit,
                    briefs=self.loaded.id_range,
                    after=after,
                )
            if not page.due:
                return
            reach(Point.PLAN_READ)
            yield page
            after = (page.due[-1].next_due_at, page.due[-1].chat_id)

    async def choose(
        self, pages: AsyncGenerator[Page, None]
    ) -> AsyncGenerator[tuple[list[Due], Decisions], None]:
        """Give those of a page, and what becomes of them."""
        async with aclosing(pages):
            async for page in pages:
                # A thread, so that people are answered meanwhile.
                made = await asyncio.to_thread(
                    choose,
                    page,
                    self.loaded.window,
                    now=self.now,
                    rules=self.rules,
                    crowded=self.crowded,
                )
                yield page.due, made

    async def write(self, made: Decisions) -> None:
        """Keep what becomes of a page, whole or not at all."""
        async with self.db.writing() as tx:
            await planning.write_page(
                tx, planned=made.planned, moved=made.moved, merged=made.merged, now=self.now
            )
            reach(Point.PLAN_WRITTEN)
        reach(Point.PLAN_COMMITTED)
