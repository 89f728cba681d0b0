"""announcements, pushes, letters, welcomes and goals"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.database

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

FACETS = {"members": "membership", "pillar": "pillar", "event": "registered"}


def upgrade() -> None:
    op.create_table('desk_topic',
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('thread_id', sa.BigInteger(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_desk_topic_organisation_id')),
    sa.PrimaryKeyConstraint('chat_id', 'thread_id', name=op.f('pk_desk_topic')),
    sa.UniqueConstraint('chat_id', 'organisation_id', name=op.f('uq_desk_topic_chat_id_organisation_id'))
    )
    op.create_table('goal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('measure', sa.Enum('events', 'assemblies', 'board_meetings', 'groups', 'ambassadors', 'visits', 'new_members', 'instruments', 'calls', 'own', name='measure', native_enum=False, length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wanted', sa.Integer(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_goal_changed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal')),
    sa.UniqueConstraint('year', 'measure', 'name', name=op.f('uq_goal_year_measure_name'))
    )
    op.create_table('push_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('announcements', 'calls', 'groups', 'equipment', 'events', 'welcome', name='pushkind', native_enum=False, length=32), nullable=False),
    sa.Column('way', sa.Enum('now', 'digest', 'off', 'unreachable', name='way', native_enum=False, length=32), nullable=False),
    sa.Column('changed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_push_choice_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'kind', name=op.f('pk_push_choice'))
    )
    op.create_table('push_manner',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('quiet_from', sa.Integer(), nullable=True),
    sa.Column('quiet_until', sa.Integer(), nullable=True),
    sa.Column('weekly', sa.Integer(), nullable=True),
    sa.Column('changed_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_push_manner_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_push_manner'))
    )
    op.create_table('saved_audience',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('created_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('retired_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_saved_audience_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_audience'))
    )
    op.create_table('welcome',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('series', sa.Enum('person', 'organisation', 'owner', 'lead', 'quiet', name='series', native_enum=False, length=32), nullable=False),
    sa.Column('occasion', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('began_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('next_at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('ended_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('ending', sa.Enum('acted', 'through', 'declined', 'left', name='ending', native_enum=False, length=32), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_welcome_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_welcome')),
    sa.UniqueConstraint('person_id', 'series', 'occasion', name=op.f('uq_welcome_person_id_series_occasion'))
    )
    with op.batch_alter_table('welcome', schema=None) as batch_op:
        batch_op.create_index('ix_welcome_due', ['next_at'], unique=False, sqlite_where=sa.text('ended_at is null'), postgresql_where=sa.text('ended_at is null'))

    op.create_table('welcome_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series', sa.Enum('person', 'organisation', 'owner', 'lead', 'quiet', name='series', native_enum=False, length=32), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_welcome_text_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_welcome_text'))
    )
    with op.batch_alter_table('welcome_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_welcome_text_series'), ['series'], unique=False)

    op.create_table('announcement_content',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_announcement_content_announcement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['batch_id'], ['outbox_batch.id'], name=op.f('fk_announcement_content_batch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement_content')),
    sa.UniqueConstraint('announcement_id', 'language', 'position', name=op.f('uq_announcement_content_announcement_id_language_position'))
    )
    with op.batch_alter_table('announcement_content', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_content_announcement_id'), ['announcement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcement_content_batch_id'), ['batch_id'], unique=False)

    op.create_table('announcement_response',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('tapped', 'interested', 'chose', 'wrote', name='responsekind', native_enum=False, length=32), nullable=False),
    sa.Column('option', sa.Integer(), nullable=True),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_announcement_response_announcement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_announcement_response_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement_response')),
    sa.UniqueConstraint('announcement_id', 'person_id', 'kind', name=op.f('uq_announcement_response_announcement_id_person_id_kind'))
    )
    with op.batch_alter_table('announcement_response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_response_person_id'), ['person_id'], unique=False)

    op.create_table('goal_tally',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=False),
    sa.Column('noted_at', storage.database.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_goal_tally_goal_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['person.id'], name=op.f('fk_goal_tally_noted_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_goal_tally_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal_tally'))
    )
    with op.batch_alter_table('goal_tally', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goal_tally_goal_id'), ['goal_id'], unique=False)

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('announcement_id', sa.Integer(), nullable=True),
    sa.Column('from_team', sa.Boolean(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('closed_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_letter_announcement_id')),
    sa.ForeignKeyConstraint(['answers_id'], ['letter.id'], name=op.f('fk_letter_answers_id')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_letter_author_id')),
    sa.ForeignKeyConstraint(['closed_by'], ['person.id'], name=op.f('fk_letter_closed_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_letter_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index('ix_letter_open', ['id'], unique=False, sqlite_where=sa.text('from_team = false and closed_at is null'), postgresql_where=sa.text('from_team = false and closed_at is null'))
        batch_op.create_index(batch_op.f('ix_letter_person_id'), ['person_id'], unique=False)

    op.create_table('push',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('announcements', 'calls', 'groups', 'equipment', 'events', 'welcome', name='pushkind', native_enum=False, length=32), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('way', sa.Enum('now', 'digest', 'off', 'unreachable', name='way', native_enum=False, length=32), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=True),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('opens', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('at', storage.database.Moment(timezone=True), nullable=False),
    sa.Column('expires_at', storage.database.Moment(timezone=True), nullable=True),
    sa.Column('digested_at', storage.database.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_push_announcement_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_push_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_push')),
    sa.UniqueConstraint('person_id', 'key', name=op.f('uq_push_person_id_key'))
    )
    with op.batch_alter_table('push', schema=None) as batch_op:
        batch_op.create_index('ix_push_announcement', ['announcement_id', 'way'], unique=False)
        batch_op.create_index('ix_push_lately', ['person_id', 'way', 'at'], unique=False)
        batch_op.create_index('ix_push_waits', ['person_id'], unique=False, sqlite_where=sa.text("way = 'digest' and digested_at is null"), postgresql_where=sa.text("way = 'digest' and digested_at is null"))

    op.create_table('letter_copy',
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_copy_letter_id')),
    sa.PrimaryKeyConstraint('chat_id', 'message_id', name=op.f('pk_letter_copy'))
    )
    with op.batch_alter_table('letter_copy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_copy_letter_id'), ['letter_id'], unique=False)

    old = sa.table(
        "announcement",
        *map(sa.column, ("id", "author_id", "audience", "audience_id", "method", "batch_id")),
        sa.column("payload", sa.JSON()),
    )
    written = op.get_bind().execute(sa.select(old)).mappings().all()
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_announcement_batch_id"), type_="foreignkey")
        for name in ("audience", "audience_id", "method", "payload", "batch_id"):
            batch_op.drop_column(name)
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        for column in _columns():
            batch_op.add_column(column)
        batch_op.create_index('ix_announcement_waiting', ['id'], unique=False, sqlite_where=sa.text('leaves_at is not null and sent_at is null'), postgresql_where=sa.text('leaves_at is not null and sent_at is null'))
        batch_op.create_foreign_key(batch_op.f('fk_announcement_follows_id'), 'announcement', ['follows_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_announcement_pillar_id'), 'pillar', ['pillar_id'], ['id'])
    _carry_over(written)
    _seal_what_is_done()


def _columns() -> list[sa.Column]:
    moment = storage.database.Moment(timezone=True)
    words = sqlmodel.sql.sqltypes.AutoString()
    return [
        sa.Column("audience", sa.JSON(), nullable=True),
        sa.Column("pillar_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.JSON(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Enum("any", "working", name="hours", native_enum=False, length=32), nullable=False, server_default="any"),
        sa.Column("delivery", sa.Enum("push", "digest", name="delivery", native_enum=False, length=32), nullable=False, server_default="push"),
        sa.Column("urgent", words, nullable=True),
        sa.Column("leaves_at", moment, nullable=True),
        sa.Column("paused_at", moment, nullable=True),
        sa.Column("paused_why", words, nullable=True),
        sa.Column("recalled_at", moment, nullable=True),
        sa.Column("digested", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("muted", sa.Integer(), nullable=False, server_default="0"),
    ]


STAYS = "what was done stays as it was written"


def _seal_what_is_done() -> None:
    """Rows of the audit get a seal, and nobody changes or removes one by mistake."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        words = sqlmodel.sql.sqltypes.AutoString()
        batch_op.add_column(sa.Column("seal", words, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(
                f"create trigger audit_no_{deed} before {deed} on audit "
                f"begin select raise(abort, '{STAYS}'); end"
            )
        return
    op.execute(
        "create function audit_stays() returns trigger language plpgsql as "
        f"$$ begin raise exception '{STAYS}'; end $$"
    )
    op.execute(
        "create trigger audit_stays before update or delete or truncate on audit "
        "for each statement execute function audit_stays()"
    )


def _unseal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(f"drop trigger audit_no_{deed}")
    else:
        op.execute("drop trigger audit_stays on audit")
        op.execute("drop function audit_stays()")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("seal")


def _carry_over(written: Sequence[sa.RowMapping]) -> None:
    """An audience becomes a choice, and what was written its only content."""
    new = sa.table(
        "announcement",
        sa.column("id"),
        sa.column("audience", sa.JSON()),
        sa.column("pillar_id"),
    )
    content = sa.table(
        "announcement_content",
        *map(sa.column, ("announcement_id", "language", "position", "method", "batch_id")),
        sa.column("payload", sa.JSON()),
    )
    role = sa.table("role", sa.column("person_id"), sa.column("name"))
    bind = op.get_bind()
    team = sa.select(role.c.person_id).where(role.c.name.in_(("manager", "assistant")))
    of_team = set(bind.execute(team).scalars())
    for row in written:
        facet = FACETS.get(row["audience"] or "")
        value = "members" if row["audience"] == "members" else row["audience_id"]
        clauses = [[facet, [value], False]] if facet else []
        by_guarantor = row["audience"] == "pillar" and row["author_id"] not in of_team
        bind.execute(
            sa.update(new)
            .where(new.c.id == row["id"])
            .values(
                audience={"either": False, "clauses": clauses} if row["audience"] else sa.null(),
                pillar_id=row["audience_id"] if by_guarantor else None,
            )
        )
        bind.execute(
            sa.insert(content).values(
                announcement_id=row["id"],
                language="",
                position=0,
                method=row["method"],
                payload=row["payload"],
                batch_id=row["batch_id"],
            )
        )


def downgrade() -> None:
    """What an older version cannot say is lost: variants, and audiences of several clauses."""
    _unseal()
    content = sa.table(
        "announcement_content",
        *map(sa.column, ("announcement_id", "language", "position", "method", "batch_id")),
        sa.column("payload", sa.JSON()),
    )
    new = sa.table("announcement", sa.column("id"), sa.column("audience", sa.JSON()))
    bind = op.get_bind()
    only = sa.and_(content.c.language == "", content.c.position == 0)
    said = sa.select(content, new.c.audience).join(new, new.c.id == content.c.announcement_id)
    written = bind.execute(said.where(only)).mappings().all()
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_announcement_pillar_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_announcement_follows_id"), type_="foreignkey")
        batch_op.drop_index("ix_announcement_waiting")
        for column in _columns():
            batch_op.drop_column(column.name)
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        kinds = sa.Enum("all", "members", "pillar", "event", name="audience", native_enum=False, length=32)
        batch_op.add_column(sa.Column("audience", kinds, nullable=True))
        batch_op.add_column(sa.Column("audience_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("method", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="sendMessage"))
        batch_op.add_column(sa.Column("payload", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_announcement_batch_id"), "outbox_batch", ["batch_id"], ["id"])
    old = sa.table(
        "announcement",
        *map(sa.column, ("id", "audience", "audience_id", "method", "batch_id")),
        sa.column("payload", sa.JSON()),
    )
    for row in written:
        bind.execute(
            sa.update(old)
            .where(old.c.id == row["announcement_id"])
            .values(
                method=row["method"],
                payload=row["payload"],
                batch_id=row["batch_id"],
                **_as_it_was(row["audience"]),
            )
        )
    for name in (
        "letter_copy",
        "letter",
        "push",
        "goal_tally",
        "announcement_response",
        "announcement_content",
        "welcome_text",
        "welcome",
        "saved_audience",
        "push_manner",
        "push_choice",
        "goal",
        "desk_topic",
    ):
        op.drop_table(name)


def _as_it_was(audience: dict[str, Any] | None) -> dict[str, Any]:
    names = {facet: name for name, facet in FACETS.items()}
    match audience and audience["clauses"]:
        case None:
            return {"audience": None, "audience_id": None}
        case [[facet, [int(value)], False]] if facet in names:
            return {"audience": names[facet], "audience_id": value}
        case [["membership", ["members"], False]]:
            return {"audience": "members", "audience_id": None}
    return {"audience": "all", "audience_id": None}
