"""The edits of a change are promised for every copy, a page at a time."""

import pytest
from sqlalchemy import insert

from bot.delivery.correct import promise_edits
from bot.digest.recipe import pack
from storage import copies, edits
from storage.copies import Made
from storage.model.copies import CopyState
from storage.model.delivery import DeliveryState, Kind
from storage.tables import copy, copy_brief, delivery
from tests.fakes import NOON
from tests.flow.desk import make_recipe
from tests.storage.rows import add_brief, add_reader, change, look


async def make_copies(db, brief_id, chat_ids):
    """Keep a message in each chat that shows a brief; return their ids."""
    recipe = pack(make_recipe(brief_id))
    made = [Made(one, 100 + brief_id, None, recipe, "list", (brief_id,)) for one in chat_ids]
    async with db.writing() as tx:
        return await copies.add_copies(tx, made=made, now=NOON)


async def start(db, brief_id, number=1):
    async with db.writing() as tx:
        await edits.start_edits(tx, brief_id=brief_id, change=number)


@pytest.fixture
async def readers(db):
    return [await add_reader(db, chat_id) for chat_id in range(1001, 1008)]


async def test_every_copy_of_a_brief_gets_an_edit(db, readers):
    brief, other = await add_brief(db), await add_brief(db)
    ids = await make_copies(db, brief, readers)
    await make_copies(db, other, readers)
    await start(db, brief, 41)

    promised = await promise_edits(db, now=NOON)

    rows = await look(db, delivery)
    assert promised == 7
    assert [(row.chat_id, row.slot, row.ref) for row in rows] == [
        (chat_id, copy_id, 41) for chat_id, copy_id in zip(readers, ids, strict=True)
    ]
    assert {(row.kind, row.state, row.due_at) for row in rows} == {
        (Kind.EDIT, DeliveryState.PENDING, NOON)
    }


@pytest.mark.parametrize("page", [1, 2, 3, 7, 8])
async def test_pages_of_any_size_come_to_the_same(sqlite_db, page):
    chats = [await add_reader(sqlite_db, chat_id) for chat_id in range(1001, 1008)]
    brief = await add_brief(sqlite_db)
    ids = await make_copies(sqlite_db, brief, chats)
    await start(sqlite_db, brief)

    promised = await promise_edits(sqlite_db, now=NOON, page=page)

    assert promised == 7
    assert [row.slot for row in await look(sqlite_db, delivery)] == ids


async def test_what_is_promised_is_not_promised_again(db, readers):
    brief = await add_brief(db)
    await make_copies(db, brief, readers)
    await start(db, brief)
    await promise_edits(db, now=NOON)

    again = await promise_edits(db, now=NOON)

    assert again == 0
    assert len(await look(db, delivery)) == 7


async def test_a_second_change_edits_every_copy_again(db, readers):
    brief = await add_brief(db)
    await make_copies(db, brief, readers)
    for number in (1, 2):
        await start(db, brief, number)
        await promise_edits(db, now=NOON)

    assert len(await look(db, delivery)) == 14


async def test_changes_of_several_briefs_are_all_seen_to(db, readers):
    for number in (1, 2, 3):
        brief = await add_brief(db)
        await make_copies(db, brief, readers)
        await start(db, brief, number)

    promised = await promise_edits(db, now=NOON, page=2)

    assert promised == 21


async def test_a_copy_that_is_gone_gets_no_edit(db, readers):
    brief = await add_brief(db)
    await make_copies(db, brief, readers)
    await change(db, copy, state=CopyState.GONE)
    await start(db, brief)

    assert await promise_edits(db, now=NOON) == 0


async def test_copies_shared_inline_hold_up_no_other(db, readers):
    brief = await add_brief(db)
    async with db.writing() as tx:
        for n in range(3):
            values = {"inline_id": f"inline-{n}", "recipe": b"", "view": "list", "made_at": NOON}
            added = await tx.execute(insert(copy).values(values).returning(copy.c.id))
            shown = {"brief_id": brief, "copy_id": added.scalar_one()}
            await tx.execute(insert(copy_brief).values(shown))
    await make_copies(db, brief, readers)
    await start(db, brief)

    assert await promise_edits(db, now=NOON, page=5) == 7


async def test_without_a_change_there_is_nothing_to_promise(db):
    assert await promise_edits(db, now=NOON) == 0
