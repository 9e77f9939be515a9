"""Writers of one SQLite file wait for each other: in one process, and across processes."""

import asyncio
import fcntl
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import markers
from storage.database import Database
from storage.errors import StoreBusy
from storage.migrate import find_version, head
from storage.one_hop import Begun
from storage.sqlite import has_wal_reset_race
from storage.tables import marker
from tests.fakes import NOON
from tests.storage.rows import look

HOLDER = Path(__file__).with_name("holder.py")


@pytest.fixture
async def twin(sqlite_db: Database) -> AsyncIterator[Database]:
    """The same file once more, as another part of the process has it open."""
    database = Database(f"sqlite:///{sqlite_db.path}")
    yield database
    await database.close()


@asynccontextmanager
async def another_process(what: str, path: Path) -> AsyncIterator[Process]:
    """Let another process hold the file, until ``let_go``."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HOLDER),
        what,
        f"sqlite:///{path}",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert await process.stdout.readline() == b"held\n"
        yield process
    finally:
        await let_go(process)


async def let_go(process: Process) -> None:
    if process.returncode is None:
        process.stdin.write(b"\n")
        await process.wait()


async def note(db: Database, name: str) -> None:
    async with db.writing() as tx:
        await markers.put(tx, name=name, now=NOON)


async def count_up(db: Database) -> None:
    """Read, let others in if they can get in, and write."""
    async with db.writing() as tx:
        before = len((await tx.execute(select(marker.c.name))).all())
        await asyncio.sleep(0)
        await markers.put(tx, name=f"{before:03}", now=NOON)


async def test_writers_at_once_lose_nothing(sqlite_db: Database, twin: Database):
    await asyncio.gather(*(count_up(db) for db in [sqlite_db, twin] * 10))

    assert [row.name for row in await look(sqlite_db, marker)] == [f"{n:03}" for n in range(20)]


async def test_a_writer_waits_for_one_through_another_door(sqlite_db: Database, twin: Database):
    order = []

    async def write(db: Database, name: str) -> None:
        async with db.writing() as tx:
            order.append(f"{name} began")
            await markers.put(tx, name=name, now=NOON)
            await asyncio.sleep(0)
            order.append(f"{name} ended")

    await asyncio.gather(write(sqlite_db, "one"), write(twin, "two"))

    assert order in (
        ["one began", "one ended", "two began", "two ended"],
        ["two began", "two ended", "one began", "one ended"],
    )


async def test_a_writer_has_the_database_from_its_first_statement_on(sqlite_db: Database):
    async with sqlite_db.writing() as tx:
        assert await markers.load(tx) == {}

        with (
            closing(sqlite3.connect(sqlite_db.path, timeout=0)) as stranger,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            stranger.execute("BEGIN IMMEDIATE")


def test_what_could_not_begin_changes_nothing(tmp_path: Path):
    with (
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as stranger,
        closing(sqlite3.connect(tmp_path / "a.db", factory=Begun, timeout=0)) as connection,
    ):
        stranger.execute("CREATE TABLE t (n)")
        connection.isolation_level = None
        connection.due = "BEGIN IMMEDIATE"

        stranger.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                connection.execute("INSERT INTO t VALUES (1)")
        stranger.execute("COMMIT")
        connection.executemany("INSERT INTO t VALUES (?)", [(2,), (3,)])

        assert stranger.execute("SELECT n FROM t").fetchall() == []
        connection.commit()
        assert stranger.execute("SELECT n FROM t").fetchall() == [(2,), (3,)]


@pytest.mark.skipif(not has_wal_reset_race(), reason="this SQLite needs no lock beside its own")
async def test_a_writer_has_the_lock_beside_the_file_to_itself(sqlite_db: Database):
    async with sqlite_db.writing():
        lock = sqlite_db.path.with_name(sqlite_db.path.name + ".write")
        with lock.open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


async def test_readers_do_not_wait_for_a_writer(sqlite_db: Database, twin: Database):
    async with sqlite_db.writing() as tx:
        await markers.put(tx, name="one", now=NOON)

        assert await look(twin, marker) == []


async def test_the_schema_version_is_read_beside_a_writer(sqlite_db: Database, twin: Database):
    async with sqlite_db.writing() as tx:
        await markers.put(tx, name="one", now=NOON)

        assert await find_version(twin) == head()


async def test_a_writer_waits_for_another_process(sqlite_db: Database):
    async with another_process("writing", sqlite_db.path) as process:
        waiting = asyncio.create_task(note(sqlite_db, "here"))
        held = await look(sqlite_db, marker)
        began_early = waiting.done()
        await let_go(process)
        await waiting

    assert (held, began_early) == ([], False)
    assert [row.name for row in await look(sqlite_db, marker)] == ["elsewhere", "here"]


async def test_what_a_process_wrote_before_it_was_killed_is_undone(sqlite_db: Database):
    async with another_process("writing", sqlite_db.path) as process:
        process.kill()
        await process.wait()

        await note(sqlite_db, "here")

    assert [row.name for row in await look(sqlite_db, marker)] == ["here"]


async def test_a_second_bot_is_told_which_process_is_on_the_file(sqlite_db: Database):
    async with another_process("bot", sqlite_db.path) as process:
        with pytest.raises(StoreBusy, match=rf"process {process.pid}\).*{sqlite_db.path.name}"):
            sqlite_db.be_the_bot()


async def test_a_bot_may_start_once_the_other_has_ended(sqlite_db: Database):
    async with another_process("bot", sqlite_db.path) as process:
        await let_go(process)

        sqlite_db.be_the_bot()

    lock = sqlite_db.path.with_name(sqlite_db.path.name + ".lock")
    with lock.open() as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


async def test_a_bot_that_is_closed_lets_the_next_one_start(sqlite_db: Database, twin: Database):
    sqlite_db.be_the_bot()
    with pytest.raises(StoreBusy):
        twin.be_the_bot()
    await sqlite_db.close()

    twin.be_the_bot()

    with pytest.raises(StoreBusy):
        sqlite_db.be_the_bot()


async def test_a_bot_keeps_no_writer_out(sqlite_db: Database, twin: Database):
    sqlite_db.be_the_bot()

    await note(twin, "one")

    assert len(await look(sqlite_db, marker)) == 1


@pytest.mark.parametrize(
    ("version", "races"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_versions_that_can_lose_commits_are_known(version: tuple[int, int, int], races: bool):
    assert has_wal_reset_race(version) is races
