"""PostgreSQL databases for tests: copied from a template, and used again once they are emptied.

Making one takes a checkpoint of the whole server; emptying one takes a few milliseconds.
"""

from typing import Any
from uuid import uuid4

import asyncpg
from sqlalchemy import URL
from sqlalchemy.engine import make_url

TEMPLATE = "template_counterpoint"

_END_OTHERS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
#: Every column of every table and index, and the version of the schema.
_SHAPE = """SELECT (SELECT version_num FROM alembic_version) || md5(string_agg(
    concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull), ','
    ORDER BY attrelid::regclass::text, attnum))
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
        await _run(self._server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        if self._shape is None:
            self._shape = await _run(self._server.set(database=name), _SHAPE)
        return self._address(name)

    async def give_back(self, address: str) -> None:
        """Empty a database for the next test, or drop it if its schema was changed."""
        name = make_url(address).database
        assert name is not None
        url = self._server.set(database=name)
        try:
            shape = await _run(url, _END_OTHERS, _SHAPE)
        except asyncpg.PostgresError:
            shape = None
        if shape != self._shape:
            await _run(self._server, f"DROP DATABASE {name} WITH (FORCE)")
            return
        await _run(url, _EMPTY)
        self._names.append(name)

    def _address(self, name: str) -> str:
        url = self._server.set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)


async def _run(url: URL, *statements: str) -> Any:
    """Run statements and return the first value of the last one, if it has any."""
    connection = await asyncpg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False)
    )
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return await connection.fetchval(statements[-1])
    finally:
        await connection.close()
