"""What each person wants to hear of, and what their organisation is when it bids."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.database import Moment, stored


class Pace(StrEnum):
    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Size(StrEnum):
    """As the European Commission counts enterprises."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Subscription(SQLModel, table=True):
    __tablename__ = "call_subscription"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    pace: Pace = Field(default=Pace.DAILY, sa_type=stored(Pace), index=True)
    national: bool = True
    european: bool = True
    regional: bool = True
    voucher: bool = True
    international: bool = False
    changed_at: datetime = Field(sa_type=Moment)


class SubscriptionPillar(SQLModel, table=True):
    """A person without any hears of the pillars of their organisation."""

    __tablename__ = "call_subscription_pillar"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", primary_key=True, index=True)


class Profile(SQLModel, table=True):
    """What a call asks of an organisation beyond its kind."""

    __tablename__ = "organisation_profile"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    region: str = ""  # NUTS, such as CZ071
    size: Size | None = Field(default=None, sa_type=stored(Size))
    changed_at: datetime = Field(sa_type=Moment)
    changed_by: int | None = Field(default=None, foreign_key="person.id")
