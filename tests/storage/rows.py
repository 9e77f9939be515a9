"""Rows for tests: what is put into a database before the act, and what is read after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Table, select

from storage import briefs, deliveries, follows, intake, matches, sending, subjects, subscribers
from storage.database import Database
from storage.deliveries import Promise
from storage.drivers import driver_of
from storage.model.brief import BriefId, BriefState
from storage.model.delivery import Delivery, DeliveryId, DeliveryState, Kind
from storage.model.subject import FollowMode, Match, Ring, SubjectId, SubjectKind
from storage.model.subscriber import ChatKind, Preferences
from storage.sending import Ended, Sent
from storage.tables import brief as brief_table
from storage.tables import delivery, subscriber
from tests.factories import make_draft
from tests.fakes import NOON

CHAT = 1001
OWNER = "sender-1"
LEASE = timedelta(seconds=120)

_numbers = count(1)


async def look(db: Database, table: Table, *order: str) -> list[Any]:
    """Return all rows of a table in a stated order, else in that of its primary key."""
    columns = [table.c[name] for name in order] or list(table.primary_key.columns)
    async with db.reading() as tx:
        return list(await tx.execute(select(table).order_by(*columns)))


async def look_at(db: Database, delivery_id: int) -> Any:
    """Return one row of the ledger."""
    async with db.reading() as tx:
        found = await tx.execute(select(delivery).where(delivery.c.id == delivery_id))
        return found.one()


async def change(db: Database, table: Table, **values: Any) -> None:
    """Set columns of every row of a table."""
    async with db.writing() as tx:
        await tx.execute(table.update().values(**values))


async def add_reader(
    db: Database,
    chat_id: int = CHAT,
    *,
    kind: ChatKind = ChatKind.PRIVATE,
    thread_id: int | None = None,
    columns: dict[str, Any] | None = None,
    **preferences: Any,
) -> int:
    """Add a chat that can be written to; ``columns`` are set besides its preferences."""
    async with db.writing() as tx:
        await subscribers.add_subscriber(
            tx,
            chat_id=chat_id,
            kind=kind,
            thread_id=thread_id,
            preferences=Preferences(**preferences),
            now=NOON,
        )
        if columns:
            where = subscriber.c.chat_id == chat_id
            await tx.execute(subscriber.update().where(where).values(**columns))
    return chat_id


async def add_brief(
    db: Database,
    *,
    state: BriefState = BriefState.RELEASED,
    released_at: datetime | None = None,
    columns: dict[str, Any] | None = None,
    **draft: Any,
) -> BriefId:
    """Add a brief, released an hour ago unless said otherwise."""
    content = make_draft(**draft)
    names = (*content.topics, *content.entities)
    more: dict[str, Any] = {"state": state, "fingerprint": f"fingerprint-{next(_numbers)}"}
    if state is not BriefState.QUEUED:
        more |= {
            "released_at": released_at or NOON - timedelta(hours=1),
            "scheduled_for": NOON,
            "retracted_at": NOON if state is BriefState.RETRACTED else None,
        }
    async with db.writing() as tx:
        return await intake.add_brief(
            tx,
            draft=content,
            keys=[name.casefold() for name in names],
            now=NOON - timedelta(hours=2),
            **more | (columns or {}),
        )


async def revise(db: Database, brief_id: int, *, revision: int = 2, **draft: Any) -> None:
    """Let a brief stand at a later revision."""
    async with db.writing() as tx:
        content = make_draft(**draft)
        driver = await driver_of(tx)
        await driver.run(intake.adding_revision(BriefId(brief_id), revision, content, NOON))
        where = brief_table.c.id == brief_id
        await tx.execute(brief_table.update().where(where).values(revision=revision))


async def retract(db: Database, brief_id: int, *, reason: str = "The figures were wrong.") -> None:
    """Withdraw a brief, as the ledger sees it."""
    async with db.writing() as tx:
        await briefs.move(
            tx,
            brief_id=BriefId(brief_id),
            to=BriefState.RETRACTED,
            at=NOON,
            retract_reason=reason,
        )


async def add_subject(
    db: Database, label: str = "Offshore wind", *, kind: SubjectKind = SubjectKind.PHRASE
) -> SubjectId:
    """Add something that can be followed."""
    async with db.writing() as tx:
        subject, _ = await subjects.add_subject(
            tx, kind=kind, key=label.casefold(), label=label, origin="typed", now=NOON
        )
    return subject.id


async def add_follow(
    db: Database,
    subject_id: SubjectId,
    chat_id: int = CHAT,
    *,
    mode: FollowMode = FollowMode.FOLLOW,
) -> None:
    """Let a chat follow or mute a subject."""
    async with db.writing() as tx:
        await follows.put(
            tx, chat_id=chat_id, subject_id=subject_id, mode=mode, origin="typed", now=NOON
        )


async def add_match(
    db: Database, subject_id: SubjectId, *brief_ids: BriefId, ring: Ring = Ring.NAME
) -> None:
    """Let a subject want briefs."""
    found = Match(subject_id=subject_id, ring=ring, because="offshore wind")
    async with db.writing() as tx:
        await matches.add_matches(tx, pairs=[(brief_id, found) for brief_id in brief_ids])


async def promise(
    db: Database,
    chat_id: int = CHAT,
    *,
    kind: Kind = Kind.DIGEST,
    slot: int | None = None,
    due_at: datetime = NOON,
    columns: dict[str, Any] | None = None,
    **more: Any,
) -> DeliveryId:
    """Promise a message under a key of its own; ``columns`` are set besides."""
    values = {"thread_id": None, "ref": 0, "recipe": b"", "briefs": ()} | more
    slot = next(_numbers) if slot is None else slot
    async with db.writing() as tx:
        one = Promise(kind=kind, chat_id=chat_id, slot=slot, due_at=due_at, **values)
        delivery_id = await deliveries.promise(tx, one=one)
        assert delivery_id is not None
        if columns:
            where = delivery.c.id == delivery_id
            await tx.execute(delivery.update().where(where).values(**columns))
    return delivery_id


async def claim(
    db: Database, *, now: datetime = NOON, owner: str = OWNER, limit: int = 16
) -> list[Delivery]:
    """Claim what is due."""
    async with db.writing() as tx:
        return await sending.claim(tx, owner=owner, now=now, until=now + LEASE, limit=limit)


async def mark(
    db: Database, leased: Sequence[Delivery], *, now: datetime = NOON, owner: str = OWNER
) -> set[int]:
    """Mark claimed deliveries as being sent."""
    async with db.writing() as tx:
        return await sending.mark_sending(
            tx,
            leased=[(one.id, one.fence) for one in leased],
            owner=owner,
            now=now,
            leased_past=now + timedelta(seconds=60),
        )


async def put_in_state(
    db: Database, state: DeliveryState, chat_id: int = CHAT, **more: Any
) -> DeliveryId:
    """Promise a message and lead it into a state, by the sender's statements where they can."""
    delivery_id = await promise(db, chat_id, **more)
    if state is DeliveryState.PENDING:
        return delivery_id
    if state in {DeliveryState.CANCELLED, DeliveryState.EXPIRED}:
        where = delivery.c.id == delivery_id
        async with db.writing() as tx:
            await tx.execute(delivery.update().where(where).values(state=state))
        return delivery_id
    claimed = [one for one in await claim(db) if one.id == delivery_id]
    if state is DeliveryState.LEASED:
        return delivery_id
    await mark(db, claimed)
    async with db.writing() as tx:
        if state is DeliveryState.SENT:
            await sending.mark_sent(
                tx, sent=[Sent(delivery_id, claimed[0].fence, 7)], owner=OWNER, now=NOON
            )
        elif state is not DeliveryState.SENDING:
            ended = [Ended(delivery_id, claimed[0].fence, state, "for the test")]
            await sending.mark_ended(tx, ended=ended, owner=OWNER, now=NOON)
    return delivery_id
