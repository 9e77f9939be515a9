"""A group that became a supergroup goes on under its new id."""

from storage import chats, subscribers
from storage.database import Database
from storage.model.copies import CopyState
from storage.model.delivery import DeliveryState
from storage.model.instants import EPOCH
from storage.model.subject import FollowMode
from storage.model.subscriber import ChatKind, ChatStatus, Style
from storage.tables import copy, delivery, follow, had, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    add_follow,
    add_reader,
    add_subject,
    claim,
    look,
    look_at,
    mark,
    promise,
    put_in_state,
)
from tests.storage.test_copies import make_made, note_copies

OLD, NEW = -5, -100_000_000_005
SLOT = 202611221200
EVERYTHING = [copy, delivery, follow, had, subscriber]


async def move(db: Database, *, now=NOON) -> None:
    async with db.writing() as tx:
        await chats.move(tx, old=OLD, new=NEW, now=now)


async def add_group(db: Database, chat_id: int = OLD, **more) -> None:
    await add_reader(db, chat_id, kind=ChatKind.GROUP, **more)


async def read(db: Database, chat_id: int):
    async with db.reading() as tx:
        return await subscribers.find_subscriber(tx, chat_id=chat_id)


async def given(db: Database) -> set[tuple[int, int, int]]:
    return {(row.chat_id, row.brief_id, row.delivery_id) for row in await look(db, had)}


async def test_the_supergroup_has_the_wishes_of_the_group(db: Database):
    await add_group(
        db,
        columns={"next_due_at": at(3), "next_slot": SLOT, "last_slot_at": at(-21)},
        language="es",
        times=(420, 1140),
        style=Style.OPEN,
        minutes=None,
    )
    before = await read(db, OLD)

    await move(db)

    after = await read(db, NEW)
    assert after.kind is ChatKind.SUPERGROUP
    assert after.preferences == before.preferences
    assert (after.status, after.next_due_at, after.next_slot) == (before.status, at(3), SLOT)
    assert (after.last_slot_at, after.created_at) == (at(-21), before.created_at)


async def test_the_supergroup_need_not_wait_where_the_group_had_to(db: Database):
    await add_group(db, columns={"not_before": at(5)})

    await move(db)

    assert {r.chat_id: r.not_before for r in await look(db, subscriber)}[NEW] == EPOCH


async def test_the_group_stays_as_one_that_moved(db: Database):
    await add_group(db, columns={"next_due_at": at(3), "next_slot": SLOT})

    await move(db, now=at(1))

    old = {row.chat_id: row for row in await look(db, subscriber)}[OLD]
    assert (old.status, old.status_at, old.migrated_to) == (ChatStatus.MIGRATED, at(1), NEW)
    assert (old.next_due_at, old.next_slot) == (None, None)


async def test_follows_move_along(db: Database):
    wind, sun = await add_subject(db, "wind"), await add_subject(db, "sun")
    await add_group(db)
    await add_follow(db, wind, OLD)
    await add_follow(db, sun, OLD, mode=FollowMode.MUTE)

    await move(db)

    rows = [(row.chat_id, row.subject_id, row.mode) for row in await look(db, follow)]
    assert rows == [(NEW, wind, FollowMode.FOLLOW), (NEW, sun, FollowMode.MUTE)]


async def test_what_was_had_is_remembered(db: Database):
    await add_group(db)
    sent = await put_in_state(db, DeliveryState.SENT, OLD, briefs=(3,))

    await move(db)

    assert await given(db) == {(NEW, 3, sent)}


async def test_what_was_promised_goes_to_the_supergroup(db: Database):
    await add_group(db)
    delivery_id = await promise(db, OLD)

    await move(db)

    (one,) = await claim(db)
    assert (one.id, one.chat_id) == (delivery_id, NEW)


async def test_what_has_ended_stays_where_it_was_sent(db: Database):
    await add_group(db)
    delivery_id = await put_in_state(db, DeliveryState.SENT, OLD)

    await move(db)

    assert (await look_at(db, delivery_id)).chat_id == OLD


async def test_messages_of_the_group_are_out_of_reach(db: Database):
    await note_copies(db, make_made(OLD, 1), make_made(7, 1))

    await add_group(db)
    await move(db)

    states = {row.chat_id: row.state for row in await look(db, copy)}
    assert states == {OLD: CopyState.GONE, 7: CopyState.LIVE}


async def test_what_is_on_the_wire_moves_along(db: Database):
    await add_group(db)
    await promise(db, OLD)
    (one,) = await claim(db)
    await mark(db, [one])

    await move(db)

    row = await look_at(db, one.id)
    assert (row.chat_id, row.state, row.fence) == (NEW, DeliveryState.SENDING, one.fence)


async def test_moving_twice_changes_nothing_more(db: Database):
    wind = await add_subject(db, "wind")
    await add_group(db)
    await add_follow(db, wind, OLD)
    await promise(db, OLD, briefs=(3,))
    await move(db)
    before = [await look(db, table) for table in EVERYTHING]

    await move(db, now=at(5))

    assert [await look(db, table) for table in EVERYTHING] == before


async def test_a_group_that_nobody_knows_moves_nothing(db: Database):
    await promise(db, OLD)

    await move(db)

    assert await look(db, subscriber) == []
    assert [row.chat_id for row in await look(db, delivery)] == [OLD]
