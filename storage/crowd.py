"""Many made-up readers at once: what `counterpoint simulate` and the benchmarks fill with."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from storage.drivers import driver_of
from storage.model.instants import to_microseconds
from storage.model.subject import FollowMode, SubjectKind
from storage.model.subscriber import EVERY_DAY, ChatKind, ChatStatus, Style
from storage.tables import subject, subscriber
from storage.transactions import ReadTx, WriteTx


class Member(NamedTuple):
    """One made-up reader; times are minutes after local midnight."""

    chat_id: int
    zone: str
    time: int
    minutes: int | None
    impact_floor: float
    next_due_at: datetime
    next_slot: int
    follows: Sequence[int]
    mutes: Sequence[int]


_SUBSCRIBER = (
    "chat_id",
    "kind",
    "status",
    "status_at",
    "not_before",
    "language",
    "zone",
    "times",
    "days",
    "next_due_at",
    "next_slot",
    "first_slot_at",
    "impact_floor",
    "confidence_floor",
    "minutes",
    "style",
    "alert_confidence",
    "alerts_per_week",
    "paused",
    "created_at",
    "seen_at",
)
_FOLLOW = ("chat_id", "subject_id", "mode", "origin", "since")
_SUBJECT = ("id", "kind", "key", "label", "origin", "made_at")


async def has_readers(tx: ReadTx) -> bool:
    """Tell whether the store knows any chat."""
    return (await tx.execute(select(subscriber.c.chat_id).limit(1))).first() is not None


async def add_phrases(
    tx: WriteTx, *, phrases: Sequence[tuple[str, str]], now: datetime
) -> list[int]:
    """Add phrases (key, label) that nobody has followed, and return their subject ids."""
    driver = await driver_of(tx)
    known = set((await tx.execute(select(subject.c.key))).scalars())
    new = [pair for pair in phrases if pair[0] not in known]
    last = (await tx.execute(select(func.max(subject.c.id)))).scalar_one()
    if not new:
        return []
    ids = list(range(last + 1, last + 1 + len(new)))
    if tx.dialect.name == "postgresql":
        ids = await driver.next_ids("subject", len(new))
    at = to_microseconds(now)
    kind = SubjectKind.PHRASE.value
    rows = [(i, kind, key, label, "typed", at) for i, (key, label) in zip(ids, new, strict=True)]
    await driver.insert("subject", _SUBJECT, rows)
    return ids


async def add_members(tx: WriteTx, *, members: Sequence[Member], now: datetime) -> None:
    """Add readers with what they follow and mute."""
    driver = await driver_of(tx)
    at = to_microseconds(now)
    rows = [
        (
            one.chat_id,
            ChatKind.PRIVATE.value,
            ChatStatus.ACTIVE.value,
            at,
            0,
            "en",
            one.zone,
            str(one.time),
            EVERY_DAY,
            to_microseconds(one.next_due_at),
            one.next_slot,
            at,
            one.impact_floor,
            0.0,
            one.minutes,
            Style.FOLDED.value,
            0.0,
            3,
            False,
            at,
            at,
        )
        for one in members
    ]
    await driver.insert("subscriber", _SUBSCRIBER, rows)
    follows = [
        (one.chat_id, subject_id, mode.value, "typed", at)
        for one in members
        for mode, subject_ids in ((FollowMode.FOLLOW, one.follows), (FollowMode.MUTE, one.mutes))
        for subject_id in subject_ids
    ]
    await driver.insert("follow", _FOLLOW, follows)
