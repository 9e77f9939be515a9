"""Many rows at once, past the object layer: what planning and sending by the thousand need.

Statements are written once, with ``{1}``, ``{2}`` … for values, ``{ids}`` for "is one of the
list that is value 1", ``{each}`` for that list as rows ``one.value``, and ``{join(x)}`` for
"1,2,3" of a group; each database's driver gets them in its own spelling. Everything happens
inside the transaction that ``driver_of`` was given.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import aiosqlite
import orjson

from storage.one_hop import visit
from storage.spelling import in_one, insertions, over_values, spell_postgres, spell_sqlite
from storage.transactions import ReadTx

VALUES_A_STATEMENT = 900

Row = tuple[Any, ...]
Question = tuple[str, Sequence[Any]]  # a statement, and its values


class Rows(NamedTuple):
    """Rows for a table, as many values each as there are columns."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Row]


Step = Rows | tuple[str, Sequence[Row]]  # or a statement, and the values of each time it is run


class Driver(Protocol):
    """What both drivers can do."""

    async def enter(self, tx: ReadTx) -> None:
        """Let the transaction be open, so that what follows is inside of it."""
        ...

    async def fetch(self, statement: str, *values: Any) -> list[Row]:
        """Run a statement and return its rows."""
        ...

    async def fetch_each(self, *questions: Question) -> list[list[Row]]:
        """Run questions in order, of single values, and return the rows of each.

        Rows are of numbers and texts. On PostgreSQL all of them see the instant at which the
        first one is asked, and no two columns of one may have the same name.
        """
        ...

    async def change(self, statement: str, *values: Any) -> int:
        """Run a statement and return how many rows it changed."""
        ...

    async def fetch_many(self, columns: Sequence[str], rest: str, *values: Any) -> list[Row]:
        """Run ``SELECT columns rest`` and return its rows, of numbers and texts, by thousands."""
        ...

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows."""
        ...

    async def run(self, *steps: Step) -> None:
        """Insert rows or run statements, in order, each once for each row of its values."""
        ...

    async def next_ids(self, table: str, count: int) -> list[int]:
        """Return ids for new rows of a table, which nobody else will get."""
        ...

    async def fetch_rows(
        self, statement: str, types: str, rows: Sequence[Row], *once: Any
    ) -> list[Row]:
        """Run ``WITH v(…) AS (VALUES …) …`` over the rows; return what it returns.

        ``statement`` begins with the columns of v in brackets: ``(id, fence) UPDATE …``. ``types``
        has a letter a column: i for integers, t for text, b for bytes. ``once`` are the values
        ``{1}`` … of the rest.
        """
        ...


async def driver_of(tx: ReadTx) -> Driver:
    """Return the driver's own connection, inside the transaction."""
    assert tx.sync_connection is not None
    kept = tx.sync_connection.info  # for as long as the driver's connection lives
    driver: Driver | None = kept.get(Driver)
    if driver is None:
        connection: Any = (await tx.get_raw_connection()).driver_connection
        made = _Sqlite if tx.dialect.name == "sqlite" else _Postgres
        driver = kept[Driver] = made(connection)
    await driver.enter(tx)
    return driver


class _Sqlite:
    """Every method is one visit to the thread of the connection."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def enter(self, tx: ReadTx) -> None:
        """Do nothing: the engine opened it."""

    async def fetch(self, statement: str, *values: Any) -> list[Row]:
        spelled, listed = spell_sqlite(statement), _listed(values)
        return await visit(self._connection, lambda db: db.execute(spelled, listed).fetchall())

    async def fetch_each(self, *questions: Question) -> list[list[Row]]:
        spelled = [(spell_sqlite(statement), _listed(values)) for statement, values in questions]
        return await visit(
            self._connection, lambda db: [db.execute(*one).fetchall() for one in spelled]
        )

    async def change(self, statement: str, *values: Any) -> int:
        spelled, listed = spell_sqlite(statement), _listed(values)
        return await visit(self._connection, lambda db: db.execute(spelled, listed).rowcount)

    async def fetch_many(self, columns: Sequence[str], rest: str, *values: Any) -> list[Row]:
        # All as one value: after each row SQLite's thread would wait for the interpreter, which
        # is long while another thread computes.
        statement = f"SELECT json_group_array(json_array({', '.join(columns)})) {rest}"
        ((packed,),) = await self.fetch(statement, *values)
        found: list[Row] = orjson.loads(packed)
        return found

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        await self.run(Rows(table, tuple(columns), rows))

    async def run(self, *steps: Step) -> None:
        def run(db: sqlite3.Connection) -> None:
            for step in steps:
                if isinstance(step, Rows):
                    for insertion, values in insertions(*step):
                        db.execute(insertion, values)
                else:
                    statement, rows = step
                    db.executemany(spell_sqlite(statement), rows).close()

        await visit(self._connection, run)

    async def next_ids(self, table: str, count: int) -> list[int]:
        # The writing transaction holds the database, so the counter is ours until it ends.
        found = await self.fetch("SELECT seq FROM sqlite_sequence WHERE name = {1}", table)
        last = found[0][0] if found else 0
        return list(range(last + 1, last + 1 + count))

    async def fetch_rows(
        self, statement: str, types: str, rows: Sequence[Row], *once: Any
    ) -> list[Row]:
        return await _in_parts(self, "sqlite", statement, types, rows, once)


class _Postgres:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def enter(self, tx: ReadTx) -> None:
        if not self._connection.is_in_transaction():
            await tx.exec_driver_sql("SELECT 1")  # asyncpg begins it at the first statement

    async def fetch(self, statement: str, *values: Any) -> list[Row]:
        found: list[Row] = await self._connection.fetch(spell_postgres(statement), *values)
        return found

    async def fetch_each(self, *questions: Question) -> list[list[Row]]:
        # All as one row of JSON: each statement else is a way to the server and back.
        counts = tuple(len(values) for _, values in questions)
        statement = in_one(tuple(statement for statement, _ in questions), counts)
        (found,) = await self.fetch(
            statement, *(value for _, values in questions for value in values)
        )
        return [[tuple(row.values()) for row in orjson.loads(rows or "[]")] for rows in found]

    async def change(self, statement: str, *values: Any) -> int:
        done: str = await self._connection.execute(spell_postgres(statement), *values)
        return int(done.rpartition(" ")[2])  # "UPDATE 3"

    async def fetch_many(self, columns: Sequence[str], rest: str, *values: Any) -> list[Row]:
        return await self.fetch(f"SELECT {', '.join(columns)} {rest}", *values)

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        if rows:
            await self._connection.copy_records_to_table(table, records=rows, columns=columns)

    async def run(self, *steps: Step) -> None:
        for step in steps:
            if isinstance(step, Rows):
                await self.insert(*step)
            else:
                statement, rows = step
                await self._connection.executemany(spell_postgres(statement), rows)

    async def next_ids(self, table: str, count: int) -> list[int]:
        found = await self.fetch(
            "SELECT nextval(sequence) FROM (SELECT CAST(pg_get_serial_sequence({1}, 'id') AS"
            " regclass) AS sequence OFFSET 0) named, generate_series(1, {2})",
            table,
            count,
        )
        return [row[0] for row in found]

    async def fetch_rows(
        self, statement: str, types: str, rows: Sequence[Row], *once: Any
    ) -> list[Row]:
        return await _in_parts(self, "postgresql", statement, types, rows, once)


def _listed(values: Sequence[Any]) -> list[Any]:
    """Return values as SQLite takes them: a list as the JSON of one."""
    return [orjson.dumps(value).decode() if isinstance(value, list) else value for value in values]


async def _in_parts(
    connection: Driver,
    dialect: str,
    statement: str,
    types: str,
    rows: Sequence[Row],
    once: Row,
) -> list[Row]:
    returned: list[Row] = []
    step = VALUES_A_STATEMENT // len(types)
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        spelled = over_values(dialect, statement, types, len(part), len(once))
        returned += await connection.fetch(spelled, *once, *(v for row in part for v in row))
    return returned
