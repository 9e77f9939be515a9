"""The schema: made by the migrations, all or nothing, and the same as the tables say."""

import asyncio
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Integer, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import markers, migrate
from storage.columns import UtcDateTime, Word
from storage.database import Database
from storage.errors import SchemaMismatch, StorageError
from storage.model.subject import FollowMode, Ring
from storage.tables import copy_brief, follow, marker, match
from tests.fakes import NOON
from tests.storage.rows import CHAT, add_follow, add_reader, add_subject, look


class Refused(Exception):
    """What stops a migration in its middle."""


@pytest.fixture
async def empty_db(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    yield database
    await database.close()


async def list_tables(db: Database) -> list[str]:
    async with db.reading() as tx:
        return await tx.run_sync(lambda sync: sorted(inspect(sync).get_table_names()))


async def set_version(db: Database, version: str) -> None:
    async with db.writing() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": version})


async def test_migrations_make_what_the_tables_say(db: Database):
    assert await migrate.list_drift(db) == []


async def test_a_difference_from_the_tables_is_seen(db: Database):
    async with db.writing() as tx:
        await tx.execute(text("ALTER TABLE marker ADD COLUMN odd INTEGER"))

    (difference,) = await migrate.list_drift(db)

    assert difference[0] == "remove_column"


async def test_a_database_at_this_schema_is_left_alone(db: Database):
    assert await migrate.upgrade(db) is None


async def test_a_database_at_this_schema_passes(db: Database):
    await migrate.check_version(db)

    assert await migrate.find_version(db) == migrate.head()


async def test_an_empty_database_is_told_what_to_run(empty_db: Database):
    with pytest.raises(SchemaMismatch, match="counterpoint migrate"):
        await migrate.check_version(empty_db)


async def test_an_empty_database_gets_the_schema(empty_db: Database):
    assert await migrate.upgrade(empty_db) == "nothing"

    assert await migrate.find_version(empty_db) == migrate.head()
    assert await migrate.list_drift(empty_db) == []


async def test_an_empty_database_is_not_copied_first(empty_db: Database):
    await migrate.upgrade(empty_db)

    assert list(empty_db.path.parent.glob("*.before-*")) == []


@pytest.mark.parametrize("act", [migrate.check_version, migrate.upgrade])
async def test_a_newer_database_is_left_to_newer_code(db: Database, act):
    await set_version(db, "9999")

    with pytest.raises(SchemaMismatch, match="schema 9999, unknown to this code"):
        await act(db)

    assert await migrate.find_version(db) == "9999"


async def test_a_migration_that_fails_leaves_everything_as_it_was(empty_db: Database):
    async with empty_db.writing() as tx:
        await tx.execute(text("CREATE TABLE verdict (x INTEGER)"))
    before = await list_tables(empty_db)

    with pytest.raises(DBAPIError, match="verdict"):
        await migrate.upgrade(empty_db)

    assert await list_tables(empty_db) == before
    assert await migrate.find_version(empty_db) is None


async def change_in_vain(db: Database) -> None:
    async with db.migrating() as connection:
        await connection.execute(text("ALTER TABLE marker ADD COLUMN odd INTEGER"))
        await connection.execute(text("DELETE FROM marker"))
        raise Refused


async def test_a_change_of_the_schema_is_all_or_nothing(db: Database):
    async with db.writing() as tx:
        await markers.put(tx, name="kept", now=NOON)

    with pytest.raises(Refused):
        await change_in_vain(db)

    assert [row.name for row in await look(db, marker)] == ["kept"]
    assert await migrate.list_drift(db) == []


async def test_moving_a_table_leaves_what_points_at_it(sqlite_db: Database):
    await add_reader(sqlite_db)
    await add_follow(sqlite_db, await add_subject(sqlite_db))

    async with sqlite_db.migrating() as connection:
        await connection.execute(text("CREATE TABLE moved AS SELECT * FROM subscriber"))
        await connection.execute(text("DELETE FROM subscriber"))
        await connection.execute(text("INSERT INTO subscriber SELECT * FROM moved"))

    assert [row.chat_id for row in await look(sqlite_db, follow)] == [CHAT]


async def lose_subscribers(db: Database) -> None:
    async with db.migrating() as connection:
        await connection.execute(text("DELETE FROM subscriber"))


async def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(sqlite_db: Database):
    await add_reader(sqlite_db)
    await add_follow(sqlite_db, await add_subject(sqlite_db))

    with pytest.raises(StorageError, match="leave 1 rows without what they point at"):
        await lose_subscribers(sqlite_db)

    assert [row.chat_id for row in await look(sqlite_db, follow)] == [CHAT]


@pytest.mark.parametrize("act", [lose_subscribers, change_in_vain])
async def test_after_a_migration_that_failed_rows_are_guarded_again(sqlite_db: Database, act):
    await add_reader(sqlite_db)
    await add_follow(sqlite_db, await add_subject(sqlite_db))
    with pytest.raises((StorageError, Refused)):
        await act(sqlite_db)

    async with sqlite_db.writing() as tx:
        await tx.execute(text("DELETE FROM subscriber"))

    assert await look(sqlite_db, follow) == []


async def test_two_that_migrate_at_once_wait_for_each_other(empty_db: Database):
    twin = Database(f"sqlite:///{empty_db.path}")

    await asyncio.gather(migrate.upgrade(empty_db), migrate.upgrade(twin))

    assert await migrate.list_drift(empty_db) == []
    await twin.close()


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        pytest.param(UtcDateTime(), "sa.BigInteger()", id="instant"),
        pytest.param(Word(FollowMode), "sa.String(6)", id="word"),
        pytest.param(Integer(), False, id="alembic knows it"),
    ],
)
def test_a_migration_says_what_a_column_is_in_the_database(type_, written: str | bool):
    assert migrate.render_item("type", type_, None) == written


def test_what_is_no_type_is_written_as_alembic_does():
    assert migrate.render_item("column", UtcDateTime(), None) is False


@pytest.mark.parametrize(
    ("name", "kind", "compared"),
    [
        ("search", "table", False),
        ("search_data", "table", False),
        ("marker", "table", True),
        ("search_index", "index", True),
        (None, "table", True),
    ],
)
def test_search_is_each_databases_own(name: str | None, kind: str, compared: bool):
    assert migrate.include_object(object(), name, kind, False, None) is compared


async def upgrade_from(db: Database, version: str, *statements: str) -> None:
    """Make the schema of a version, run statements on it, and bring it up to date."""
    async with db.migrating() as connection:
        await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), version))
        for statement in statements:
            await connection.exec_driver_sql(statement)
    assert await migrate.upgrade(db) == version
    assert await migrate.list_drift(db) == []


async def test_what_copies_show_outlives_the_loss_of_its_key(empty_db: Database):
    await upgrade_from(
        empty_db,
        "0001",
        "INSERT INTO copy (id, chat_id, message_id, recipe, made_at) VALUES (5, 1, 2, x'00', 3)",
        "INSERT INTO copy_brief (brief_id, copy_id) VALUES (7, 5), (8, 5)",
    )

    assert [tuple(row) for row in await look(empty_db, copy_brief)] == [(7, 5), (8, 5)]


async def test_matches_outlive_the_loss_of_their_keys(empty_db: Database):
    await upgrade_from(
        empty_db,
        "0003",
        "INSERT INTO brief (id, fingerprint, state, revision, published_at, ingested_at)"
        " VALUES (7, 'f', 'queued', 1, 2, 3)",
        'INSERT INTO subject (id, kind, "key", label, origin, made_at)'
        " VALUES (5, 'phrase', 'wind', 'Wind', 'typed', 3)",
        "INSERT INTO match (brief_id, subject_id, ring, because) VALUES (7, 5, 'words', 'wind')",
    )

    assert [tuple(row) for row in await look(empty_db, match)] == [(7, 5, Ring.WORDS, "wind")]


async def test_the_schema_can_be_taken_back(empty_db: Database):
    await migrate.upgrade(empty_db)

    async with empty_db.migrating() as connection:
        await connection.run_sync(lambda sync: command.downgrade(migrate._config(sync), "0001"))

    assert await migrate.upgrade(empty_db) == "0001"
    assert await migrate.list_drift(empty_db) == []
