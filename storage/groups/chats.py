"""The Telegram groups of pillars, and everybody's coming and going there."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import JSON, BigInteger, Field, SQLModel

from storage.database import LongId, Moment, stored


class Health(StrEnum):
    READY = "ready"
    LACKING = "lacking"  # some right, see `lacks`
    LOST = "lost"  # we are no longer there


class Stay(SQLModel, table=True):
    """A group into which somebody has added us, whether or not it is linked to a pillar."""

    __tablename__ = "group_stay"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True)
    title: str = ""
    is_super: bool = False  # a supergroup, as Telegram calls the larger ones
    is_forum: bool = False
    rights: list[str] = Field(default_factory=list, sa_type=JSON)  # ours, as Telegram names them
    added_by: int | None = Field(default=None, sa_type=BigInteger)
    since: datetime = Field(sa_type=Moment)  # or when it was unlinked
    until: datetime | None = Field(default=None, sa_type=Moment)


class GroupChat(SQLModel, table=True):
    """A group, or one topic of a forum, in which the working group of a pillar meets."""

    __tablename__ = "group_chat"
    __table_args__ = (
        Index(
            "ix_group_chat_place",
            "chat_id",
            "thread_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    thread_id: int = 0  # the topic of a forum; 0: the whole group
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    title: str = ""
    health: Health = Field(default=Health.READY, sa_type=stored(Health))
    lacks: list[str] = Field(default_factory=list, sa_type=JSON)  # rights, as Telegram names them
    invite_link: str = ""  # that asks to join; a secret
    linked_at: datetime = Field(sa_type=Moment)
    linked_by: int = Field(foreign_key="person.id")
    checked_at: datetime | None = Field(default=None, sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class GroupMember(SQLModel, table=True):
    """What somebody is in a group today, as Telegram told us last."""

    __tablename__ = "group_member"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True)
    telegram_id: int = Field(sa_type=BigInteger, primary_key=True)
    name: str = ""
    status: str  # as Telegram names it
    tag: str = ""  # the organisation's short name that we have shown beside theirs
    since: datetime = Field(sa_type=Moment)


class GroupChange(SQLModel, table=True):
    """One change of somebody's place in a group."""

    __tablename__ = "group_change"

    id: int | None = Field(default=None, primary_key=True, sa_type=LongId)
    chat_id: int = Field(sa_type=BigInteger, index=True)
    telegram_id: int = Field(sa_type=BigInteger, index=True)
    old: str
    new: str
    by: int | None = Field(default=None, sa_type=BigInteger)  # whoever made it
    changed_at: datetime = Field(sa_type=Moment, index=True)


class JoinRequest(SQLModel, table=True):
    """Somebody at the door of a group; open until it is decided."""

    __tablename__ = "group_join_request"
    __table_args__ = (
        Index(
            "ix_group_join_request_open",
            "chat_id",
            "telegram_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    telegram_id: int = Field(sa_type=BigInteger, index=True)
    name: str = ""
    pillar_id: int = Field(foreign_key="pillar.id")
    answer: str = ""  # to our one question
    asked_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, foreign_key="person.id")  # None: by the rule
    granted: bool | None = None
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # when its guarantor was

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Departure(SQLModel, table=True):
    """Somebody who is still in a group and no longer belongs there; removed after a yes."""

    __tablename__ = "group_departure"
    __table_args__ = (
        Index(
            "ix_group_departure_open",
            "chat_id",
            "telegram_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    telegram_id: int = Field(sa_type=BigInteger)
    pillar_id: int = Field(foreign_key="pillar.id")
    why: str  # `left_pillar`, `left_cluster`, `stranger`
    listed_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    removed: bool | None = None
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # when its guarantor was

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Reconciliation(SQLModel, table=True):
    """A look at who is in the group and who should be, once a month."""

    __tablename__ = "group_reconciliation"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="group_chat.id", index=True)
    looked_at: datetime = Field(sa_type=Moment)
    differences: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
