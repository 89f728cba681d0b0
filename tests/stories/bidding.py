"""What stories about bids and partners need: followers, subscribers, other organisations."""

from typing import Any

from sqlmodel import col, select

from bot.app import App
from storage.calls.alerts import Interest
from storage.calls.bids import Bid
from storage.calls.subscriptions import Pace, Subscription
from storage.organisations import Kind, Organisation, Standing, Tenure
from storage.people import Person, Role, RoleName, by_telegram
from storage.pillars import OrganisationPillar
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.calls import add_pillars


async def follows(app: App, actor: Actor, call_id: int, *, following: bool = True) -> None:
    async with app.db.writing() as session:
        who = await by_telegram(session, actor.id)
        assert who is not None
        session.add(Interest(person_id=who.key, call_id=call_id, following=following, since=NOW))


async def subscribes(app: App, actor: Actor, pace: Pace = Pace.DAILY) -> None:
    async with app.db.writing() as session:
        who = await by_telegram(session, actor.id)
        assert who is not None
        session.add(Subscription(person_id=who.key, pace=pace, changed_at=NOW))


async def stands_in(app: App, short: str, *pillars: int, kind: Kind | None = None) -> None:
    """An organisation's pillars, and what it is."""
    async with app.db.writing() as session:
        home = (await session.exec(select(Organisation).where(Organisation.short == short))).one()
        home.kind = kind or home.kind
        for key in pillars:
            session.add(OrganisationPillar(organisation_id=home.key, pillar_id=key))


async def lasers_of_both(app: App) -> list[int]:
    """Lasers, where Eve's and Ann's organisations stand, and microscopy."""
    found = await add_pillars(app, "Lasery", "Mikroskopie")
    await stands_in(app, "Sklo a čočky", found[0])
    return found


async def joins(app: App, actor: Actor, name: str, *pillars: int, **facts: Any) -> int:
    """A member organisation whose contact person is the actor, who has just written to the bot."""
    await actor.says("/start")
    async with app.db.writing() as session:
        home = Organisation(name=name, short=name, folded=name.lower(), **facts)
        session.add(home)
        await session.flush()
        session.add(Tenure(organisation_id=home.key, standing=Standing.MEMBER, since=NOW))
        for key in pillars:
            session.add(OrganisationPillar(organisation_id=home.key, pillar_id=key))
        who = await by_telegram(session, actor.id)
        assert who is not None
        who.organisation_id, who.verified_at = home.key, NOW
        session.add(_contact(who))
        return home.key


def _contact(who: Person) -> Role:
    return Role(
        person_id=who.key,
        name=RoleName.CONTACT,
        organisation_id=who.organisation_id,
        since=NOW,
    )


async def leaves(app: App, actor: Actor) -> None:
    """They are a member of nothing any more."""
    async with app.db.writing() as session:
        who = await by_telegram(session, actor.id)
        assert who is not None
        who.organisation_id = who.verified_at = None


async def bids_kept(app: App) -> list[Bid]:
    async with app.db.reading() as session:
        return [*await session.exec(select(Bid).order_by(col(Bid.id)))]
