"""Tables of what is promised: deliveries, what happened to them, and the copies they left."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from storage.columns import BigId, UtcDateTime, Word, between, one_of
from storage.model.copies import CopyState
from storage.model.delivery import DeliveryState, Kind
from storage.tables.names import metadata

# A ledger keeps millions of rows that have ended, so what asks for the others goes by an index of
# these alone. SQLite uses one only for a statement that has the words of the index; with a value
# in their place it would read the whole ledger. So both are made of these.
IS_PENDING = text("state = 'pending'")
IS_HELD = text("state IN ('leased', 'sending')")
IS_OPEN = text("state IN ('pending', 'leased', 'sending')")
IS_UNCERTAIN = text("state = 'uncertain'")
HAS_ENDED = text("ended_at IS NOT NULL")

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", SmallInteger, nullable=False),
    Column("chat_id", BigId, nullable=False),
    Column("thread_id", BigId),
    Column("slot", BigId, nullable=False),
    Column("ref", BigId, nullable=False),
    Column("state", Word(DeliveryState), nullable=False, server_default="pending"),
    Column("recipe", LargeBinary, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("doubt", SmallInteger, nullable=False, server_default="0"),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("lease_owner", String(36)),
    Column("lease_until", UtcDateTime),
    Column("message_id", BigId),
    Column("ended_at", UtcDateTime),
    Column("last_error", String(200)),
    between("kind", min(Kind), max(Kind)),
    one_of("state", DeliveryState),
    CheckConstraint("attempts >= 0 AND doubt >= 0", name="counts_up"),
    Index("delivery_key_unique", "kind", "chat_id", "slot", "ref", unique=True),
    Index(
        "delivery_pending_index",
        "kind",
        "not_before",
        "id",
        sqlite_where=IS_PENDING,
        postgresql_where=IS_PENDING,
    ),
    Index(
        "delivery_chat_index",
        "chat_id",
        "id",
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    ),
    Index(
        "delivery_lease_index",
        "lease_until",
        sqlite_where=IS_HELD,
        postgresql_where=IS_HELD,
    ),
    Index(
        "delivery_uncertain_index",
        "id",
        sqlite_where=IS_UNCERTAIN,
        postgresql_where=IS_UNCERTAIN,
    ),
    Index(
        "delivery_ended_at_index",
        "ended_at",
        sqlite_where=HAS_ENDED,
        postgresql_where=HAS_ENDED,
    ),
    sqlite_autoincrement=True,
    postgresql_with={"fillfactor": 70, "autovacuum_vacuum_scale_factor": 0.01},
)

delivery_event = Table(
    "delivery_event",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("delivery_id", BigId, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("was", Word(DeliveryState), nullable=False),
    Column("became", Word(DeliveryState), nullable=False),
    Column("who", String(36), nullable=False),
    Column("note", Text),
    Index("delivery_event_delivery_id_index", "delivery_id", "id"),
)

copy = Table(
    "copy",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId),
    Column("message_id", BigId),
    Column("inline_id", Text),
    Column("delivery_id", BigId),
    Column("recipe", LargeBinary, nullable=False),
    Column("view", Text, nullable=False, server_default="list"),
    Column("state", Word(CopyState), nullable=False, server_default="live"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    one_of("state", CopyState),
    CheckConstraint(
        "(inline_id IS NULL) = (chat_id IS NOT NULL AND message_id IS NOT NULL)", name="addressed"
    ),
    Index("copy_message_unique", "chat_id", "message_id", unique=True),
    Index("copy_inline_id_unique", "inline_id", unique=True),
    Index("copy_made_at_index", "made_at"),
    sqlite_autoincrement=True,
)

copy_brief = Table(
    "copy_brief",
    metadata,
    Column("brief_id", BigId, primary_key=True),
    Column("copy_id", BigId, primary_key=True),
    Index("copy_brief_copy_id_index", "copy_id"),
    sqlite_with_rowid=False,
)
