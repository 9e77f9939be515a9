"""The one door for transactions: what is kept, what is not, and what is told."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from storage import markers
from storage.database import Database
from storage.errors import AlreadyDone, Conflict
from storage.tables import marker, seen_update, subject, subscriber
from tests.fakes import NOON
from tests.storage.broken_rows import SOUND
from tests.storage.rows import CHAT, add_reader, look

UPDATE = 77


class Refused(Exception):
    """What a use case raises when it changes its mind."""


async def note(db: Database, name: str) -> None:
    async with db.writing() as tx:
        await markers.put(tx, name=name, now=NOON)


async def note_in_vain(db: Database, name: str) -> None:
    async with db.writing() as tx:
        await markers.put(tx, name=name, now=NOON)
        raise Refused


async def note_and_break_a_rule(db: Database, name: str) -> None:
    async with db.writing() as tx:
        await markers.put(tx, name=name, now=NOON)
        await tx.exec_driver_sql(insert_of_odd_kind())


async def noted(db: Database) -> list[str]:
    return [row.name for row in await look(db, marker)]


async def test_what_is_written_is_seen_by_the_next_reader(db: Database):
    await note(db, "one")

    assert await noted(db) == ["one"]


async def test_what_is_not_committed_is_seen_by_nobody(db: Database):
    async with db.writing() as tx:
        await markers.put(tx, name="one", now=NOON)

        assert await noted(db) == []


async def test_an_error_undoes_the_whole_transaction(db: Database):
    with pytest.raises(Refused):
        await note_in_vain(db, "one")

    assert await noted(db) == []


async def test_a_broken_constraint_undoes_the_whole_transaction(db: Database):
    with pytest.raises(Conflict, match="subscriber_kind_known"):
        await note_and_break_a_rule(db, "one")

    assert await noted(db) == []


async def test_a_conflict_leaves_the_door_open(db: Database):
    with pytest.raises(Conflict):
        await note_and_break_a_rule(db, "never")

    await note(db, "one")

    assert await noted(db) == ["one"]


async def test_a_transaction_after_an_error_is_a_new_one(db: Database):
    with pytest.raises(Refused):
        await note_in_vain(db, "one")
    await note(db, "two")

    assert await noted(db) == ["two"]


async def test_other_errors_of_the_database_are_not_called_conflicts(db: Database):
    with pytest.raises(DBAPIError):
        async with db.writing() as tx:
            await tx.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


async def test_a_reader_cannot_write(db: Database):
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with db.reading() as tx:
            await tx.execute(marker.insert().values(name="one", value="", at=NOON))


async def test_a_reader_sees_one_state_from_its_first_look(db: Database):
    async with db.reading() as tx:
        before = (await tx.execute(select(marker.c.name))).all()
        await note(db, "one")
        after = (await tx.execute(select(marker.c.name))).all()

    assert (before, after) == ([], [])


async def test_several_may_read_at_once(db: Database):
    await note(db, "one")

    async with db.reading() as first, db.reading() as second:
        found = [(await tx.execute(select(marker.c.name))).scalar_one() for tx in (first, second)]

    assert found == ["one", "one"]


async def test_readers_that_are_cancelled_however_often_leave_the_door_open(db: Database):
    async def read() -> None:
        async with db.reading() as tx:
            await tx.execute(select(marker))
            await asyncio.Event().wait()

    for _ in range(6):  # more than may read at once
        reader = asyncio.create_task(read())
        while not reader.done():
            await asyncio.sleep(0)
            reader.cancel()
        assert reader.cancelled()
    await note(db, "later")

    found = [await noted(db) for _ in range(6)]

    assert found == [["later"]] * 6


async def test_a_connection_given_back_in_the_middle_is_as_new(sqlite_db: Database):
    async with sqlite_db.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute("BEGIN")

    await note(sqlite_db, "later")

    assert await noted(sqlite_db) == ["later"]


async def test_an_update_is_noted_with_its_effect(db: Database):
    await note(db.for_update(UPDATE, now=NOON), "one")

    assert [tuple(row) for row in await look(db, seen_update)] == [(UPDATE, NOON)]


async def test_an_update_that_had_its_effect_has_none_again(db: Database):
    await note(db.for_update(UPDATE, now=NOON), "one")

    with pytest.raises(AlreadyDone) as refused:
        await note(db.for_update(UPDATE, now=NOON), "two")

    assert refused.value.update_id == UPDATE
    assert await noted(db) == ["one"]


async def test_an_update_whose_effect_failed_may_come_again(db: Database):
    with pytest.raises(Refused):
        await note_in_vain(db.for_update(UPDATE, now=NOON), "never")

    await note(db.for_update(UPDATE, now=NOON), "one")

    assert await noted(db) == ["one"]


async def test_an_update_may_write_more_than_once(db: Database):
    view = db.for_update(UPDATE, now=NOON)
    await note(view, "one")

    await note(view, "two")

    assert await noted(db) == ["one", "two"]


async def test_an_update_tries_again_where_its_first_writing_failed(db: Database):
    view = db.for_update(UPDATE, now=NOON)
    with pytest.raises(Conflict):
        await note_and_break_a_rule(view, "never")

    await note(view, "one")

    assert [row.update_id for row in await look(db, seen_update)] == [UPDATE]


async def test_what_is_written_for_no_update_notes_none(db: Database):
    db.for_update(UPDATE, now=NOON)

    await note(db, "one")

    assert await look(db, seen_update) == []


async def test_one_update_handled_twice_at_once_has_one_effect(db: Database, other_db: Database):
    ends = await asyncio.gather(
        note(db.for_update(UPDATE, now=NOON), "one"),
        note(other_db.for_update(UPDATE, now=NOON), "two"),
        return_exceptions=True,
    )

    assert sorted(map(type, ends), key=str) == [type(None), AlreadyDone]
    assert len(await noted(db)) == 1


async def test_what_hangs_on_a_chat_goes_with_it(db: Database):
    await add_reader(db)
    async with db.writing() as tx:
        await tx.execute(subject.insert().values(SOUND["subject"] | {"id": 1}))
        follow = subscriber.metadata.tables["follow"]
        await tx.execute(follow.insert().values(SOUND["follow"] | {"chat_id": CHAT}))

    async with db.writing() as tx:
        await tx.execute(subscriber.delete())

    assert await look(db, follow) == []


def insert_of_odd_kind() -> str:
    return (
        "INSERT INTO subscriber (chat_id, kind, status, status_at, not_before, language, times,"
        " days, impact_floor, confidence_floor, style, alert_confidence, alerts_per_week, paused,"
        " created_at, seen_at) VALUES (1, 'odd', 'active', 0, 0, 'en', '480', 127, 0, 0,"
        " 'folded', 0, 3, '0', 0, 0)"
    )
