"""calls for proposals: sources, alerts and bids"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.database

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# As for instruments: marks are made by us and split at spaces by the engines.
IN_FTS5 = (
    "CREATE VIRTUAL TABLE call_index USING fts5(marks, content='grant_call', "
    "content_rowid='id', detail='none', columnsize=0, tokenize=\"ascii tokenchars ':-+._'\")"
)
IN_POSTGRESQL = (
    "CREATE INDEX ix_grant_call_marks ON grant_call "
    "USING gin (array_to_tsvector(string_to_array(marks, ' ')))",
    "CREATE FUNCTION call_found(wanted text, stages text[], states text[], most integer) "
    "RETURNS SETOF integer LANGUAGE sql STABLE SET enable_seqscan = off AS $$ "
    "WITH found AS MATERIALIZED (SELECT id FROM grant_call "
    "WHERE array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery)) "
    "SELECT grant_call.id FROM found JOIN grant_call ON grant_call.id = found.id "
    "WHERE stage = ANY(stages) AND state = ANY(states) "
    "ORDER BY last_deadline_at DESC, grant_call.id LIMIT most $$",
)

TOPICS = {  # of the pillars as they are called today; they keep them when they are renamed
    'Industriální a spotřební optika': 'industrial_consumer_optics',
    'Vojenská optika': 'military_optics',
    'Světelná technika': 'lighting',
    'Laserové technologie a aplikace': 'lasers',
    'Mikroskopie': 'electron_microscopy',
    'Elektronová mikroskopie': 'electron_microscopy',
    'Optické kvantové technologie': 'quantum_optics',
}


def upgrade() -> None:
    op.create_table('allowed_host',
    sa.Column('host', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('host', name=op.f('pk_allowed_host'))
    )
    op.create_table('source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('form', sa.Enum('sedia', 'jdp', 'feed', 'page', 'sheet', 'grants', 'hand', name='form', native_enum=False, length=32), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('trusted', sa.Boolean(), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.Column('configured', sa.JSON(), nullable=False),
    sa.Column('next_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('etag', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('modified', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('read_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('found', sa.Integer(), nullable=True),
    sa.Column('usual', sa.Integer(), nullable=True),
    sa.Column('degraded_since', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('problem', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source')),
    sa.UniqueConstraint('code', name=op.f('uq_source_code'))
    )
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_next_at'), ['next_at'], unique=False)

    op.create_table('source_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('began_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('ended_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('outcome', sa.Enum('read', 'unchanged', 'degraded', 'failed', name='outcome', native_enum=False, length=32), nullable=True),
    sa.Column('found', sa.Integer(), nullable=False),
    sa.Column('fresh', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('problem', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_source_reading_source_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source_reading'))
    )
    with op.batch_alter_table('source_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_reading_began_at'), ['began_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_source_reading_source_id'), ['source_id'], unique=False)

    op.create_table('call_subscription',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pace', sa.Enum('now', 'daily', 'weekly', 'off', name='pace', native_enum=False, length=32), nullable=False),
    sa.Column('national', sa.Boolean(), nullable=False),
    sa.Column('european', sa.Boolean(), nullable=False),
    sa.Column('regional', sa.Boolean(), nullable=False),
    sa.Column('voucher', sa.Boolean(), nullable=False),
    sa.Column('international', sa.Boolean(), nullable=False),
    sa.Column('changed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_subscription_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_call_subscription'))
    )
    with op.batch_alter_table('call_subscription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_subscription_pace'), ['pace'], unique=False)

    op.create_table('call_subscription_pillar',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_subscription_pillar_person_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_call_subscription_pillar_pillar_id')),
    sa.PrimaryKeyConstraint('person_id', 'pillar_id', name=op.f('pk_call_subscription_pillar'))
    )
    with op.batch_alter_table('call_subscription_pillar', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_subscription_pillar_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('grant_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title_cs', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('programme', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sa.Enum('national', 'european', 'regional', 'voucher', 'international', name='kind', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('forecast', 'open', 'closed', 'cancelled', name='state', native_enum=False, length=32), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('announced_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('opens_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('last_deadline_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('continuous', sa.Boolean(), nullable=False),
    sa.Column('budget', sa.BigInteger(), nullable=True),
    sa.Column('support_least', sa.BigInteger(), nullable=True),
    sa.Column('support_most', sa.BigInteger(), nullable=True),
    sa.Column('basis', sa.Enum('support', 'costs', name='basis', native_enum=False, length=32), nullable=True),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rate', sa.Float(), nullable=True),
    sa.Column('applicants', sa.JSON(), nullable=False),
    sa.Column('regions', sa.JSON(), nullable=False),
    sa.Column('regions_out', sa.JSON(), nullable=False),
    sa.Column('purpose', sa.Enum('civil', 'defence', 'dual', name='purpose', native_enum=False, length=32), nullable=True),
    sa.Column('czech_money', sa.Boolean(), nullable=True),
    sa.Column('partners', sa.Integer(), nullable=True),
    sa.Column('partners_note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('trl_least', sa.Integer(), nullable=True),
    sa.Column('trl_most', sa.Integer(), nullable=True),
    sa.Column('topic', sa.Boolean(), nullable=False),
    sa.Column('stage', sa.Enum('quiet', 'draft', 'waiting', 'sent', 'declined', name='stage', native_enum=False, length=32), nullable=False),
    sa.Column('declined_why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('settled_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_hand', sa.JSON(), nullable=False),
    sa.Column('internal_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('internal_what', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('one_bid', sa.Boolean(), nullable=False),
    sa.Column('ideas_told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('found_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('checked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('gone_runs', sa.Integer(), nullable=False),
    sa.Column('marks', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], name=op.f('fk_grant_call_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grant_call')),
    sa.UniqueConstraint('code', name=op.f('uq_grant_call_code'))
    )
    with op.batch_alter_table('grant_call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grant_call_internal_at'), ['internal_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_call_found_at'), ['found_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_call_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_call_last_deadline_at'), ['last_deadline_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_call_opens_at'), ['opens_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_call_stage'), ['stage'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_call_state'), ['state'], unique=False)
        batch_op.create_index('ix_grant_call_shown', ['stage', 'state', 'last_deadline_at'], unique=False)
        batch_op.create_index('ix_grant_call_unmarked', ['id'], unique=False, sqlite_where=sa.text("marks = ''"), postgresql_where=sa.text("marks = ''"))

    op.create_table('organisation_profile',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('region', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Enum('micro', 'small', 'medium', 'large', name='size', native_enum=False, length=32), nullable=True),
    sa.Column('changed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_organisation_profile_changed_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_profile_organisation_id')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_organisation_profile'))
    )
    op.create_table('call_alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('because', sa.Enum('new', 'opened', name='because', native_enum=False, length=32), nullable=False),
    sa.Column('fit', sa.Integer(), nullable=False),
    sa.Column('eligible', sa.Boolean(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('made_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('said_due', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('dedup', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('outdated', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_alert_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_alert_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_alert')),
    sa.UniqueConstraint('call_id', 'person_id', 'because', name=op.f('uq_call_alert_call_id_person_id_because')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('call_alert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_alert_due_at'), ['due_at'], unique=False)
        batch_op.create_index('ix_call_alert_outdated', ['id'], unique=False, sqlite_where=sa.text('outdated = 1'), postgresql_where=sa.text('outdated'))
        batch_op.create_index(batch_op.f('ix_call_alert_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_call_alert_sent', ['dedup'], unique=False, sqlite_where=sa.text("message_id IS NULL AND dedup <> ''"), postgresql_where=sa.text("message_id IS NULL AND dedup <> ''"))

    op.create_table('call_bid',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('heard_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('checks', sa.Integer(), nullable=False),
    sa.Column('checked_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('offered_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('deadline_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('handed', sa.Enum('submitted', 'with_partner', 'not_submitted', name='handed', native_enum=False, length=32), nullable=True),
    sa.Column('handed_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('partner', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('asked_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('result', sa.Enum('won', 'reserve', 'lost', name='result', native_enum=False, length=32), nullable=True),
    sa.Column('result_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('result_asked_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_bid_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_call_bid_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_bid_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_bid')),
    sa.UniqueConstraint('call_id', 'organisation_id', name=op.f('uq_call_bid_call_id_organisation_id'))
    )
    with op.batch_alter_table('call_bid', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_bid_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_bid_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_bid_person_id'), ['person_id'], unique=False)

    op.create_table('call_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('old', sa.JSON(), nullable=False),
    sa.Column('new', sa.JSON(), nullable=False),
    sa.Column('turn', sa.Enum('opened', 'extended', 'closed_early', 'raised', 'postponed', 'cancelled', 'revived', 'corrected', name='turn', native_enum=False, length=32), nullable=False),
    sa.Column('found_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_change_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_call_change_source_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_change'))
    )
    with op.batch_alter_table('call_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_change_call_id'), ['call_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_change_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_change_found_at'), ['found_at'], unique=False)

    op.create_table('call_deadline',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('hour_known', sa.Boolean(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sure', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_deadline_call_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_deadline'))
    )
    with op.batch_alter_table('call_deadline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_deadline_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_deadline_call_id'), ['call_id'], unique=False)

    op.create_table('call_idea',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('given_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('chosen_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_idea_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_call_idea_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_idea_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_idea')),
    sa.UniqueConstraint('call_id', 'organisation_id', name=op.f('uq_call_idea_call_id_organisation_id'))
    )
    with op.batch_alter_table('call_idea', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_idea_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_idea_person_id'), ['person_id'], unique=False)

    op.create_table('call_interest',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('following', sa.Boolean(), nullable=False),
    sa.Column('unfit', sa.Enum('field', 'not_eligible', 'own_money', 'too_late', 'too_small', name='unfit', native_enum=False, length=32), nullable=True),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('planned_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_interest_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_interest_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'call_id', name=op.f('pk_call_interest'))
    )
    with op.batch_alter_table('call_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_interest_call_id'), ['call_id'], unique=False)
        batch_op.create_index('ix_call_interest_unplanned', ['person_id'], unique=False, sqlite_where=sa.text('following = 1 AND planned_at IS NULL'), postgresql_where=sa.text('following AND planned_at IS NULL'))

    op.create_table('call_pillar',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_pillar_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_call_pillar_pillar_id')),
    sa.PrimaryKeyConstraint('call_id', 'pillar_id', name=op.f('pk_call_pillar'))
    )
    with op.batch_alter_table('call_pillar', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_pillar_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('call_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('snippet', sa.Text(), nullable=False),
    sa.Column('made_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('settled_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_proposal_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], name=op.f('fk_call_proposal_settled_by')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_call_proposal_source_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_proposal'))
    )
    with op.batch_alter_table('call_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_proposal_call_id'), ['call_id'], unique=False)

    op.create_table('call_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('deadline_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_reminder_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_reminder_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_reminder')),
    sa.UniqueConstraint('person_id', 'call_id', 'deadline_at', 'days', name=op.f('uq_call_reminder_person_id_call_id_deadline_at_days')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('call_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_reminder_call_id'), ['call_id'], unique=False)
        batch_op.create_index('ix_call_reminder_open', ['due_at'], unique=False, sqlite_where=sa.text('told_at IS NULL'), postgresql_where=sa.text('told_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_call_reminder_person_id'), ['person_id'], unique=False)

    op.create_table('call_sighting',
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('seen_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('missed', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_call_sighting_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_call_sighting_source_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('source_id', 'reference', name=op.f('pk_call_sighting'))
    )
    with op.batch_alter_table('call_sighting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_sighting_call_id'), ['call_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_sighting_link'), ['link'], unique=False)

    op.create_table('partner_search',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('coordinator', 'partner', 'subcontractor', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('share', sa.Integer(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('began_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('ended_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['grant_call.id'], name=op.f('fk_partner_search_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_partner_search_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_partner_search_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_search'))
    )
    with op.batch_alter_table('partner_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_search_call_id'), ['call_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_partner_search_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_partner_search_person_id'), ['person_id'], unique=False)

    op.create_table('partner_asked',
    sa.Column('search_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('answered_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('willing', sa.Boolean(), nullable=True),
    sa.Column('wanted', sa.Boolean(), nullable=True),
    sa.Column('met_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_partner_asked_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_partner_asked_person_id')),
    sa.ForeignKeyConstraint(['search_id'], ['partner_search.id'], name=op.f('fk_partner_asked_search_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('search_id', 'person_id', name=op.f('pk_partner_asked'))
    )
    with op.batch_alter_table('partner_asked', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_asked_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('pillar', schema=None) as batch_op:
        batch_op.add_column(sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('words', sa.JSON(), nullable=False, server_default='[]'))
    for name, topic in TOPICS.items():
        op.execute(sa.text('UPDATE pillar SET topic = :topic WHERE name_cs = :name').bindparams(name=name, topic=topic))

    if op.get_bind().dialect.name == "sqlite":
        op.execute(IN_FTS5)
    else:
        for statement in IN_POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE call_index")
    else:
        op.execute("DROP FUNCTION call_found")
    with op.batch_alter_table('pillar', schema=None) as batch_op:
        batch_op.drop_column('words')
        batch_op.drop_column('topic')
    op.drop_table('partner_asked')
    op.drop_table('partner_search')
    op.drop_table('call_sighting')
    op.drop_table('call_reminder')
    op.drop_table('call_proposal')
    op.drop_table('call_pillar')
    op.drop_table('call_interest')
    op.drop_table('call_idea')
    op.drop_table('call_deadline')
    op.drop_table('call_change')
    op.drop_table('call_bid')
    op.drop_table('call_alert')
    op.drop_table('organisation_profile')
    op.drop_table('grant_call')
    op.drop_table('call_subscription_pillar')
    op.drop_table('call_subscription')
    op.drop_table('source_reading')
    op.drop_table('source')
    op.drop_table('allowed_host')
