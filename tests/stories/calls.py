"""Calls of a story, as if the manager had sent them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.app import App
from bot.domain.calls import indexing
from storage.calls.history import Change, Turn
from storage.calls.records import CallPillar, Deadline, GrantCall, Kind, Stage, State
from storage.organisations import Organisation
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW

WAYS = ("Výzvy", "Grant calls")  # to the list
IN_TWO_WEEKS = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)  # Monday noon in Prague


def due(
    at: datetime = IN_TWO_WEEKS, what: str = "", *, hour: bool = True, sure: bool = True
) -> Deadline:
    return Deadline(call_id=0, at=at, hour_known=hour, what=what, sure=sure)


def days(number: float) -> datetime:
    return NOW + timedelta(days=number)


async def add_call(
    app: App,
    title: str,
    *deadlines: Deadline,
    pillars: Sequence[int] = (),
    **fields: Any,
) -> int:
    """Its id. It is open and was sent, unless told otherwise."""
    told: dict[str, Any] = {
        "code": title.upper(),
        "kind": Kind.NATIONAL,
        "state": State.OPEN,
        "stage": Stage.SENT,
        "language": "cs",
        "found_at": NOW,
        "checked_at": NOW,
        "last_deadline_at": max((each.at for each in deadlines), default=None),
    }
    async with app.db.writing() as session:
        call = GrantCall(title=title, **told | fields)
        session.add(call)
        await session.flush()
        for each in deadlines:
            each.call_id = call.key
            session.add(each)
        session.add_all(CallPillar(call_id=call.key, pillar_id=key) for key in pillars)
        await session.flush()
        await indexing.enter(session, [call])
        return call.key


async def add_change(app: App, call_id: int, field: str, old: Any, new: Any, turn: Turn) -> None:
    async with app.db.writing() as session:
        change = Change(call_id=call_id, field=field, old=old, new=new, turn=turn, found_at=NOW)
        session.add(change)


async def add_pillars(app: App, *names: str, own: int = 1) -> list[int]:
    """Ids; the first `own` of them are those of Ann's and Bořek's organisation."""
    async with app.db.writing() as session:
        rows = [
            Pillar(name_cs=name, name_en=f"{name} (en)", position=place, since=NOW)
            for place, name in enumerate(names)
        ]
        session.add_all(rows)
        await session.flush()
        home = select(Organisation.id).where(Organisation.short == "Ukázková optika")
        optics = (await session.exec(home)).one()
        assert optics is not None
        keys = [row.key for row in rows]
        session.add_all(
            OrganisationPillar(organisation_id=optics, pillar_id=key) for key in keys[:own]
        )
        return keys


def listed(actor: Actor) -> list[str]:
    """The titles on the buttons of a list, in their order."""
    found = [label[2:] for label in actor.buttons if label[0] in "💶👁" and label[1] == " "]
    return [each for each in found if each not in WAYS]
