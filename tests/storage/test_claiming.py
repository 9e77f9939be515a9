"""Claiming: who is served next, and that nobody is served out of turn."""

import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.model.delivery import ENDED, DeliveryState, Kind
from storage.model.instants import EPOCH
from storage.model.subscriber import ChatStatus
from storage.sending import unlease
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    CHAT,
    LEASE,
    OWNER,
    add_reader,
    claim,
    look_at,
    promise,
    put_in_state,
)

SETTLED = sorted(ENDED | {DeliveryState.UNCERTAIN})


async def test_what_is_claimed_is_leased_to_its_sender(db: Database):
    await add_reader(db)
    delivery_id = await promise(db)

    await claim(db)

    row = await look_at(db, delivery_id)
    assert (row.state, row.fence) == (DeliveryState.LEASED, 1)
    assert (row.lease_owner, row.lease_until) == (OWNER, NOON + LEASE)


async def test_a_claim_holds_everything_that_was_promised(db: Database):
    await add_reader(db)
    delivery_id = await promise(
        db, kind=Kind.ALERT, thread_id=7, slot=0, ref=31, recipe=b"words", due_at=at(-1)
    )

    (one,) = await claim(db)

    assert (one.id, one.kind, one.chat_id, one.thread_id) == (delivery_id, Kind.ALERT, CHAT, 7)
    assert (one.slot, one.ref, one.recipe) == (0, 31, b"words")
    assert (one.state, one.attempts, one.doubt, one.fence) == (DeliveryState.LEASED, 0, 0, 1)
    assert (one.due_at, one.not_before) == (at(-1), at(-1))


async def test_what_is_not_due_is_left(db: Database):
    await add_reader(db)
    await promise(db, due_at=NOON + timedelta(microseconds=1))

    assert await claim(db) == []


async def test_a_chat_that_has_to_wait_is_left(db: Database):
    await add_reader(db, columns={"not_before": NOON + timedelta(microseconds=1)})
    await promise(db)

    assert await claim(db) == []


async def test_a_chat_that_has_waited_is_served(db: Database):
    await add_reader(db, columns={"not_before": NOON})
    delivery_id = await promise(db)

    assert [one.id for one in await claim(db)] == [delivery_id]


async def test_only_active_chats_are_served(db: Database):
    for chat_id, status in enumerate(ChatStatus, start=1):
        await add_reader(db, chat_id, columns={"status": status})
        await promise(db, chat_id)

    claimed = await claim(db)

    assert [list(ChatStatus)[one.chat_id - 1] for one in claimed] == [ChatStatus.ACTIVE]


async def test_a_chat_that_nobody_knows_is_left(db: Database):
    await promise(db)

    assert await claim(db) == []


async def test_a_chat_is_served_one_message_at_a_time(db: Database):
    await add_reader(db)
    first = await promise(db)
    await promise(db)

    assert [one.id for one in await claim(db)] == [first]


async def test_a_delayed_message_is_not_overtaken_by_a_later_one(db: Database):
    await add_reader(db)
    await promise(db, columns={"not_before": at(1)})
    await promise(db, kind=Kind.NOW)

    assert await claim(db) == []


@pytest.mark.parametrize("state", [DeliveryState.LEASED, DeliveryState.SENDING])
async def test_a_message_under_way_is_not_overtaken(db: Database, state: DeliveryState):
    await add_reader(db)
    await put_in_state(db, state)
    await promise(db, kind=Kind.NOW)

    assert await claim(db) == []


async def test_a_message_that_ended_or_is_held_keeps_nobody_waiting(db: Database):
    for chat_id, state in enumerate(SETTLED, start=1):
        await add_reader(db, chat_id)
        await put_in_state(db, state, chat_id)
    later = [await promise(db, chat_id) for chat_id, _ in enumerate(SETTLED, start=1)]

    claimed = await claim(db)

    assert sorted(one.id for one in claimed) == later


async def test_kinds_come_in_their_order_however_long_others_wait(db: Database):
    for kind in reversed(Kind):
        await add_reader(db, int(kind))
        await promise(db, int(kind), kind=kind, due_at=at(-int(kind)))

    claimed = [await claim(db, limit=1) for _ in Kind]

    assert [one.kind for (one,) in claimed] == list(Kind)


async def test_claims_at_once_stand_in_the_order_of_their_kinds(db: Database):
    for kind in reversed(Kind):
        await add_reader(db, int(kind))
        await promise(db, int(kind), kind=kind)

    claimed = await claim(db)

    assert [one.kind for one in claimed] == list(Kind)


async def test_within_a_kind_who_waits_longest_comes_first(db: Database):
    for chat_id, hours in ((1, -1), (2, -3), (3, -2)):
        await add_reader(db, chat_id)
        await promise(db, chat_id, due_at=at(hours))

    claimed = [await claim(db, limit=1) for _ in range(3)]

    assert [one.chat_id for (one,) in claimed] == [2, 3, 1]


async def test_of_equally_due_ones_the_first_promised_comes_first(db: Database):
    for chat_id in (3, 1, 2):
        await add_reader(db, chat_id)
        await promise(db, chat_id)

    claimed = [await claim(db, limit=1) for _ in range(3)]

    assert [one.chat_id for (one,) in claimed] == [3, 1, 2]


async def test_no_more_is_claimed_than_asked_for(db: Database):
    for chat_id in range(1, 6):
        await add_reader(db, chat_id)
        await promise(db, chat_id, kind=Kind.ALERT if chat_id % 2 else Kind.DIGEST)

    assert len(await claim(db, limit=3)) == 3


async def test_a_message_brought_forward_to_the_beginning_of_time_is_served(db: Database):
    await add_reader(db)
    delivery_id = await promise(db, columns={"not_before": EPOCH})

    assert [one.id for one in await claim(db)] == [delivery_id]


async def test_every_claim_has_a_fence_of_its_own(db: Database):
    await add_reader(db)
    await promise(db)
    (first,) = await claim(db)
    async with db.writing() as tx:
        await unlease(tx, leased=[(first.id, first.fence)])

    (second,) = await claim(db)

    assert (first.fence, second.fence) == (1, 2)


async def test_two_senders_at_once_never_claim_the_same(db: Database, other_db: Database):
    promised = set()
    for chat_id in range(1, 21):
        await add_reader(db, chat_id)
        promised.add(await promise(db, chat_id))

    claims = await asyncio.gather(
        *(claim(one, owner=f"sender-{n}", limit=20) for n, one in enumerate([db, other_db] * 2))
    )

    claimed = [one.id for claimed in claims for one in claimed]
    assert sorted(claimed) == sorted(promised)
