"""What the planner keeps of a page: all of it, or nothing."""

import pytest

from storage import planning, sending
from storage.database import Database
from storage.errors import Conflict
from storage.model.delivery import DeliveryState, Kind
from storage.model.instants import to_microseconds
from storage.planning import Moved, Planned
from storage.tables import delivery, had, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.broken_rows import SOUND
from tests.storage.rows import (
    CHAT,
    LEASE,
    OWNER,
    add_reader,
    look,
    look_at,
    promise,
    put_in_state,
)

SLOT = 202611221200
NEXT = 202611231200
DUE = {"next_due_at": NOON, "next_slot": SLOT}


def make_planned(chat_id: int = CHAT, **changed) -> Planned:
    values = {
        "thread_id": None,
        "slot": SLOT,
        "recipe": b"recipe",
        "due_at": to_microseconds(NOON),
        "not_before": to_microseconds(NOON),
        "briefs": (),
    }
    return Planned(chat_id=chat_id, **(values | changed))


def make_moved(chat_id: int = CHAT, **changed) -> Moved:
    values = {
        "next_due_at": to_microseconds(at(24)),
        "next_slot": NEXT,
        "last_slot_at": to_microseconds(NOON),
        "first_slot_at": to_microseconds(NOON),
        "was_due_at": to_microseconds(NOON),
        "was_last_slot_at": None,
    }
    return Moved(chat_id=chat_id, **(values | changed))


async def write(db: Database, *, planned=(), moved=(), merged=()) -> list[int]:
    async with db.writing() as tx:
        return await planning.write_page(
            tx, planned=planned, moved=moved, merged=merged, now=at(1)
        )


async def state_of(db: Database) -> list[list]:
    return [await look(db, table) for table in (delivery, had, subscriber)]


async def test_a_planned_digest_waits_for_its_sender(db: Database):
    planned = make_planned(
        thread_id=9, recipe=b"\x00words", not_before=to_microseconds(at(2)), briefs=(3, 5)
    )

    (delivery_id,) = await write(db, planned=[planned])

    row = await look_at(db, delivery_id)
    assert (row.kind, row.chat_id, row.thread_id) == (Kind.DIGEST, CHAT, 9)
    assert (row.slot, row.ref, row.recipe) == (SLOT, 0, b"\x00words")
    assert (row.due_at, row.not_before) == (NOON, at(2))
    assert (row.state, row.attempts, row.fence) == (DeliveryState.PENDING, 0, 0)
    assert [tuple(one) for one in await look(db, had)] == [
        (CHAT, 3, delivery_id),
        (CHAT, 5, delivery_id),
    ]


async def test_ids_stand_in_the_order_of_what_was_planned(db: Database):
    ids = await write(db, planned=[make_planned(chat_id) for chat_id in (3, 1, 2)])

    assert [(await look_at(db, i)).chat_id for i in ids] == [3, 1, 2]


async def test_planned_digests_count_on_from_other_promises(db: Database):
    before = await promise(db)

    (planned,) = await write(db, planned=[make_planned()])
    after = await promise(db)

    assert before < planned < after


async def test_a_slot_moves_on(db: Database):
    await add_reader(db, columns=DUE)

    await write(db, moved=[make_moved()])

    (row,) = await look(db, subscriber)
    assert (row.next_due_at, row.next_slot) == (at(24), NEXT)
    assert (row.last_slot_at, row.first_slot_at) == (NOON, NOON)


async def test_the_first_slot_stays(db: Database):
    await add_reader(db, columns=DUE | {"first_slot_at": at(-240)})

    await write(db, moved=[make_moved()])

    (row,) = await look(db, subscriber)
    assert row.first_slot_at == at(-240)


async def test_who_is_to_look_back_further_meanwhile_is_read_again(db: Database):
    await add_reader(db, columns=DUE | {"last_slot_at": at(-30)})

    with pytest.raises(Conflict):
        await write(db, moved=[make_moved(was_last_slot_at=to_microseconds(at(-24)))])


async def test_slots_move_each_to_its_own_place(db: Database):
    for chat_id in (1, 2, 3):
        await add_reader(db, chat_id, columns=DUE)

    later = to_microseconds(at(48))
    await write(db, moved=[make_moved(1), make_moved(2, next_due_at=later), make_moved(3)])

    moved = {row.chat_id: row.next_due_at for row in await look(db, subscriber)}
    assert moved == {1: at(24), 2: at(48), 3: at(24)}


async def test_a_slot_may_move_on_unanswered(db: Database):
    await add_reader(db, columns=DUE)

    await write(db, moved=[make_moved(last_slot_at=None, first_slot_at=None)])

    (row,) = await look(db, subscriber)
    assert (row.next_due_at, row.last_slot_at, row.first_slot_at) == (at(24), None, None)


async def test_a_digest_that_a_newer_one_replaces_ends_as_merged(db: Database):
    old = await promise(db, briefs=(3,))

    (new,) = await write(db, planned=[make_planned(briefs=(3, 4))], merged=[(CHAT, old)])

    row = await look_at(db, old)
    assert (row.state, row.last_error, row.ended_at) == (DeliveryState.DEAD, "merged", at(1))
    assert [tuple(one) for one in await look(db, had)] == [(CHAT, 3, new), (CHAT, 4, new)]


async def test_a_merged_digest_takes_back_nothing_of_others(db: Database):
    old = await promise(db, briefs=(3,))
    kept = await promise(db, kind=Kind.NOW, briefs=(4,))
    other = await promise(db, 2, briefs=(3,))

    await write(db, merged=[(CHAT, old)])

    assert [tuple(one) for one in await look(db, had)] == [(2, 3, other), (CHAT, 4, kept)]


@pytest.mark.parametrize(
    "now_due", [pytest.param(at(5), id="another time"), pytest.param(None, id="never")]
)
async def test_a_slot_that_was_changed_meanwhile_keeps_the_whole_page_out(db: Database, now_due):
    await add_reader(db, 1, columns=DUE)
    await add_reader(db, 2, columns={"next_due_at": now_due, "next_slot": now_due and SLOT})
    before = await state_of(db)

    with pytest.raises(Conflict) as refused:
        await write(
            db,
            planned=[make_planned(1, briefs=(3,)), make_planned(2, briefs=(3,))],
            moved=[make_moved(1), make_moved(2)],
        )

    assert refused.value.constraint == "subscriber_slot_moved"
    assert await state_of(db) == before


async def test_a_digest_that_is_claimed_meanwhile_keeps_the_whole_page_out(db: Database):
    await add_reader(db, columns=DUE)
    old = await put_in_state(db, DeliveryState.LEASED, briefs=(3,))
    before = await state_of(db)

    with pytest.raises(Conflict) as refused:
        await write(db, planned=[make_planned()], moved=[make_moved()], merged=[(CHAT, old)])

    assert refused.value.constraint == "delivery_merged"
    assert await state_of(db) == before


async def test_a_brief_that_was_given_meanwhile_keeps_the_whole_page_out(db: Database):
    await add_reader(db, columns=DUE)
    await promise(db, kind=Kind.NOW, briefs=(3,))
    before = await state_of(db)

    with pytest.raises(Conflict) as refused:
        await write(db, planned=[make_planned(briefs=(3,))], moved=[make_moved()])

    assert refused.value.constraint == "had_pk"
    assert await state_of(db) == before


async def test_a_slot_that_has_a_digest_keeps_the_whole_page_out(db: Database):
    await add_reader(db, columns=DUE)
    await promise(db, slot=SLOT)
    before = await state_of(db)

    with pytest.raises(Conflict) as refused:
        await write(db, planned=[make_planned()], moved=[make_moved()])

    assert refused.value.constraint == "delivery_key_unique"
    assert await state_of(db) == before


async def test_a_page_may_be_longer_than_a_statement(db: Database):
    chats = range(1, 321)
    async with db.writing() as tx:
        rows = [due_reader(chat_id) for chat_id in chats]
        await tx.execute(subscriber.insert(), rows)

    await write(
        db,
        planned=[make_planned(chat_id, briefs=(chat_id,)) for chat_id in chats],
        moved=[make_moved(chat_id) for chat_id in chats],
    )

    assert [row.chat_id for row in await look(db, delivery)] == list(chats)
    assert [(row.chat_id, row.brief_id) for row in await look(db, had)] == [(i, i) for i in chats]
    assert {row.next_slot for row in await look(db, subscriber)} == {NEXT}


async def test_planned_digests_can_be_claimed(db: Database):
    await add_reader(db)
    (delivery_id,) = await write(db, planned=[make_planned()])

    async with db.writing() as tx:
        claimed = await sending.claim(tx, owner=OWNER, now=NOON, until=NOON + LEASE, limit=5)

    assert [one.id for one in claimed] == [delivery_id]


def due_reader(chat_id: int) -> dict:
    return SOUND["subscriber"] | {"chat_id": chat_id} | DUE
