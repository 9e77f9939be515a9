"""INSERT … ON CONFLICT, which the two databases spell alike but SQLAlchemy builds apart."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.transactions import ReadTx


def insert(tx: ReadTx, table: Table) -> Any:
    """Return an insert into ``table`` that has ``on_conflict_do_nothing`` and ``…_update``."""
    if tx.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
