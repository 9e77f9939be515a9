"""Indexes by which nothing reads all of a ledger, or all briefs, that years have filled.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

ENDED = sa.text('ended_at IS NOT NULL')


def upgrade() -> None:
    op.create_index('brief_state_released_at_index', 'brief', ['state', 'released_at'])
    op.drop_index('brief_released_at_index', 'brief')
    op.create_index(
        'delivery_ended_at_index', 'delivery', ['ended_at'],
        sqlite_where=ENDED, postgresql_where=ENDED,
    )


def downgrade() -> None:
    op.drop_index('delivery_ended_at_index', 'delivery')
    op.create_index('brief_released_at_index', 'brief', ['released_at'])
    op.drop_index('brief_state_released_at_index', 'brief')
