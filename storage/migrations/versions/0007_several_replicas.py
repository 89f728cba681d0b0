"""several replicas: who is there, who leads, who has which message in hand"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.database

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lease',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('term', sa.Integer(), nullable=False),
    sa.Column('holder', sa.Integer(), nullable=True),
    sa.Column('expires_at', storage.database.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lease')),
    sa.UniqueConstraint('name', 'term', name=op.f('uq_lease_name_term'))
    )
    op.create_table('replica',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('revision', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('secret', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('joined_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('expires_at', storage.database.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replica'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replica_id', sa.Integer(), nullable=True))
        batch_op.create_index('ix_outbox_replica', ['replica_id'], unique=False, sqlite_where=sa.text('replica_id is not null'), postgresql_where=sa.text('replica_id is not null'))
        batch_op.create_foreign_key(batch_op.f('fk_outbox_replica_id'), 'replica', ['replica_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outbox_replica_id'), type_='foreignkey')
        batch_op.drop_index('ix_outbox_replica', sqlite_where=sa.text('replica_id is not null'), postgresql_where=sa.text('replica_id is not null'))
        batch_op.drop_column('replica_id')

    op.drop_table('replica')
    op.drop_table('lease')
