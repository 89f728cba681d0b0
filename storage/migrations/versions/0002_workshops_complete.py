"""workshops complete"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.database

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('made_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_feed_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('digest', name=op.f('uq_calendar_feed_digest')),
    sa.UniqueConstraint('person_id', name=op.f('uq_calendar_feed_person_id'))
    )
    op.create_table('habit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Enum('diet', 'parking', 'invoice', 'other', name='subject', native_enum=False, length=32), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_habit_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_habit')),
    sa.UniqueConstraint('person_id', 'subject', name=op.f('uq_habit_person_id_subject'))
    )
    op.create_table('board',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sent_as', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('shown', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('shown_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_board_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_board_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_board_workshop_id_person_id'))
    )
    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('doorkeeper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_doorkeeper_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_doorkeeper_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doorkeeper')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_doorkeeper_workshop_id_person_id'))
    )
    with op.batch_alter_table('doorkeeper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_doorkeeper_person_id'), ['person_id'], unique=False)

    op.create_table('door_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('expires_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('used_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_door_link_made_by')),
    sa.ForeignKeyConstraint(['used_by'], ['person.id'], name=op.f('fk_door_link_used_by')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_door_link_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_door_link_digest'))
    )
    with op.batch_alter_table('door_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_door_link_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('poster',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('minute', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_poster_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_poster_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poster')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_poster_workshop_id_person_id'))
    )
    with op.batch_alter_table('poster', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poster_person_id'), ['person_id'], unique=False)

    op.create_table('handover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('made_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('expires_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('used_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('used_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_handover_person_id')),
    sa.ForeignKeyConstraint(['used_by'], ['person.id'], name=op.f('fk_handover_used_by')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_handover_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sa.UniqueConstraint('digest', name=op.f('uq_handover_digest'))
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_handover_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handover_used_by'), ['used_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_handover_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('invitee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('invited_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitee_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitee_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_invitee_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitee')),
    sa.UniqueConstraint('workshop_id', 'organisation_id', name=op.f('uq_invitee_workshop_id_organisation_id')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_invitee_workshop_id_person_id'))
    )
    with op.batch_alter_table('invitee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitee_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitee_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitee_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('slides', 'photo', 'programme', 'signed_sheet', name='paperkind', native_enum=False, length=32), nullable=False),
    sa.Column('file_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=True),
    sa.Column('added_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('published_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_paper_added_by')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_paper_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('registration_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Enum('diet', 'parking', 'invoice', 'other', name='subject', native_enum=False, length=32), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_registration_question_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_question'))
    )
    with op.batch_alter_table('registration_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_question_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ticket_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_ticket_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('code', name=op.f('uq_ticket_code')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_ticket_workshop_id_person_id'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_person_id'), ['person_id'], unique=False)

    op.create_table('topic_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('proposed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_topic_proposal_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_topic_proposal_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_proposal'))
    )
    with op.batch_alter_table('topic_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_proposal_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_topic_proposal_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('workshop_outcome',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('choice', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_workshop_outcome_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_outcome_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_outcome')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_workshop_outcome_workshop_id_person_id'))
    )
    with op.batch_alter_table('workshop_outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_outcome_person_id'), ['person_id'], unique=False)

    op.create_table('check_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('how', sa.Enum('ticket', 'poster', 'list', name='how', native_enum=False, length=32), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_check_in_by')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_check_in_part_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_check_in_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('part_id', 'person_id', name=op.f('uq_check_in_part_id_person_id'))
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_person_id'), ['person_id'], unique=False)

    op.create_table('rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rated_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_rating_part_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rating_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    sa.UniqueConstraint('part_id', 'person_id', name=op.f('uq_rating_part_id_person_id'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_person_id'), ['person_id'], unique=False)

    op.create_table('registration_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('answered_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_answer_person_id')),
    sa.ForeignKeyConstraint(['question_id'], ['registration_question.id'], name=op.f('fk_registration_answer_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_answer')),
    sa.UniqueConstraint('question_id', 'person_id', name=op.f('uq_registration_answer_question_id_person_id'))
    )
    with op.batch_alter_table('registration_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_answer_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('day', 'evening', 'excursion', 'online', name='partkind', native_enum=False, length=32), nullable=False, server_default='day'))
        batch_op.add_column(sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seated_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('rose', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('confirmed_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('told_number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.create_index('ix_seat_waiting', ['part_id', 'id'], unique=False, sqlite_where=sa.text('seated_at IS NULL'), postgresql_where=sa.text('seated_at IS NULL'))

    # So far the first places of a part were its seats.
    op.execute(
        "UPDATE seat SET seated_at = taken_at WHERE (SELECT count(*) FROM seat AS earlier "
        "WHERE earlier.part_id = seat.part_id AND earlier.id <= seat.id) "
        "<= (SELECT capacity FROM part WHERE part.id = seat.part_id)"
    )

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pillar_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('provisional', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('opens_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('closes_at', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('organisation_limit', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('project', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('topics_until', storage.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('rhythm', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('poster_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_workshop_pillar_id'), ['pillar_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_workshop_pillar_id'), 'pillar', ['pillar_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_workshop_pillar_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_workshop_pillar_id'))
        batch_op.drop_column('poster_key')
        batch_op.drop_column('rhythm')
        batch_op.drop_column('topics_until')
        batch_op.drop_column('project')
        batch_op.drop_column('organisation_limit')
        batch_op.drop_column('closes_at')
        batch_op.drop_column('opens_at')
        batch_op.drop_column('provisional')
        batch_op.drop_column('pillar_id')

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index('ix_seat_waiting', sqlite_where=sa.text('seated_at IS NULL'), postgresql_where=sa.text('seated_at IS NULL'))
        batch_op.drop_column('told_at')
        batch_op.drop_column('told_number')
        batch_op.drop_column('confirmed_at')
        batch_op.drop_column('rose')
        batch_op.drop_column('seated_at')

    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.drop_column('link')
        batch_op.drop_column('place')
        batch_op.drop_column('kind')

    with op.batch_alter_table('registration_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_answer_person_id'))

    op.drop_table('registration_answer')
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_person_id'))

    op.drop_table('rating')
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_in_person_id'))

    op.drop_table('check_in')
    with op.batch_alter_table('workshop_outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_outcome_person_id'))

    op.drop_table('workshop_outcome')
    with op.batch_alter_table('topic_proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_topic_proposal_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_topic_proposal_person_id'))

    op.drop_table('topic_proposal')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_person_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('registration_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_question_workshop_id'))

    op.drop_table('registration_question')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_workshop_id'))

    op.drop_table('paper')
    with op.batch_alter_table('invitee', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitee_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_invitee_person_id'))
        batch_op.drop_index(batch_op.f('ix_invitee_organisation_id'))

    op.drop_table('invitee')
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handover_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_handover_used_by'))
        batch_op.drop_index(batch_op.f('ix_handover_person_id'))
        batch_op.drop_index(batch_op.f('ix_handover_expires_at'))

    op.drop_table('handover')
    with op.batch_alter_table('poster', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_poster_person_id'))

    op.drop_table('poster')
    with op.batch_alter_table('door_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_door_link_workshop_id'))

    op.drop_table('door_link')
    with op.batch_alter_table('doorkeeper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_doorkeeper_person_id'))

    op.drop_table('doorkeeper')
    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_board_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_board_person_id'))

    op.drop_table('board')
    op.drop_table('habit')
    op.drop_table('calendar_feed')
