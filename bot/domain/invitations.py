"""Invitations: who holds the link of one becomes a verified member of the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from hashlib import sha256
from secrets import token_urlsafe

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights, tries
from bot.domain.membership import admit
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import audit, organisations, people
from storage import invitations as store
from storage.invitations import Invitation, InvitationUse, Purpose
from storage.organisations import Organisation
from storage.people import Person, Role, RoleName

TOKEN_BYTES = 32
LASTS = timedelta(days=7)
PLACES = (1, 10)  # for one person, or for so many
LISTED_AFTER_END = timedelta(days=30)


class Outcome(Enum):
    WRONG = auto()  # unknown, ended, used up or revoked: nobody is told which
    JOINED = auto()
    ALREADY_IN = auto()
    ELSEWHERE = auto()  # a member of another organisation, who has to want it


@dataclass(frozen=True)
class Entry:
    """What came of following a link; `organisation` is where it leads."""

    outcome: Outcome
    organisation: Organisation | None = None
    left: Organisation | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Made:
    """The only time that the token is seen."""

    invitation: Invitation
    organisation: Organisation
    token: str


@dataclass(frozen=True)
class Listed:
    invitation: Invitation
    organisation: Organisation
    used: int

    def is_open(self, now: datetime) -> bool:
        return _is_open(self.invitation, self.used, now)


async def invite(
    session: AsyncSession,
    me: Person,
    organisation_id: int,
    purpose: Purpose,
    places: int,
    now: datetime,
) -> Made:
    """Raises `NotAllowed`, and `Gone` when the organisation is no member (any more)."""
    action = Action.INVITE_COLLEAGUE if purpose == Purpose.COLLEAGUE else Action.APPOINT
    await rights.require(session, me, action, now, organisation_id=organisation_id)
    organisation = await organisations.find(session, organisation_id)
    if organisation is None or not await organisations.is_member(session, organisation_id):
        raise Gone
    if places not in PLACES:
        raise Gone
    token = token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        organisation_id=organisation_id,
        made_by=me.key,
        purpose=purpose,
        digest=_digest(token),
        places=places,
        made_at=now,
        expires_at=now + LASTS,
    )
    session.add(invitation)
    await session.flush()
    subject = f"invitation:{invitation.key}"
    about = {"organisation": organisation_id, "purpose": purpose, "places": places}
    await audit.record(session, me.key, "invite", subject, now, **about)
    return Made(invitation, organisation, token)


async def follow(
    session: AsyncSession, who: Person, token: str, now: datetime, *, moving: bool = False
) -> Entry:
    """Come in by a link; `moving` says that they know they leave another organisation.

    A wrong token is an outcome and no refusal, because the try has to be kept.
    Raises `TooManyTries`.
    """
    me = await people.lock(session, who.key)
    assert me is not None
    await tries.require_rest(session, me, now)
    invitation = await store.by_digest(session, _digest(token))
    organisation = await _where_to(session, invitation)
    if invitation is None or organisation is None:
        return await _wrong(session, me, now)
    outcome = await _outcome(session, me, invitation, now)
    if outcome == Outcome.WRONG:
        return await _wrong(session, me, now)
    left = await _left(session, me, organisation)
    if outcome == Outcome.ELSEWHERE and moving:
        outcome = Outcome.JOINED
    if outcome == Outcome.JOINED:
        await _use(session, me, invitation, now)
    return Entry(outcome, organisation, left, invitation)


async def is_good(session: AsyncSession, who: Person, token: str, now: datetime) -> bool:
    """Asking about tokens is trying them. Raises `TooManyTries`."""
    me = await people.lock(session, who.key)
    assert me is not None
    await tries.require_rest(session, me, now)
    invitation = await store.by_digest(session, _digest(token))
    if invitation and _is_open(invitation, await store.uses(session, invitation.key), now):
        return True
    await tries.note(session, me, now)
    return False


async def of_mine(session: AsyncSession, me: Person, now: datetime) -> Sequence[Listed]:
    """Invitations that are open or ended lately: everybody's for the team, else those into the
    organisations that `me` speaks for. Raises `NotAllowed`."""
    await rights.require(session, me, Action.INVITE_COLLEAGUE, now)
    mine = None
    if not await rights.may(session, me, Action.INVITE_ANYWHERE, now):
        mine = await rights.spoken_for(session, me, now)
    rows = await store.current(session, now - LISTED_AFTER_END, mine)
    return [await _listed(session, invitation, used) for invitation, used in rows]


async def look(session: AsyncSession, me: Person, invitation_id: int, now: datetime) -> Listed:
    """Raises `Gone`, `NotAllowed`."""
    invitation = await _mine(session, me, invitation_id, now)
    return await _listed(session, invitation, await store.uses(session, invitation.key))


async def revoke(session: AsyncSession, me: Person, invitation_id: int, now: datetime) -> Listed:
    """Close the door; who came in stays. Raises `Gone`, `NotAllowed`."""
    invitation = await _mine(session, me, invitation_id, now, lock=True)
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        await audit.record(session, me.key, "revoke", f"invitation:{invitation_id}", now)
    return await _listed(session, invitation, await store.uses(session, invitation.key))


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


def _is_open(invitation: Invitation, used: int, now: datetime) -> bool:
    in_time = invitation.revoked_at is None and now < invitation.expires_at
    return in_time and used < invitation.places


async def _wrong(session: AsyncSession, me: Person, now: datetime) -> Entry:
    await tries.note(session, me, now)
    return Entry(Outcome.WRONG)


async def _where_to(session: AsyncSession, invitation: Invitation | None) -> Organisation | None:
    if invitation is None or not await organisations.is_member(
        session, invitation.organisation_id
    ):
        return None
    return await organisations.find(session, invitation.organisation_id)


async def _outcome(
    session: AsyncSession, me: Person, invitation: Invitation, now: datetime
) -> Outcome:
    is_in = me.is_member and me.organisation_id == invitation.organisation_id
    if await store.has_used(session, invitation.key, me.key):
        return Outcome.ALREADY_IN if is_in else Outcome.WRONG
    if not _is_open(invitation, await store.uses(session, invitation.key), now):
        return Outcome.WRONG
    if is_in:
        gives_more = await _gives_more(session, me, invitation, now)
        return Outcome.JOINED if gives_more else Outcome.ALREADY_IN
    return Outcome.ELSEWHERE if me.is_member else Outcome.JOINED


async def _gives_more(
    session: AsyncSession, me: Person, invitation: Invitation, now: datetime
) -> bool:
    """Whether it has something for somebody who is in already."""
    if invitation.purpose == Purpose.COLLEAGUE:
        return False
    return invitation.organisation_id not in await rights.spoken_for(session, me, now)


async def _left(
    session: AsyncSession, me: Person, organisation: Organisation
) -> Organisation | None:
    """The other organisation that they are a member of so far."""
    if not me.is_member or me.organisation_id in (None, organisation.key):
        return None
    return await organisations.find(session, me.organisation_id)


async def _use(session: AsyncSession, me: Person, invitation: Invitation, now: datetime) -> None:
    session.add(InvitationUse(invitation_id=invitation.key, person_id=me.key, used_at=now))
    await admit(session, me, invitation.organisation_id, now)
    if invitation.purpose == Purpose.CONTACT:
        where = invitation.organisation_id
        session.add(
            Role(person_id=me.key, name=RoleName.CONTACT, organisation_id=where, since=now)
        )
    await session.flush()


async def _mine(
    session: AsyncSession, me: Person, invitation_id: int, now: datetime, *, lock: bool = False
) -> Invitation:
    invitation = await store.find(session, invitation_id, lock=lock)
    if invitation is None:
        raise Gone
    where = invitation.organisation_id
    await rights.require(session, me, Action.INVITE_COLLEAGUE, now, organisation_id=where)
    return invitation


async def _listed(session: AsyncSession, invitation: Invitation, used: int) -> Listed:
    organisation = await organisations.find(session, invitation.organisation_id)
    assert organisation is not None
    return Listed(invitation, organisation, used)
