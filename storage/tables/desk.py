"""Tables of the newsroom: batches, broadcasts, reports, the audit, and markers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from storage.columns import BigId, UtcDateTime, one_of
from storage.tables.names import metadata

batch = Table(
    "batch",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("way", String(8), nullable=False),
    Column("made_by", BigId),
    Column("chat_id", BigId),
    Column("message_id", BigId),
    Column("report", Text, nullable=False, server_default=""),
    Column("made_at", UtcDateTime, nullable=False),
    one_of("way", ("cli", "folder", "http", "chat")),
    sqlite_autoincrement=True,
)

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId, nullable=False),
    Column("message_id", BigId, nullable=False),
    Column("audience", Text, nullable=False),
    Column("state", String(9), nullable=False),
    Column("nonce", String(16), nullable=False),
    Column("made_by", BigId, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    one_of("state", ("draft", "sending", "held", "stopped", "done")),
    sqlite_autoincrement=True,
)

report = Table(
    "report",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "chat_id",
        BigId,
        ForeignKey("subscriber.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        nullable=False,
    ),
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE"), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("made_at", UtcDateTime, nullable=False),
    one_of("state", ("open", "handled")),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "chat_id",
        BigId,
        ForeignKey("subscriber.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        nullable=False,
    ),
    Column("kind", String(8), nullable=False),
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE")),
    Column("subject_id", BigId, ForeignKey("subject.id", ondelete="CASCADE")),
    Column("ring", String(8)),
    Column("made_at", UtcDateTime, nullable=False),
    one_of("kind", ("not_meant", "too_long", "too_many", "time", "more", "less")),
    Index("feedback_made_at_index", "made_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", BigId),
    Column("action", String(32), nullable=False),
    Column("about", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

marker = Table(
    "marker",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False, server_default="0"),
)
