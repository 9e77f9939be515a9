"""Updates from Telegram: which had their effect, which are set aside, what is awaited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from storage.errors import AlreadyDone
from storage.tables import pending, seen_update, set_aside
from storage.transactions import ReadTx, WriteTx
from storage.upsert import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A question that a chat was asked and has not answered yet."""

    question: str
    about: str


async def mark_seen(tx: WriteTx, *, update_id: int, now: datetime) -> None:
    """Note that the update has its effect in this transaction; raise ``AlreadyDone`` if it had."""
    try:
        await tx.execute(seen_update.insert().values(update_id=update_id, seen_at=now))
    except IntegrityError as error:
        raise AlreadyDone(update_id) from error


async def is_seen(tx: ReadTx, *, update_id: int) -> bool:
    """Tell whether the update has had its effect."""
    found = await tx.execute(
        select(seen_update.c.update_id).where(seen_update.c.update_id == update_id)
    )
    return found.first() is not None


async def add_set_aside(
    tx: WriteTx, *, update_id: int, update: str, error: str, now: datetime
) -> None:
    """Keep an update that cannot be handled, once, with what went wrong."""
    await tx.execute(
        insert(tx, set_aside)
        .values(update_id=update_id, update=update, error=error[:200], set_aside_at=now)
        .on_conflict_do_nothing()
    )


async def drop_seen_before(tx: WriteTx, *, before: datetime) -> int:
    """Forget updates seen before an instant; return how many."""
    done = await tx.execute(delete(seen_update).where(seen_update.c.seen_at < before))
    return done.rowcount


async def ask(
    tx: WriteTx, *, chat_id: int, question: str, about: str, expires_at: datetime
) -> None:
    """Note that the next text of the chat answers ``question``; a new one replaces an old one."""
    statement = insert(tx, pending).values(
        chat_id=chat_id, question=question, about=about, expires_at=expires_at
    )
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["chat_id"],
            set_={name: statement.excluded[name] for name in ("question", "about", "expires_at")},
        )
    )


async def find_pending(tx: ReadTx, *, chat_id: int, now: datetime) -> Pending | None:
    """Return what the chat was asked and may still answer."""
    found = await tx.execute(
        select(pending.c.question, pending.c.about).where(
            pending.c.chat_id == chat_id, pending.c.expires_at > now
        )
    )
    row = found.first()
    return Pending(question=row.question, about=row.about) if row else None


async def drop_pending(tx: WriteTx, *, chat_id: int) -> None:
    """Forget what the chat was asked."""
    await tx.execute(delete(pending).where(pending.c.chat_id == chat_id))
