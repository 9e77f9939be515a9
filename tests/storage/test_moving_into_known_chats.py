"""A group that became a supergroup which the bot knows already."""

import pytest

from storage import chats, sending, subscribers
from storage.database import Database
from storage.model.delivery import DeliveryState
from storage.model.subject import FollowMode
from storage.model.subscriber import ChatKind
from storage.sending import Again
from storage.tables import copy, delivery, follow, had, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    OWNER,
    add_follow,
    add_reader,
    add_subject,
    look,
    look_at,
    promise,
    put_in_state,
)

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


async def test_a_supergroup_that_is_known_keeps_its_own_wishes(db: Database):
    await add_group(db, language="es")
    await add_group(db, NEW, language="en")

    await move(db)

    assert (await read(db, NEW)).preferences.language == "en"


async def test_a_supergroup_that_is_known_keeps_its_own_follows(db: Database):
    wind, sun = await add_subject(db, "wind"), await add_subject(db, "sun")
    await add_group(db)
    await add_group(db, NEW)
    await add_follow(db, wind, OLD)
    await add_follow(db, sun, OLD)
    await add_follow(db, wind, NEW, mode=FollowMode.MUTE)

    await move(db)

    rows = [(row.chat_id, row.subject_id, row.mode) for row in await look(db, follow)]
    assert rows == [(NEW, wind, FollowMode.MUTE), (NEW, sun, FollowMode.FOLLOW)]


async def test_a_brief_that_both_had_is_remembered_once(db: Database):
    await add_group(db)
    await add_group(db, NEW)
    await put_in_state(db, DeliveryState.SENT, OLD, briefs=(3, 4))
    mine = await put_in_state(db, DeliveryState.SENT, NEW, briefs=(3,))

    await move(db)

    assert {(chat, brief) for chat, brief, _ in await given(db)} == {(NEW, 3), (NEW, 4)}
    assert (NEW, 3, mine) in await given(db)


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.LEASED])
async def test_a_promise_that_both_have_is_kept_once(db: Database, state: DeliveryState):
    await add_group(db)
    await add_group(db, NEW)
    sent = await put_in_state(db, DeliveryState.SENT, NEW, slot=SLOT)
    twin = await put_in_state(db, state, OLD, slot=SLOT)

    await move(db, now=at(1))

    row = await look_at(db, twin)
    assert (row.state, row.ended_at) == (DeliveryState.CANCELLED, at(1))
    assert row.last_error == "the chat has moved"
    assert (await look_at(db, sent)).state is DeliveryState.SENT


async def test_a_promise_that_both_have_gives_its_briefs_back(db: Database):
    await add_group(db)
    await add_group(db, NEW)
    sent = await put_in_state(db, DeliveryState.SENT, NEW, slot=SLOT, briefs=(3,))
    await promise(db, OLD, slot=SLOT, briefs=(3, 4))

    await move(db)

    assert await given(db) == {(NEW, 3, sent)}


async def test_a_promise_that_both_have_may_be_on_the_wire(db: Database):
    await add_group(db)
    await add_group(db, NEW)
    await put_in_state(db, DeliveryState.SENT, NEW, slot=SLOT)
    twin = await put_in_state(db, DeliveryState.SENDING, OLD, slot=SLOT)

    await move(db)

    row = await look_at(db, twin)
    assert (row.chat_id, row.state) == (OLD, DeliveryState.SENDING)


async def test_what_was_on_the_wire_is_cancelled_once_it_is_back(db: Database):
    await add_group(db)
    await add_group(db, NEW)
    await put_in_state(db, DeliveryState.SENT, NEW, slot=SLOT)
    twin = await put_in_state(db, DeliveryState.SENDING, OLD, slot=SLOT)
    await move(db)
    async with db.writing() as tx:
        again = [Again(twin, 1, NOON, -1, 0, "the chat has moved")]
        await sending.put_back(tx, again=again, owner=OWNER, now=NOON)

    await move(db, now=at(1))

    assert (await look_at(db, twin)).state is DeliveryState.CANCELLED
