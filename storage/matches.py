"""Matches: which subjects want which briefs, by which ring, because of what."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select

from storage import briefs, subjects
from storage.drivers import Question, Row, Rows, Step, driver_of
from storage.model.brief import BriefId, BriefState
from storage.model.subject import Match, Ring, SubjectId
from storage.tables import brief, match
from storage.transactions import ReadTx, WriteTx

_COLUMNS = ("brief_id", "subject_id", "ring", "because")
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


def adding(brief_id: BriefId, found: Sequence[Match]) -> Step:
    """Return the step that keeps what wants a brief that is new."""
    return Rows("match", _COLUMNS, [_row(brief_id, one) for one in found])


async def settle_release(
    tx: WriteTx,
    *,
    brief_id: BriefId,
    found: Sequence[Match],
    story_id: BriefId | None = None,
    updates_id: BriefId | None = None,
) -> None:
    """Keep what wants a brief that is let out, and which story it tells, if it tells one."""
    steps: list[Step] = [(_ADD, [_row(brief_id, one) for one in found])]
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


class Wanted(NamedTuple):
    """Since when whoever matches wants to know what is new."""

    phrases_after: int  # the highest id that is known
    released_since: datetime


class News(NamedTuple):
    """What is new for whoever matches."""

    since: datetime
    phrases: list[tuple[int, str]]  # (id, label), by id
    released: list[BriefId]  # which briefs that were released since then are out still


async def load_news(tx: ReadTx, *, wanted: Wanted) -> News:
    """Return what is new; the first time that may be a hundred thousand phrases."""
    driver = await driver_of(tx)
    found = [await driver.fetch(statement, *values) for statement, values in asking_news(wanted)]
    return as_news(wanted, found)


def asking_news(wanted: Wanted) -> tuple[Question, Question]:
    """Return how it is asked for what is new."""
    return (
        subjects.asking_phrases(wanted.phrases_after),
        briefs.asking_released(wanted.released_since),
    )


def as_news(wanted: Wanted, rows: Sequence[Sequence[Row]]) -> News:
    """Return the answers as news."""
    phrases, released = rows
    return News(
        since=wanted.released_since,
        phrases=subjects.as_phrases(phrases),
        released=[BriefId(row[0]) for row in released],
    )


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
    wanted = exists().where(match.c.brief_id == brief.c.id, match.c.subject_id.in_(subject_ids))
    found = await tx.execute(
        select(func.count())
        .select_from(brief)
        .where(brief.c.state == BriefState.RELEASED, brief.c.released_at >= since, wanted)
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
