"""What copies show is written ten rows a digest, and each was looked up in all copies.

Revision ID: 0003
Revises: 0002
"""

from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

KEY = 'CONSTRAINT copy_brief_copy_id_known FOREIGN KEY(copy_id) REFERENCES copy (id) ON DELETE CASCADE'


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _make_anew('')
    else:
        op.drop_constraint('copy_brief_copy_id_known', 'copy_brief', type_='foreignkey')


def downgrade() -> None:
    op.execute('DELETE FROM copy_brief WHERE copy_id NOT IN (SELECT id FROM copy)')
    if op.get_bind().dialect.name == 'sqlite':
        _make_anew(f', {KEY}')
    else:
        op.execute(f'ALTER TABLE copy_brief ADD {KEY}')


def _make_anew(key: str) -> None:
    op.drop_index('copy_brief_copy_id_index', 'copy_brief')
    op.rename_table('copy_brief', 'copy_brief_before')
    op.execute(
        'CREATE TABLE copy_brief (brief_id INTEGER NOT NULL, copy_id INTEGER NOT NULL,'
        f' CONSTRAINT copy_brief_pk PRIMARY KEY (brief_id, copy_id){key}) WITHOUT ROWID'
    )
    op.execute('INSERT INTO copy_brief SELECT brief_id, copy_id FROM copy_brief_before')
    op.drop_table('copy_brief_before')
    op.create_index('copy_brief_copy_id_index', 'copy_brief', ['copy_id'])
