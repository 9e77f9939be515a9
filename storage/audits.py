"""The audit: who did what to what is read or to whom it goes. Lines are added, never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.tables import audit
from storage.transactions import ReadTx, WriteTx


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One thing that was done; ``who`` is a Telegram user id, None for the bot itself."""

    at: datetime
    who: int | None
    action: str
    about: str
    note: str


async def add_line(
    tx: WriteTx, *, now: datetime, who: int | None, action: str, about: str = "", note: str = ""
) -> int:
    """Add a line, in the transaction of what it tells of; return its number."""
    added = await tx.execute(
        audit.insert()
        .values(at=now, who=who, action=action, about=about, note=note)
        .returning(audit.c.id)
    )
    number: int = added.scalar_one()
    return number


async def list_lines(tx: ReadTx, *, limit: int = 50) -> list[AuditLine]:
    """Return the latest lines, newest first."""
    found = await tx.execute(select(audit).order_by(audit.c.id.desc()).limit(limit))
    return [
        AuditLine(at=row.at, who=row.who, action=row.action, about=row.about, note=row.note)
        for row in found
    ]
