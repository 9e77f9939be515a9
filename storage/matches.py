"""Matches: which subjects want which briefs, by which ring, because of what."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage import briefs, subjects
from storage.drivers import Row, driver_of
from storage.model.brief import BriefId, BriefState
from storage.model.subject import Match, Ring, SubjectId
from storage.tables import brief, match
from storage.transactions import ReadTx, WriteTx

_ADD = (
    "INSERT INTO match (brief_id, subject_id, ring, because) VALUES ({1}, {2}, {3}, {4})"
    " ON CONFLICT DO NOTHING"
)
_TELL = "UPDATE brief SET story_id = {1}, updates_id = {2} WHERE id = {3}"
_LOCK = select(func.pg_advisory_xact_lock(0x4D41))


async def lock_matching(tx: WriteTx) -> None:
    """Let releases and new subjects come one after the other until this transaction ends.

    Without it a subject and a brief that arrive at the same instant would each miss the other,
    and a follow would stay silent. On SQLite writers come one after the other anyway.
    """
    if tx.dialect.name == "postgresql":
        await tx.execute(_LOCK)


async def settle_release(
    tx: WriteTx,
    *,
    brief_id: BriefId,
    found: Sequence[Match],
    story_id: BriefId | None = None,
    updates_id: BriefId | None = None,
) -> None:
    """Keep what wants a brief that is let out, and which story it tells, if it tells one."""
    steps = [(_ADD, [_row(brief_id, one) for one in found])]
    if story_id is not None:
        steps.append((_TELL, [(story_id, updates_id, brief_id)]))
    driver = await driver_of(tx)
    await driver.run(*steps)


async def add_matches(tx: WriteTx, *, pairs: Iterable[tuple[BriefId, Match]]) -> None:
    """Keep matches; one that is kept already stays as it is."""
    rows = [_row(brief_id, found) for brief_id, found in pairs]
    if rows:
        driver = await driver_of(tx)
        await driver.run((_ADD, rows))


async def load_news(
    tx: ReadTx, *, phrases_after: int, released_since: datetime
) -> tuple[list[tuple[int, str]], list[BriefId]]:
    """Return what is new for whoever matches.

    That is (id, label) of the phrases with a higher id, and which briefs that were released
    since then are out still.
    """
    driver = await driver_of(tx)
    phrases, released = await driver.fetch_each(
        subjects.asking_phrases(phrases_after), briefs.asking_released(released_since)
    )
    return subjects.as_phrases(phrases), [BriefId(row[0]) for row in released]


async def list_pairs(tx: ReadTx, *, since: datetime) -> list[tuple[int, int, Ring]]:
    """Return (subject, brief, ring) of every match with a brief released since then, by both."""
    found = await tx.execute(
        select(match.c.subject_id, match.c.brief_id, match.c.ring)
        .join(brief, brief.c.id == match.c.brief_id)
        .where(brief.c.state == BriefState.RELEASED, brief.c.released_at >= since)
        .order_by(match.c.subject_id, match.c.brief_id)
    )
    return [(row.subject_id, row.brief_id, row.ring) for row in found]


async def list_why(tx: ReadTx, *, brief_id: BriefId, subject_ids: Collection[int]) -> list[Match]:
    """Return why any of the subjects wants the brief, by subject."""
    found = await tx.execute(
        select(match.c.subject_id, match.c.ring, match.c.because)
        .where(match.c.brief_id == brief_id, match.c.subject_id.in_(subject_ids))
        .order_by(match.c.subject_id)
    )
    return [
        Match(subject_id=SubjectId(row.subject_id), ring=row.ring, because=row.because)
        for row in found
    ]


async def count_briefs(tx: ReadTx, *, subject_ids: Collection[int], since: datetime) -> int:
    """Return how many briefs released since then any of the subjects wanted."""
    found = await tx.execute(
        select(func.count(match.c.brief_id.distinct()))
        .join(brief, brief.c.id == match.c.brief_id)
        .where(
            match.c.subject_id.in_(subject_ids),
            brief.c.state == BriefState.RELEASED,
            brief.c.released_at >= since,
        )
    )
    count: int = found.scalar_one()
    return count


async def count_by_section(tx: ReadTx, *, since: datetime) -> dict[int, int]:
    """Return how many briefs released since then stand in each section; zeros are left out."""
    found = await tx.execute(
        select(match.c.subject_id, func.count())
        .join(brief, brief.c.id == match.c.brief_id)
        .where(
            match.c.ring == Ring.SECTION,
            brief.c.state == BriefState.RELEASED,
            brief.c.released_at >= since,
        )
        .group_by(match.c.subject_id)
    )
    return {row[0]: row[1] for row in found}


def _row(brief_id: BriefId, found: Match) -> Row:
    return (brief_id, found.subject_id, found.ring.value, found.because)
