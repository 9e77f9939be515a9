"""Has the source of briefs fallen silent: measured by how regularly they came before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from storage import reports
from storage.transactions import ReadTx

#: How far back the usual gap is measured, and how many gaps make a rule.
LOOK_BACK = timedelta(days=30)
LEAST_GAPS = 5
#: So many usual gaps without a brief are silence, but never less than this.
GAPS = 3
LEAST = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How long no brief came, what is usual, and when this should have been told."""

    age: timedelta
    usual: timedelta
    told_at: datetime


async def find_silence(tx: ReadTx, *, now: datetime) -> Silence | None:
    """Return the silence that there is, None while briefs come as usual or too few came."""
    return silence_of(await reports.list_releases(tx, since=now - LOOK_BACK), now=now)


def silence_of(released: list[datetime], *, now: datetime) -> Silence | None:
    """Return the silence after releases, in order; it is told again each time its age doubles.

    Briefs that came in one run count as one, since their gaps say nothing.
    """
    runs = [
        at
        for before, at in pairwise([datetime.min.replace(tzinfo=now.tzinfo), *released])
        if at - before > timedelta(minutes=1)
    ]
    gaps = [later - earlier for earlier, later in pairwise(runs)]
    if len(gaps) < LEAST_GAPS:
        return None
    usual = timedelta(seconds=median(gap.total_seconds() for gap in gaps))
    limit = max(GAPS * usual, LEAST)
    age = now - released[-1]
    if age < limit:
        return None
    while 2 * limit <= age:
        limit *= 2
    return Silence(age=age, usual=usual, told_at=released[-1] + limit)
