"""Tables of what is read: briefs, their names, what can be followed, and what matched."""

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
    Text,
    text,
)

from storage.columns import BigId, UtcDateTime, Word, between, one_of
from storage.model.brief import BriefState, NameKind
from storage.model.subject import Ring, SubjectKind
from storage.tables.names import metadata

brief = Table(
    "brief",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("state", Word(BriefState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("ingested_at", UtcDateTime, nullable=False),
    Column("scheduled_for", UtcDateTime),
    Column("released_at", UtcDateTime),
    Column("retracted_at", UtcDateTime),
    Column("retract_reason", Text),
    Column("source", Text),
    Column("source_by", String(8), nullable=False, server_default="rule"),
    Column("story_id", BigId, ForeignKey("brief.id")),
    Column("updates_id", BigId, ForeignKey("brief.id")),
    Column("likely_version_of", BigId, ForeignKey("brief.id")),
    Column("holds", Text, nullable=False, server_default=""),
    Column("signature", Text, nullable=False, server_default=""),
    Column("batch_id", BigId, ForeignKey("batch.id")),
    Column("edit_change", BigId),
    Column("edit_cursor", BigId),
    Column("file", Text),
    Column("position", Integer),
    one_of("state", BriefState),
    one_of("source_by", ("rule", "editor")),
    CheckConstraint("revision >= 1", name="revision_counts"),
    CheckConstraint(
        "(state <> 'released' OR released_at IS NOT NULL)"
        " AND (state <> 'scheduled' OR scheduled_for IS NOT NULL)"
        " AND (state <> 'retracted' OR retracted_at IS NOT NULL)",
        name="state_dated",
    ),
    Index("brief_state_index", "state", "id"),
    Index("brief_state_released_at_index", "state", "released_at"),
    Index("brief_story_id_index", "story_id"),
    Index(
        "brief_edit_cursor_index",
        "edit_cursor",
        sqlite_where=text("edit_cursor IS NOT NULL"),
        postgresql_where=text("edit_cursor IS NOT NULL"),
    ),
    CheckConstraint("(edit_cursor IS NULL) OR (edit_change IS NOT NULL)", name="edit_numbered"),
    sqlite_autoincrement=True,
)

brief_revision = Table(
    "brief_revision",
    metadata,
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("headline", Text, nullable=False),
    Column("headline_stated", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("counter_argument", Text, nullable=False),
    Column("ai_context", Text),
    Column("impact", Float, nullable=False),
    Column("confidence", Float),
    Column("read_seconds", Integer, nullable=False),
    Column("read_seconds_stated", Boolean, nullable=False),
    Column("published_at", UtcDateTime),
    Column("section", Text),
    Column("source_url", Text),
    Column("lang", String(35)),
    Column("extras", Text, nullable=False, server_default="[]"),
    Column("material", Boolean, nullable=False, server_default="0"),
    Column("note", Text),
    Column("made_by", BigId),
    Column("made_at", UtcDateTime, nullable=False),
    between("impact", 0, 10),
    between("confidence", 0, 1),
    between("read_seconds", 1, 7200),
    CheckConstraint("length(body) > 0", name="body_written"),
    CheckConstraint("length(counter_argument) > 0", name="counter_argument_written"),
)

brief_name = Table(
    "brief_name",
    metadata,
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Word(NameKind), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("written", Text, nullable=False),
    Column("key", Text, nullable=False),
    one_of("kind", NameKind),
)

subject = Table(
    "subject",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", Word(SubjectKind), nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("lang", String(35)),
    Column("words", Text, nullable=False, server_default=""),
    Column("merged_into", BigId, ForeignKey("subject.id")),
    Column("merged_by", String(8)),
    Column("origin", String(8), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    one_of("kind", SubjectKind),
    one_of("merged_by", ("config", "editor")),
    one_of("origin", ("typed", "offer", "config")),
    CheckConstraint("merged_into IS NULL OR merged_into <> id", name="merge_elsewhere"),
    Index("subject_kind_key_unique", "kind", "key", unique=True),
    Index("subject_merged_into_index", "merged_into"),
    sqlite_autoincrement=True,
)

# Neither briefs nor subjects are ever deleted; looking both up for each match takes longer than
# keeping it (docs/decisions/0013).
match = Table(
    "match",
    metadata,
    Column("brief_id", BigId, primary_key=True, autoincrement=False),
    Column("subject_id", BigId, primary_key=True, autoincrement=False),
    Column("ring", Word(Ring), nullable=False),
    Column("because", Text, nullable=False),
    one_of("ring", Ring),
    sqlite_with_rowid=False,
)

verdict = Table(
    "verdict",
    metadata,
    Column("brief_id", BigId, ForeignKey("brief.id", ondelete="CASCADE"), primary_key=True),
    Column("outcome", String(8), nullable=False),
    Column("later_brief_id", BigId, ForeignKey("brief.id")),
    Column("made_by", BigId, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    one_of("outcome", ("held_up", "partly", "did_not")),
)
