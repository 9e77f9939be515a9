"""The one door for transactions: nothing else in the project begins, commits or rolls back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import inbox, postgres, sqlite
from storage.conflicts import broken_constraint
from storage.errors import Conflict, NotFound, StorageError
from storage.transactions import ReadTx, WriteTx

#: The advisory lock of whoever changes the schema on PostgreSQL; any number, the same for all.
MIGRATING = 0x434F554E


class Database:
    """Opens transactions. The only code in the project that commits.

    ``sqlite:///path`` and ``postgresql://…`` are understood; the driver is ours to choose.
    """

    def __init__(self, url: str, *, must_exist: bool = False) -> None:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        self.path: Path | None = None
        self._turn: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
        if backend == "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                msg = (
                    f"the database URL {url!r} names no file; write sqlite:///data/counterpoint.db"
                )
                raise StorageError(msg)
            self.path = Path(parsed.database)
            if must_exist and not self.path.exists():
                raise NotFound("database", str(self.path))
            self._reader, self._writer = sqlite.make_engines(self.path)
            self._turn = sqlite.Turns(self.path).turn
        elif backend == "postgresql":
            parsed = parsed.set(drivername="postgresql+asyncpg")
            self._reader, self._writer = postgres.make_engines(parsed)
        else:
            msg = f"the database URL starts with {backend!r}; write sqlite:/// or postgresql://"
            raise StorageError(msg)
        self._update: tuple[int, datetime] | None = None
        self._one_bot: sqlite.OneBot | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file, with one process that sends."""
        return self.path is not None

    @property
    def engine(self) -> AsyncEngine:
        """The writing engine, for what needs more than a transaction."""
        return self._writer

    def for_update(self, update_id: int, *, now: datetime) -> Self:
        """Return the same database for the handling of one update of Telegram.

        Its first writing transaction also notes the update id, so that the effect of an update
        and the note that it had its effect are kept together; if the update had its effect
        before, that transaction raises ``AlreadyDone``.
        """
        view = object.__new__(type(self))
        view.__dict__.update(self.__dict__)
        view._update = (update_id, now)
        return view

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[ReadTx]:
        """Give a transaction that sees one state of the database and cannot write."""
        async with self._reader.connect() as connection, connection.begin():
            yield ReadTx(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[WriteTx]:
        """Give a transaction that is committed at the end, or rolled back on error.

        A broken constraint is raised as ``Conflict``. Being cancelled during the commit waits
        for the commit: the driver cannot take it back.
        """
        async with self._turn(), self._writer.connect() as connection:
            transaction = await connection.begin()
            tx = WriteTx(ReadTx(connection))
            try:
                if self._update is not None:
                    await inbox.mark_seen(tx, update_id=self._update[0], now=self._update[1])
                yield tx
            except BaseException as error:
                await _to_the_end(transaction.rollback())
                if (constraint := broken_constraint(error)) is not None:
                    raise Conflict(constraint) from error
                raise
            try:
                await _to_the_end(transaction.commit())
            except BaseException:
                # It may be open still, and whoever got this connection next would commit it.
                await _to_the_end(connection.invalidate())
                raise
            self._update = None

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for changing the schema, alone over all processes, all or nothing.

        On SQLite foreign keys are off meanwhile, since moving a table would else delete what
        points at it; they are checked before the commit.
        """
        async with self._turn(), self._writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            if self.is_sqlite:
                await driver.execute("PRAGMA foreign_keys=OFF")
            try:
                async with connection.begin():
                    if not self.is_sqlite:
                        await connection.exec_driver_sql(
                            f"SELECT pg_advisory_xact_lock({MIGRATING})"
                        )
                    yield connection
                    if self.is_sqlite:
                        await _check_foreign_keys(connection)
            finally:
                if self.is_sqlite:
                    await driver.execute("PRAGMA foreign_keys=ON")

    def be_the_bot(self) -> None:
        """Keep other bots off this file until ``close``; raise ``StoreBusy`` if one is on it."""
        if self.path is not None:
            self._one_bot = sqlite.OneBot(self.path)
            self._one_bot.take()

    async def copy_to(self, target: Path) -> None:
        """Copy a SQLite database as it is now into a file of its own, while others use it."""
        assert self.path is not None, "only a SQLite database is a file"
        await asyncio.to_thread(sqlite.copy, self.path, target)

    async def close(self) -> None:
        """Close every connection, the writing one last."""
        if self._reader.sync_engine.pool is not self._writer.sync_engine.pool:
            await self._reader.dispose()
        async with self._turn():
            await self._writer.dispose()
        if self._one_bot is not None:
            self._one_bot.give_back()


async def _check_foreign_keys(connection: AsyncConnection) -> None:
    broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
    if broken:
        msg = f"the migration would leave {len(broken)} rows without what they point at"
        raise StorageError(msg)


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:  # however often
            cancelled = error
    if cancelled is not None:
        raise cancelled from task.exception()
    task.result()
