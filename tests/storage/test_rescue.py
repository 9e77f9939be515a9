"""What a sender left behind when it stopped is taken over by the next one."""

from datetime import timedelta

import pytest

from storage import deliveries
from storage.database import Database
from storage.model.delivery import DeliveryState, Kind
from storage.tables import delivery, delivery_event
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    LEASE,
    OWNER,
    add_reader,
    change,
    claim,
    look,
    look_at,
    promise,
    put_in_state,
)

LEASED, SENDING = DeliveryState.LEASED, DeliveryState.SENDING
PENDING, UNCERTAIN = DeliveryState.PENDING, DeliveryState.UNCERTAIN
SOON = NOON + timedelta(seconds=60)
RAN_OUT = NOON + LEASE + timedelta(microseconds=1)


async def rescue(db: Database, *, now=RAN_OUT, owner: str | None = None) -> tuple[int, int, int]:
    async with db.writing() as tx:
        return await deliveries.rescue(tx, now=now, not_before=SOON, owner=owner)


async def test_what_was_only_leased_waits_as_before(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, LEASED)

    assert await rescue(db) == (1, 0, 0)

    row = await look_at(db, delivery_id)
    assert (row.state, row.doubt, row.not_before, row.last_error) == (PENDING, 0, NOON, None)


async def test_what_was_being_sent_is_repeated_with_a_doubt(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, SENDING)

    assert await rescue(db) == (0, 1, 0)

    row = await look_at(db, delivery_id)
    assert (row.state, row.doubt, row.attempts, row.not_before) == (PENDING, 1, 1, SOON)
    assert row.last_error == "the sender stopped before the answer came"


async def test_a_second_doubt_is_held_for_a_word(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, SENDING)
    await change(db, delivery, doubt=1)

    assert await rescue(db) == (0, 0, 1)

    row = await look_at(db, delivery_id)
    assert (row.state, row.doubt) == (UNCERTAIN, 2)


async def test_a_broadcast_is_held_at_the_first_doubt(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, SENDING, kind=Kind.BROADCAST)

    assert await rescue(db) == (0, 0, 1)

    assert (await look_at(db, delivery_id)).state is UNCERTAIN


async def test_an_edit_is_repeated_however_doubtful(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, SENDING, kind=Kind.EDIT)
    await change(db, delivery, doubt=5)

    assert await rescue(db) == (0, 1, 0)

    assert (await look_at(db, delivery_id)).state is PENDING


async def test_what_may_be_repeated_is_told(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, SENDING)

    await rescue(db, owner="sender-2")

    event = (await look(db, delivery_event))[-1]
    assert (event.delivery_id, event.at, event.who) == (delivery_id, RAN_OUT, "sender-2")
    assert (event.was, event.became, event.note) == (SENDING, PENDING, "rescued")


async def test_without_an_owner_the_rescue_is_told_as_such(db: Database):
    await add_reader(db)
    await put_in_state(db, SENDING, kind=Kind.BROADCAST)

    await rescue(db)

    event = (await look(db, delivery_event))[-1]
    assert (event.became, event.who) == (UNCERTAIN, "rescue")


@pytest.mark.parametrize("state", [LEASED, SENDING])
async def test_a_lease_that_lasts_is_left_alone(db: Database, state: DeliveryState):
    await add_reader(db)
    delivery_id = await put_in_state(db, state)

    assert await rescue(db, now=NOON + LEASE) == (0, 0, 0)

    assert (await look_at(db, delivery_id)).state is state


@pytest.mark.parametrize("state", [LEASED, SENDING])
async def test_the_one_sender_leaves_its_own_alone_however_old(db: Database, state: DeliveryState):
    await add_reader(db)
    delivery_id = await put_in_state(db, state)

    assert await rescue(db, now=at(days=1), owner=OWNER) == (0, 0, 0)

    assert (await look_at(db, delivery_id)).state is state


@pytest.mark.parametrize("state", [LEASED, SENDING])
async def test_the_one_sender_takes_over_from_any_other_at_once(
    db: Database, state: DeliveryState
):
    await add_reader(db)
    delivery_id = await put_in_state(db, state)

    await rescue(db, now=NOON, owner="sender-2")

    assert (await look_at(db, delivery_id)).state is PENDING


async def test_what_is_to_be_repeated_keeps_its_turn(db: Database):
    await add_reader(db)
    first = await put_in_state(db, SENDING)
    await promise(db, kind=Kind.NOW)
    await rescue(db)

    early = await claim(db, now=SOON - timedelta(seconds=1))
    later = await claim(db, now=SOON)

    assert (early, [one.id for one in later]) == ([], [first])


async def test_a_second_rescue_finds_nothing(db: Database):
    await add_reader(db)
    await put_in_state(db, SENDING)
    await rescue(db)

    assert await rescue(db) == (0, 0, 0)
