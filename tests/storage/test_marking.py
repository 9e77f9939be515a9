"""What a sender notes: that it is about to send, and what became of it."""

from datetime import timedelta

import pytest

from storage import sending
from storage.database import Database
from storage.model.delivery import Delivery, DeliveryState
from storage.sending import Again, Ended, Sent
from storage.tables import delivery_event
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    LEASE,
    OWNER,
    add_reader,
    claim,
    look,
    look_at,
    mark,
    promise,
)

LEASED, SENDING, SENT = DeliveryState.LEASED, DeliveryState.SENDING, DeliveryState.SENT
ENDS = [DeliveryState.DEAD, DeliveryState.POISONED, DeliveryState.UNCERTAIN]


async def under_way(db: Database) -> Delivery:
    """Lead one delivery to where it is on the wire."""
    await add_reader(db)
    await promise(db)
    (one,) = await claim(db)
    await mark(db, [one])
    return one


async def events(db: Database) -> list[tuple[DeliveryState, DeliveryState, str, str | None]]:
    rows = await look(db, delivery_event)
    return [(row.was, row.became, row.who, row.note) for row in rows]


async def test_a_mark_counts_an_attempt(db: Database):
    await add_reader(db)
    delivery_id = await promise(db)
    claimed = await claim(db)

    assert await mark(db, claimed) == {delivery_id}

    row = await look_at(db, delivery_id)
    assert (row.state, row.attempts) == (SENDING, 1)


async def test_a_mark_is_told(db: Database):
    one = await under_way(db)

    (event,) = await look(db, delivery_event)
    assert (event.delivery_id, event.at, event.who) == (one.id, NOON, OWNER)
    assert (event.was, event.became, event.note) == (LEASED, SENDING, None)


async def test_nothing_is_told_of_a_mark_that_was_refused(db: Database):
    await add_reader(db)
    await promise(db)
    claimed = await claim(db)

    assert await mark(db, claimed, owner="another") == set()

    assert await events(db) == []


@pytest.mark.parametrize(
    ("early", "marked"),
    [
        pytest.param(timedelta(microseconds=1), 1, id="lasts just long enough"),
        pytest.param(timedelta(0), 0, id="ends as the answer must be here"),
    ],
)
async def test_a_lease_must_last_past_the_answer(db: Database, early: timedelta, marked: int):
    await add_reader(db)
    await promise(db)
    (one,) = await claim(db)

    async with db.writing() as tx:
        done = await sending.mark_sending(
            tx,
            leased=[(one.id, one.fence)],
            owner=OWNER,
            now=NOON,
            leased_past=NOON + LEASE - early,
        )

    assert len(done) == marked


async def test_only_those_of_a_group_that_were_still_leased_are_marked(db: Database):
    for chat_id in (1, 2, 3):
        await add_reader(db, chat_id)
        await promise(db, chat_id)
    first, second, third = await claim(db)
    async with db.writing() as tx:
        await sending.unlease(tx, leased=[(second.id, second.fence)])

    assert await mark(db, [first, second, third]) == {first.id, third.id}


async def test_what_was_sent_keeps_its_message_id(db: Database):
    one = await under_way(db)

    async with db.writing() as tx:
        noted = await sending.mark_sent(
            tx, sent=[Sent(one.id, one.fence, 2**40)], owner=OWNER, now=at(1)
        )

    row = await look_at(db, one.id)
    assert noted == {one.id}
    assert (row.state, row.message_id, row.ended_at) == (SENT, 2**40, at(1))


async def test_what_was_sent_may_have_an_unknown_message_id(db: Database):
    one = await under_way(db)

    async with db.writing() as tx:
        await sending.mark_sent(tx, sent=[Sent(one.id, one.fence, None)], owner=OWNER, now=NOON)

    row = await look_at(db, one.id)
    assert (row.state, row.message_id) == (SENT, None)


async def test_what_is_put_back_says_when_to_try_again(db: Database):
    one = await under_way(db)

    async with db.writing() as tx:
        again = [Again(one.id, one.fence, at(2), -1, 1, "no answer")]
        noted = await sending.put_back(tx, again=again, owner=OWNER, now=NOON)

    row = await look_at(db, one.id)
    assert noted == {one.id}
    assert (row.state, row.not_before, row.due_at) == (DeliveryState.PENDING, at(2), NOON)
    assert (row.attempts, row.doubt, row.last_error) == (0, 1, "no answer")


@pytest.mark.parametrize("state", ENDS)
async def test_an_end_is_noted_with_its_reason(db: Database, state: DeliveryState):
    one = await under_way(db)

    async with db.writing() as tx:
        ended = [Ended(one.id, one.fence, state, "why")]
        noted = await sending.mark_ended(tx, ended=ended, owner=OWNER, now=at(1))

    row = await look_at(db, one.id)
    assert noted == {one.id}
    assert (row.state, row.last_error, row.ended_at) == (state, "why", at(1))


async def test_only_an_uncertain_end_counts_as_doubt(db: Database):
    doubts = {}
    for chat_id, state in enumerate(ENDS, start=1):
        await add_reader(db, chat_id)
        delivery_id = await promise(db, chat_id)
        claimed = await claim(db)
        await mark(db, claimed)
        async with db.writing() as tx:
            ended = [Ended(delivery_id, 1, state, "why")]
            await sending.mark_ended(tx, ended=ended, owner=OWNER, now=NOON)
        doubts[state] = (await look_at(db, delivery_id)).doubt

    assert doubts == {
        DeliveryState.DEAD: 0,
        DeliveryState.POISONED: 0,
        DeliveryState.UNCERTAIN: 1,
    }


async def test_the_whole_way_of_a_message_is_told_in_order(db: Database):
    one = await under_way(db)
    async with db.writing() as tx:
        again = [Again(one.id, one.fence, NOON, 0, 0, "too many requests")]
        await sending.put_back(tx, again=again, owner=OWNER, now=NOON)
    (one,) = await claim(db)
    await mark(db, [one])
    async with db.writing() as tx:
        await sending.mark_sent(tx, sent=[Sent(one.id, one.fence, 5)], owner=OWNER, now=NOON)

    assert await events(db) == [
        (LEASED, SENDING, OWNER, None),
        (SENDING, DeliveryState.PENDING, OWNER, "too many requests"),
        (LEASED, SENDING, OWNER, None),
        (SENDING, SENT, OWNER, None),
    ]


async def test_a_lease_that_is_given_back_leaves_no_trace(db: Database):
    await add_reader(db)
    delivery_id = await promise(db)
    (one,) = await claim(db)

    async with db.writing() as tx:
        await sending.unlease(tx, leased=[(one.id, one.fence)])

    row = await look_at(db, delivery_id)
    assert (row.state, row.attempts, row.not_before) == (DeliveryState.PENDING, 0, NOON)
    assert await events(db) == []


async def test_a_recipe_can_be_set(db: Database):
    await add_reader(db)
    first, second, third = [await promise(db) for _ in range(3)]

    async with db.writing() as tx:
        await sending.set_recipes(tx, recipes=[(b"one", first), (b"\x00three", third)])

    recipes = [(await look_at(db, i)).recipe for i in (first, second, third)]
    assert recipes == [b"one", b"", b"\x00three"]
