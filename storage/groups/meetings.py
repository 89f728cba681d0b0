"""Finding a date together, what is to be spoken of, and what was said."""

from datetime import datetime

from sqlmodel import JSON, BigInteger, Field, SQLModel, Text

from storage.database import Moment


class DatePoll(SQLModel, table=True):
    """A native poll that looks for a date; `poll_id` is Telegram's."""

    __tablename__ = "date_poll"

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="group_chat.id")
    title: str
    place: str = ""
    minutes: int = 90  # how long the meeting takes
    begun_by: int = Field(foreign_key="person.id")
    begun_at: datetime = Field(sa_type=Moment)
    closes_at: datetime = Field(sa_type=Moment, index=True)
    poll_id: str | None = Field(default=None, unique=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    remind_at: datetime | None = Field(default=None, sa_type=Moment)  # None: no more
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    workshop_id: int | None = Field(default=None, foreign_key="workshop.id")  # what came of it

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class DateOption(SQLModel, table=True):
    __tablename__ = "date_option"

    poll_id: int = Field(foreign_key="date_poll.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True)
    starts_at: datetime = Field(sa_type=Moment)


class DateVote(SQLModel, table=True):
    """The positions that somebody has chosen; none: no date suits them."""

    __tablename__ = "date_vote"

    poll_id: int = Field(foreign_key="date_poll.id", primary_key=True, ondelete="CASCADE")
    telegram_id: int = Field(sa_type=BigInteger, primary_key=True)
    chosen: list[int] = Field(default_factory=list, sa_type=JSON)
    voted_at: datetime = Field(sa_type=Moment)


class AgendaPoint(SQLModel, table=True):
    """What a member would like to speak of at a meeting."""

    __tablename__ = "agenda_point"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=Text)
    put_at: datetime = Field(sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Minutes(SQLModel, table=True):
    """Of one meeting; a draft until it is sent."""

    __tablename__ = "minutes"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", unique=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    text: str = Field(default="", sa_type=Text)
    begun_at: datetime = Field(sa_type=Moment)
    edited_by: int | None = Field(default=None, foreign_key="person.id")
    sent_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class MarkedMessage(SQLModel, table=True):
    """What was said in the group, or passed on to us, and somebody wants in the minutes."""

    __tablename__ = "marked_message"

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="group_chat.id", index=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)  # in the group
    said_by: str
    text: str = Field(sa_type=Text)
    said_at: datetime = Field(sa_type=Moment)
    marked_by: int = Field(foreign_key="person.id")
    minutes_id: int | None = Field(default=None, foreign_key="minutes.id", ondelete="SET NULL")

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id
