"""Single promises: kept once, cancelled, looked up, counted."""

from datetime import timedelta

import pytest

from storage import deliveries
from storage.database import Database
from storage.deliveries import Promise
from storage.errors import Conflict
from storage.model.delivery import DeliveryState, Kind
from storage.model.instants import EPOCH
from storage.tables import delivery, had, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    CHAT,
    add_brief,
    add_reader,
    change,
    look,
    look_at,
    promise,
    put_in_state,
)

PENDING, CANCELLED = DeliveryState.PENDING, DeliveryState.CANCELLED


def make_promise(**changed) -> Promise:
    values = {
        "kind": Kind.NOW,
        "chat_id": CHAT,
        "thread_id": None,
        "slot": 0,
        "ref": 1,
        "recipe": b"",
        "due_at": NOON,
    }
    return Promise(**(values | changed))


async def give(db: Database) -> set[tuple[int, int, int]]:
    """Return what was given as (chat, brief, delivery)."""
    return {(row.chat_id, row.brief_id, row.delivery_id) for row in await look(db, had)}


async def bring_forward(db: Database) -> bool:
    async with db.writing() as tx:
        return await deliveries.bring_forward(tx, chat_id=CHAT, now=NOON)


async def test_a_promise_gives_its_briefs(db: Database):
    delivery_id = await promise(db, briefs=(3, 5))

    assert await give(db) == {(CHAT, 3, delivery_id), (CHAT, 5, delivery_id)}


async def test_a_promise_waits_for_its_time(db: Database):
    delivery_id = await promise(db, due_at=at(3))

    row = await look_at(db, delivery_id)
    assert (row.state, row.due_at, row.not_before) == (PENDING, at(3), at(3))


async def test_a_second_promise_under_one_key_changes_nothing(db: Database):
    first = await promise(db, slot=7, ref=1, recipe=b"first", briefs=(3,))

    async with db.writing() as tx:
        one = make_promise(kind=Kind.DIGEST, slot=7, recipe=b"second", briefs=(4,))
        second = await deliveries.promise(tx, one=one)

    assert second is None
    assert [row.recipe for row in await look(db, delivery)] == [b"first"]
    assert await give(db) == {(CHAT, 3, first)}


@pytest.mark.parametrize(
    "other", [{"kind": Kind.ALERT}, {"chat_id": 2}, {"slot": 1}, {"ref": 2}], ids=str
)
async def test_every_part_of_the_key_tells_promises_apart(db: Database, other: dict):
    async with db.writing() as tx:
        first = await deliveries.promise(tx, one=make_promise())
        second = await deliveries.promise(tx, one=make_promise(**other))

    assert None not in {first, second}


async def test_a_brief_is_given_once(db: Database):
    first = await promise(db, briefs=(3,))

    with pytest.raises(Conflict) as refused:
        await promise(db, briefs=(4, 3))

    assert refused.value.constraint == "had_pk"
    assert [row.id for row in await look(db, delivery)] == [first]
    assert await give(db) == {(CHAT, 3, first)}


async def test_two_chats_may_be_given_one_brief(db: Database):
    first = await promise(db, 1, briefs=(3,))
    second = await promise(db, 2, briefs=(3,))

    assert await give(db) == {(1, 3, first), (2, 3, second)}


async def test_there_is_nothing_to_bring_forward_where_nothing_is_owed(db: Database):
    await promise(db, 2)

    assert not await bring_forward(db)


@pytest.mark.parametrize("kind", [Kind.DIGEST, Kind.NOW])
async def test_digests_that_are_owed_leave_first(db: Database, kind: Kind):
    delivery_id = await promise(db, kind=kind)

    assert await bring_forward(db)

    assert (await look_at(db, delivery_id)).not_before == EPOCH


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.DIGEST, Kind.NOW}))
async def test_other_kinds_are_not_brought_forward(db: Database, kind: Kind):
    delivery_id = await promise(db, kind=kind)

    assert not await bring_forward(db)

    assert (await look_at(db, delivery_id)).not_before == NOON


async def test_what_is_due_later_is_not_brought_forward(db: Database):
    await promise(db, due_at=NOON + timedelta(microseconds=1))

    assert not await bring_forward(db)


@pytest.mark.parametrize("state", [DeliveryState.LEASED, DeliveryState.SENDING])
async def test_a_digest_under_way_is_still_owed(db: Database, state: DeliveryState):
    await add_reader(db)
    delivery_id = await put_in_state(db, state)

    assert await bring_forward(db)

    assert (await look_at(db, delivery_id)).not_before == NOON


async def test_a_digest_that_may_have_arrived_waits_its_time(db: Database):
    delivery_id = await promise(db)
    await change(db, delivery, doubt=1)

    assert await bring_forward(db)

    assert (await look_at(db, delivery_id)).not_before == NOON


@pytest.mark.parametrize(
    ("chat_id", "found"), [pytest.param(CHAT, b"words", id="its own"), (2, None)]
)
async def test_a_recipe_is_shown_to_its_own_chat(db: Database, chat_id: int, found: bytes | None):
    delivery_id = await promise(db, recipe=b"words")

    async with db.reading() as tx:
        recipe = await deliveries.find_recipe(tx, delivery_id=delivery_id, chat_id=chat_id)

    assert recipe == found


async def test_what_is_cancelled_says_why(db: Database):
    delivery_id = await promise(db)

    async with db.writing() as tx:
        ended = await deliveries.cancel_pending(tx, chat_id=CHAT, now=at(1), note="banned")

    row = await look_at(db, delivery_id)
    assert ended == [delivery_id]
    assert (row.state, row.ended_at, row.last_error) == (CANCELLED, at(1), "banned")


async def test_what_is_cancelled_gives_its_briefs_back(db: Database):
    await add_reader(db)
    sent = await put_in_state(db, DeliveryState.SENT, briefs=(1,))
    await promise(db, briefs=(2, 3))
    other = await promise(db, 2, briefs=(2,))

    async with db.writing() as tx:
        await deliveries.cancel_pending(tx, chat_id=CHAT, now=NOON, note="banned")

    assert await give(db) == {(CHAT, 1, sent), (2, 2, other)}


async def test_the_next_digest_looks_back_on_what_is_given_back(db: Database):
    await add_reader(db, columns={"last_slot_at": at(1)})
    await add_reader(db, 2, columns={"last_slot_at": at(1)})
    early = await add_brief(db, released_at=at(-9))
    late = await add_brief(db, released_at=at(-2))
    unsent = await promise(db, briefs=(early, late))

    async with db.writing() as tx:
        await deliveries.give_back(tx, delivery_ids=[unsent], chat_id=CHAT)

    looks_back = {row.chat_id: row.last_slot_at for row in await look(db, subscriber)}
    assert looks_back == {CHAT: at(-9) - timedelta(microseconds=1), 2: at(1)}


async def test_briefs_are_given_back_by_their_own_chat(db: Database):
    mine = await promise(db, briefs=(1,))
    theirs = await promise(db, 2, briefs=(1,))

    async with db.writing() as tx:
        await deliveries.give_back(tx, delivery_ids=[mine, theirs], chat_id=CHAT)

    assert await give(db) == {(2, 1, theirs)}


async def test_deliveries_are_counted_by_kind_within_a_state(db: Database):
    await add_reader(db)
    await put_in_state(db, DeliveryState.SENT)
    await promise(db)
    await promise(db, kind=Kind.ALERT)
    await promise(db, kind=Kind.ALERT)

    async with db.reading() as tx:
        counted = await deliveries.count_by_state(tx)

    assert counted == {
        (Kind.DIGEST, DeliveryState.SENT): 1,
        (Kind.DIGEST, PENDING): 1,
        (Kind.ALERT, PENDING): 2,
    }


async def test_the_longest_overdue_message_is_found(db: Database):
    await add_reader(db)
    await put_in_state(db, DeliveryState.SENT, due_at=at(-9))
    for hours in (-1, -2, 1):
        await promise(db, due_at=at(hours))

    async with db.reading() as tx:
        oldest = await deliveries.find_oldest_waiting(tx, now=NOON)

    assert oldest == at(-2)


async def test_nothing_is_overdue_before_its_time(db: Database):
    await promise(db, due_at=at(1))

    async with db.reading() as tx:
        assert await deliveries.find_oldest_waiting(tx, now=NOON) is None
