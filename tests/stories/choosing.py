"""What the manager does again and again to put an audience together, and what it refers to."""

from datetime import datetime, timedelta

from bot.app import App
from storage.announcements import Announcement, find
from storage.people import by_telegram
from storage.pillars import OrganisationPillar, Pillar
from storage.workshops import Part, Seat, State, Workshop
from storage.workshops.check_ins import CheckIn, How
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import MINUTE, Wait

OPTICS, GLASS = 1, 2  # organisations


async def begin(who: Actor, text: str = "Zítra je volno.") -> None:
    """From the command to the screen with the conditions."""
    await who.says("/oznameni")
    await who.says(text)
    await who.presses("👥 Vybrat komu")
    await who.presses("🧩 Složit výběr…")


async def add(who: Actor, kind: str, *values: str, button: str = "➕ Podmínka") -> None:
    """Tick values of one kind, from the screen with the conditions and back to it."""
    await who.presses(button)
    await who.presses(kind)
    for value in values:
        await who.presses(value)
    while "➕ Podmínka" not in who.buttons:
        await who.presses("◀ Zpět")


async def leave_out(who: Actor, kind: str, *values: str) -> None:
    await add(who, kind, *values, button="➖ Vynechat")


async def send(who: Actor, label: str, wait: Wait) -> None:
    await who.presses("✅ Hotovo")
    await who.presses(label)
    await out(wait)


async def out(wait: Wait) -> None:
    """After the yes: it leaves, it is through, and its end is told."""
    for _ in range(3):
        await wait(MINUTE)


async def pillar(app: App, name: str, *organisations: int) -> None:
    async with app.db.writing() as session:
        made = Pillar(name_cs=name, name_en=name, position=1, since=NOW)
        session.add(made)
        await session.flush()
        for key in organisations:
            session.add(OrganisationPillar(organisation_id=key, pillar_id=made.key))


async def event(app: App, title: str, starts_at: datetime = NOW + timedelta(days=7)) -> int:
    """A published one of one part, whose id is the event's."""
    async with app.db.writing() as session:
        made = Workshop(title=title, state=State.PUBLISHED, created_at=NOW)
        session.add(made)
        await session.flush()
        end = starts_at + timedelta(hours=2)
        session.add(Part(workshop_id=made.key, starts_at=starts_at, ends_at=end, capacity=10))
        return made.key


async def seat(app: App, part_id: int, who: Actor, *, confirmed: bool = False) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        said = NOW if confirmed else None
        session.add(
            Seat(
                part_id=part_id,
                person_id=person.key,
                taken_at=NOW,
                seated_at=NOW,
                confirmed_at=said,
            )
        )


async def came(app: App, part_id: int, who: Actor) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        session.add(CheckIn(part_id=part_id, person_id=person.key, how=How.LIST, at=NOW))


async def announcement(app: App, key: int = 1) -> Announcement:
    async with app.db.reading() as session:
        found = await find(session, key)
        assert found is not None
        return found
