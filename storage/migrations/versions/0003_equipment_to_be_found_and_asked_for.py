"""equipment to be found and asked for"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.database

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

# No triggers: a schema that is not trusted may not write to a virtual table from them.
IN_FTS5 = (
    "CREATE VIRTUAL TABLE instrument_index USING fts5(marks, content='instrument', "
    "content_rowid='id', detail='none', columnsize=0, tokenize=\"ascii tokenchars ':-+._'\")"
)
IN_POSTGRESQL = (
    "CREATE INDEX ix_instrument_marks ON instrument "
    "USING gin (array_to_tsvector(string_to_array(marks, ' ')))"
)

# The planner takes reading all rows for cheaper than it is: it does not know what marks cost. And
# an index is read to its end, also for a few: so a sample is asked first, which has a mark for it.
FOUND_IN_POSTGRESQL = (
    "CREATE FUNCTION instrument_found(wanted text, most integer) RETURNS SETOF integer "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS $$ "
    "WITH sample AS MATERIALIZED (SELECT id FROM instrument "
    "WHERE array_to_tsvector(string_to_array(marks, ' ')) "
    "@@ (CAST(wanted AS tsquery) && CAST('''b:0''' AS tsquery)) LIMIT most) "
    "SELECT id FROM sample WHERE (SELECT count(*) FROM sample) >= most UNION ALL "
    "(SELECT id FROM instrument WHERE (SELECT count(*) FROM sample) < most AND "
    "array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery) LIMIT most) $$"
)


def upgrade() -> None:
    op.create_table('missed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('folded', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('said', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('last_at', storage.database.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_missed')),
    sa.UniqueConstraint('folded', name=op.f('uq_missed_folded'))
    )
    op.create_table('search',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('said', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('searched_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_search_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search'))
    )
    with op.batch_alter_table('search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_search_searched_at'), ['searched_at'], unique=False)

    op.create_table('word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('word', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_word')),
    sa.UniqueConstraint('word', name=op.f('uq_word_word'))
    )
    op.create_table('instrument_pillar',
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_instrument_pillar_instrument_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_instrument_pillar_pillar_id')),
    sa.PrimaryKeyConstraint('instrument_id', 'pillar_id', name=op.f('pk_instrument_pillar'))
    )
    with op.batch_alter_table('instrument_pillar', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instrument_pillar_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('outage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('until', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_outage_instrument_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outage'))
    )
    with op.batch_alter_table('outage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outage_instrument_id'), ['instrument_id'], unique=False)

    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('name_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('technique', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('region', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('what_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('samples', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('commercial', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('joint_research', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('training', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('supervised', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('priced', sa.Enum('hour', 'run', 'agreement', name='priced', native_enum=False, length=32), nullable=True))
        batch_op.add_column(sa.Column('price_least', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('price_members', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('price_academia', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('price_others', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('guarantor_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('guarantor', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('photo', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('doi', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('visibility', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('condition', sa.Enum('confirmed', 'unverified', 'hidden', name='condition', native_enum=False, length=32), nullable=False, server_default='confirmed'))
        batch_op.add_column(sa.Column('confirmed_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('asked_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('silences', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('marks', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('measures', sa.Text(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_instrument_confirmed_at'), ['confirmed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_guarantor_id'), ['guarantor_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_instrument_organisation_id_reference'), ['organisation_id', 'reference'])
        batch_op.create_foreign_key(batch_op.f('fk_instrument_guarantor_id'), 'person', ['guarantor_id'], ['id'])

    op.create_table('demand',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('wanted_by', sa.Date(), nullable=True),
    sa.Column('samples', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('confidential', sa.Boolean(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('written_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('sent_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_demand_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_demand'))
    )
    with op.batch_alter_table('demand', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_demand_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_demand_written_at'), ['written_at'], unique=False)

    op.create_table('enquiry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('demand_id', sa.Integer(), nullable=False),
    sa.Column('instrument_id', sa.Integer(), nullable=True),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('waiting', 'talking', 'offered', 'declined', 'withdrawn', 'unanswered', name='state', native_enum=False, length=32), nullable=False),
    sa.Column('asked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('first_answer_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('ended_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('reason', sa.Enum('capacity', 'cannot', 'samples', 'out_of_service', 'not_shared', name='reason', native_enum=False, length=32), nullable=True),
    sa.Column('outcome', sa.Enum('contract', 'research', 'not_yet', 'nothing', name='outcome', native_enum=False, length=32), nullable=True),
    sa.Column('taken_by', sa.Integer(), nullable=True),
    sa.Column('entrusted_to', sa.Integer(), nullable=True),
    sa.Column('with_manager', sa.Boolean(), nullable=False),
    sa.Column('steps', sa.Integer(), nullable=False),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('asker_agrees', sa.Boolean(), nullable=False),
    sa.Column('owner_agrees', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['demand_id'], ['demand.id'], name=op.f('fk_enquiry_demand_id')),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_enquiry_instrument_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_enquiry_organisation_id')),
    sa.ForeignKeyConstraint(['taken_by'], ['person.id'], name=op.f('fk_enquiry_taken_by')),
    sa.ForeignKeyConstraint(['entrusted_to'], ['person.id'], name=op.f('fk_enquiry_entrusted_to')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enquiry')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('enquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enquiry_demand_id'), ['demand_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enquiry_instrument_id'), ['instrument_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enquiry_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enquiry_ended_at'), ['ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_enquiry_taken_by'), ['taken_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_enquiry_entrusted_to'), ['entrusted_to'], unique=False)
        batch_op.create_index(batch_op.f('ix_enquiry_due_at'), ['due_at'], unique=False)

    op.create_table('carried',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enquiry_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('from_asker', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['enquiry_id'], ['enquiry.id'], name=op.f('fk_carried_enquiry_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_carried_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carried'))
    )
    with op.batch_alter_table('carried', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carried_enquiry_id'), ['enquiry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carried_person_id'), ['person_id'], unique=False)

    op.create_table('instrument_window',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('ends_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_instrument_window_instrument_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_instrument_window_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument_window'))
    )
    with op.batch_alter_table('instrument_window', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instrument_window_instrument_id'), ['instrument_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_window_starts_at'), ['starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_window_person_id'), ['person_id'], unique=False)

    op.create_table('window_quarter',
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.BigInteger(), nullable=False),
    sa.Column('window_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_window_quarter_instrument_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['window_id'], ['instrument_window.id'], name=op.f('fk_window_quarter_window_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('instrument_id', 'quarter', name=op.f('pk_window_quarter'))
    )
    with op.batch_alter_table('window_quarter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_window_quarter_window_id'), ['window_id'], unique=False)

    op.create_table('booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('window_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('booked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('cancelled_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('remind_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['window_id'], ['instrument_window.id'], name=op.f('fk_booking_window_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_booking_person_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_booking_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booking_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booking_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booking_remind_at'), ['remind_at'], unique=False)
        batch_op.create_index('uq_booking_window', ['window_id'], unique=True, sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))

    op.create_table('instrument_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('document', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=True),
    sa.Column('stage', sa.Enum('reading', 'shown', 'writing', 'written', 'cancelled', 'refused', name='stage', native_enum=False, length=32), nullable=False),
    sa.Column('seen', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sent_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_instrument_import_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_instrument_import_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument_import'))
    )
    with op.batch_alter_table('instrument_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instrument_import_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_import_sent_at'), ['sent_at'], unique=False)

    op.create_index(op.f('ix_instrument_unmarked'), 'instrument', ['id'], unique=False, sqlite_where=sa.text("marks = ''"), postgresql_where=sa.text("marks = ''"))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(IN_FTS5)
    else:
        op.execute(IN_POSTGRESQL)
        op.execute(FOUND_IN_POSTGRESQL)


def downgrade() -> None:
    op.drop_table('instrument_import')
    op.drop_table('booking')
    op.drop_table('window_quarter')
    op.drop_table('instrument_window')
    op.drop_table('carried')
    op.drop_table('enquiry')
    op.drop_table('demand')
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE instrument_index")
    else:
        op.execute("DROP FUNCTION instrument_found")
        op.execute("DROP INDEX ix_instrument_marks")
    op.drop_index(op.f('ix_instrument_unmarked'), table_name='instrument')
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_instrument_guarantor_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_instrument_organisation_id_reference'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_instrument_guarantor_id'))
        batch_op.drop_index(batch_op.f('ix_instrument_confirmed_at'))
        batch_op.drop_column('measures')
        batch_op.drop_column('marks')
        batch_op.drop_column('silences')
        batch_op.drop_column('asked_at')
        batch_op.drop_column('confirmed_at')
        batch_op.drop_column('condition')
        batch_op.drop_column('visibility')
        batch_op.drop_column('doi')
        batch_op.drop_column('link')
        batch_op.drop_column('photo')
        batch_op.drop_column('guarantor')
        batch_op.drop_column('guarantor_id')
        batch_op.drop_column('price_others')
        batch_op.drop_column('price_academia')
        batch_op.drop_column('price_members')
        batch_op.drop_column('price_least')
        batch_op.drop_column('priced')
        batch_op.drop_column('supervised')
        batch_op.drop_column('training')
        batch_op.drop_column('joint_research')
        batch_op.drop_column('commercial')
        batch_op.drop_column('samples')
        batch_op.drop_column('what_en')
        batch_op.drop_column('region')
        batch_op.drop_column('technique')
        batch_op.drop_column('name_en')
        batch_op.drop_column('reference')

    with op.batch_alter_table('outage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outage_instrument_id'))

    op.drop_table('outage')
    with op.batch_alter_table('instrument_pillar', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_instrument_pillar_pillar_id'))

    op.drop_table('instrument_pillar')
    op.drop_table('word')
    with op.batch_alter_table('search', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_searched_at'))
        batch_op.drop_index(batch_op.f('ix_search_person_id'))

    op.drop_table('search')
    op.drop_table('missed')
