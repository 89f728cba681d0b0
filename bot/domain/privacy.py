"""What we keep of somebody: given out on request, and forgotten after a time of grace.

A feature says here what it keeps of people, what of it is given out and how it is forgotten.
Tables that nobody has spoken for are given out as they are, so that nothing can be left out.
Rows that count for reports stay, with a person who has no name any more.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import to_jsonable_python
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, confirmations, drafts, invitations, organisations, people
from storage import privacy as store
from storage.audit import Audit
from storage.confirmations import Confirmation
from storage.drafts import Draft
from storage.inbox import Inbox
from storage.invitations import Invitation, InvitationUse, WrongTry
from storage.outbox import Outbox
from storage.people import Person, Role

GRACE = timedelta(days=14)
AT_ONCE = 100  # people forgotten in one transaction

Record = dict[str, Any]  # JSON
Give = Callable[[AsyncSession, Person], Awaitable[Sequence[Record]]]
Forget = Callable[[AsyncSession, Person, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Keeping:
    """What one feature keeps of people. Without `forget`, rows stay and count as nobody's."""

    tables: frozenset[str]
    give: Give
    forget: Forget | None = None


keepings: dict[str, Keeping] = {}


def keep(name: str, *tables: type[SQLModel], give: Give, forget: Forget | None = None) -> None:
    """Have `name` stand in everybody's export; `tables` are those that it speaks for."""
    names = frozenset(str(table.__tablename__) for table in tables)
    keepings[name] = Keeping(names, give, forget)


def facts(row: SQLModel, *, without: Sequence[str] = ()) -> Record:
    """A row as JSON; `without` are columns about other people or of no meaning outside."""
    return row.model_dump(mode="json", exclude={"id", "person_id", *without})


async def export(session: AsyncSession, me: Person, now: datetime) -> Record:
    """Everything about `me`, as JSON."""
    kept = {name: [*await each.give(session, me)] for name, each in keepings.items()}
    spoken_for = {table for each in keepings.values() for table in each.tables}
    others = await store.rows_about(session, me.key, without=spoken_for)
    record: Record = to_jsonable_python({"exported_at": now, **kept, **others})
    return record


async def request_erasure(session: AsyncSession, who: Person, now: datetime) -> datetime:
    """Returns when it will happen; asking again does not put it off."""
    me = await people.lock(session, who.key)
    assert me is not None
    if me.erase_at is None:
        me.erase_at = now + GRACE
    return me.erase_at


async def take_back(session: AsyncSession, who: Person) -> None:
    me = await people.lock(session, who.key)
    assert me is not None
    me.erase_at = None


async def due(session: AsyncSession, now: datetime) -> Sequence[Person]:
    return await people.to_erase(session, now, AT_ONCE)


async def forget(session: AsyncSession, person: Person, now: datetime) -> None:
    """Leave a row without a name. Whoever writes to us again is somebody new."""
    for each in keepings.values():
        if each.forget is not None:
            await each.forget(session, person, now)
    person.telegram_id = person.username = person.organisation_id = None
    person.verified_at = person.erase_at = None
    person.first_name = person.last_name = ""
    person.reachable = False
    await session.flush()


async def _profile(session: AsyncSession, me: Person) -> Sequence[Record]:
    where = me.organisation_id
    organisation = await organisations.find(session, where) if where else None
    record = facts(me, without=["organisation_id"])
    return [{**record, "organisation": organisation.name if organisation else None}]


async def _roles(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(role) for role in await people.all_roles(session, me.key)]


async def _end_roles(session: AsyncSession, me: Person, now: datetime) -> None:
    await people.end_roles(session, me.key, now)


async def _draft(session: AsyncSession, me: Person) -> Sequence[Record]:
    draft = await drafts.find(session, me.key)
    return [facts(draft)] if draft else []


async def _drop_draft(session: AsyncSession, me: Person, _now: datetime) -> None:
    await drafts.drop(session, me.key)


async def _invitations(session: AsyncSession, me: Person) -> Sequence[Record]:
    hidden = ["digest", "made_by"]
    made = await invitations.made_by(session, me.key)
    return [facts(invitation, without=hidden) for invitation in made]


async def _entries(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [
        {**facts(use, without=["invitation_id"]), "organisation_id": invitation.organisation_id}
        for use, invitation in await invitations.used_by(session, me.key)
    ]


async def _wrong_tries(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await invitations.tries_of(session, me.key)]


async def _forget_tries(session: AsyncSession, me: Person, now: datetime) -> None:
    await invitations.forget_tries(session, me.key, now)


async def _questions(session: AsyncSession, me: Person) -> Sequence[Record]:
    asked = await confirmations.of_person(session, me.key)
    return [facts(each, without=["decided_by"]) for each in asked]


async def _close_question(session: AsyncSession, me: Person, now: datetime) -> None:
    question = await confirmations.open_of(session, me.key)
    if question is not None:
        question.verdict, question.decided_at = confirmations.Verdict.TAKEN_BACK, now


async def _deeds(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each, without=["actor_id"]) for each in await audit.of_actor(session, me.key)]


async def _letters(session: AsyncSession, me: Person) -> Sequence[Record]:
    if me.telegram_id is None:
        return []
    came, left = await store.letters(session, me.telegram_id)
    received = [{"from_you": json.loads(body)} for body in came if body]
    return [*received, *({"to_you": payload} for payload in left if payload)]


async def _empty_letters(session: AsyncSession, me: Person, now: datetime) -> None:
    if me.telegram_id is not None:
        await store.empty_letters(session, me.telegram_id, now)


keep("person", Person, give=_profile)
keep("roles", Role, give=_roles, forget=_end_roles)
keep("unfinished_form", Draft, give=_draft, forget=_drop_draft)
keep("invitations_made", Invitation, give=_invitations)
keep("invitations_used", InvitationUse, give=_entries)
keep("wrong_invitations", WrongTry, give=_wrong_tries, forget=_forget_tries)
keep("confirmations", Confirmation, give=_questions, forget=_close_question)
keep("deeds", Audit, give=_deeds)
keep("messages", Inbox, Outbox, give=_letters, forget=_empty_letters)
