"""migrate brings a database to this version's schema."""

import sqlite3
from contextlib import closing

import pytest

from storage import migrate


def test_a_new_database_is_made(counterpoint, tmp_path):
    ended = counterpoint("migrate")

    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [f"the database is at schema {migrate.head()} now; it was at nothing"]
    assert (tmp_path / "data" / "counterpoint.db").is_file()


def test_a_database_that_is_there_already_is_left_alone(counterpoint, new_store):
    before = new_store.read_bytes()

    ended = counterpoint("migrate")

    assert ended.lines == [f"the database is at schema {migrate.head()} already"]
    assert new_store.read_bytes() == before


def test_a_database_of_a_newer_version_is_refused(counterpoint, new_store):
    with closing(sqlite3.connect(new_store)) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")

    ended = counterpoint("migrate")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "counterpoint: the database is at schema 9999, unknown to this code; run the newer code\n"
    )


@pytest.mark.postgres
def test_postgresql_is_migrated_as_well(counterpoint, postgres_template):
    ended = counterpoint("migrate", DATABASE__URL=postgres_template)

    assert ended.lines == [f"the database is at schema {migrate.head()} already"]
