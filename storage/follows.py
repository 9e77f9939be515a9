"""Follows and mutes: what a chat wants, and what it wants to be spared."""

from datetime import datetime

from sqlalchemy import delete, func, select

from storage.model.subject import FollowMode, Subject, SubjectId
from storage.subjects import Origin, as_subject
from storage.tables import follow, subject
from storage.transactions import ReadTx, WriteTx
from storage.upsert import insert


async def put(
    tx: WriteTx,
    *,
    chat_id: int,
    subject_id: SubjectId,
    mode: FollowMode,
    origin: Origin,
    now: datetime,
) -> bool:
    """Let the chat follow or mute the subject; return False if it did so already."""
    statement = insert(tx, follow).values(
        chat_id=chat_id, subject_id=subject_id, mode=mode, origin=origin, since=now
    )
    done = await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["chat_id", "subject_id"],
            set_={"mode": statement.excluded.mode, "since": statement.excluded.since},
            where=follow.c.mode != statement.excluded.mode,
        ).returning(follow.c.chat_id)
    )
    return done.first() is not None


async def drop(tx: WriteTx, *, chat_id: int, subject_id: SubjectId, mode: FollowMode) -> bool:
    """End a follow or a mute; return False if there was none."""
    done = await tx.execute(
        delete(follow).where(
            follow.c.chat_id == chat_id,
            follow.c.subject_id == subject_id,
            follow.c.mode == mode,
        )
    )
    return done.rowcount == 1


async def list_subjects(tx: ReadTx, *, chat_id: int, mode: FollowMode) -> list[Subject]:
    """Return what the chat follows or mutes, by label."""
    found = await tx.execute(
        select(subject)
        .join(follow, follow.c.subject_id == subject.c.id)
        .where(follow.c.chat_id == chat_id, follow.c.mode == mode)
        .order_by(func.lower(subject.c.label), subject.c.id)
    )
    return [as_subject(row) for row in found]


async def list_modes(tx: ReadTx, *, chat_id: int) -> dict[int, FollowMode]:
    """Return what the chat follows and mutes, by subject id."""
    found = await tx.execute(
        select(follow.c.subject_id, follow.c.mode).where(follow.c.chat_id == chat_id)
    )
    return {row.subject_id: row.mode for row in found}
