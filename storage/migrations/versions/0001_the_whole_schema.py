"""The whole schema, and the search over briefs that each database has of its own kind.

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search USING fts5("
        "headline, body, counter_argument, names, tokenize='unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        "CREATE TABLE search (brief_id BIGINT CONSTRAINT search_pk PRIMARY KEY"
        " CONSTRAINT search_brief_id_known REFERENCES brief (id) ON DELETE CASCADE,"
        " document TSVECTOR NOT NULL)",
        "CREATE INDEX search_document_index ON search USING gin (document)",
    ),
}


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('who', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('about', sa.Text(), server_default='', nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('audit_pk')),
    sqlite_autoincrement=True
    )
    op.create_table('batch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('report', sa.Text(), server_default='', nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("way IN ('cli', 'folder', 'http', 'chat')", name=op.f('batch_way_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('batch_pk')),
    sqlite_autoincrement=True
    )
    op.create_table('broadcast',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=9), nullable=False),
    sa.Column('nonce', sa.String(length=16), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'sending', 'held', 'stopped', 'done')", name=op.f('broadcast_state_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('broadcast_pk')),
    sqlite_autoincrement=True
    )
    op.create_table('copy',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('inline_id', sa.Text(), nullable=True),
    sa.Column('delivery_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recipe', sa.LargeBinary(), nullable=False),
    sa.Column('view', sa.Text(), server_default='list', nullable=False),
    sa.Column('state', sa.String(4), server_default='live', nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('edited_at', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("state IN ('live', 'gone')", name=op.f('copy_state_known')),
    sa.CheckConstraint('(inline_id IS NULL) = (chat_id IS NOT NULL AND message_id IS NOT NULL)', name=op.f('copy_addressed')),
    sa.PrimaryKeyConstraint('id', name=op.f('copy_pk')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('copy', schema=None) as batch_op:
        batch_op.create_index('copy_inline_id_unique', ['inline_id'], unique=True)
        batch_op.create_index('copy_made_at_index', ['made_at'], unique=False)
        batch_op.create_index('copy_message_unique', ['chat_id', 'message_id'], unique=True)

    op.create_table('delivery',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.SmallInteger(), nullable=False),
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('slot', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ref', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(9), server_default='pending', nullable=False),
    sa.Column('recipe', sa.LargeBinary(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.Column('not_before', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=True),
    sa.Column('attempts', sa.SmallInteger(), server_default='0', nullable=False),
    sa.Column('doubt', sa.SmallInteger(), server_default='0', nullable=False),
    sa.Column('fence', sa.Integer(), server_default='0', nullable=False),
    sa.Column('lease_owner', sa.String(length=36), nullable=True),
    sa.Column('lease_until', sa.BigInteger(), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.Column('last_error', sa.String(length=200), nullable=True),
    sa.CheckConstraint("state IN ('pending', 'leased', 'sending', 'sent', 'uncertain', 'dead', 'cancelled', 'expired', 'poisoned')", name=op.f('delivery_state_known')),
    sa.CheckConstraint('attempts >= 0 AND doubt >= 0', name=op.f('delivery_counts_up')),
    sa.CheckConstraint('kind BETWEEN 1 AND 6', name=op.f('delivery_kind_range')),
    sa.PrimaryKeyConstraint('id', name=op.f('delivery_pk')),
    postgresql_with={'fillfactor': 70, 'autovacuum_vacuum_scale_factor': 0.01},
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index('delivery_chat_index', ['chat_id', 'id'], unique=False, sqlite_where=sa.text("state IN ('pending', 'leased', 'sending')"), postgresql_where=sa.text("state IN ('pending', 'leased', 'sending')"))
        batch_op.create_index('delivery_key_unique', ['kind', 'chat_id', 'slot', 'ref'], unique=True)
        batch_op.create_index('delivery_lease_index', ['lease_until'], unique=False, sqlite_where=sa.text("state IN ('leased', 'sending')"), postgresql_where=sa.text("state IN ('leased', 'sending')"))
        batch_op.create_index('delivery_pending_index', ['kind', 'not_before', 'id'], unique=False, sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))
        batch_op.create_index('delivery_uncertain_index', ['id'], unique=False, sqlite_where=sa.text("state = 'uncertain'"), postgresql_where=sa.text("state = 'uncertain'"))

    op.create_table('delivery_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delivery_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('was', sa.String(9), nullable=False),
    sa.Column('became', sa.String(9), nullable=False),
    sa.Column('who', sa.String(length=36), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('delivery_event_pk'))
    )
    with op.batch_alter_table('delivery_event', schema=None) as batch_op:
        batch_op.create_index('delivery_event_delivery_id_index', ['delivery_id', 'id'], unique=False)

    op.create_table('had',
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delivery_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('chat_id', 'brief_id', name=op.f('had_pk')),
    sqlite_with_rowid=False
    )
    op.create_table('marker',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('times', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('marker_pk'))
    )
    op.create_table('pending',
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('question', sa.String(length=32), nullable=False),
    sa.Column('about', sa.Text(), server_default='', nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pending_pk'))
    )
    op.create_table('seen_update',
    sa.Column('update_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('update_id', name=op.f('seen_update_pk'))
    )
    with op.batch_alter_table('seen_update', schema=None) as batch_op:
        batch_op.create_index('seen_update_seen_at_index', ['seen_at'], unique=False)

    op.create_table('set_aside',
    sa.Column('update_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('update', sa.Text(), nullable=False),
    sa.Column('error', sa.String(length=200), nullable=False),
    sa.Column('set_aside_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('update_id', name=op.f('set_aside_pk'))
    )
    op.create_table('subject',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(7), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=35), nullable=True),
    sa.Column('words', sa.Text(), server_default='', nullable=False),
    sa.Column('merged_into', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('merged_by', sa.String(length=8), nullable=True),
    sa.Column('origin', sa.String(length=8), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind IN ('phrase', 'section')", name=op.f('subject_kind_known')),
    sa.CheckConstraint("merged_by IN ('config', 'editor')", name=op.f('subject_merged_by_known')),
    sa.CheckConstraint("origin IN ('typed', 'offer', 'config')", name=op.f('subject_origin_known')),
    sa.CheckConstraint('merged_into IS NULL OR merged_into <> id', name=op.f('subject_merge_elsewhere')),
    sa.ForeignKeyConstraint(['merged_into'], ['subject.id'], name=op.f('subject_merged_into_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('subject_pk')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('subject', schema=None) as batch_op:
        batch_op.create_index('subject_kind_key_unique', ['kind', 'key'], unique=True)
        batch_op.create_index('subject_merged_into_index', ['merged_into'], unique=False)

    op.create_table('subscriber',
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(10), nullable=False),
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.String(11), nullable=False),
    sa.Column('status_at', sa.BigInteger(), nullable=False),
    sa.Column('not_found_at', sa.BigInteger(), nullable=True),
    sa.Column('migrated_to', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('not_before', sa.BigInteger(), nullable=False),
    sa.Column('language', sa.String(length=35), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=True),
    sa.Column('times', sa.String(length=17), nullable=False),
    sa.Column('days', sa.SmallInteger(), nullable=False),
    sa.Column('next_due_at', sa.BigInteger(), nullable=True),
    sa.Column('next_slot', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('last_slot_at', sa.BigInteger(), nullable=True),
    sa.Column('first_slot_at', sa.BigInteger(), nullable=True),
    sa.Column('impact_floor', sa.Float(), nullable=False),
    sa.Column('confidence_floor', sa.Float(), nullable=False),
    sa.Column('minutes', sa.SmallInteger(), nullable=True),
    sa.Column('style', sa.String(6), nullable=False),
    sa.Column('alert_impact', sa.Float(), nullable=True),
    sa.Column('alert_confidence', sa.Float(), nullable=False),
    sa.Column('alerts_per_week', sa.SmallInteger(), nullable=False),
    sa.Column('quiet_from', sa.SmallInteger(), nullable=True),
    sa.Column('quiet_to', sa.SmallInteger(), nullable=True),
    sa.Column('paused', sa.Boolean(), nullable=False),
    sa.Column('paused_until', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind IN ('private', 'group', 'supergroup', 'channel')", name=op.f('subscriber_kind_known')),
    sa.CheckConstraint("status IN ('active', 'blocked', 'gone', 'not_started', 'kicked', 'left', 'no_rights', 'paid_only', 'not_found', 'invalid', 'migrated', 'banned')", name=op.f('subscriber_status_known')),
    sa.CheckConstraint("style IN ('folded', 'open', 'hidden')", name=op.f('subscriber_style_known')),
    sa.CheckConstraint('(next_due_at IS NULL) = (next_slot IS NULL)', name=op.f('subscriber_slot_whole')),
    sa.CheckConstraint('(quiet_from IS NULL) = (quiet_to IS NULL)', name=op.f('subscriber_quiet_whole')),
    sa.CheckConstraint('alert_confidence BETWEEN 0 AND 1', name=op.f('subscriber_alert_confidence_range')),
    sa.CheckConstraint('alert_impact BETWEEN 0 AND 10', name=op.f('subscriber_alert_impact_range')),
    sa.CheckConstraint('alerts_per_week BETWEEN 0 AND 100', name=op.f('subscriber_alerts_per_week_range')),
    sa.CheckConstraint('confidence_floor BETWEEN 0 AND 1', name=op.f('subscriber_confidence_floor_range')),
    sa.CheckConstraint('days BETWEEN 1 AND 127', name=op.f('subscriber_days_range')),
    sa.CheckConstraint('impact_floor BETWEEN 0 AND 10', name=op.f('subscriber_impact_floor_range')),
    sa.CheckConstraint('minutes BETWEEN 1 AND 1440', name=op.f('subscriber_minutes_range')),
    sa.CheckConstraint('quiet_from BETWEEN 0 AND 1439', name=op.f('subscriber_quiet_from_range')),
    sa.CheckConstraint('quiet_to BETWEEN 0 AND 1439', name=op.f('subscriber_quiet_to_range')),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('subscriber_pk'))
    )
    with op.batch_alter_table('subscriber', schema=None) as batch_op:
        batch_op.create_index('subscriber_next_due_at_index', ['next_due_at', 'chat_id'], unique=False)

    op.create_table('brief',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(9), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.BigInteger(), nullable=False),
    sa.Column('ingested_at', sa.BigInteger(), nullable=False),
    sa.Column('scheduled_for', sa.BigInteger(), nullable=True),
    sa.Column('released_at', sa.BigInteger(), nullable=True),
    sa.Column('retracted_at', sa.BigInteger(), nullable=True),
    sa.Column('retract_reason', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('source_by', sa.String(length=8), server_default='rule', nullable=False),
    sa.Column('story_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updates_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('likely_version_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('holds', sa.Text(), server_default='', nullable=False),
    sa.Column('signature', sa.Text(), server_default='', nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('edit_change', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('edit_cursor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file', sa.Text(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state <> 'released' OR released_at IS NOT NULL) AND (state <> 'scheduled' OR scheduled_for IS NOT NULL) AND (state <> 'retracted' OR retracted_at IS NOT NULL)", name=op.f('brief_state_dated')),
    sa.CheckConstraint("source_by IN ('rule', 'editor')", name=op.f('brief_source_by_known')),
    sa.CheckConstraint("state IN ('queued', 'scheduled', 'released', 'retracted', 'archived')", name=op.f('brief_state_known')),
    sa.CheckConstraint('(edit_cursor IS NULL) OR (edit_change IS NOT NULL)', name=op.f('brief_edit_numbered')),
    sa.CheckConstraint('revision >= 1', name=op.f('brief_revision_counts')),
    sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name=op.f('brief_batch_id_known')),
    sa.ForeignKeyConstraint(['likely_version_of'], ['brief.id'], name=op.f('brief_likely_version_of_known')),
    sa.ForeignKeyConstraint(['story_id'], ['brief.id'], name=op.f('brief_story_id_known')),
    sa.ForeignKeyConstraint(['updates_id'], ['brief.id'], name=op.f('brief_updates_id_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('brief_pk')),
    sa.UniqueConstraint('fingerprint', name=op.f('brief_fingerprint_unique')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('brief', schema=None) as batch_op:
        batch_op.create_index('brief_edit_cursor_index', ['edit_cursor'], unique=False, sqlite_where=sa.text('edit_cursor IS NOT NULL'), postgresql_where=sa.text('edit_cursor IS NOT NULL'))
        batch_op.create_index('brief_released_at_index', ['released_at'], unique=False)
        batch_op.create_index('brief_state_index', ['state', 'id'], unique=False)
        batch_op.create_index('brief_story_id_index', ['story_id'], unique=False)

    op.create_table('copy_brief',
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('copy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['copy_id'], ['copy.id'], name=op.f('copy_brief_copy_id_known'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('brief_id', 'copy_id', name=op.f('copy_brief_pk')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('copy_brief', schema=None) as batch_op:
        batch_op.create_index('copy_brief_copy_id_index', ['copy_id'], unique=False)

    op.create_table('follow',
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mode', sa.String(6), nullable=False),
    sa.Column('origin', sa.String(length=8), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('silent_told_at', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("mode IN ('follow', 'mute')", name=op.f('follow_mode_known')),
    sa.CheckConstraint("origin IN ('typed', 'offer', 'config')", name=op.f('follow_origin_known')),
    sa.ForeignKeyConstraint(['chat_id'], ['subscriber.chat_id'], name=op.f('follow_chat_id_known'), onupdate='CASCADE', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], name=op.f('follow_subject_id_known')),
    sa.PrimaryKeyConstraint('chat_id', 'subject_id', name=op.f('follow_pk')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.create_index('follow_subject_id_index', ['subject_id'], unique=False)

    op.create_table('alert_hold',
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('alert_hold_brief_id_known'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['chat_id'], ['subscriber.chat_id'], name=op.f('alert_hold_chat_id_known'), onupdate='CASCADE', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('chat_id', 'brief_id', name=op.f('alert_hold_pk'))
    )
    op.create_table('brief_name',
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(6), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('written', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('topic', 'entity')", name=op.f('brief_name_kind_known')),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('brief_name_brief_id_known'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('brief_id', 'kind', 'position', name=op.f('brief_name_pk'))
    )
    with op.batch_alter_table('brief_name', schema=None) as batch_op:
        batch_op.create_index('brief_name_key_index', ['key'], unique=False)

    op.create_table('brief_revision',
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('headline', sa.Text(), nullable=False),
    sa.Column('headline_stated', sa.Boolean(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('counter_argument', sa.Text(), nullable=False),
    sa.Column('ai_context', sa.Text(), nullable=True),
    sa.Column('impact', sa.Float(), nullable=False),
    sa.Column('confidence', sa.Float(), nullable=True),
    sa.Column('read_seconds', sa.Integer(), nullable=False),
    sa.Column('read_seconds_stated', sa.Boolean(), nullable=False),
    sa.Column('published_at', sa.BigInteger(), nullable=True),
    sa.Column('section', sa.Text(), nullable=True),
    sa.Column('source_url', sa.Text(), nullable=True),
    sa.Column('lang', sa.String(length=35), nullable=True),
    sa.Column('extras', sa.Text(), server_default='[]', nullable=False),
    sa.Column('material', sa.Boolean(), server_default='0', nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('confidence BETWEEN 0 AND 1', name=op.f('brief_revision_confidence_range')),
    sa.CheckConstraint('impact BETWEEN 0 AND 10', name=op.f('brief_revision_impact_range')),
    sa.CheckConstraint('length(body) > 0', name=op.f('brief_revision_body_written')),
    sa.CheckConstraint('length(counter_argument) > 0', name=op.f('brief_revision_counter_argument_written')),
    sa.CheckConstraint('read_seconds BETWEEN 1 AND 7200', name=op.f('brief_revision_read_seconds_range')),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('brief_revision_brief_id_known'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('brief_id', 'n', name=op.f('brief_revision_pk'))
    )
    op.create_table('feedback',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ring', sa.String(length=8), nullable=True),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind IN ('not_meant', 'too_long', 'too_many', 'time', 'more', 'less')", name=op.f('feedback_kind_known')),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('feedback_brief_id_known'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['chat_id'], ['subscriber.chat_id'], name=op.f('feedback_chat_id_known'), onupdate='CASCADE', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], name=op.f('feedback_subject_id_known'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('feedback_pk'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('feedback_made_at_index', ['made_at'], unique=False)

    op.create_table('match',
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ring', sa.String(8), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.CheckConstraint("ring IN ('name', 'words', 'headline', 'section')", name=op.f('match_ring_known')),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('match_brief_id_known'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], name=op.f('match_subject_id_known'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('brief_id', 'subject_id', name=op.f('match_pk'))
    )
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.create_index('match_subject_id_index', ['subject_id', 'brief_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=8), server_default='open', nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("state IN ('open', 'handled')", name=op.f('report_state_known')),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('report_brief_id_known'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['chat_id'], ['subscriber.chat_id'], name=op.f('report_chat_id_known'), onupdate='CASCADE', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('report_pk')),
    sqlite_autoincrement=True
    )
    op.create_table('saved',
    sa.Column('chat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('saved_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('saved_brief_id_known'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['chat_id'], ['subscriber.chat_id'], name=op.f('saved_chat_id_known'), onupdate='CASCADE', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('chat_id', 'brief_id', name=op.f('saved_pk'))
    )
    op.create_table('verdict',
    sa.Column('brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('later_brief_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("outcome IN ('held_up', 'partly', 'did_not')", name=op.f('verdict_outcome_known')),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('verdict_brief_id_known'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['later_brief_id'], ['brief.id'], name=op.f('verdict_later_brief_id_known')),
    sa.PrimaryKeyConstraint('brief_id', name=op.f('verdict_pk'))
    )
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE search")
    op.drop_table('verdict')
    op.drop_table('saved')
    op.drop_table('report')
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_index('match_subject_id_index')

    op.drop_table('match')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_index('feedback_made_at_index')

    op.drop_table('feedback')
    op.drop_table('brief_revision')
    with op.batch_alter_table('brief_name', schema=None) as batch_op:
        batch_op.drop_index('brief_name_key_index')

    op.drop_table('brief_name')
    op.drop_table('alert_hold')
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.drop_index('follow_subject_id_index')

    op.drop_table('follow')
    with op.batch_alter_table('copy_brief', schema=None) as batch_op:
        batch_op.drop_index('copy_brief_copy_id_index')

    op.drop_table('copy_brief')
    with op.batch_alter_table('brief', schema=None) as batch_op:
        batch_op.drop_index('brief_story_id_index')
        batch_op.drop_index('brief_state_index')
        batch_op.drop_index('brief_released_at_index')
        batch_op.drop_index('brief_edit_cursor_index', sqlite_where=sa.text('edit_cursor IS NOT NULL'), postgresql_where=sa.text('edit_cursor IS NOT NULL'))

    op.drop_table('brief')
    with op.batch_alter_table('subscriber', schema=None) as batch_op:
        batch_op.drop_index('subscriber_next_due_at_index')

    op.drop_table('subscriber')
    with op.batch_alter_table('subject', schema=None) as batch_op:
        batch_op.drop_index('subject_merged_into_index')
        batch_op.drop_index('subject_kind_key_unique')

    op.drop_table('subject')
    op.drop_table('set_aside')
    with op.batch_alter_table('seen_update', schema=None) as batch_op:
        batch_op.drop_index('seen_update_seen_at_index')

    op.drop_table('seen_update')
    op.drop_table('pending')
    op.drop_table('marker')
    op.drop_table('had')
    with op.batch_alter_table('delivery_event', schema=None) as batch_op:
        batch_op.drop_index('delivery_event_delivery_id_index')

    op.drop_table('delivery_event')
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index('delivery_uncertain_index', sqlite_where=sa.text("state = 'uncertain'"), postgresql_where=sa.text("state = 'uncertain'"))
        batch_op.drop_index('delivery_pending_index', sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))
        batch_op.drop_index('delivery_lease_index', sqlite_where=sa.text("state IN ('leased', 'sending')"), postgresql_where=sa.text("state IN ('leased', 'sending')"))
        batch_op.drop_index('delivery_key_unique')
        batch_op.drop_index('delivery_chat_index', sqlite_where=sa.text("state IN ('pending', 'leased', 'sending')"), postgresql_where=sa.text("state IN ('pending', 'leased', 'sending')"))

    op.drop_table('delivery')
    with op.batch_alter_table('copy', schema=None) as batch_op:
        batch_op.drop_index('copy_message_unique')
        batch_op.drop_index('copy_made_at_index')
        batch_op.drop_index('copy_inline_id_unique')

    op.drop_table('copy')
    op.drop_table('broadcast')
    op.drop_table('batch')
    op.drop_table('audit')
