"""The demonstration: what is in it, that it can be put in twice, and that it claims nothing."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import seed
from bot.demo import records
from storage import folding, people, workshops
from storage.database import Database
from storage.instruments import Instrument
from storage.organisations import Organisation, Tenure
from storage.people import Person, Role, RoleName
from storage.pillars import OrganisationPillar, Pillar
from storage.workshops import Part, Seat, State, Workshop
from tests import databases

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
TABLES: tuple[type[SQLModel], ...] = (
    *(Pillar, Organisation, Tenure, OrganisationPillar, Instrument),
    *(Person, Role, Workshop, Part, Seat),
)


@pytest.fixture
async def db(template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    db = Database(databases.sqlite_copy(template, tmp_path))
    yield db
    await db.dispose()


async def test_a_second_time_changes_nothing(db: Database) -> None:
    await seed.demo(db, NOW)
    first = await counts(db)
    await seed.demo(db, NOW)
    assert await counts(db) == first
    assert first["Pillar"] == 6
    assert first["Instrument"] == 51


async def test_the_year_lies_around_today(db: Database) -> None:
    await seed.demo(db, NOW)
    async with db.reading() as session:
        starts = list(await session.exec(select(Part.starts_at)))
        coming = await workshops.coming(session, NOW)
        drafts = await session.exec(select(Workshop).where(Workshop.state == State.DRAFT))
    assert min(starts) < NOW < max(starts)
    assert (max(starts) - min(starts)).days > 300
    assert len(coming) >= 8
    assert len(drafts.all()) == 1


async def test_a_two_day_event_has_an_evening_apart(db: Database) -> None:
    await seed.demo(db, NOW)
    async with db.reading() as session:
        found = await workshops.coming(session, NOW)
        [key] = [each.key for each in found if "Tenké" in each.title]
        event = await workshops.find(session, key)
    assert event is not None
    assert [part.usual for part in event.parts] == [True, False, True]
    assert (event.ends_at - event.starts_at).days == 1


async def test_every_persona_is_what_their_role_says(db: Database) -> None:
    await seed.demo(db, NOW)
    by_role = {persona.role: persona for persona in seed.PERSONAS}
    assert set(by_role) == {"guest", "member", "second_member", "contact", "manager"}
    async with db.reading() as session:
        assert await people.by_telegram(session, by_role["guest"].telegram_id) is None
        member = await people.by_telegram(session, by_role["member"].telegram_id)
        assert member is not None
        assert member.is_member
        assert await roles_of(session, by_role["manager"].telegram_id) == [RoleName.MANAGER]
        assert await roles_of(session, by_role["contact"].telegram_id) == [RoleName.CONTACT]
        assert await roles_of(session, by_role["member"].telegram_id) == []


async def test_members_by_the_thousand(db: Database) -> None:
    await seed.members(db, 3000, 10_000_001, NOW)
    await seed.members(db, 3000, 10_000_001, NOW)
    async with db.reading() as session:
        verified = select(func.count()).where(col(Person.verified_at).is_not(None))
        assert (await session.exec(verified)).one() == 3000
        last = await people.by_telegram(session, 10_003_000)
        [event] = await workshops.coming(session, NOW)
        card = await workshops.find(session, event.key)
    assert last is not None
    assert last.is_member
    assert card is not None
    assert card.parts[0].capacity == 100_000


async def test_ten_thousand_members_take_a_moment(db: Database) -> None:
    began = time.process_time()
    await seed.members(db, 10_000, 10_000_001, NOW)
    assert time.process_time() - began < 6


def test_real_organisations_have_a_source_and_invented_ones_say_so() -> None:
    for record in records("organisations"):
        assert record["source"].startswith("http")
        assert all(source.startswith("http") for source in record["pillars"].values())
    for record in records("invented"):
        assert record["source"] is None
        assert record["name"].startswith("Ukázk")
    for persona in seed.PERSONAS:
        assert persona.organisation is None or persona.organisation.startswith("Ukázk")


def test_every_instrument_has_a_source_and_an_owner_that_we_know() -> None:
    known = {record["short"] for record in records("organisations")}
    for record in records("instruments"):
        assert record["source"].startswith("http")
        assert record["organisation"] in known


def test_folding_is_how_people_type() -> None:
    assert folding.fold("Tenké  VRSTVY ½") == "tenke vrstvy 1⁄2"
    assert folding.words("laser, „čočky“ (10 µm) M-2000.") == [
        "laser",
        "cocky",
        "10",
        "μm",
        "m-2000",
    ]
    assert folding.words("?!") == []


async def counts(db: Database) -> dict[str, int]:
    async with db.reading() as session:
        return {
            table.__name__: (await session.exec(select(func.count()).select_from(table))).one()
            for table in TABLES
        }


async def roles_of(session: AsyncSession, telegram_id: int) -> list[RoleName]:
    person = await people.by_telegram(session, telegram_id)
    assert person is not None
    return [role.name for role in await people.roles(session, person.key, NOW)]
