"""SQLite files as files: whether one is a sound store, and putting one in place."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import StoreBusy
from storage.inspection import NoStore, count_rows, swap
from storage.tables import subscriber
from tests.storage.rows import add_reader, look


async def make_backup(db: Database, target: Path) -> Path:
    await db.copy_to(target)
    return target


async def test_rows_of_a_store_are_counted(sqlite_db: Database):
    for chat_id in (1, 2):
        await add_reader(sqlite_db, chat_id)

    counted = count_rows(sqlite_db.path)

    assert counted == {"brief": 0, "subscriber": 2, "follow": 0, "delivery": 0}


def test_a_file_that_is_not_there_is_no_store(tmp_path: Path):
    with pytest.raises(NoStore, match=r"there is no file .*missing\.db"):
        count_rows(tmp_path / "missing.db")


def test_a_file_of_something_else_is_no_store(tmp_path: Path):
    (tmp_path / "letter.db").write_bytes(b"Dear reader, " * 200)

    with pytest.raises(NoStore, match="no store of this bot"):
        count_rows(tmp_path / "letter.db")


def test_a_database_of_something_else_is_no_store(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE other (x)")

    with pytest.raises(NoStore, match="no such table"):
        count_rows(tmp_path / "other.db")


async def test_a_backup_takes_the_place_of_a_store(sqlite_db: Database, tmp_path: Path):
    await add_reader(sqlite_db, 1)
    backup = await make_backup(sqlite_db, tmp_path / "backup.db")
    await add_reader(sqlite_db, 2)
    await sqlite_db.close()

    aside = swap(backup, sqlite_db.path, "today")

    assert aside.name == f"{sqlite_db.path.name}.replaced-today"
    assert count_rows(sqlite_db.path)["subscriber"] == 1
    assert count_rows(aside)["subscriber"] == 2
    assert stat.S_IMODE(sqlite_db.path.stat().st_mode) == 0o600


async def test_the_old_store_is_complete_though_it_was_left_open(
    sqlite_db: Database, tmp_path: Path
):
    backup = await make_backup(sqlite_db, tmp_path / "backup.db")
    await add_reader(sqlite_db)

    aside = swap(backup, sqlite_db.path, "today")

    assert count_rows(aside)["subscriber"] == 1


async def test_a_store_is_put_where_there_was_none(sqlite_db: Database, tmp_path: Path):
    await add_reader(sqlite_db)
    backup = await make_backup(sqlite_db, tmp_path / "backup.db")

    aside = swap(backup, tmp_path / "new" / "store.db", "today")

    assert count_rows(tmp_path / "new" / "store.db")["subscriber"] == 1
    assert not aside.exists()


async def test_a_store_that_a_bot_runs_on_stays_in_place(sqlite_db: Database, tmp_path: Path):
    backup = await make_backup(sqlite_db, tmp_path / "backup.db")
    await add_reader(sqlite_db)
    sqlite_db.be_the_bot()

    with pytest.raises(StoreBusy, match="stop it first"):
        swap(backup, sqlite_db.path, "today")

    assert len(await look(sqlite_db, subscriber)) == 1
