"""What a run was like, and how regularly briefs come: for reports to owners."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, case, func, select, type_coerce

from storage.model.brief import BriefState
from storage.model.delivery import OPEN, DeliveryState, Kind
from storage.model.subscriber import ChatStatus
from storage.tables import brief, delivery, subscriber
from storage.transactions import ReadTx


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
    row = (
        await tx.execute(
            select(
                func.count().label("due"),
                func.sum(case((sent, 1), else_=0)).label("sent"),
                func.sum(case((late, 1), else_=0)).label("late"),
                func.sum(case((delivery.c.state.in_(OPEN), 1), else_=0)).label("waiting"),
                func.sum(case((delivery.c.state == DeliveryState.UNCERTAIN, 1), else_=0)).label(
                    "uncertain"
                ),
                func.max(case((sent, took))).label("slowest"),
            ).where(
                delivery.c.kind == int(Kind.DIGEST),
                delivery.c.due_at > since,
                delivery.c.due_at <= until,
            )
        )
    ).one()
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
        due=row.due,
        sent=row.sent or 0,
        late=row.late or 0,
        waiting=row.waiting or 0,
        uncertain=row.uncertain or 0,
        slowest=timedelta(microseconds=row.slowest or 0),
        left=left.scalar_one(),
        briefs=released.scalar_one(),
    )


async def list_releases(tx: ReadTx, *, since: datetime) -> list[datetime]:
    """Return when briefs were released since then, in order."""
    found = await tx.execute(
        select(brief.c.released_at)
        .where(brief.c.released_at > since)
        .order_by(brief.c.released_at, brief.c.id)
    )
    return [row.released_at for row in found]
