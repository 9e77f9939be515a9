"""Copies: which messages show a brief, and what they show now."""

from storage import copies
from storage.copies import Made
from storage.database import Database
from storage.model.copies import Copy, CopyState
from storage.tables import copy, copy_brief
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import look


def make_made(chat_id: int = 1, message_id: int = 1, **changed) -> Made:
    values = {"delivery_id": 9, "recipe": b"recipe", "view": "list", "brief_ids": (3, 5)}
    return Made(chat_id, message_id, **(values | changed))


async def note_copies(db: Database, *made: Made) -> list[int]:
    async with db.writing() as tx:
        return await copies.add_copies(tx, made=made, now=NOON)


async def show(db: Database, brief_id: int, **more) -> list[int]:
    async with db.reading() as tx:
        return [one.id for one in await copies.list_showing(tx, brief_id=brief_id, **more)]


async def shown(db: Database) -> set[tuple[int, int]]:
    return {tuple(row) for row in await look(db, copy_brief)}


async def test_a_copy_is_found_by_its_message(db: Database):
    (copy_id,) = await note_copies(db, make_made(7, 8, view="card.1.1"))

    async with db.reading() as tx:
        found = await copies.find_copy(tx, chat_id=7, message_id=8)

    assert found == Copy(
        id=copy_id,
        chat_id=7,
        message_id=8,
        inline_id=None,
        delivery_id=9,
        recipe=b"recipe",
        view="card.1.1",
        state=CopyState.LIVE,
    )


async def test_a_message_of_another_chat_is_another_message(db: Database):
    await note_copies(db, make_made(7, 8))

    async with db.reading() as tx:
        assert await copies.find_copy(tx, chat_id=8, message_id=8) is None


async def test_ids_stand_in_the_order_of_the_messages(db: Database):
    made = [make_made(message_id=n, brief_ids=(n,)) for n in (3, 1, 2)]

    ids = await note_copies(db, *made)

    assert await shown(db) == set(zip((3, 1, 2), ids, strict=True))


async def test_a_message_may_show_no_brief(db: Database):
    assert len(await note_copies(db, make_made(brief_ids=()))) == 1

    assert await shown(db) == set()


async def test_nothing_sent_makes_no_copies(db: Database):
    assert await note_copies(db) == []


async def test_a_message_that_was_noted_stays_as_it_is(db: Database):
    (first,) = await note_copies(db, make_made(view="card.1.1", brief_ids=(3,)))

    (second,) = await note_copies(db, make_made(recipe=b"other", brief_ids=(4,)))

    (row,) = await look(db, copy)
    assert second == first
    assert (row.recipe, row.view) == (b"recipe", "card.1.1")
    assert await shown(db) == {(3, first)}


async def test_a_message_that_was_noted_keeps_back_no_other(db: Database):
    (noted,) = await note_copies(db, make_made(message_id=2))

    before, same, after = await note_copies(db, *[make_made(message_id=n) for n in (1, 2, 3)])

    messages = {row.id: row.message_id for row in await look(db, copy)}
    assert same == noted
    assert messages == {before: 1, noted: 2, after: 3}


async def test_copies_are_listed_by_id(db: Database):
    first, second, third = await note_copies(db, *[make_made(message_id=n) for n in (1, 2, 3)])

    async with db.reading() as tx:
        found = await copies.list_copies(tx, copy_ids=[third, 99, first])

    assert second not in {one.id for one in found}
    assert [one.id for one in found] == [first, third]


async def test_the_latest_digest_of_a_chat_is_found(db: Database):
    ids = await note_copies(
        db, make_made(1, 1), make_made(1, 2), make_made(1, 3, delivery_id=None), make_made(2, 4)
    )

    async with db.reading() as tx:
        found = await copies.find_last(tx, chat_id=1)

    assert found is not None
    assert found.id == ids[1]


async def test_a_chat_that_was_sent_nothing_has_no_latest_digest(db: Database):
    async with db.reading() as tx:
        assert await copies.find_last(tx, chat_id=1) is None


async def test_copies_that_show_a_brief_come_in_pages(db: Database):
    ids = await note_copies(
        db,
        *[make_made(message_id=n) for n in range(1, 6)],
        make_made(message_id=6, brief_ids=(5,)),
    )

    first = await show(db, 3, limit=3)
    second = await show(db, 3, after=first[-1], limit=3)

    assert (first, second) == (ids[:3], ids[3:5])


async def test_a_copy_that_is_gone_is_not_shown(db: Database):
    first, second = await note_copies(db, make_made(message_id=1), make_made(message_id=2))

    async with db.writing() as tx:
        await copies.mark_gone(tx, copy_id=first)
        counted = await copies.count_showing(tx, brief_id=3)

    assert (await show(db, 3), counted) == ([second], 1)


async def test_copies_that_show_a_brief_are_counted(db: Database):
    await note_copies(db, make_made(1), make_made(2), make_made(3, brief_ids=(5,)))

    async with db.reading() as tx:
        assert await copies.count_showing(tx, brief_id=3) == 2


async def test_a_copy_may_come_to_show_other_briefs(db: Database):
    (copy_id,) = await note_copies(db, make_made(brief_ids=(3,)))

    async with db.writing() as tx:
        await copies.set_view(tx, copy_id=copy_id, view="below.4", now=at(1), shows=(3, 4, 4))

    (row,) = await look(db, copy)
    assert (row.view, row.edited_at) == ("below.4", at(1))
    assert await shown(db) == {(3, copy_id), (4, copy_id)}


async def test_a_view_of_the_same_briefs_adds_none(db: Database):
    (copy_id,) = await note_copies(db, make_made(brief_ids=(3,)))

    async with db.writing() as tx:
        await copies.set_view(tx, copy_id=copy_id, view="card.1.1", now=at(1))

    assert await shown(db) == {(3, copy_id)}


async def test_a_copy_keeps_which_revisions_it_shows(db: Database):
    first, _ = await note_copies(db, make_made(message_id=1), make_made(message_id=2))

    async with db.writing() as tx:
        await copies.set_recipe(tx, copy_id=first, recipe=b"newer", now=at(1))

    rows = [(row.recipe, row.edited_at) for row in await look(db, copy)]
    assert rows == [(b"newer", at(1)), (b"recipe", None)]
