"""PostgreSQL databases for tests: copied from a template, and used again once they are emptied.

Making one takes a checkpoint of the whole server; emptying one takes a few milliseconds.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
from sqlalchemy import URL
from sqlalchemy.engine import make_url

TEMPLATE = "template_counterpoint"

_END_OTHERS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
#: Every column of every table and index by name, and the version of the schema; a copy keeps the
#: numbers by which its template knows them, and so their order.
_SHAPE = """SELECT (SELECT version_num FROM alembic_version) || md5(string_agg(
    concat_ws(' ', relname, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace"""
_EMPTY = """DO $$ DECLARE one RECORD; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT oid::regclass AS name, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
    LOOP
        IF one.relkind = 'S' THEN PERFORM setval(one.name, 1, false);
        ELSIF one.name::text <> 'alembic_version' THEN EXECUTE 'DELETE FROM ' || one.name;
        END IF;
    END LOOP;
END $$"""


class Spares:
    """Databases like the template that no test has in use."""

    def __init__(self, template: str) -> None:
        self._server = make_url(template).set(drivername="postgresql+asyncpg", database="postgres")
        self._names: list[str] = []
        self._shape: str | None = None

    async def take(self) -> str:
        """Return the address of an empty database."""
        if self._names:
            return self._address(self._names.pop())
        name = f"test_{uuid4().hex}"
        async with _connected(self._server) as server:
            await server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        if self._shape is None:
            async with _connected(self._server.set(database=name)) as database:
                self._shape = await database.fetchval(_SHAPE)
        return self._address(name)

    async def give_back(self, address: str) -> None:
        """Empty a database for the next test, or drop it if its schema was changed."""
        name = make_url(address).database
        assert name is not None
        if await self._emptied(name):
            self._names.append(name)
            return
        async with _connected(self._server) as server:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def _emptied(self, name: str) -> bool:
        async with _connected(self._server.set(database=name)) as database:
            await database.execute(_END_OTHERS)
            try:
                if await database.fetchval(_SHAPE) != self._shape:
                    return False
            except asyncpg.UndefinedTableError:
                return False
            await database.execute(_EMPTY)
        return True

    def _address(self, name: str) -> str:
        url = self._server.set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)


@asynccontextmanager
async def _connected(url: URL) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False)
    )
    try:
        yield connection
    finally:
        await connection.close()
