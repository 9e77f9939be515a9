"""What the planner reads and writes, a page of due subscribers at a time.

Pages go through the driver itself: a hundred thousand readers have two million follows, and a
row object for each would cost more than all the rest (docs/performance.md).
"""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storage.drivers import Driver, Row, driver_of
from storage.errors import Conflict
from storage.model.delivery import DeliveryId, Kind
from storage.model.instants import to_microseconds
from storage.transactions import ReadTx, WriteTx


class Due(NamedTuple):
    """A subscriber whose digest is due; instants in microseconds since 1970, as stored."""

    chat_id: int
    thread_id: int | None
    next_due_at: int
    next_slot: int
    last_slot_at: int | None
    first_slot_at: int | None
    language: str
    zone: str | None
    times: str
    days: int
    impact_floor: float
    confidence_floor: float
    minutes: int | None
    style: str
    quiet_from: int | None
    quiet_to: int | None


class Planned(NamedTuple):
    """One digest to be promised, and the briefs that it gives."""

    chat_id: int
    thread_id: int | None
    slot: int
    recipe: bytes
    due_at: int
    not_before: int
    briefs: tuple[int, ...]


class Moved(NamedTuple):
    """Where a subscriber's slot moves."""

    chat_id: int
    next_due_at: int
    next_slot: int
    last_slot_at: int | None
    first_slot_at: int | None  # for a subscriber who has none yet; None leaves it
    was_due_at: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some due subscribers with what is needed to choose for them."""

    due: list[Due]
    follows: Sequence[Row]  # chat, subjects as "1,2,-3" or None; what is muted has the sign
    had: Sequence[Row]  # chat, brief, by which delivery
    taken: Set[Row]  # (chat, slot) that has a digest already
    waiting: Sequence[Row]  # chat, delivery, due_at of digests certainly unsent; by chat


_DUE = (
    "SELECT chat_id, thread_id, next_due_at, next_slot, last_slot_at, first_slot_at, language,"
    " zone, times, days, impact_floor, confidence_floor, minutes, style, quiet_from, quiet_to"
    " FROM subscriber WHERE next_due_at <= {1} AND status = 'active'"
    " ORDER BY next_due_at, chat_id LIMIT {2}{lock}"
)
_CROWDED = (
    "SELECT next_due_at FROM subscriber WHERE next_due_at <= {1}"
    " GROUP BY next_due_at HAVING COUNT(*) > {2} ORDER BY next_due_at"
)
# One row a chat, its subjects joined: twenty rows a chat would cost three times as much. What is
# muted has a sign before it, so that they are read once.
_FOLLOWS = (
    "SELECT one.value, (SELECT"
    " {join(CASE f.mode WHEN 'mute' THEN -f.subject_id ELSE f.subject_id END)}"
    " FROM follow f WHERE f.chat_id = one.value) FROM {each}"
)
_HAD = (
    "SELECT h.chat_id, h.brief_id, h.delivery_id FROM {each} CROSS JOIN had h"
    " WHERE h.chat_id = one.value AND h.brief_id BETWEEN {2} AND {3}"
)
_TAKEN = "SELECT chat_id, slot FROM delivery WHERE chat_id {ids} AND slot >= {2} AND kind = {3}"
_WAITING = (
    "SELECT chat_id, id, due_at FROM delivery WHERE chat_id {ids} AND kind = {2}"
    " AND state = 'pending' AND doubt = 0 ORDER BY 1, 2"
)
_MERGE = (
    "UPDATE delivery SET state = 'dead', last_error = 'merged', ended_at = {2}"
    " WHERE id {ids} AND state = 'pending' AND doubt = 0 RETURNING id"
)
_GIVE_BACK = "DELETE FROM had WHERE chat_id = {1} AND delivery_id = {2}"
_MOVE = (
    "UPDATE subscriber SET next_due_at = {2}, next_slot = {3}, last_slot_at = {4},"
    " first_slot_at = COALESCE(first_slot_at, {5})"
    " WHERE chat_id {ids} AND next_due_at = {6} RETURNING chat_id"
)


async def list_crowded(tx: ReadTx, *, now: datetime, more_than: int) -> frozenset[int]:
    """Return the instants at which more subscribers than that are due, in microseconds."""
    driver = await driver_of(tx)
    # Only active ones have a next slot, so the index alone tells.
    found = await driver.fetch(_CROWDED, to_microseconds(now), more_than)
    return frozenset(row[0] for row in found)


async def read_page(tx: WriteTx, *, now: datetime, limit: int, briefs: tuple[int, int]) -> Page:
    """Return the subscribers due longest, held for this transaction.

    ``briefs`` are the lowest and the highest id of the window; what a chat had beyond is left out.
    """
    driver = await driver_of(tx)
    due = [Due._make(row) for row in await driver.fetch(_DUE, to_microseconds(now), limit)]
    if not due:
        return Page([], [], [], set(), [])
    chats = [row.chat_id for row in due]
    earliest = min(row.next_slot for row in due)
    kind = int(Kind.DIGEST)
    return Page(
        due,
        follows=await driver.fetch(_FOLLOWS, chats),
        had=await driver.fetch(_HAD, chats, *briefs),
        taken={(row[0], row[1]) for row in await driver.fetch(_TAKEN, chats, earliest, kind)},
        waiting=await driver.fetch(_WAITING, chats, kind),
    )


async def write_page(
    tx: WriteTx,
    *,
    planned: Sequence[Planned],
    moved: Sequence[Moved],
    merged: Sequence[tuple[int, int]],
    now: datetime,
) -> list[DeliveryId]:
    """Promise digests, move slots on, and end the digests that newer ones replace.

    ``merged`` are (chat, delivery): they end as dead, and what they gave is given back. Returns
    the ids of the promised ones. Raises ``Conflict`` if anything changed since ``read_page``;
    the transaction must not be committed then.
    """
    driver = await driver_of(tx)
    if merged:
        ended = await driver.fetch(_MERGE, [pair[1] for pair in merged], to_microseconds(now))
        if len(ended) != len(merged):
            raise Conflict("delivery_merged")
        await driver.update(_GIVE_BACK, merged)
    ids = await driver.next_ids("delivery", len(planned))
    promised = list(zip(ids, planned, strict=True))
    await driver.insert("delivery", _DELIVERY, [(i, *_promise(one)) for i, one in promised])
    gives = [(one.chat_id, brief_id, i) for i, one in promised for brief_id in one.briefs]
    await driver.insert("had", ("chat_id", "brief_id", "delivery_id"), gives)
    await _move(driver, moved)
    return [DeliveryId(i) for i in ids]


async def _move(driver: Driver, moved: Sequence[Moved]) -> None:
    """Move slots on; those that move alike, which is most of them, by one statement."""
    alike: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
    for chat_id, *values in moved:
        alike[tuple(values)].append(chat_id)
    for shared, chats in alike.items():
        if len(await driver.fetch(_MOVE, chats, *shared)) != len(chats):
            raise Conflict("subscriber_slot_moved")


_DELIVERY = (
    "id",
    "kind",
    "chat_id",
    "thread_id",
    "slot",
    "ref",
    "recipe",
    "due_at",
    "not_before",
)


def _promise(one: Planned) -> Row:
    chat_id, thread_id, slot, recipe, due_at, not_before, _ = one
    return (int(Kind.DIGEST), chat_id, thread_id, slot, 0, recipe, due_at, not_before)
