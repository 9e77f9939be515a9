"""Tables of what came in from Telegram: updates seen, updates set aside, answers awaited."""

from sqlalchemy import Column, Index, String, Table, Text

from storage.columns import BigId, UtcDateTime
from storage.tables.names import metadata

seen_update = Table(
    "seen_update",
    metadata,
    Column("update_id", BigId, primary_key=True, autoincrement=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Index("seen_update_seen_at_index", "seen_at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("update_id", BigId, primary_key=True, autoincrement=False),
    Column("update", Text, nullable=False),
    Column("error", String(200), nullable=False),
    Column("set_aside_at", UtcDateTime, nullable=False),
)

pending = Table(
    "pending",
    metadata,
    Column("chat_id", BigId, primary_key=True, autoincrement=False),
    Column("question", String(32), nullable=False),
    Column("about", Text, nullable=False, server_default=""),
    Column("expires_at", UtcDateTime, nullable=False),
)
