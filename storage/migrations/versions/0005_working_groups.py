"""working groups: their people, chats, meetings and topics"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.database

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('group_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('old', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('new', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_change'))
    )
    with op.batch_alter_table('group_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_change_changed_at'), ['changed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_group_change_chat_id'), ['chat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_group_change_telegram_id'), ['telegram_id'], unique=False)

    op.create_table('group_member',
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('tag', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('chat_id', 'telegram_id', name=op.f('pk_group_member'))
    )
    op.create_table('group_stay',
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('is_super', sa.Boolean(), nullable=False),
    sa.Column('is_forum', sa.Boolean(), nullable=False),
    sa.Column('rights', sa.JSON(), nullable=False),
    sa.Column('added_by', sa.BigInteger(), nullable=True),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('until', storage.database.Moment(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_group_stay'))
    )
    op.create_table('pillar_count',
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('counted_on', sa.Date(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('organisations', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_pillar_count_pillar_id')),
    sa.PrimaryKeyConstraint('pillar_id', 'counted_on', name=op.f('pk_pillar_count'))
    )
    op.create_table('pillar_name',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('name_cs', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('until', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_pillar_name_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillar_name'))
    )
    with op.batch_alter_table('pillar_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillar_name_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('group_chat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('health', sa.Enum('ready', 'lacking', 'lost', name='health', native_enum=False, length=32), nullable=False),
    sa.Column('lacks', sa.JSON(), nullable=False),
    sa.Column('invite_link', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('linked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('linked_by', sa.Integer(), nullable=False),
    sa.Column('checked_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('until', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['linked_by'], ['person.id'], name=op.f('fk_group_chat_linked_by')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_group_chat_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_chat'))
    )
    with op.batch_alter_table('group_chat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_chat_pillar_id'), ['pillar_id'], unique=False)
        batch_op.create_index('ix_group_chat_place', ['chat_id', 'thread_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('group_departure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('listed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('decided_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('removed', sa.Boolean(), nullable=True),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_group_departure_decided_by')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_group_departure_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_departure'))
    )
    with op.batch_alter_table('group_departure', schema=None) as batch_op:
        batch_op.create_index('ix_group_departure_open', ['chat_id', 'telegram_id'], unique=True, sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'))

    op.create_table('group_join_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('asked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('decided_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('granted', sa.Boolean(), nullable=True),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_group_join_request_decided_by')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_group_join_request_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_join_request'))
    )
    with op.batch_alter_table('group_join_request', schema=None) as batch_op:
        batch_op.create_index('ix_group_join_request_open', ['chat_id', 'telegram_id'], unique=True, sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_group_join_request_telegram_id'), ['telegram_id'], unique=False)

    op.create_table('pillar_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('until', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pillar_member_person_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_pillar_member_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillar_member'))
    )
    with op.batch_alter_table('pillar_member', schema=None) as batch_op:
        batch_op.create_index('ix_pillar_member_now', ['pillar_id', 'person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.create_index(batch_op.f('ix_pillar_member_person_id'), ['person_id'], unique=False)

    op.create_table('pillar_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('asked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('handed_on_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('decided_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('granted', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_pillar_request_decided_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pillar_request_person_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_pillar_request_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillar_request'))
    )
    with op.batch_alter_table('pillar_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillar_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pillar_request_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('pillar_topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('issue', sa.Text(), nullable=False),
    sa.Column('impact', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('wanted', sa.Text(), nullable=False),
    sa.Column('progress', sa.Enum('new', 'discussed', 'adopted', 'passed_on', 'done', 'dropped', name='progress', native_enum=False, length=32), nullable=False),
    sa.Column('put_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pillar_topic_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pillar_topic_person_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_pillar_topic_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillar_topic'))
    )
    with op.batch_alter_table('pillar_topic', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillar_topic_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pillar_topic_pillar_id'), ['pillar_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pillar_topic_progress'), ['progress'], unique=False)

    op.create_table('agenda_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('put_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('dropped_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_agenda_point_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_agenda_point_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_point'))
    )
    with op.batch_alter_table('agenda_point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_point_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_point_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('date_poll',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('begun_by', sa.Integer(), nullable=False),
    sa.Column('begun_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('closes_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('poll_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('remind_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('closed_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('workshop_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['begun_by'], ['person.id'], name=op.f('fk_date_poll_begun_by')),
    sa.ForeignKeyConstraint(['group_id'], ['group_chat.id'], name=op.f('fk_date_poll_group_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_date_poll_pillar_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_date_poll_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_date_poll')),
    sa.UniqueConstraint('poll_id', name=op.f('uq_date_poll_poll_id'))
    )
    with op.batch_alter_table('date_poll', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_date_poll_closes_at'), ['closes_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_date_poll_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('group_reconciliation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('looked_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('differences', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['group_chat.id'], name=op.f('fk_group_reconciliation_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_reconciliation'))
    )
    with op.batch_alter_table('group_reconciliation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_reconciliation_group_id'), ['group_id'], unique=False)

    op.create_table('minutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('begun_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('edited_by', sa.Integer(), nullable=True),
    sa.Column('sent_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['edited_by'], ['person.id'], name=op.f('fk_minutes_edited_by')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_minutes_pillar_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_minutes_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_minutes_workshop_id'))
    )
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minutes_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('pillar_topic_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('said_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pillar_topic_comment_person_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['pillar_topic.id'], name=op.f('fk_pillar_topic_comment_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillar_topic_comment'))
    )
    with op.batch_alter_table('pillar_topic_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillar_topic_comment_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pillar_topic_comment_topic_id'), ['topic_id'], unique=False)

    op.create_table('pillar_topic_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('old', sa.Enum('new', 'discussed', 'adopted', 'passed_on', 'done', 'dropped', name='progress', native_enum=False, length=32), nullable=False),
    sa.Column('new', sa.Enum('new', 'discussed', 'adopted', 'passed_on', 'done', 'dropped', name='progress', native_enum=False, length=32), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('moved_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pillar_topic_move_person_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['pillar_topic.id'], name=op.f('fk_pillar_topic_move_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillar_topic_move'))
    )
    with op.batch_alter_table('pillar_topic_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillar_topic_move_topic_id'), ['topic_id'], unique=False)

    op.create_table('pillar_topic_support',
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pillar_topic_support_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pillar_topic_support_person_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['pillar_topic.id'], name=op.f('fk_pillar_topic_support_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('topic_id', 'organisation_id', name=op.f('pk_pillar_topic_support'))
    )
    with op.batch_alter_table('pillar_topic_support', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillar_topic_support_person_id'), ['person_id'], unique=False)

    op.create_table('date_option',
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('starts_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['poll_id'], ['date_poll.id'], name=op.f('fk_date_option_poll_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('poll_id', 'position', name=op.f('pk_date_option'))
    )
    op.create_table('date_vote',
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('voted_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['poll_id'], ['date_poll.id'], name=op.f('fk_date_vote_poll_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('poll_id', 'telegram_id', name=op.f('pk_date_vote'))
    )
    op.create_table('group_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('minutes_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('given_by', sa.Integer(), nullable=False),
    sa.Column('given_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('done_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('dropped_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_group_task_given_by')),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_group_task_minutes_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_group_task_person_id')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_group_task_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_task'))
    )
    with op.batch_alter_table('group_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_task_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_group_task_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('marked_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('said_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('said_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('marked_by', sa.Integer(), nullable=False),
    sa.Column('minutes_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['group_chat.id'], name=op.f('fk_marked_message_group_id')),
    sa.ForeignKeyConstraint(['marked_by'], ['person.id'], name=op.f('fk_marked_message_marked_by')),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_marked_message_minutes_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillar.id'], name=op.f('fk_marked_message_pillar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_marked_message'))
    )
    with op.batch_alter_table('marked_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_marked_message_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_marked_message_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('group_task_reminder',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('due_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('told_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['task_id'], ['group_task.id'], name=op.f('fk_group_task_reminder_task_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('task_id', 'days', name=op.f('pk_group_task_reminder'))
    )
    with op.batch_alter_table('group_task_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_task_reminder_due_at'), ['due_at'], unique=False)


def downgrade() -> None:
    op.drop_table('group_task_reminder')
    op.drop_table('marked_message')
    op.drop_table('group_task')
    op.drop_table('date_vote')
    op.drop_table('date_option')
    op.drop_table('pillar_topic_support')
    op.drop_table('pillar_topic_move')
    op.drop_table('pillar_topic_comment')
    op.drop_table('minutes')
    op.drop_table('group_reconciliation')
    op.drop_table('date_poll')
    op.drop_table('agenda_point')
    op.drop_table('pillar_topic')
    op.drop_table('pillar_request')
    op.drop_table('pillar_member')
    op.drop_table('group_join_request')
    op.drop_table('group_departure')
    op.drop_table('group_chat')
    op.drop_table('pillar_name')
    op.drop_table('pillar_count')
    op.drop_table('group_member')
    op.drop_table('group_stay')
    op.drop_table('group_change')
