"""Chats that shut the bot out, or moved to another id."""

from datetime import datetime

from storage import chats
from storage.database import Database
from storage.model.subscriber import ChatStatus


async def suspend(db: Database, *, chat_id: int, status: ChatStatus, now: datetime) -> bool:
    """Send a chat nothing until it lets the bot in again; return False if it was so before."""
    async with db.writing() as tx:
        return await chats.mark_gone(tx, chat_id=chat_id, status=status, now=now)


async def move(db: Database, *, old: int, new: int, now: datetime) -> None:
    """Let a group go on under another id."""
    async with db.writing() as tx:
        await chats.move(tx, old=old, new=new, now=now)
