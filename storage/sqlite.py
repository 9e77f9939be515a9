"""SQLite: how its engines are set up, and the locks that keep its file sound.

Two rules come from outside. Transactions are begun by us, IMMEDIATE for writers, because the
driver's own mode loses updates without an error. And versions before 3.51.3 (3.50.7, 3.44.6)
can lose commits when two connections write or checkpoint a write-ahead log at the wrong
instant (https://sqlite.org/wal.html#walresetbug), so there every writing transaction, in every
process, is made under one file lock.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import StorageError, StoreBusy, StoreUnreachable
from storage.one_hop import begin_late, one_hop_module

BUSY_SECONDS = 10
TURN_SECONDS = 30.0
POLL_SECONDS = 0.005
READERS = 4
VERSION = sqlite3.sqlite_version

EVERY_CONNECTION = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a lost mark would be a repeat that nobody lists
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA secure_delete=ON",
)


def has_wal_reset_race(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Tell whether this SQLite can lose commits when two connections write a log."""
    return not (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )


def make_engines(path: Path) -> tuple[AsyncEngine, AsyncEngine]:
    """Return the reading and the writing engine of one file; the writer has one connection."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    if not path.stat().st_size:
        _begin_log(path)
    url = f"sqlite+aiosqlite:///{path}"
    reader = create_async_engine(
        url,
        module=one_hop_module(),
        pool_reset_on_return=None,  # see _set_up
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
    )
    writer = create_async_engine(
        url,
        module=one_hop_module(),
        pool_reset_on_return=None,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
    )
    _set_up(reader, "BEGIN", "PRAGMA query_only=ON")
    _set_up(writer, "BEGIN IMMEDIATE")
    return reader, writer


def _begin_log(path: Path) -> None:
    """Give an empty file its write-ahead log.

    Of two connections that change the sort of journal at once, SQLite refuses one right away,
    however long it may wait; a file that has its log needs no change.
    """
    descriptor = _open_lock(path, ".write")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise StoreUnreachable(str(error)) from error
    finally:
        os.close(descriptor)  # which gives the lock back


def _set_up(engine: AsyncEngine, begin: str, *more: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*EVERY_CONNECTION, *more):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "reset")
    def on_reset(connection: Any, _record: object, state: Any) -> None:
        # A pool else rolls back what has ended long ago: one more visit for each transaction.
        if state.asyncio_safe and connection.driver_connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        begin_late(driver, begin)


def copy(source: Path, target: Path) -> None:
    """Copy a database that is in use into ``target``, which appears only when it is whole."""
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(unfinished)) as there:
        here.execute("PRAGMA query_only=ON")
        here.backup(there, pages=500)
        (verdict,) = there.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            msg = f"the copy of {source} is not sound: {verdict}"
            raise StorageError(msg)
    unfinished.chmod(0o600)
    unfinished.replace(target)


def _open_lock(path: Path, suffix: str) -> int:
    lock = path.with_name(path.name + suffix)
    return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


class Turns:
    """The right to write, given to one writer at a time, over all processes if need be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._here = asyncio.Lock()
        self._across = has_wal_reset_race()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold the right to write; raise ``StoreBusy`` if another process keeps it too long."""
        async with self._here:
            if not self._across:
                yield
                return
            descriptor = _open_lock(self._path, ".write")
            try:
                await self._lock(descriptor)
                yield
            finally:
                os.close(descriptor)  # which gives the lock back

    async def _lock(self, descriptor: int) -> None:
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + TURN_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if loop.time() > give_up_at:
                    held = f"{self._path}.write has been held by another process"
                    msg = f"{held} for {TURN_SECONDS:g} s"
                    raise StoreBusy(msg) from None
                # Nothing tells when another process lets go of a file lock, so ask again.
                await asyncio.sleep(POLL_SECONDS)  # noqa: TID251 - see above
            else:
                return


class OneBot:
    """The lock that lets one bot run on a file; the kernel gives it back when we die."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take the lock, or raise ``StoreBusy`` and name the process that has it."""
        descriptor = _open_lock(self._path, ".lock")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            msg = f"another bot (process {owner}) runs on {self._path}; stop it first"
            raise StoreBusy(msg) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def give_back(self) -> None:
        """Let another bot run on the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
