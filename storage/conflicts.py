"""From a driver's error to the name of the constraint that was broken."""

import re
import sqlite3

from sqlalchemy.exc import IntegrityError

from storage.tables import metadata

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: ([\w., ]+)")
_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)")


#: SQLSTATE 23…: integrity constraint violation.
_BROKEN = "23"


def broken_constraint(error: BaseException) -> str | None:
    """Return the name of the constraint that ``error`` is about, else the driver's words.

    None if no constraint was broken. PostgreSQL names it; SQLite names the columns of a broken
    uniqueness, and nothing at all for a foreign key.
    """
    if isinstance(error, IntegrityError):
        words = str(error.orig)
        driver_error = getattr(error.orig, "__cause__", None) or error.orig
    elif _is_refusal(error):  # from a statement that went past the object layer
        words = str(error)
        driver_error = error
    else:
        return None
    named = getattr(driver_error, "constraint_name", None)
    if named:
        return str(named)
    if check := _SQLITE_CHECK.search(words):
        return check[1]
    if unique := _SQLITE_UNIQUE.search(words):
        return _unique_over(unique[1].split(", ")) or words
    return words


def _is_refusal(error: BaseException) -> bool:
    if isinstance(error, sqlite3.IntegrityError):
        return True
    return str(getattr(error, "sqlstate", "")).startswith(_BROKEN)


def _unique_over(columns: list[str]) -> str | None:
    table_name = columns[0].split(".")[0]
    names = {column.rpartition(".")[2] for column in columns}
    table = metadata.tables.get(table_name)
    if table is None:
        return None
    if {column.name for column in table.primary_key} == names:
        return f"{table_name}_pk"
    for index in table.indexes:
        if index.unique and {column.name for column in index.columns} == names:
            return str(index.name)
    return f"{table_name}_{'_'.join(sorted(names))}_unique"
