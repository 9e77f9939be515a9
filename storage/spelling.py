"""Statements that are written once, in the spelling of each database."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

#: On SQLite one statement for many rows is three times as quick as one a row, as long as it is
#: prepared once: so there are few of them, for so many rows each.
ROWS_A_STATEMENT = (1000, 100, 10, 5, 2, 1)

_JOIN = re.compile(r"\{join\(([^{}]*)\)\}")


def insertions(
    table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Return the statements by which SQLite inserts rows, each with its values."""
    start = 0
    for count in ROWS_A_STATEMENT:
        while len(rows) - start >= count:
            part = rows[start : start + count]
            yield _insert(table, columns, count), tuple(chain.from_iterable(part))
            start += count


@lru_cache(maxsize=512)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    rows = ", ".join([row] * count)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {rows}"  # noqa: S608 - names of ours


@lru_cache(maxsize=512)
def over_values(dialect: str, statement: str, types: str, count: int, once: int) -> str:
    """Return ``WITH v(…) AS (VALUES …) …`` for so many rows, after so many values given once."""
    kinds = {"i": "BIGINT", "t": "TEXT", "b": "BYTEA"}
    names, _, rest = statement.partition(")")

    def mark(place: int, kind: str) -> str:
        bare = f"{{{once + place + 1}}}"
        return bare if dialect == "sqlite" else f"CAST({bare} AS {kinds[kind]})"

    listed = ", ".join(
        "(" + ", ".join(mark(n * len(types) + m, kind) for m, kind in enumerate(types)) + ")"
        for n in range(count)
    )
    return f"WITH v{names}) AS (VALUES {listed}){rest}"


@lru_cache(maxsize=512)
def in_one(statements: tuple[str, ...], counts: tuple[int, ...]) -> str:
    """Return one statement for PostgreSQL that returns the rows of several, each as JSON."""
    first = 0
    asked = []
    for statement, count in zip(statements, counts, strict=True):
        places = [f"{{{first + n}}}" for n in range(1, count + 1)]
        spelled = statement.format("", *places)
        asked.append(f"(SELECT CAST(json_agg(one) AS TEXT) FROM ({spelled}) one)")  # noqa: S608 - statements of ours
        first += count
    return f"SELECT {', '.join(asked)}"


@lru_cache(maxsize=512)
def spell_sqlite(statement: str) -> str:
    """Return a statement as SQLite takes it."""
    spelled = statement.replace("{ids}", "IN (SELECT value FROM json_each({1}))")
    spelled = spelled.replace("{each}", "json_each({1}) AS one")
    spelled = spelled.replace("IS NOT DISTINCT FROM", "IS")  # which it knows since 3.39 only
    return _spell(_JOIN.sub(r"group_concat(\1)", spelled), "?")


@lru_cache(maxsize=512)
def spell_postgres(statement: str) -> str:
    """Return a statement as PostgreSQL takes it."""
    spelled = statement.replace("{ids}", "= ANY({1}::BIGINT[])")
    spelled = spelled.replace("{each}", "unnest({1}::BIGINT[]) AS one (value)")
    return _spell(_JOIN.sub(r"string_agg((\1)::TEXT, ',')", spelled), "$")


def _spell(statement: str, sign: str) -> str:
    return statement.replace("{", sign).replace("}", "")
