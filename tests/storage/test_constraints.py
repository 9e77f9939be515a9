"""What the schema refuses, under the same name on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Constraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    literal_column,
)

from storage.database import Database
from storage.errors import Conflict
from storage.tables import metadata
from tests.storage.broken_rows import BROKEN_CHECKS, BROKEN_KEYS, SOUND

#: What rows point at, in the order in which they are made.
POINTED_AT = ("batch", "brief", "copy", "subject", "subscriber")
NOWHERE = 999


def test_there_is_a_case_for_every_rule_of_a_row():
    assert set(BROKEN_CHECKS) == set(constraints(CheckConstraint))


def test_there_is_a_case_for_every_rule_that_a_row_is_there_once():
    unique = {
        str(index.name): table
        for table in metadata.tables.values()
        for index in table.indexes
        if index.unique
    }

    assert set(BROKEN_KEYS) == set(constraints(PrimaryKeyConstraint, UniqueConstraint) | unique)


async def test_a_row_that_breaks_a_rule_is_refused_by_its_name(db: Database):
    tables = constraints(CheckConstraint)
    cases = [(name, wrong) for name, ways in BROKEN_CHECKS.items() for wrong in ways]
    await add_pointed_at(db)

    refused = []
    for name, wrong in cases:
        row = {column: literal_column(value) for column, value in wrong.items()}
        refused.append((await refusal(db, tables[name], another(tables[name]) | row), wrong))

    assert refused == cases


async def test_a_second_row_under_one_key_is_refused_by_the_name_of_the_key(db: Database):
    tables = constraints(PrimaryKeyConstraint, UniqueConstraint)
    refused = []

    for name, (first, second) in BROKEN_KEYS.items():
        table = tables[name] if name in tables else table_of_index(name)
        await empty(db)
        await add_pointed_at(db, but=table.name)
        await insert(db, table, SOUND[table.name] | first)
        refused.append(await refusal(db, table, SOUND[table.name] | second))

    assert refused == list(BROKEN_KEYS)


async def test_a_row_that_points_at_nothing_is_refused(db: Database):
    keys = {
        str(one.name): one
        for table in metadata.tables.values()
        for one in table.constraints
        if isinstance(one, ForeignKeyConstraint)
    }
    await add_pointed_at(db)

    refused = []
    for one in keys.values():
        astray = {column.name: NOWHERE for column in one.columns}
        refused.append(await refusal(db, one.table, another(one.table) | astray))

    # SQLite does not say which.
    nameless = ["FOREIGN KEY constraint failed"] * len(keys)
    assert refused == (nameless if db.is_sqlite else list(keys))


async def test_a_column_that_must_be_filled_is_refused_when_empty(db: Database):
    row = SOUND["subject"] | {"label": None}

    refused = await refusal(db, metadata.tables["subject"], row)

    assert refused is not None
    assert "label" in refused


def constraints(*kinds: type[Constraint]) -> dict[str, Table]:
    """Return every constraint of these kinds, by name, with its table."""
    return {
        str(one.name): table
        for table in metadata.tables.values()
        for one in table.constraints
        if isinstance(one, kinds)
    }


async def refusal(db: Database, table: Table, row: Mapping[str, Any]) -> str | None:
    """Insert a row and return by what name it is refused, None if it is taken."""
    try:
        await insert(db, table, row)
    except Conflict as conflict:
        return conflict.constraint
    return None


async def insert(db: Database, table: Table, row: Mapping[str, Any]) -> None:
    async with db.writing() as tx:
        await tx.execute(table.insert().values(dict(row)))


async def add_pointed_at(db: Database, *, but: str = "") -> None:
    """Add number 1 of everything that rows point at, but for the table under test."""
    for name in POINTED_AT:
        if name != but:
            table = metadata.tables[name]
            number = {"id": 1} if "id" in table.c else {}
            await insert(db, table, SOUND[name] | number)


async def empty(db: Database) -> None:
    async with db.writing() as tx:
        for table in reversed(metadata.sorted_tables):
            await tx.execute(table.delete())


def another(table: Table) -> dict[str, Any]:
    """Return a sound row that can stand beside number 1."""
    return SOUND[table.name] | {
        "batch": {"id": 2},
        "brief": {"id": 2, "fingerprint": "b"},
        "copy": {"id": 2, "message_id": 2},
        "subject": {"id": 2, "key": "sun"},
        "subscriber": {"chat_id": 2},
    }.get(table.name, {})


def table_of_index(name: str) -> Table:
    return next(
        table
        for table in metadata.tables.values()
        if name in {str(index.name) for index in table.indexes}
    )
