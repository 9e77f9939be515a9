"""Each match was kept in three places and looked up in two tables, a name in an index too.

Revision ID: 0004
Revises: 0003
"""

from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

COLUMNS = 'brief_id, subject_id, ring, because'
KEYS = {'brief_id': 'brief', 'subject_id': 'subject'}


def upgrade() -> None:
    op.drop_index('brief_name_key_index', 'brief_name')
    op.drop_index('match_subject_id_index', 'match')
    if op.get_bind().dialect.name == 'sqlite':
        _make_anew('', ' WITHOUT ROWID')
        return
    for column in KEYS:
        op.drop_constraint(f'match_{column}_known', 'match', type_='foreignkey')


def downgrade() -> None:
    for column, table in KEYS.items():
        op.execute(f'DELETE FROM match WHERE {column} NOT IN (SELECT id FROM {table})')
    if op.get_bind().dialect.name == 'sqlite':
        _make_anew(''.join(f', {_key(column)}' for column in KEYS), '')
    else:
        for column in KEYS:
            op.execute(f'ALTER TABLE match ADD {_key(column)}')
    op.create_index('match_subject_id_index', 'match', ['subject_id', 'brief_id'])
    op.create_index('brief_name_key_index', 'brief_name', ['key'])


def _key(column: str) -> str:
    name, table = f'match_{column}_known', KEYS[column]
    return f'CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES {table} (id) ON DELETE CASCADE'


def _make_anew(keys: str, kind: str) -> None:
    op.rename_table('match', 'match_before')
    op.execute(
        'CREATE TABLE match (brief_id INTEGER NOT NULL, subject_id INTEGER NOT NULL,'
        ' ring VARCHAR(8) NOT NULL, because TEXT NOT NULL,'
        ' CONSTRAINT match_pk PRIMARY KEY (brief_id, subject_id),'
        " CONSTRAINT match_ring_known CHECK (ring IN ('name', 'words', 'headline', 'section'))"
        f'{keys}){kind}'
    )
    op.execute(f'INSERT INTO match ({COLUMNS}) SELECT {COLUMNS} FROM match_before')
    op.drop_table('match_before')
