"""The least that keeping a brief costs: its rows, durable and searchable, by the driver alone."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import asyncpg

from bot.services.taking_in import Piece
from storage.model.brief import BriefDraft
from storage.sqlite import EVERY_CONNECTION

_SQLITE = (
    "CREATE TABLE plain_brief (id INTEGER PRIMARY KEY, headline, body, counter, context, impact)",
    "CREATE TABLE plain_name (brief_id, name)",
    "CREATE INDEX plain_name_index ON plain_name (name)",
    "CREATE VIRTUAL TABLE plain_search USING fts5(headline, body, counter)",
)
_POSTGRES = """
    DROP TABLE IF EXISTS plain_brief, plain_name;
    CREATE TABLE plain_brief (id BIGINT PRIMARY KEY, headline TEXT, body TEXT, counter TEXT,
        context TEXT, impact FLOAT, document TSVECTOR GENERATED ALWAYS AS
        (to_tsvector('simple', headline || ' ' || body || ' ' || counter)) STORED);
    CREATE INDEX ON plain_brief USING gin (document);
    CREATE TABLE plain_name (brief_id BIGINT, name TEXT);
    CREATE INDEX ON plain_name (name);
"""


def drafts_of(pieces: Sequence[Piece]) -> list[BriefDraft]:
    """Return what was read of documents that are all sound."""
    return [piece.result.draft for piece in pieces]  # type: ignore[union-attr]  # none is refused


def keep_in_sqlite(path: Path, drafts: Sequence[BriefDraft]) -> float:
    """Return the milliseconds that one brief takes in a file of its own, one transaction each."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in (*EVERY_CONNECTION, *_SQLITE):
            db.execute(statement)
        start = time.perf_counter()
        for n, draft in enumerate(drafts):
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO plain_brief VALUES (?, ?, ?, ?, ?, ?)", _row(n, draft))
            db.executemany("INSERT INTO plain_name VALUES (?, ?)", _names(n, draft))
            db.execute(
                "INSERT INTO plain_search (rowid, headline, body, counter) VALUES (?, ?, ?, ?)",
                _row(n, draft)[:4],
            )
            db.execute("COMMIT")
        return (time.perf_counter() - start) / len(drafts) * 1000


async def keep_in_postgres(address: str, drafts: Sequence[BriefDraft]) -> float:
    """Return the same for PostgreSQL."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(_POSTGRES)
        start = time.perf_counter()
        for n, draft in enumerate(drafts):
            async with connection.transaction():
                await connection.execute(
                    "INSERT INTO plain_brief VALUES ($1, $2, $3, $4, $5, $6)", *_row(n, draft)
                )
                await connection.executemany(
                    "INSERT INTO plain_name VALUES ($1, $2)", _names(n, draft)
                )
        return (time.perf_counter() - start) / len(drafts) * 1000
    finally:
        await connection.close()


def _row(n: int, draft: BriefDraft) -> tuple[object, ...]:
    return (
        n,
        draft.headline,
        draft.body,
        draft.counter_argument,
        draft.ai_context,
        draft.impact,
    )


def _names(n: int, draft: BriefDraft) -> list[tuple[int, str]]:
    return [(n, name) for name in (*draft.topics, *draft.entities)]
