"""The coming slots of all chats, in pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from storage.drivers import driver_of
from storage.model.instants import from_microseconds, to_microseconds
from storage.transactions import ReadTx, WriteTx

_LIST = (
    "SELECT chat_id, zone, times, days, paused_until, next_due_at, next_slot FROM subscriber"
    " WHERE chat_id > {1} AND next_due_at IS NOT NULL ORDER BY chat_id LIMIT {2}"
)
_SET = "UPDATE subscriber SET next_due_at = {1}, next_slot = {2} WHERE chat_id = {3}"


class ComingSlot(NamedTuple):
    """The next slot of a chat, as it is kept, and what it is reckoned from."""

    chat_id: int
    zone: str | None
    times: str  # as kept
    days: int  # a bit for each day of the week, Monday first
    paused_until: datetime | None
    due_at: datetime
    number: int  # yyyymmddhhmm, local


async def list_slots(tx: ReadTx, *, after: int | None, limit: int) -> list[ComingSlot]:
    """Return one page of the chats that have a next slot, by chat id; None begins."""
    driver = await driver_of(tx)
    found = await driver.fetch(_LIST, -(2**63) if after is None else after, limit)
    return [
        ComingSlot(
            chat_id,
            zone,
            times,
            days,
            None if paused is None else from_microseconds(paused),
            from_microseconds(due_at),
            number,
        )
        for chat_id, zone, times, days, paused, due_at, number in found
    ]


async def set_slots(tx: WriteTx, *, slots: Sequence[tuple[int, datetime, int]]) -> None:
    """Set the next slots of chats: (chat id, instant, number)."""
    driver = await driver_of(tx)
    rows = [(to_microseconds(due_at), number, chat_id) for chat_id, due_at, number in slots]
    await driver.run((_SET, rows))
