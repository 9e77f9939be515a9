"""Every statement that moves a delivery, on a delivery in every state."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from storage import chats, deliveries, doubts, planning, sending
from storage.database import Database
from storage.doubts import Word
from storage.errors import Conflict
from storage.model.delivery import ENDED, MOVES, OPEN, DeliveryState
from storage.sending import Again, Ended, Sent
from storage.tables import delivery
from storage.transactions import WriteTx
from tests.fakes import NOON
from tests.storage.rows import LEASE, OWNER, add_reader, look, put_in_state

S = DeliveryState
#: Those that wait are made last, since leading others into a state claims what waits.
STATES = sorted(S, key=lambda state: state is S.PENDING)
Rows = list[Any]


async def claim(tx: WriteTx, rows: Rows) -> None:
    await sending.claim(tx, owner=OWNER, now=NOON, until=NOON + LEASE, limit=50)


async def mark(tx: WriteTx, rows: Rows) -> None:
    leased = [(row.id, row.fence) for row in rows]
    await sending.mark_sending(tx, leased=leased, owner=OWNER, now=NOON, leased_past=NOON)


async def mark_sent(tx: WriteTx, rows: Rows) -> None:
    sent = [Sent(row.id, row.fence, 1) for row in rows]
    await sending.mark_sent(tx, sent=sent, owner=OWNER, now=NOON)


async def put_back(tx: WriteTx, rows: Rows) -> None:
    again = [Again(row.id, row.fence, NOON, 0, 0, "again") for row in rows]
    await sending.put_back(tx, again=again, owner=OWNER, now=NOON)


async def unlease(tx: WriteTx, rows: Rows) -> None:
    await sending.unlease(tx, leased=[(row.id, row.fence) for row in rows])


async def cancel_pending(tx: WriteTx, rows: Rows) -> None:
    for row in rows:
        await deliveries.cancel_pending(tx, chat_id=row.chat_id, now=NOON, note="left")


async def cancel_leased(tx: WriteTx, rows: Rows) -> None:
    await deliveries.cancel_leased(
        tx, delivery_ids=[row.id for row in rows], note="nothing left", now=NOON
    )


async def rescue(tx: WriteTx, rows: Rows) -> None:
    await deliveries.rescue(tx, now=NOON, not_before=NOON, owner="the next one")


async def merge(tx: WriteTx, rows: Rows) -> None:
    for row in rows:
        try:
            merged = [(row.chat_id, row.id)]
            await planning.write_page(tx, planned=[], moved=[], merged=merged, now=NOON)
        except Conflict:
            continue


async def hold(tx: WriteTx, rows: Rows) -> None:
    await deliveries.hold_open(tx, now=NOON, note="restored")


def settle(word: Word) -> Callable[[WriteTx, Rows], Awaitable[None]]:
    async def settle_all(tx: WriteTx, rows: Rows) -> None:
        ids = [row.id for row in rows]
        await doubts.settle(tx, delivery_ids=ids, word=word, who="owner", now=NOON)

    return settle_all


def end_as(state: DeliveryState) -> Callable[[WriteTx, Rows], Awaitable[None]]:
    async def end(tx: WriteTx, rows: Rows) -> None:
        ended = [Ended(row.id, row.fence, state, "end") for row in rows]
        await sending.mark_ended(tx, ended=ended, owner=OWNER, now=NOON)

    return end


#: What each statement does to a delivery, by the state it is in; all others stay as they are.
DOES: dict[str, tuple[Callable[[WriteTx, Rows], Awaitable[None]], dict[S, S]]] = {
    "claim": (claim, {S.PENDING: S.LEASED}),
    "mark": (mark, {S.LEASED: S.SENDING}),
    "mark sent": (mark_sent, {S.SENDING: S.SENT}),
    "put back": (put_back, {S.SENDING: S.PENDING}),
    "end dead": (end_as(S.DEAD), {S.SENDING: S.DEAD}),
    "end poisoned": (end_as(S.POISONED), {S.SENDING: S.POISONED}),
    "end uncertain": (end_as(S.UNCERTAIN), {S.SENDING: S.UNCERTAIN}),
    "unlease": (unlease, {S.LEASED: S.PENDING}),
    "cancel what waits": (cancel_pending, {S.PENDING: S.CANCELLED}),
    "cancel what is leased": (cancel_leased, {S.LEASED: S.CANCELLED}),
    "rescue": (rescue, {S.LEASED: S.PENDING, S.SENDING: S.PENDING}),
    "merge": (merge, {S.PENDING: S.DEAD}),
    "hold": (hold, dict.fromkeys(OPEN, S.UNCERTAIN)),
    "settle as arrived": (settle(Word.ARRIVED), {S.UNCERTAIN: S.SENT}),
    "settle by resending": (settle(Word.RESEND), {S.UNCERTAIN: S.PENDING}),
    "settle by dropping": (settle(Word.DROP), {S.UNCERTAIN: S.DEAD}),
}


@pytest.mark.parametrize("name", DOES)
async def test_a_statement_moves_what_it_is_for_alone(db: Database, name: str):
    statement, moves = DOES[name]
    ids = {}
    for chat_id, state in enumerate(STATES, start=1):
        await add_reader(db, chat_id)
        ids[await put_in_state(db, state, chat_id)] = state
    rows = await look(db, delivery)

    async with db.writing() as tx:
        await statement(tx, rows)

    became = {row.id: row.state for row in await look(db, delivery)}
    assert became == {i: moves.get(state, state) for i, state in ids.items()}


@pytest.mark.parametrize("name", DOES)
def test_a_statement_makes_no_move_that_is_not_allowed(name: str):
    _, moves = DOES[name]

    assert {(was, became) for was, became in moves.items() if became not in MOVES[was]} == set()


def test_there_is_a_rule_for_every_state():
    assert set(MOVES) == set(DeliveryState)


def test_what_has_ended_moves_no_more():
    assert {state for state, targets in MOVES.items() if not targets} == ENDED


def test_what_is_neither_open_nor_ended_is_held_for_a_word():
    assert set(DeliveryState) - OPEN - ENDED == {S.UNCERTAIN}


async def test_a_chat_that_moves_takes_along_what_has_not_ended(db: Database):
    for chat_id, state in enumerate(STATES, start=1):
        await add_reader(db, chat_id)
        await put_in_state(db, state, chat_id)

    async with db.writing() as tx:
        for chat_id in range(1, len(STATES) + 1):
            await chats.move(tx, old=chat_id, new=-chat_id, now=NOON)

    moved = {row.state for row in await look(db, delivery) if row.chat_id < 0}
    assert moved == OPEN
