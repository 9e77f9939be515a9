"""The address of a database: what is understood, and what is made of it."""

import stat
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import NotFound, StorageError


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_that_is_no_file_is_refused(url: str):
    with pytest.raises(StorageError, match="names no file"):
        Database(url)


def test_a_database_of_another_kind_is_refused():
    with pytest.raises(StorageError, match="'mysql'; write sqlite:/// or postgresql://"):
        Database("mysql://localhost/x")


async def test_a_file_is_made_with_its_folder(tmp_path: Path):
    path = tmp_path / "new" / "data" / "counterpoint.db"

    database = Database(f"sqlite:///{path}")
    await database.close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_new_file_has_its_log_before_two_can_quarrel_over_it(tmp_path: Path):
    """SQLite refuses one of two that change the sort of journal at once, without waiting."""
    path = tmp_path / "counterpoint.db"

    await Database(f"sqlite:///{path}").close()

    # https://sqlite.org/fileformat2.html: both versions of the format are 2 with such a log.
    assert path.read_bytes()[18:20] == b"\2\2"


def test_a_file_that_must_exist_is_not_made(tmp_path: Path):
    path = tmp_path / "missing.db"

    with pytest.raises(NotFound) as refused:
        Database(f"sqlite:///{path}", must_exist=True)

    assert (refused.value.kind, refused.value.key) == ("database", str(path))
    assert not path.exists()


async def test_a_file_that_exists_may_be_demanded(sqlite_db: Database):
    database = Database(f"sqlite:///{sqlite_db.path}", must_exist=True)

    async with database.reading():
        assert database.path == sqlite_db.path
    await database.close()


@pytest.mark.parametrize(
    ("url", "is_sqlite"),
    [("sqlite:///{}/a.db", True), ("postgresql://localhost/x", False)],
    ids=["sqlite", "postgresql"],
)
async def test_a_database_knows_whether_it_is_a_file(tmp_path: Path, url: str, is_sqlite: bool):
    database = Database(url.format(tmp_path))

    assert database.is_sqlite is is_sqlite
    assert (database.path is None) is not is_sqlite
    await database.close()


@pytest.mark.parametrize(
    "url", ["postgresql://localhost/x", "postgresql+psycopg2://localhost/x"], ids=str
)
async def test_the_driver_is_ours_to_choose(url: str):
    database = Database(url)

    assert database.engine.driver == "asyncpg"
    await database.close()


async def test_on_a_server_nobody_has_to_be_the_one_bot():
    database = Database("postgresql://localhost/x")

    database.be_the_bot()

    await database.close()


async def test_a_database_may_be_closed_twice(sqlite_db: Database):
    await sqlite_db.close()

    await sqlite_db.close()


@pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
async def test_commits_are_flushed_whatever_the_server_is_told(database_url: str):
    before, database = Database(database_url), Database(database_url)
    async with before.writing() as tx:
        name = (await tx.exec_driver_sql("SELECT current_database()")).scalar_one()
        await tx.exec_driver_sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')

    async with database.writing() as tx:
        told = (await tx.exec_driver_sql("SHOW synchronous_commit")).scalar_one()

    await database.close()
    async with before.writing() as tx:
        await tx.exec_driver_sql(f'ALTER DATABASE "{name}" RESET synchronous_commit')
    await before.close()
    assert told == "on"
