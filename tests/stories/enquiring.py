"""What stories about enquiries and windows begin with: instruments of three organisations."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.app import App
from bot.domain.instruments import records
from storage.folding import fold
from storage.instruments import Category, Condition, Enquiry, Instrument, Offering, Outage
from storage.organisations import Organisation, Standing, Tenure
from storage.people import Person, Role, RoleName, by_telegram
from tests.actors import Actor

M2000 = "Elipsometr M-2000"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PRAGUE = ZoneInfo("Europe/Prague")


@dataclass(frozen=True)
class Lab:
    """Of Karel's Ukázková optika is the ellipsometer; of Hana's Laboratoř another one."""

    app: App
    instrument: int
    another: int

    async def change(self, **fields: object) -> None:
        async with self.app.db.writing() as session:
            row = await session.get(Instrument, self.instrument)
            assert row is not None
            for name, value in fields.items():
                setattr(row, name, value)

    async def hide(self) -> None:
        await self.change(condition=Condition.HIDDEN)

    async def delete(self) -> None:
        async with self.app.db.writing() as session:
            row = await session.get(Instrument, self.instrument)
            await session.delete(row)

    async def break_down(self, since: datetime, until: datetime | None) -> None:
        async with self.app.db.writing() as session:
            session.add(Outage(instrument_id=self.instrument, since=since, until=until))

    async def dismiss(self, actor: Actor) -> None:
        """They are a contact person no more."""
        async with self.app.db.writing() as session:
            who = await by_telegram(session, actor.id)
            assert who is not None
            for role in await session.exec(select(Role).where(Role.person_id == who.key)):
                role.until = self.app.clock()

    async def appoint(self, actor: Actor, like: Actor) -> None:
        """Another contact person of the same organisation."""
        async with self.app.db.writing() as session:
            who, known = [await by_telegram(session, each.id) for each in (actor, like)]
            assert who is not None
            assert known is not None
            home = known.organisation_id
            session.add(_contact(who, home, self.app.clock()))

    async def enquiries(self) -> list[Enquiry]:
        async with self.app.db.reading() as session:
            return [*await session.exec(select(Enquiry).order_by(Enquiry.id))]  # type: ignore[arg-type]


def _contact(who: Person, organisation_id: int | None, now: datetime) -> Role:
    return Role(
        person_id=who.key, name=RoleName.CONTACT, organisation_id=organisation_id, since=now
    )


async def furnish(app: App, guest: Actor) -> Lab:
    await guest.says("/start")
    now = app.clock()
    async with app.db.writing() as session:
        optics = (
            await session.exec(
                select(Organisation).where(Organisation.folded == "ukazkova optika")
            )
        ).one()
        lab = Organisation(name="Laboratoř vrstev v. v. i.", short="Laboratoř", folded="laborator")
        session.add(lab)
        await session.flush()
        session.add(Tenure(organisation_id=lab.key, standing=Standing.MEMBER, since=now))
        hana = await by_telegram(session, guest.id)
        assert hana is not None
        hana.organisation_id, hana.verified_at = lab.key, now
        session.add(_contact(hana, lab.key, now))
        rows = [_ellipsometer(M2000, optics), _ellipsometer("Elipsometr UVISEL", lab)]
        session.add_all(rows)
        await session.flush()
        await records.reindex(session, rows)
        return Lab(app, rows[0].key, rows[1].key)


def _ellipsometer(name: str, owner: Organisation) -> Instrument:
    return Instrument(
        name=name,
        folded=fold(name),
        kind=Offering.EQUIPMENT,
        category=Category.THIN_FILMS,
        technique="elipsometrie",
        organisation_id=owner.key,
        owner=owner.name,
        site="Přerov",
        source="https://example.org/",
        confidence="stated",
    )


async def asks(
    actor: Actor, lab: Lab, text: str = "Tloušťka vrstvy SiO₂", *, send: bool = True
) -> None:
    """In English, from the card of the instrument: what, when, samples, NDA."""
    await actor.says("/menu")
    await actor.presses_data(f"in.ask:{lab.instrument}")
    await actor.says(text)
    await actor.presses("Within a month")
    await actor.says("6 samples of SiO₂")
    await actor.presses("🔏 Yes, NDA")
    if send:
        await actor.presses("📨 Send")


def prague(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PRAGUE)
