"""What a run was like, and how regularly briefs come: for reports to owners."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, and_, case, func, select, type_coerce

from storage.model.brief import BriefState
from storage.model.delivery import OPEN, DeliveryState, Kind
from storage.model.subscriber import ChatStatus
from storage.tables import brief, delivery, subscriber
from storage.tables.ledger import IS_OPEN, IS_UNCERTAIN
from storage.transactions import ReadTx

#: Where a brief stands that was released once.
_WAS_OUT = (BriefState.RELEASED, BriefState.RETRACTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The digests due in a span of time, by what became of them; and what else happened in it."""

    due: int
    sent: int
    late: int
    waiting: int
    uncertain: int
    slowest: timedelta
    left: int  # chats that cannot be written to since
    briefs: int

    @property
    def unsent(self) -> int:
        """How many ended without being sent: cancelled, dead, merged into later ones."""
        return self.due - self.sent - self.waiting - self.uncertain


async def read_report(
    tx: ReadTx, *, since: datetime, until: datetime, late_after: timedelta
) -> RunReport:
    """Return what became of the digests due after ``since`` and not after ``until``."""
    sent = delivery.c.state == DeliveryState.SENT
    took = type_coerce(delivery.c.ended_at, BigInteger) - type_coerce(
        delivery.c.due_at, BigInteger
    )
    late = sent & (took > late_after // timedelta(microseconds=1))
    columns = (
        func.count().label("digests"),
        func.sum(case((sent, 1), else_=0)).label("sent"),
        func.sum(case((late, 1), else_=0)).label("late"),
        func.max(case((sent, took))).label("slowest"),
    )
    due = and_(
        delivery.c.kind == int(Kind.DIGEST), delivery.c.due_at > since, delivery.c.due_at <= until
    )
    # What was due since then cannot have ended before; so neither reads what ended long ago.
    unsettled = delivery.c.state.in_((*OPEN, DeliveryState.UNCERTAIN))
    ended = (
        await tx.execute(select(*columns).where(due, delivery.c.ended_at > since, ~unsettled))
    ).one()
    waiting = (await tx.execute(select(columns[0]).where(IS_OPEN, due))).scalar_one()
    uncertain = (await tx.execute(select(columns[0]).where(IS_UNCERTAIN, due))).scalar_one()
    left = await tx.execute(
        select(func.count())
        .select_from(subscriber)
        .where(subscriber.c.status != ChatStatus.ACTIVE, subscriber.c.status_at > since)
    )
    released = await tx.execute(
        select(func.count())
        .select_from(brief)
        .where(brief.c.state == BriefState.RELEASED, brief.c.released_at > since)
    )
    return RunReport(
        due=ended.digests + waiting + uncertain,
        sent=ended.sent or 0,
        late=ended.late or 0,
        waiting=waiting,
        uncertain=uncertain,
        slowest=timedelta(microseconds=ended.slowest or 0),
        left=left.scalar_one(),
        briefs=released.scalar_one(),
    )


async def list_releases(tx: ReadTx, *, since: datetime) -> list[datetime]:
    """Return when briefs were released since then, in order."""
    found = await tx.execute(
        select(brief.c.released_at)
        .where(brief.c.state.in_(_WAS_OUT), brief.c.released_at > since)
        .order_by(brief.c.released_at, brief.c.id)
    )
    return [row.released_at for row in found]
