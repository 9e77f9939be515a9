"""The schema: made by the migrations, and the same as the tables say."""

import pytest

from storage import migrate
from storage.database import Database
from storage.errors import SchemaMismatch


async def test_migrations_make_what_the_tables_say(db: Database):
    assert await migrate.list_drift(db) == []


async def test_a_database_at_this_schema_is_left_alone(db: Database):
    assert await migrate.upgrade(db) is None


async def test_an_empty_database_is_told_what_to_run(tmp_path):
    db = Database(f"sqlite:///{tmp_path}/empty.db")

    with pytest.raises(SchemaMismatch, match="counterpoint migrate"):
        await migrate.check_version(db)

    await db.close()
