"""Tables of who reads: chats, what they follow, and what they had."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
)

from storage.columns import BigId, UtcDateTime, Word, between, one_of
from storage.model.subject import FollowMode
from storage.model.subscriber import ChatKind, ChatStatus, Style
from storage.tables.names import metadata

subscriber = Table(
    "subscriber",
    metadata,
    Column("chat_id", BigId, primary_key=True, autoincrement=False),
    Column("kind", Word(ChatKind), nullable=False),
    Column("thread_id", BigId),
    Column("status", Word(ChatStatus), nullable=False),
    Column("status_at", UtcDateTime, nullable=False),
    Column("not_found_at", UtcDateTime),
    Column("migrated_to", BigId),
    Column("not_before", UtcDateTime, nullable=False),
    Column("language", String(35), nullable=False),
    Column("zone", String(64)),
    Column("times", String(17), nullable=False),
    Column("days", SmallInteger, nullable=False),
    Column("next_due_at", UtcDateTime),
    Column("next_slot", BigId),
    Column("last_slot_at", UtcDateTime),
    Column("first_slot_at", UtcDateTime),
    Column("impact_floor", Float, nullable=False),
    Column("confidence_floor", Float, nullable=False),
    Column("minutes", SmallInteger),
    Column("style", Word(Style), nullable=False),
    Column("alert_impact", Float),
    Column("alert_confidence", Float, nullable=False),
    Column("alerts_per_week", SmallInteger, nullable=False),
    Column("quiet_from", SmallInteger),
    Column("quiet_to", SmallInteger),
    Column("paused", Boolean, nullable=False),
    Column("paused_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    one_of("kind", ChatKind),
    one_of("status", ChatStatus),
    one_of("style", Style),
    between("days", 1, 127),
    between("impact_floor", 0, 10),
    between("confidence_floor", 0, 1),
    between("minutes", 1, 1440),
    between("alert_impact", 0, 10),
    between("alert_confidence", 0, 1),
    between("alerts_per_week", 0, 100),
    between("quiet_from", 0, 1439),
    between("quiet_to", 0, 1439),
    CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_whole"),
    CheckConstraint("(next_due_at IS NULL) = (next_slot IS NULL)", name="slot_whole"),
    Index("subscriber_next_due_at_index", "next_due_at", "chat_id"),
)

follow = Table(
    "follow",
    metadata,
    Column(
        "chat_id",
        BigId,
        ForeignKey("subscriber.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("subject_id", BigId, ForeignKey("subject.id"), primary_key=True),
    Column("mode", Word(FollowMode), nullable=False),
    Column("origin", String(8), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("silent_told_at", UtcDateTime),
    one_of("mode", FollowMode),
    one_of("origin", ("typed", "offer", "config")),
    Index("follow_subject_id_index", "subject_id"),
    sqlite_with_rowid=False,
)

had = Table(
    "had",
    metadata,
    Column("chat_id", BigId, primary_key=True),
    Column("brief_id", BigId, primary_key=True),
    Column("delivery_id", BigId, nullable=False),
    sqlite_with_rowid=False,
)

saved = Table(
    "saved",
    metadata,
    Column(
        "chat_id",
        BigId,
        ForeignKey("subscriber.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE"), primary_key=True),
    Column("saved_at", UtcDateTime, nullable=False),
)

alert_hold = Table(
    "alert_hold",
    metadata,
    Column(
        "chat_id",
        BigId,
        ForeignKey("subscriber.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE"), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("week", Integer, nullable=False),
)
