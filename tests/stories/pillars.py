"""What stories of pillars begin with."""

from bot.app import App
from storage.groups.members import PillarMember
from storage.people import Person, Role, RoleName, by_telegram
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW

OPTICS, GLASS = 1, 2  # organisations


async def add_pillar(app: App, cs: str = "Lasery", en: str = "Lasers", *, stand: int = 0) -> int:
    """The organisation `stand` stands in it."""
    async with app.db.writing() as session:
        pillar = Pillar(name_cs=cs, name_en=en, position=1, since=NOW)
        session.add(pillar)
        await session.flush()
        if stand:
            session.add(OrganisationPillar(organisation_id=stand, pillar_id=pillar.key))
        return pillar.key


async def person_id(app: App, who: Actor) -> int:
    async with app.db.reading() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        return person.key


async def appoint(
    app: App, who: Actor, pillar_id: int, name: RoleName = RoleName.GUARANTOR
) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        session.add(Role(person_id=person.key, name=name, pillar_id=pillar_id, since=NOW))


async def crowd(app: App, pillar_id: int, count: int, organisation_id: int | None) -> None:
    """People who are in the pillar."""
    async with app.db.writing() as session:
        found = [
            Person(
                telegram_id=60_000 + number + 1_000 * (organisation_id or 0),
                first_name="Člověk",
                last_name=f"{number:03}",
                organisation_id=organisation_id,
                verified_at=NOW if organisation_id else None,
                met_at=NOW,
            )
            for number in range(count)
        ]
        session.add_all(found)
        await session.flush()
        session.add_all(
            PillarMember(pillar_id=pillar_id, person_id=each.key, since=NOW) for each in found
        )


async def open_pillar(who: Actor, label: str = "Lasery · 0") -> None:
    await who.says("/skupiny")
    await who.presses(label)
