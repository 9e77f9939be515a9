"""Messages that are held: by a restore, and until an owner says what became of them."""

import pytest

from storage import deliveries, doubts
from storage.database import Database
from storage.doubts import Doubt, Word
from storage.model.delivery import DeliveryState, Kind
from storage.tables import delivery, delivery_event
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import CHAT, add_reader, look, look_at, promise, put_in_state

PENDING, UNCERTAIN = DeliveryState.PENDING, DeliveryState.UNCERTAIN


async def add_doubts(db: Database, *chats: int) -> list[int]:
    ids = []
    for chat_id in chats:
        await add_reader(db, chat_id)
        ids.append(await put_in_state(db, UNCERTAIN, chat_id, kind=Kind.BROADCAST))
    return ids


async def settle(db: Database, word: Word, ids: list[int] | None) -> list[tuple[int, int]]:
    async with db.writing() as tx:
        return await doubts.settle(tx, delivery_ids=ids, word=word, who="7", now=at(1))


async def hold_open(db: Database) -> int:
    async with db.writing() as tx:
        return await deliveries.hold_open(tx, now=at(1), note="restored")


async def test_what_is_held_is_listed_from_the_longest_on(db: Database):
    first, second, _ = await add_doubts(db, 1, 2, 3)
    await promise(db, 1)

    async with db.reading() as tx:
        listed, count = await doubts.list_doubts(tx, limit=2)

    assert [one.id for one in listed] == [first, second]
    assert listed[0] == Doubt(
        id=first, kind=Kind.BROADCAST, chat_id=1, due_at=NOON, why="for the test"
    )
    assert count == 3


async def test_nothing_held_is_an_empty_list(db: Database):
    async with db.reading() as tx:
        assert await doubts.list_doubts(tx, limit=5) == ([], 0)


@pytest.mark.parametrize(
    ("word", "not_before", "ended_at"),
    [(Word.ARRIVED, NOON, at(1)), (Word.RESEND, at(1), NOON), (Word.DROP, NOON, at(1))],
)
async def test_an_owner_settles_a_doubt(db: Database, word: Word, not_before, ended_at):
    (held,) = await add_doubts(db, CHAT)

    assert await settle(db, word, [held]) == [(held, CHAT)]

    row = await look_at(db, held)
    assert (row.not_before, row.ended_at) == (not_before, ended_at)
    assert (row.last_error, row.doubt) == (f"{word} by an owner", 1)


async def test_what_an_owner_says_is_told(db: Database):
    (held,) = await add_doubts(db, CHAT)

    await settle(db, Word.DROP, [held])

    event = (await look(db, delivery_event))[-1]
    assert (event.delivery_id, event.at, event.who, event.note) == (held, at(1), "7", "drop")
    assert (event.was, event.became) == (UNCERTAIN, DeliveryState.DEAD)


async def test_two_owners_settle_a_doubt_once(db: Database):
    (held,) = await add_doubts(db, CHAT)
    await settle(db, Word.ARRIVED, [held])

    assert await settle(db, Word.RESEND, [held]) == []

    assert (await look_at(db, held)).state is DeliveryState.SENT


async def test_only_what_is_named_is_settled(db: Database):
    first, second = await add_doubts(db, 1, 2)

    await settle(db, Word.DROP, [second])

    assert (await look_at(db, first)).state is UNCERTAIN


async def test_all_doubts_may_be_settled_at_once(db: Database):
    first, second = await add_doubts(db, 1, 2)

    assert sorted(await settle(db, Word.DROP, None)) == [(first, 1), (second, 2)]


async def test_after_a_restore_what_had_not_ended_is_held(db: Database):
    for chat_id in (1, 2):
        await add_reader(db, chat_id)
    leased = await put_in_state(db, DeliveryState.LEASED, 1)
    waiting = await promise(db, 2)

    assert await hold_open(db) == 2

    told = {row.delivery_id: (row.was, row.became) for row in await look(db, delivery_event)}
    assert told == {leased: (DeliveryState.LEASED, UNCERTAIN), waiting: (PENDING, UNCERTAIN)}
    assert [(row.doubt, row.last_error) for row in await look(db, delivery)] == [
        (1, "restored"),
        (1, "restored"),
    ]


async def test_after_a_restore_edits_stay_open(db: Database):
    edit = await promise(db, kind=Kind.EDIT)

    assert await hold_open(db) == 0

    assert (await look_at(db, edit)).state is PENDING
