"""What the planner reads and writes, a page of due subscribers at a time.

Pages go through the driver itself: a hundred thousand readers have two million follows, and a
row object for each would cost more than all the rest (docs/performance.md).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storage.drivers import Driver, driver_of
from storage.errors import Conflict
from storage.model.delivery import DeliveryId, Kind
from storage.model.instants import to_microseconds
from storage.transactions import ReadTx, WriteTx


class Due(NamedTuple):
    """A subscriber whose digest is due; instants in microseconds since 1970, as stored.

    ``follows`` are subjects as "1,2,-3", where what is muted has the sign, ``had`` the briefs of
    the window that the chat had, ``taken`` the slots from the next one on that have a digest, and
    ``waiting`` the digests that have certainly not left; None for nothing.
    """

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
    follows: str | None
    had: str | None
    taken: str | None
    waiting: str | None


class Waiting(NamedTuple):
    """A digest that has certainly not left."""

    chat_id: int
    delivery_id: int
    due_at: int
    gives: str | None  # briefs as "4,5"; they are among what the chat had


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
    was_last_slot_at: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some due subscribers with what is needed to choose for them."""

    due: list[Due]  # by due instant and chat
    waiting: list[Waiting]  # by chat


# What there is of a reader comes joined, one row each: rows for every follow would cost three
# times as much. And a database without statistics joins tables the wrong way round, where it
# cannot but look up the one value of a row by an index.
_OWN = Due._fields[:-4]
_DUE = (
    *(f"due.{name}" for name in _OWN),
    "(SELECT {join(CASE f.mode WHEN 'mute' THEN -f.subject_id ELSE f.subject_id END)}"
    " FROM follow f WHERE f.chat_id = due.chat_id)",
    "(SELECT {join(h.brief_id)} FROM had h WHERE h.chat_id = due.chat_id"
    " AND h.brief_id BETWEEN {3} AND {4})",
    "(SELECT {join(d.slot)} FROM delivery d WHERE d.kind = {7} AND d.chat_id = due.chat_id"
    " AND d.slot >= due.next_slot)",
    # In these words, since the index of what a chat has open serves, not that of all pending.
    "(SELECT {join(d.id)} FROM delivery d WHERE d.chat_id = due.chat_id"
    " AND d.state IN ('pending', 'leased', 'sending') AND d.state NOT IN ('leased', 'sending')"
    " AND d.kind = {7} AND d.doubt = 0)",
)
_WHO = (
    f"FROM (SELECT {', '.join(_OWN)} FROM subscriber"  # noqa: S608 - names of ours
    " WHERE next_due_at <= {1} AND status = 'active' AND (next_due_at, chat_id) > ({5}, {6})"
    " ORDER BY next_due_at, chat_id LIMIT {2}) due"
)
_BEFORE_ALL = (-(2**63), -(2**63))
_CROWDED = (
    "SELECT next_due_at FROM subscriber WHERE next_due_at <= {1}"
    " GROUP BY next_due_at HAVING COUNT(*) > {2} ORDER BY next_due_at"
)
_WAITING = (
    "SELECT d.chat_id, d.id, d.due_at, (SELECT {join(h.brief_id)} FROM had h"
    " WHERE h.chat_id = d.chat_id AND h.delivery_id = d.id)"
    " FROM delivery d WHERE d.id {ids} ORDER BY 1, 2"
)
_MERGE = (
    "UPDATE delivery SET state = 'dead', last_error = 'merged', ended_at = {2}"
    " WHERE id {ids} AND state = 'pending' AND doubt = 0"
)
_GIVE_BACK = "DELETE FROM had WHERE chat_id = {1} AND delivery_id = {2}"
_MOVE = (
    "UPDATE subscriber SET next_due_at = {2}, next_slot = {3}, last_slot_at = {4},"
    " first_slot_at = COALESCE(first_slot_at, {5})"
    " WHERE chat_id {ids} AND next_due_at = {6} AND last_slot_at IS NOT DISTINCT FROM {7}"
)


async def list_crowded(tx: ReadTx, *, now: datetime, more_than: int) -> frozenset[int]:
    """Return the instants at which more subscribers than that are due, in microseconds."""
    driver = await driver_of(tx)
    # Only active ones have a next slot, so the index alone tells.
    found = await driver.fetch(_CROWDED, to_microseconds(now), more_than)
    return frozenset(row[0] for row in found)


async def read_page(
    tx: ReadTx,
    *,
    now: datetime,
    limit: int,
    briefs: tuple[int, int],
    after: tuple[int, int] | None = None,
) -> Page:
    """Return the subscribers due longest, from the one after (due instant, chat) on.

    ``briefs`` are the lowest and the highest id of the window; what a chat had beyond is left out.
    """
    driver = await driver_of(tx)
    found = await driver.fetch_many(
        _DUE,
        _WHO,
        to_microseconds(now),
        limit,
        *briefs,
        *(after or _BEFORE_ALL),
        int(Kind.DIGEST),
    )
    due = list(map(Due._make, found))
    waiting = [int(one) for row in due if row.waiting for one in row.waiting.split(",")]
    if not waiting:
        return Page(due, [])
    return Page(due, list(map(Waiting._make, await driver.fetch(_WAITING, waiting))))


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
    await _move(driver, moved)
    if merged:
        ended = await driver.change(_MERGE, [pair[1] for pair in merged], to_microseconds(now))
        if ended != len(merged):
            raise Conflict("delivery_merged")
        await driver.run((_GIVE_BACK, merged))
    ids = await driver.next_ids("delivery", len(planned))
    kind = int(Kind.DIGEST)
    promises = [
        (i, kind, one.chat_id, one.thread_id, one.slot, 0, one.recipe, one.due_at, one.not_before)
        for i, one in zip(ids, planned, strict=True)
    ]
    gives = [
        (one.chat_id, brief_id, i)
        for i, one in zip(ids, planned, strict=True)
        for brief_id in one.briefs
    ]
    await driver.insert("delivery", _DELIVERY, promises)
    await driver.insert("had", ("chat_id", "brief_id", "delivery_id"), gives)
    return [DeliveryId(i) for i in ids]


async def _move(driver: Driver, moved: Sequence[Moved]) -> None:
    """Move slots on; those that move alike, which is most of them, by one statement."""
    alike: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
    for chat_id, *values in moved:
        alike[tuple(values)].append(chat_id)
    for shared, chats in alike.items():
        if await driver.change(_MOVE, chats, *shared) != len(chats):
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
