"""What an organisation is when it bids: its region and size, told by its contact person."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls.eligibility import FIRMS, bidder
from bot.domain.calls.regions import REGIONS
from bot.domain.refusals import Gone, MembersOnly
from bot.domain.rights import Action
from storage import organisations
from storage.audit import record
from storage.calls import subscribing as store
from storage.calls.subscriptions import Profile, Size
from storage.organisations import Kind, Organisation
from storage.people import Person

SIZED = FIRMS | {Kind.OTHER}  # whose size calls ask about


@dataclass(frozen=True, slots=True)
class View:
    """`region` is the one that counts, which without anybody's word is that of the seat."""

    organisation: Organisation
    profile: Profile | None
    region: str
    may_keep: bool

    @property
    def region_told(self) -> bool:
        return self.profile is not None and bool(self.profile.region)

    @property
    def size(self) -> Size | None:
        return self.profile.size if self.profile else None

    @property
    def asks_size(self) -> bool:
        return self.organisation.kind in SIZED

    @property
    def is_complete(self) -> bool:
        return self.region_told and (self.size is not None or not self.asks_size)


async def mine(session: AsyncSession, me: Person, now: datetime) -> View:
    """Raises `MembersOnly`."""
    if not me.is_member or me.organisation_id is None:
        raise MembersOnly
    return await look(session, me.organisation_id, me, now)


async def look(session: AsyncSession, organisation_id: int, me: Person, now: datetime) -> View:
    """Its own people see it, and who may change it. Raises `NotAllowed` and `Gone`."""
    if not me.is_member or organisation_id != me.organisation_id:
        await rights.require(
            session, me, Action.KEEP_PROFILE, now, organisation_id=organisation_id
        )
    where = await organisations.find(session, organisation_id)
    if where is None:
        raise Gone
    profile = await store.profile(session, where.key)
    may_keep = await rights.may(session, me, Action.KEEP_PROFILE, now, organisation_id=where.key)
    return View(where, profile, bidder(where, profile).region, may_keep)


async def set_region(
    session: AsyncSession, organisation_id: int, region: str, me: Person, now: datetime
) -> View:
    """Raises `Gone` for none of Czechia's, and `NotAllowed`."""
    if region not in REGIONS:
        raise Gone
    profile = await _profile(session, organisation_id, me, now)
    profile.region = region
    await _note(session, me, profile, now, region=region)
    return await look(session, organisation_id, me, now)


async def set_size(
    session: AsyncSession, organisation_id: int, size: Size, me: Person, now: datetime
) -> View:
    profile = await _profile(session, organisation_id, me, now)
    profile.size = size
    await _note(session, me, profile, now, size=size.value)
    return await look(session, organisation_id, me, now)


async def _profile(
    session: AsyncSession, organisation_id: int, me: Person, now: datetime
) -> Profile:
    """Locked, for a change."""
    await rights.require(session, me, Action.KEEP_PROFILE, now, organisation_id=organisation_id)
    if await organisations.find(session, organisation_id) is None:
        raise Gone
    profile = await store.profile(session, organisation_id, lock=True)
    if profile is None:
        profile = Profile(organisation_id=organisation_id, changed_at=now)
        session.add(profile)
    return profile


async def _note(
    session: AsyncSession, me: Person, profile: Profile, now: datetime, **details: str
) -> None:
    profile.changed_at, profile.changed_by = now, me.key
    await session.flush()
    subject = f"organisation:{profile.organisation_id}"
    await record(session, me.key, "set_profile", subject, now, **details)
