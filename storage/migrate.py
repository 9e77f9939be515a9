"""The schema and its versions: upgrade, draft the next one, tell code and database apart."""

import io
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.columns import UtcDateTime, Word
from storage.database import Database
from storage.errors import SchemaMismatch, StoreUnreachable
from storage.tables import metadata

FOLDER = Path(__file__).parent / "migrations"


def head() -> str:
    """Return the schema version that this code is written for."""
    found = ScriptDirectory(str(FOLDER)).get_current_head()
    assert found is not None
    return found


async def find_version(db: Database) -> str | None:
    """Return the schema version of the database, None for an empty one.

    This is how everybody meets the database: raises ``StoreUnreachable`` if it cannot be used.
    """
    try:
        async with db.reading() as tx:
            return await tx.run_sync(_version)
    except DBAPIError as error:
        raise StoreUnreachable(str(error.orig)) from error
    except OSError as error:
        raise StoreUnreachable(error.strerror or str(error)) from error


async def upgrade(db: Database) -> str | None:
    """Bring the database to this code's schema; return the version it had, if it had another.

    All or nothing, also on SQLite. A SQLite file that holds something is copied first, beside
    itself, as ``<file>.before-<version>``. Two processes that do it at once wait for each other.
    """
    before = await find_version(db)
    if before == head():
        return None
    if before is not None:
        _refuse_newer(before)
        if db.path is not None:
            await db.copy_to(db.path.with_name(f"{db.path.name}.before-{head()}"))
    async with db.migrating() as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), "head"))
    return before or "nothing"


async def check_version(db: Database) -> None:
    """Raise ``SchemaMismatch`` unless the database is at this code's schema."""
    found = await find_version(db)
    if found is None:
        msg = "the database is empty; run: counterpoint migrate"
        raise SchemaMismatch(msg)
    if found != head():
        _refuse_newer(found)
        msg = f"the database is at schema {found}, not {head()}; run: counterpoint migrate"
        raise SchemaMismatch(msg)


async def draft(db: Database, *, message: str) -> None:
    """Write a migration from the difference between the tables and the database."""
    number = f"{len(list(ScriptDirectory(str(FOLDER)).walk_revisions())) + 1:04}"
    async with db.migrating() as connection:
        await connection.run_sync(
            lambda sync: command.revision(_config(sync), message, autogenerate=True, rev_id=number)
        )


async def list_drift(db: Database) -> list[Any]:
    """Return what the tables say and the database does not have, or the reverse."""
    async with db.reading() as tx:
        return await tx.run_sync(_drift)


def include_object(_item: object, name: str | None, kind: str, *_more: Any) -> bool:
    """Leave the search tables alone: each database has its own kind, made by hand."""
    return not (kind == "table" and name is not None and name.startswith("search"))


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our column types as what they are in the database, not by their import path.

    Else an old migration would change its meaning whenever today's code does.
    """
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Word):
        return f"sa.String({max(map(len, item.kind))})"
    return False


def _refuse_newer(version: str) -> None:
    known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
    if version not in known:
        msg = f"the database is at schema {version}, unknown to this code; run the newer code"
        raise SchemaMismatch(msg)


def _version(sync: Connection) -> str | None:
    return MigrationContext.configure(sync).get_current_revision()


def _config(sync: Connection) -> Config:
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = sync
    return config


def _drift(sync: Connection) -> list[Any]:
    context = MigrationContext.configure(
        sync, opts={"include_object": include_object, "compare_type": True}
    )
    return list(compare_metadata(context, metadata))
