"""A sender that was overtaken changes nothing: every word of it carries an old fence."""

import pytest

from storage import sending
from storage.database import Database
from storage.model.delivery import Delivery, DeliveryState
from storage.sending import Again, Ended, Sent
from storage.tables import delivery_event
from storage.transactions import WriteTx
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import LEASE, OWNER, add_reader, claim, look, look_at, mark, promise

LATER = "sender-2"


async def mark_it(tx: WriteTx, one: Delivery) -> set[int]:
    return await sending.mark_sending(
        tx, leased=[(one.id, one.fence)], owner=LATER, now=NOON, leased_past=NOON
    )


async def say_sent(tx: WriteTx, one: Delivery) -> set[int]:
    return await sending.mark_sent(tx, sent=[Sent(one.id, one.fence, 1)], owner=OWNER, now=NOON)


async def put_it_back(tx: WriteTx, one: Delivery) -> set[int]:
    again = [Again(one.id, one.fence, at(5), 1, 1, "late")]
    return await sending.put_back(tx, again=again, owner=OWNER, now=NOON)


async def end_it(tx: WriteTx, one: Delivery) -> set[int]:
    ended = [Ended(one.id, one.fence, DeliveryState.DEAD, "late")]
    return await sending.mark_ended(tx, ended=ended, owner=OWNER, now=NOON)


async def give_it_back(tx: WriteTx, one: Delivery) -> set[int]:
    await sending.unlease(tx, leased=[(one.id, one.fence)])
    return set()


async def claimed_twice(db: Database) -> tuple[Delivery, Delivery]:
    """Let one delivery be claimed, be given back behind its sender's back, and claimed again."""
    await add_reader(db)
    await promise(db)
    (old,) = await claim(db)
    async with db.writing() as tx:
        await sending.unlease(tx, leased=[(old.id, old.fence)])
    (new,) = await claim(db, owner=LATER, now=NOON + LEASE)
    return old, new


@pytest.mark.parametrize("word", [say_sent, put_it_back, end_it])
async def test_a_late_word_on_what_another_is_sending_changes_nothing(db: Database, word):
    old, new = await claimed_twice(db)
    await mark(db, [new], owner=LATER, now=NOON + LEASE)
    before = await look_at(db, new.id), await look(db, delivery_event)

    async with db.writing() as tx:
        noted = await word(tx, old)

    assert noted == set()
    assert (await look_at(db, new.id), await look(db, delivery_event)) == before


@pytest.mark.parametrize("word", [mark_it, give_it_back])
async def test_a_late_word_on_what_another_has_leased_changes_nothing(db: Database, word):
    old, new = await claimed_twice(db)
    before = await look_at(db, new.id)

    async with db.writing() as tx:
        noted = await word(tx, old)

    assert noted == set()
    assert await look_at(db, new.id) == before


async def test_a_late_word_does_not_keep_back_the_others_of_its_group(db: Database):
    old, _ = await claimed_twice(db)
    await add_reader(db, 2)
    await promise(db, 2)
    (other,) = await claim(db)
    await mark(db, [other])

    async with db.writing() as tx:
        sent = [Sent(old.id, old.fence, 1), Sent(other.id, other.fence, 2)]
        noted = await sending.mark_sent(tx, sent=sent, owner=OWNER, now=NOON)

    assert noted == {other.id}
