"""What is noted of calls that came to an end, many at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.botapi.outcomes import (
    Ambiguous,
    BadMessage,
    Gone,
    Migrated,
    NoThread,
    NotSent,
    Refused,
    Sent,
    Uneditable,
    Wait,
)
from bot.digest.recipe import pack, unpack
from storage import copies
from storage.copies import Made
from storage.model.delivery import DeliveryState, Kind
from storage.model.subscriber import ChatKind, ChatStatus
from storage.tables import copy, copy_brief, delivery, had, subscriber
from tests.delivery.ended_calls import ended, marked, note
from tests.fakes import NOON
from tests.flow.desk import make_recipe
from tests.storage.rows import add_brief, add_reader, look, look_at, promise, retract, revise

LONG = "x" * 999
PENDING, SENT, DEAD = DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.DEAD


async def promise_digest(db, chat_id, *brief_ids, **more):
    values = {"briefs": brief_ids} | more
    return await promise(db, chat_id, recipe=pack(make_recipe(*brief_ids)), **values)


async def make_copy(db, brief_id, *, chat_id=1001):
    """Keep a message that shows a brief; return the copy."""
    made = Made(chat_id, 7, None, pack(make_recipe(brief_id)), "list", (brief_id,))
    async with db.writing() as tx:
        ids = await copies.add_copies(tx, made=[made], now=NOON)
        return (await copies.list_copies(tx, copy_ids=ids))[0]


async def chat(db, chat_id):
    async with db.reading() as tx:
        return (await tx.execute(select(subscriber).where(subscriber.c.chat_id == chat_id))).one()


async def test_ends_of_every_sort_are_noted_together(db):
    brief = await add_brief(db)
    outcomes = [Sent(7), Wait(5), Ambiguous("reset"), Refused(400, "new"), BadMessage("long")]
    for chat_id in range(1001, 1006):
        await add_reader(db, chat_id)
        await promise_digest(db, chat_id, brief)
    calls = await marked(db, 5)

    noted = await note(db, *(ended(*pair) for pair in zip(calls, outcomes, strict=True)))

    assert noted == {one.id for one in calls}
    assert [row.state for row in await look(db, delivery)] == [
        SENT,
        PENDING,
        PENDING,
        DEAD,
        DeliveryState.POISONED,
    ]


async def test_a_sender_that_was_overtaken_notes_nothing(db):
    await add_reader(db)
    one = await promise_digest(db, 1001, await add_brief(db))
    (call,) = await marked(db)

    overtaken = replace(call, fence=call.fence - 1)
    noted = await note(db, ended(overtaken, Sent(7)), ended(overtaken, Gone(ChatStatus.LEFT, "")))

    assert noted == set()
    assert (await look_at(db, one)).state is DeliveryState.SENDING
    assert (await chat(db, 1001)).status is ChatStatus.ACTIVE
    assert await look(db, copy) == []


async def test_nothing_is_noted_of_nothing(db):
    assert await note(db) == set()


async def test_each_message_is_kept_with_its_own_briefs(db):
    first, second = await add_brief(db), await add_brief(db)
    for chat_id, brief in ((1001, first), (1002, second)):
        await add_reader(db, chat_id)
        await promise_digest(db, chat_id, brief)
    calls = await marked(db, 2)

    await note(db, ended(calls[0], Sent(70)), ended(calls[1], Sent(80)))

    kept = await look(db, copy)
    shows = {row.copy_id: row.brief_id for row in await look(db, copy_brief)}
    assert [(row.chat_id, row.message_id, shows[row.id]) for row in kept] == [
        (1001, 70, first),
        (1002, 80, second),
    ]


async def test_a_message_that_telegram_did_not_show_is_no_copy(db):
    await add_reader(db)
    one = await promise_digest(db, 1001, await add_brief(db))
    (call,) = await marked(db)

    await note(db, ended(call, Sent(None)))

    assert (await look_at(db, one)).state is SENT
    assert await look(db, copy) == []


async def test_a_message_without_briefs_is_no_copy(db):
    await add_reader(db)
    await promise_digest(db, 1001, kind=Kind.NOTICE)
    (call,) = await marked(db)

    await note(db, ended(call, Sent(7)))

    assert await look(db, copy) == []


async def test_a_copy_that_is_as_things_are_is_not_edited(db):
    await add_reader(db)
    await promise_digest(db, 1001, await add_brief(db))
    (call,) = await marked(db)

    await note(db, ended(call, Sent(7)))

    assert len(await look(db, delivery)) == 1


@pytest.mark.parametrize("change", [revise, retract])
async def test_only_a_copy_that_was_overtaken_is_edited(db, change):
    stays, changes = await add_brief(db), await add_brief(db)
    for chat_id, brief in ((1001, stays), (1002, changes), (1003, stays)):
        await add_reader(db, chat_id)
        await promise_digest(db, chat_id, brief)
    calls = await marked(db, 3)
    await change(db, changes)

    await note(db, *(ended(call, Sent(call.chat_id + 10)) for call in calls))

    (overtaken,) = [row for row in await look(db, copy) if row.chat_id == 1002]
    (edit,) = [row for row in await look(db, delivery) if row.kind == Kind.EDIT]
    assert (edit.chat_id, edit.slot, edit.due_at) == (1002, overtaken.id, NOON)
    assert edit.ref < 0


async def test_an_edited_copy_shows_what_it_was_made_of(db):
    await add_reader(db)
    brief = await add_brief(db)
    kept = await make_copy(db, brief)
    await promise(db, kind=Kind.EDIT, slot=kept.id)
    (call,) = await marked(db)
    shows = make_recipe(brief, below=3)

    await note(db, ended(call, Sent(7), recipe=shows, copy=kept))

    (row,) = await look(db, copy)
    assert (unpack(row.recipe), row.edited_at) == (shows, NOON)
    assert (await look_at(db, call.id)).state is SENT


async def test_a_copy_out_of_reach_is_noted(db):
    await add_reader(db)
    brief = await add_brief(db)
    kept = await make_copy(db, brief)
    await promise(db, kind=Kind.EDIT, slot=kept.id)
    (call,) = await marked(db)

    await note(db, ended(call, Uneditable("gone"), recipe=make_recipe(brief), copy=kept))

    assert [row.state for row in await look(db, copy)] == ["gone"]


@pytest.mark.parametrize("kind", [Kind.DIGEST, Kind.NOW, Kind.ALERT], ids=str)
@pytest.mark.parametrize("outcome", [Refused(400, "new"), BadMessage("long")], ids=repr)
async def test_what_was_not_given_may_come_again(sqlite_db, kind, outcome):
    await add_reader(sqlite_db)
    await promise_digest(sqlite_db, 1001, await add_brief(sqlite_db), kind=kind)
    (call,) = await marked(sqlite_db)

    await note(sqlite_db, ended(call, outcome))

    assert await look(sqlite_db, had) == []


@pytest.mark.parametrize("outcome", [Sent(7), Wait(5), Ambiguous("reset"), NotSent("x")], ids=repr)
async def test_what_is_or_may_be_given_counts_as_had(sqlite_db, outcome):
    await add_reader(sqlite_db)
    brief = await add_brief(sqlite_db)
    await promise_digest(sqlite_db, 1001, brief)
    (call,) = await marked(sqlite_db)

    await note(sqlite_db, ended(call, outcome))

    assert [row.brief_id for row in await look(sqlite_db, had)] == [brief]


async def test_a_flooded_chat_waits_as_a_whole(db):
    await add_reader(db)
    await promise_digest(db, 1001, await add_brief(db))
    (call,) = await marked(db)

    await note(db, ended(call, Wait(90)))

    assert (await chat(db, 1001)).not_before == NOON + timedelta(seconds=90)


async def test_a_group_that_moved_takes_its_promise_along(db):
    await add_reader(db, -500, kind=ChatKind.GROUP)
    one = await promise_digest(db, -500, await add_brief(db))
    (call,) = await marked(db)

    await note(db, ended(call, Migrated(-100_500)))

    row = await look_at(db, one)
    assert (row.chat_id, row.state, row.attempts) == (-100_500, PENDING, 0)


async def test_a_topic_that_is_gone_is_dropped(db):
    await add_reader(db, -500, kind=ChatKind.SUPERGROUP, thread_id=12)
    one = await promise_digest(db, -500, await add_brief(db), thread_id=12)
    (call,) = await marked(db)

    await note(db, ended(call, NoThread("topic_deleted")))

    row = await look_at(db, one)
    assert (row.thread_id, row.state) == (None, PENDING)
    assert (await chat(db, -500)).thread_id is None


@pytest.mark.parametrize(
    "outcome", [Refused(400, "x" * 999), NotSent("x" * 999)], ids=["end", "try"]
)
async def test_a_long_reason_is_kept_in_part(db, outcome):
    await add_reader(db)
    one = await promise_digest(db, 1001, await add_brief(db))
    (call,) = await marked(db)

    await note(db, ended(call, outcome))

    assert len((await look_at(db, one)).last_error) == 200


async def test_a_chat_that_was_found_is_no_longer_missed(db):
    await add_reader(db, columns={"not_found_at": NOON})
    await promise_digest(db, 1001, await add_brief(db))
    (call,) = await marked(db)

    await note(db, ended(call, Sent(7)))

    assert (await chat(db, 1001)).not_found_at is None
