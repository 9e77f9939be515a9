"""Copies of a SQLite file: whole, of one instant, and made while others write."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from storage import markers
from storage.database import Database
from storage.errors import StorageError
from storage.sqlite import copy
from storage.tables import marker
from tests.fakes import NOON
from tests.storage.rows import look


async def note_pair(db: Database, number: int) -> None:
    """Note two things that belong together, and are long enough to fill pages."""
    async with db.writing() as tx:
        for half in "ab":
            name = f"{number:04}{half}"
            await markers.put(tx, name=name, value="x" * 2000, now=NOON)


def names_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM marker ORDER BY name")]


async def test_a_copy_holds_what_was_committed(sqlite_db: Database, tmp_path: Path):
    await note_pair(sqlite_db, 1)

    async with sqlite_db.writing() as tx:
        await markers.put(tx, name="unfinished", now=NOON)
        await sqlite_db.copy_to(tmp_path / "copy.db")

    assert names_in(tmp_path / "copy.db") == ["0001a", "0001b"]


async def test_a_copy_made_while_others_write_is_of_one_instant(
    sqlite_db: Database, tmp_path: Path
):
    for number in range(20):
        await note_pair(sqlite_db, number)

    async def write_on() -> None:
        for number in range(20, 60):
            await note_pair(sqlite_db, number)

    await asyncio.gather(sqlite_db.copy_to(tmp_path / "copy.db"), write_on())

    names = names_in(tmp_path / "copy.db")
    assert len(names) >= 40
    assert names == [f"{n:04}{half}" for n in range(len(names) // 2) for half in "ab"]


async def test_a_copy_can_be_used_as_a_database(sqlite_db: Database, tmp_path: Path):
    await note_pair(sqlite_db, 1)
    await sqlite_db.copy_to(tmp_path / "copy.db")
    database = Database(f"sqlite:///{tmp_path}/copy.db")

    await note_pair(database, 2)

    assert len(await look(database, marker)) == 4
    assert len(await look(sqlite_db, marker)) == 2
    await database.close()


async def test_a_copy_is_for_its_owner_alone(sqlite_db: Database, tmp_path: Path):
    await sqlite_db.copy_to(tmp_path / "copy.db")

    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


async def test_a_copy_replaces_an_older_one(sqlite_db: Database, tmp_path: Path):
    await sqlite_db.copy_to(tmp_path / "copy.db")
    await note_pair(sqlite_db, 1)

    await sqlite_db.copy_to(tmp_path / "copy.db")

    assert names_in(tmp_path / "copy.db") == ["0001a", "0001b"]


async def test_a_copy_begins_anew_where_an_earlier_one_was_broken_off(
    sqlite_db: Database, tmp_path: Path
):
    (tmp_path / "copy.db.part").write_bytes(b"half of something")

    await sqlite_db.copy_to(tmp_path / "copy.db")

    assert names_in(tmp_path / "copy.db") == []
    assert not (tmp_path / "copy.db.part").exists()


async def test_a_copy_that_is_not_sound_does_not_appear(sqlite_db: Database, tmp_path: Path):
    for number in range(20):
        await note_pair(sqlite_db, number)
    await sqlite_db.copy_to(tmp_path / "source.db")
    spoil_an_index(tmp_path / "source.db")

    with pytest.raises(StorageError, match="not sound"):
        copy(tmp_path / "source.db", tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()


def spoil_an_index(path: Path) -> None:
    """Take rows from a table behind the back of its index."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
            " WHERE name = 'subscriber_next_due_at_index')"
            " WHERE name = 'sqlite_autoindex_marker_1'"
        )
