"""Chats that cannot be written to, and chats that can be again."""

from datetime import timedelta

import pytest

from storage import chats, subscribers
from storage.chats import NOT_FOUND_TWICE
from storage.database import Database
from storage.model.delivery import DeliveryState
from storage.model.subscriber import ChatStatus
from storage.tables import had, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import CHAT, add_reader, look, look_at, promise, put_in_state

NOT_FOUND = ChatStatus.NOT_FOUND
AT_ONCE = sorted(set(ChatStatus) - {ChatStatus.ACTIVE, NOT_FOUND})


async def mark_gone(db: Database, status: ChatStatus, *, now=NOON, chat_id: int = CHAT) -> bool:
    async with db.writing() as tx:
        return await chats.mark_gone(tx, chat_id=chat_id, status=status, now=now)


@pytest.mark.parametrize("status", AT_ONCE)
async def test_a_chat_that_cannot_be_written_to_is_due_no_more(
    sqlite_db: Database, status: ChatStatus
):
    await add_reader(sqlite_db, columns={"next_due_at": at(1), "next_slot": 1})

    assert await mark_gone(sqlite_db, status, now=at(2))

    (row,) = await look(sqlite_db, subscriber)
    assert (row.status, row.status_at) == (status, at(2))
    assert (row.next_due_at, row.next_slot) == (None, None)


async def test_what_a_chat_was_to_get_is_cancelled_when_it_is_gone(db: Database):
    await add_reader(db)
    delivery_id = await promise(db, briefs=(3,))

    await mark_gone(db, ChatStatus.BLOCKED)

    row = await look_at(db, delivery_id)
    assert (row.state, row.last_error) == (DeliveryState.CANCELLED, "chat is blocked")
    assert await look(db, had) == []


async def test_what_is_on_its_way_to_a_chat_comes_to_its_own_end(db: Database):
    await add_reader(db)
    delivery_id = await put_in_state(db, DeliveryState.SENDING)

    await mark_gone(db, ChatStatus.BLOCKED)

    assert (await look_at(db, delivery_id)).state is DeliveryState.SENDING


async def test_a_chat_that_is_gone_already_is_no_news(db: Database):
    await add_reader(db)
    await mark_gone(db, ChatStatus.BLOCKED)

    assert not await mark_gone(db, ChatStatus.BLOCKED, now=at(1))

    (row,) = await look(db, subscriber)
    assert row.status_at == NOON


async def test_a_ban_outlasts_what_telegram_says(db: Database):
    await add_reader(db)
    await mark_gone(db, ChatStatus.BANNED)

    assert not await mark_gone(db, ChatStatus.BLOCKED)

    (row,) = await look(db, subscriber)
    assert row.status is ChatStatus.BANNED


async def test_a_chat_that_is_not_found_once_is_kept(db: Database):
    await add_reader(db)
    delivery_id = await promise(db)

    assert not await mark_gone(db, NOT_FOUND)

    (row,) = await look(db, subscriber)
    assert (row.status, row.not_found_at) == (ChatStatus.ACTIVE, NOON)
    assert (await look_at(db, delivery_id)).state is DeliveryState.PENDING


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        pytest.param(NOT_FOUND_TWICE - timedelta(microseconds=1), False, id="within a day"),
        pytest.param(NOT_FOUND_TWICE, True, id="a day apart"),
    ],
)
async def test_a_chat_is_gone_if_it_is_not_found_a_day_apart(
    db: Database, after: timedelta, gone: bool
):
    await add_reader(db)
    await mark_gone(db, NOT_FOUND)

    assert await mark_gone(db, NOT_FOUND, now=NOON + after) is gone

    (row,) = await look(db, subscriber)
    assert (row.status is NOT_FOUND) is gone


async def test_the_day_counts_from_the_first_time(db: Database):
    await add_reader(db)
    for hours in (0, 12, 23):
        await mark_gone(db, NOT_FOUND, now=at(hours))

    assert await mark_gone(db, NOT_FOUND, now=at(24))


async def test_a_chat_that_was_written_to_meanwhile_starts_anew(db: Database):
    for chat_id in (1, 2):
        await add_reader(db, chat_id)
        await mark_gone(db, NOT_FOUND, chat_id=chat_id)
    async with db.writing() as tx:
        await chats.mark_found(tx, chat_ids=[1])

    gone = [await mark_gone(db, NOT_FOUND, now=at(25), chat_id=chat_id) for chat_id in (1, 2)]

    assert gone == [False, True]


async def test_a_chat_that_nobody_knows_is_not_missed(db: Database):
    assert not await mark_gone(db, NOT_FOUND)


async def test_a_chat_that_is_back_is_active(db: Database):
    await add_reader(db)
    await mark_gone(db, ChatStatus.BLOCKED)

    async with db.writing() as tx:
        changed = await subscribers.set_status(
            tx, chat_id=CHAT, status=ChatStatus.ACTIVE, now=at(1)
        )

    (row,) = await look(db, subscriber)
    assert changed
    assert (row.status, row.status_at) == (ChatStatus.ACTIVE, at(1))
