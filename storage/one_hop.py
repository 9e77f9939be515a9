"""aiosqlite with one visit to its thread for a statement, where SQLAlchemy's adapter makes four.

The statement that begins a transaction waits for the first one in it, and goes with it.

A visit costs about 50 µs, a one-row query 2 µs: opening a cursor, executing, fetching and
closing apart made a short transaction four times as long (docs/performance.md). Everything else
is the adapter's own; it is handed to the engine as the driver's module.
"""

import collections
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import await_only

T = TypeVar("T")


class Begun(sqlite3.Connection):
    """A connection that begins a transaction when the first statement of it comes."""

    #: The statement that begins it; set while nothing waits for the thread, None once it has run.
    due: str | None = None

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement, within the transaction."""
        self._begin()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement for each of the rows, within the transaction."""
        self._begin()
        return super().executemany(*arguments)

    def commit(self) -> None:
        """End the transaction, if it has begun."""
        self.due = None
        super().commit()

    def rollback(self) -> None:
        """Undo the transaction, if it has begun."""
        self.due = None
        super().rollback()

    def _begin(self) -> None:
        if self.due is not None:
            super().execute(self.due)  # which is due still if this raises
            self.due = None


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor whose statement has run, and whose rows are here, after one visit."""

    __slots__ = ("_about",)

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 - what a cursor is given
        self._rows = collections.deque()
        self._about: tuple[Any, int, int | None] = (None, -1, None)

    @property
    def description(self) -> Any:
        return self._about[0]

    @property
    def rowcount(self) -> int:
        return self._about[1]

    @property
    def lastrowid(self) -> Any:
        return self._about[2]

    def execute(self, operation: str, parameters: Any = None) -> None:
        self._visit(Begun.execute, operation, parameters or ())

    def executemany(self, operation: str, seq_of_parameters: Sequence[Any]) -> None:
        self._visit(Begun.executemany, operation, seq_of_parameters)

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is left to be closed."""

    def _visit(self, run: Any, operation: str, parameters: Any) -> None:
        connection: Any = self._connection
        try:
            rows, self._about = await_only(
                connection._execute(_run, connection._conn, run, operation, parameters)  # noqa: SLF001 - as it does
            )
        except Exception as error:  # noqa: BLE001 - the adapter turns it into its own
            self._adapt_connection._handle_exception(error)  # noqa: SLF001 - the same
        self._rows = collections.deque(rows)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor  # type: ignore[assignment]  # slots hide that it is one


class _Module(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arguments: Any, **options: Any) -> _Connection:
        made = super().connect(*arguments, factory=Begun, **options)
        return _Connection(self, made._connection)  # noqa: SLF001 - the same, in our adapter


async def visit(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Return what ``work`` makes of the connection, in its thread, by one visit."""
    bare: Any = connection
    made: T = await bare._execute(work, bare._conn)  # noqa: SLF001 - no public way is one visit
    return made


def begin_late(connection: aiosqlite.Connection, statement: str) -> None:
    """Let a transaction begin with the first statement that comes."""
    bare: Any = connection
    bare._conn.due = statement  # noqa: SLF001 - no public way is no visit


def one_hop_module() -> AsyncAdapt_aiosqlite_dbapi:
    """Return the module for ``create_async_engine(…, module=…)``."""
    return _Module(aiosqlite, sqlite3)


def _run(
    connection: sqlite3.Connection, run: Any, operation: str, parameters: Any
) -> tuple[Sequence[Any], tuple[Any, int, int | None]]:
    cursor = run(connection, operation, parameters)
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return rows, (cursor.description, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
