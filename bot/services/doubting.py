"""What may have arrived or not: the list, and an owner's word on it."""

from datetime import datetime

from storage import audits, deliveries, doubts
from storage.database import Database
from storage.doubts import Doubt, Word


async def list_doubts(db: Database, *, limit: int) -> tuple[list[Doubt], int]:
    """Return the messages held longest, and how many there are in all."""
    async with db.reading() as tx:
        return await doubts.list_doubts(tx, limit=limit)


async def settle(
    db: Database, *, delivery_id: int | None, word: Word, who: int, now: datetime
) -> int:
    """Do as an owner says with one message that is held, or with all; return how many it was.

    What is dropped gives its briefs back, so that they may come with the next digest.
    """
    async with db.writing() as tx:
        settled = await doubts.settle(
            tx,
            delivery_ids=None if delivery_id is None else [delivery_id],
            word=word,
            who=f"owner {who}",
            now=now,
        )
        if word is Word.DROP:
            for one, chat_id in settled:
                await deliveries.give_back(tx, delivery_ids=[one], chat_id=chat_id)
        if settled:
            about = f"{len(settled)} deliveries"
            await audits.add_line(tx, now=now, who=who, action=f"uncertain {word}", about=about)
    return len(settled)
