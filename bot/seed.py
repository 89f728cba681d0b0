"""Data to try Paprsek with: a demonstration of the cluster's year, or members by the thousand.

Whatever is there already stays as it is, so both may be run again.
"""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo import calls, groups, records
from bot.demo.personas import PERSONAS, Persona
from bot.domain.instruments.places import region_of
from bot.domain.instruments.records import add
from bot.domain.workshops import reminders
from storage import people, workshops
from storage.database import Database
from storage.folding import fold
from storage.instruments import Category, Instrument, Offering
from storage.organisations import Kind, Organisation, Standing, Tenure
from storage.people import Person, Role, RoleName
from storage.pillars import OrganisationPillar, Pillar
from storage.workshops import Audience, Part, Seat, State, Workshop

__all__ = ["PERSONAS", "demo", "members"]

PRAGUE = ZoneInfo("Europe/Prague")
IN_ONE_GO = 5_000
AT_HOME = timedelta(days=30)  # so long people have been here: nobody shows them around
SATURDAY = 5
EMPTY_OFFICES = (12, 21)  # month and day, until the end of the year
ROLES = {"manager": RoleName.MANAGER, "contact": RoleName.CONTACT}
Record = dict[str, Any]


async def demo(db: Database, now: datetime, zone: tzinfo = PRAGUE) -> None:
    """Pillars, organisations and instruments as publicly known; invented people and events."""
    async with db.writing() as session:
        pillars = await _pillars(session)
        homes = await _organisations(session, pillars, now)
        await _instruments(session, homes, pillars, now)
        known = await _personas(session, homes, now)
        await groups.put_in(session, known, pillars, now)
        await _events(session, records("events"), known, now, zone)
        await calls.put_in(session, pillars, now, zone)


async def members(
    db: Database, number: int, first_id: int, now: datetime, zone: tzinfo = PRAGUE
) -> None:
    """`number` verified members of invented organisations, with Telegram ids from `first_id` on,
    and an event with a seat for each."""
    async with db.writing() as session:
        homes = await _organisations(session, await _pillars(session), now)
        invented = [homes[record["short"]] for record in records("invented")]
        await _crowd(session, range(first_id, first_id + number), invented, now)
        await _events(session, records("open_event"), {}, now, zone)


async def _pillars(session: AsyncSession) -> dict[str, int]:
    """Ids by the keys that the records use."""
    have = {pillar.name_cs: pillar.key for pillar in await session.exec(select(Pillar))}
    ids: dict[str, int] = {}
    for position, record in enumerate(records("pillars"), 1):
        if record["cs"] not in have:
            pillar = Pillar(
                name_cs=record["cs"],
                name_en=record["en"],
                position=position,
                since=_midnight(record["since"]),
                topic=record["topic"],
            )
            await _save(session, pillar)
            have[pillar.name_cs] = pillar.key
        ids[record["key"]] = have[record["cs"]]
    return ids


async def _organisations(
    session: AsyncSession, pillars: dict[str, int], now: datetime
) -> dict[str, int]:
    """Ids by short names."""
    ids = {each.short: each.key for each in await session.exec(select(Organisation))}
    for record in [*records("organisations"), *records("invented")]:
        if record["short"] not in ids:
            ids[record["short"]] = await _organisation(session, record, pillars, now)
    return ids


async def _organisation(
    session: AsyncSession, record: Record, pillars: dict[str, int], now: datetime
) -> int:
    organisation = Organisation(
        name=record["name"],
        short=record["short"],
        folded=fold(f"{record['short']} {record['name']}"),
        kind=Kind(record["kind"]),
        town=record["town"],
        source=record["source"],
    )
    await _save(session, organisation)
    key = organisation.key
    since = _midnight(record["since"]) if record["since"] else now
    session.add(Tenure(organisation_id=key, standing=Standing.MEMBER, since=since))
    for name in record["pillars"]:
        session.add(OrganisationPillar(organisation_id=key, pillar_id=pillars[name]))
    return key


async def _instruments(
    session: AsyncSession, homes: dict[str, int], pillars: dict[str, int], now: datetime
) -> None:
    have = set((await session.exec(select(Instrument.name, Instrument.owner))).all())
    new = [each for each in records("instruments") if (each["name"], each["owner"]) not in have]
    instruments = [_instrument(record, homes, now) for record in new]
    stand = [[pillars[name] for name in record["pillars"]] for record in new]
    await add(session, instruments, stand)


def _instrument(record: Record, homes: dict[str, int], now: datetime) -> Instrument:
    facts = {
        name: value for name, value in record.items() if name not in ("organisation", "pillars")
    }
    return Instrument(
        **facts
        | {
            "kind": Offering(record["kind"]),
            "category": Category(record["category"]),
            "organisation_id": homes[record["organisation"]],
            "folded": fold(record["name"]),
            "region": region_of(record["site"]),
            "confirmed_at": now - AT_HOME,
        }
    )


async def _personas(
    session: AsyncSession, homes: dict[str, int], now: datetime
) -> dict[str, Person]:
    """By role. The guest is left to introduce themselves."""
    known: dict[str, Person] = {}
    for persona in PERSONAS:
        if persona.organisation is not None:
            home = homes[persona.organisation]
            known[persona.role] = await _person(session, persona, home, now)
    return known


async def _person(session: AsyncSession, persona: Persona, home: int, now: datetime) -> Person:
    person = await people.by_telegram(session, persona.telegram_id)
    if person is None:
        person = Person(telegram_id=persona.telegram_id, language=persona.language, met_at=now)
        person.first_name, person.last_name = persona.first_name, persona.last_name
        person.username = persona.username
    if not person.is_member:
        person.organisation_id, person.verified_at = home, now - AT_HOME
    await _save(session, person)
    role, held = ROLES.get(persona.role), await people.roles(session, person.key, now)
    if role is not None and all(each.name != role for each in held):
        scope = home if role == RoleName.CONTACT else None
        await _save(
            session,
            Role(person_id=person.key, name=role, organisation_id=scope, since=now - AT_HOME),
        )
    return person


async def _events(
    session: AsyncSession,
    planned: list[Record],
    known: dict[str, Person],
    now: datetime,
    zone: tzinfo,
) -> None:
    have = set((await session.exec(select(Workshop.title))).all())
    for record in planned:
        if record["title"] not in have:
            await _event(session, record, known, now, zone)


async def _event(
    session: AsyncSession, record: Record, known: dict[str, Person], now: datetime, zone: tzinfo
) -> None:
    workshop = Workshop(
        title=record["title"],
        place=record["place"],
        about=record["about"],
        kind=workshops.Kind(record["kind"]),
        audience=Audience(record["audience"]),
        state=State(record["state"]),
        planned_by=known["manager"].key if known else None,
        created_at=now,
    )
    workshop.refold()
    await _save(session, workshop)
    first = _first_day(record, now.astimezone(zone).date())
    for part in record["parts"]:
        day = first + timedelta(days=part["day"])
        await _part(session, workshop.key, part, day, zone)
    for role in record["taken_by"]:
        await _seats(session, workshop.key, known[role], now)
    event = await workshops.find(session, workshop.key)
    assert event is not None
    await reminders.replan(session, event, zone, now)


def _first_day(record: Record, today: date) -> date:
    """The day of the week that the record asks for, in the first week when nobody rests."""
    monday = today - timedelta(days=today.weekday())
    first = monday + timedelta(weeks=record["week"], days=record["weekday"])
    while any(_rests(first + timedelta(days=part["day"])) for part in record["parts"]):
        first += timedelta(weeks=1)
    return first


def _rests(day: date) -> bool:
    """Weekends, Czech holidays, and the days around Christmas when offices are empty."""
    return day.weekday() >= SATURDAY or day in _holidays() or (day.month, day.day) >= EMPTY_OFFICES


@cache
def _holidays() -> Container[date]:
    """Loading them takes a while, which nobody but the demonstration should spend."""
    from holidays import country_holidays

    return country_holidays("CZ")


async def _part(
    session: AsyncSession, workshop_id: int, record: Record, day: date, zone: tzinfo
) -> None:
    part = Part(
        workshop_id=workshop_id,
        name=record["name"],
        starts_at=_at(day, record["from"], zone),
        ends_at=_at(day, record["to"], zone),
        capacity=record["capacity"],
        usual=record.get("usual", True),
    )
    await _save(session, part)


async def _seats(session: AsyncSession, workshop_id: int, person: Person, now: datetime) -> None:
    """In each part of the usual whole, as far as there are any."""
    usual = select(Part).where(Part.workshop_id == workshop_id, col(Part.usual))
    for part in await session.exec(usual):
        free = await workshops.seats.taken(session, part.key) < part.capacity
        seat = Seat(part_id=part.key, person_id=person.key, taken_at=now)
        seat.seated_at = now if free else None
        session.add(seat)
    await session.flush()


async def _crowd(
    session: AsyncSession, telegram_ids: range, homes: list[int], now: datetime
) -> None:
    table = SQLModel.metadata.tables["person"]
    connection = await session.connection()
    into = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    query = into(table).on_conflict_do_nothing(index_elements=["telegram_id"])
    for start in range(0, len(telegram_ids), IN_ONE_GO):
        some = telegram_ids[start : start + IN_ONE_GO]
        rows = [_member(each, homes[each % len(homes)], now) for each in some]
        await connection.execute(query, rows)


def _member(telegram_id: int, home: int, now: datetime) -> Record:
    return {
        "telegram_id": telegram_id,
        "first_name": "Člen",
        "last_name": str(telegram_id),
        "language": "cs",
        "organisation_id": home,
        "verified_at": now - AT_HOME,
        "reachable": True,
        "met_at": now,
    }


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def _at(day: date, clock: str, zone: tzinfo) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


async def _save(session: AsyncSession, row: SQLModel) -> None:
    """At once, so that it has its id."""
    session.add(row)
    await session.flush()
