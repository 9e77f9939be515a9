"""The ledger as its sender moves it: claim, mark, and what became of it.

    pending → leased → sending → sent | pending | uncertain | dead | poisoned

``leased`` is claimed and certainly not sent; ``sending`` is on the wire, or about to be. Every
statement is guarded by the state and the fence that it starts from, so a sender that was
overtaken changes nothing. From the mark on every move is written to ``delivery_event``.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from storage.drivers import Driver, Row, driver_of
from storage.model.delivery import Delivery, DeliveryId, DeliveryState, Kind
from storage.model.instants import from_microseconds, to_microseconds
from storage.transactions import WriteTx


class Again(NamedTuple):
    """Back to pending: not before an instant, with how much to add to attempts and doubt."""

    id: int
    fence: int
    not_before: datetime
    attempts: int
    doubt: int
    note: str


class Ended(NamedTuple):
    """An end other than sent, with the reason."""

    id: int
    fence: int
    state: DeliveryState
    note: str


class Sent(NamedTuple):
    """Telegram took it; the message id is unknown where it said so without showing the message."""

    id: int
    fence: int
    message_id: int | None


# The head of each chat is chosen before its time is looked at: filtering first would let a
# later row overtake an earlier one that waits.
_HEADS = """SELECT id FROM (
    SELECT d.id FROM delivery d JOIN subscriber c ON c.chat_id = d.chat_id
    WHERE d.kind = KIND AND d.state = 'pending' AND d.not_before <= {1}
    AND c.not_before <= {1} AND c.status = 'active' AND d.id = (
        SELECT min(e.id) FROM delivery e WHERE e.chat_id = d.chat_id
        AND e.state IN ('pending', 'leased', 'sending'))
    ORDER BY d.not_before, d.id LIMIT {4}) AS kindKIND"""
_ANY_HEAD = " UNION ALL ".join(_HEADS.replace("KIND", str(int(kind))) for kind in Kind)
# Chosen once and for all: a table that PostgreSQL has not counted yet, as after an import, has it
# choose anew for each row that waits, which took a second for a few hundred.
_CLAIM = """WITH chosen AS MATERIALIZED (SELECT id FROM (ANY_HEAD) AS heads LIMIT {4})
    UPDATE delivery SET state = 'leased', lease_owner = {2}, lease_until = {3},
    fence = fence + 1 WHERE state = 'pending' AND id IN (SELECT id FROM chosen)
    RETURNING id, kind, chat_id, thread_id, slot, ref, recipe, attempts, doubt, fence, due_at,
    not_before""".replace("ANY_HEAD", _ANY_HEAD)
_MARK = (
    "(id, fence) UPDATE delivery SET state = 'sending', attempts = attempts + 1 FROM v"
    " WHERE delivery.id = v.id AND delivery.fence = v.fence AND delivery.state = 'leased'"
    " AND delivery.lease_owner = {1} AND delivery.lease_until > {2} RETURNING delivery.id"
)
_SENT = (
    "(id, fence, message) UPDATE delivery SET state = 'sent', message_id = v.message,"
    " ended_at = {1} FROM v WHERE delivery.id = v.id AND delivery.fence = v.fence"
    " AND delivery.state = 'sending' RETURNING delivery.id"
)
_AGAIN = (
    "(id, fence, start, attempts, doubt, note) UPDATE delivery SET state = 'pending',"
    " not_before = v.start, attempts = delivery.attempts + v.attempts,"
    " doubt = delivery.doubt + v.doubt, last_error = v.note FROM v"
    " WHERE delivery.id = v.id AND delivery.fence = v.fence AND delivery.state = 'sending'"
    " RETURNING delivery.id"
)
_ENDED = (
    "(id, fence, state, note) UPDATE delivery SET state = v.state, last_error = v.note,"
    " doubt = delivery.doubt + CASE WHEN v.state = 'uncertain' THEN 1 ELSE 0 END,"
    " ended_at = {1} FROM v WHERE delivery.id = v.id AND delivery.fence = v.fence"
    " AND delivery.state = 'sending' RETURNING delivery.id"
)

_UNLEASE = (
    "(id, fence) UPDATE delivery SET state = 'pending' FROM v WHERE delivery.id = v.id"
    " AND delivery.fence = v.fence AND delivery.state = 'leased' RETURNING delivery.id"
)
_EVENT = ("delivery_id", "at", "was", "became", "who", "note")


async def claim(
    tx: WriteTx, *, owner: str, now: datetime, until: datetime, limit: int
) -> list[Delivery]:
    """Lease the deliveries that are due, one a chat at most, by kind, then longest due."""
    driver = await driver_of(tx)
    rows = await driver.fetch(_CLAIM, to_microseconds(now), owner, to_microseconds(until), limit)
    found = [_delivery(row) for row in rows]
    return sorted(found, key=lambda one: (one.kind, one.not_before, one.id))


async def mark_sending(
    tx: WriteTx,
    *,
    leased: Sequence[tuple[int, int]],
    owner: str,
    now: datetime,
    leased_past: datetime,
) -> set[int]:
    """Mark leased deliveries (id, fence) as about to be sent; return the ids that still were.

    What is not returned must not be sent: somebody else has it, it is cancelled, or its lease
    does not last past ``leased_past``, when the answer must be here.
    """
    driver = await driver_of(tx)
    rows = await driver.fetch_rows(_MARK, "ii", leased, owner, to_microseconds(leased_past))
    marked = {row[0] for row in rows}
    await _tell(driver, [(i, "leased", "sending", None) for i in marked], owner, now)
    return marked


async def mark_sent(tx: WriteTx, *, sent: Sequence[Sent], owner: str, now: datetime) -> set[int]:
    """Note deliveries as sent; return the ids that were ours to note."""
    driver = await driver_of(tx)
    rows = await driver.fetch_rows(_SENT, "iii", sent, to_microseconds(now))
    noted = {row[0] for row in rows}
    await _tell(driver, [(i, "sending", "sent", None) for i in noted], owner, now)
    return noted


async def put_back(tx: WriteTx, *, again: Sequence[Again], owner: str, now: datetime) -> set[int]:
    """Put deliveries back to pending; return the ids that were ours to put back."""
    driver = await driver_of(tx)
    rows = [(*one[:2], to_microseconds(one.not_before), *one[3:]) for one in again]
    noted = {row[0] for row in await driver.fetch_rows(_AGAIN, "iiiiit", rows)}
    told = [(one.id, "sending", "pending", one.note) for one in again if one.id in noted]
    await _tell(driver, told, owner, now)
    return noted


async def mark_ended(
    tx: WriteTx, *, ended: Sequence[Ended], owner: str, now: datetime
) -> set[int]:
    """Note deliveries as dead, poisoned or uncertain; return the ids that were ours to note."""
    driver = await driver_of(tx)
    rows = [(one.id, one.fence, one.state.value, one.note) for one in ended]
    noted = {row[0] for row in await driver.fetch_rows(_ENDED, "iitt", rows, to_microseconds(now))}
    told = [(one.id, "sending", one.state.value, one.note) for one in ended if one.id in noted]
    await _tell(driver, told, owner, now)
    return noted


async def unlease(tx: WriteTx, *, leased: Sequence[tuple[int, int]]) -> None:
    """Give back deliveries (id, fence) that were claimed and will not be sent now."""
    driver = await driver_of(tx)
    await driver.fetch_rows(_UNLEASE, "ii", leased)


async def set_recipes(tx: WriteTx, *, recipes: Sequence[tuple[bytes, int]]) -> None:
    """Set what deliveries (recipe, id) say, before their first attempt."""
    driver = await driver_of(tx)
    await driver.run(("UPDATE delivery SET recipe = {1} WHERE id = {2}", recipes))


async def _tell(
    driver: Driver, moves: Sequence[tuple[int, str, str, str | None]], owner: str, now: datetime
) -> None:
    at = to_microseconds(now)
    rows = [(i, at, was, became, owner, note) for i, was, became, note in moves]
    if rows:
        await driver.insert("delivery_event", _EVENT, rows)


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=DeliveryId(row[0]),
        kind=Kind(row[1]),
        chat_id=row[2],
        thread_id=row[3],
        slot=row[4],
        ref=row[5],
        state=DeliveryState.LEASED,
        recipe=row[6],
        attempts=row[7],
        doubt=row[8],
        fence=row[9],
        due_at=from_microseconds(row[10]),
        not_before=from_microseconds(row[11]),
    )
