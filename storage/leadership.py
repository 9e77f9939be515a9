"""Which of several processes on PostgreSQL plans and sends: one row, held for a while at a time.

The lease runs on the database's clock, so the clocks of the processes do not matter. Whoever
dies, is stopped, or loses the database cannot renew it, and another process takes it over.
"""

from datetime import timedelta

from sqlalchemy import text

from storage.transactions import WriteTx

_NAME = "leader"
_NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"
_HOLD = text(
    "INSERT INTO marker (name, value, at, times)"  # noqa: S608 - no value stands in it
    f" VALUES (:name, :owner, {_NOW} + :lasts, 1)"
    " ON CONFLICT (name) DO UPDATE SET value = :owner, at = excluded.at,"
    " times = marker.times + CASE WHEN marker.value = :owner THEN 0 ELSE 1 END"
    f" WHERE marker.value = :owner OR marker.at < {_NOW} RETURNING times"
)
_LET_GO = text("UPDATE marker SET at = 0 WHERE name = :name AND value = :owner")


async def hold(tx: WriteTx, *, owner: str, lasts: timedelta) -> int | None:
    """Take or renew the leadership; return how many leaders there have been, None if not ours."""
    values = {"name": _NAME, "owner": owner, "lasts": int(lasts.total_seconds() * 1_000_000)}
    row = (await tx.execute(_HOLD, values)).first()
    return row.times if row else None


async def let_go(tx: WriteTx, *, owner: str) -> None:
    """Give the leadership up, so that another process has it at once."""
    await tx.execute(_LET_GO, {"name": _NAME, "owner": owner})
