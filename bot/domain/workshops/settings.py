"""What the team sets besides time, place and seats: for whom, since when, how many, which way."""

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from urllib.parse import urlsplit

from bot.domain.refusals import Gone, Refusal
from bot.domain.workshops import leading, planning
from bot.domain.workshops.changing import Change, Editor
from bot.domain.workshops.planning import InPast
from storage import organisations, people
from storage.workshops import Audience, Event, Kind, PartKind, Slot, Workshop, guests

PROJECT = 60  # characters
LINK = 300
SCHEMES = ("http", "https")


@dataclass(eq=False)
class OpensTooLate(Refusal):
    """Registration would open when it is closed already, at `closes_at`."""

    closes_at: datetime


@dataclass(eq=False)
class ClosesTooEarly(Refusal):
    """Registration would close before it opens, at `opens_at`."""

    opens_at: datetime


@dataclass(eq=False)
class ClosesTooLate(Refusal):
    """Registration would close when the event has begun, at `starts_at`."""

    starts_at: datetime


@dataclass(eq=False)
class BadLimit(Refusal):
    """A limit of an organisation is from one to `seats`."""

    seats: int


class BadLink(Refusal):
    """It leads nowhere."""


async def open_to(editor: Editor, audience: Audience, pillar_id: int | None = None) -> Change:
    """Raises `Gone` for a pillar that is not there."""

    async def act(workshop: Workshop) -> None:
        await _require_team(editor)
        workshop.audience = audience
        workshop.pillar_id = None
        if audience == Audience.PILLAR:
            session, now = editor.session, editor.now
            workshop.pillar_id = await planning.standing_pillar(session, pillar_id, now)

    return await editor.edit("open_to", act)


async def invite(
    editor: Editor, *, person_id: int | None = None, organisation_id: int | None = None
) -> Change:
    """One of the two. Twice is as good as once. Raises `Gone`."""

    async def act(workshop: Workshop) -> None:
        await _require_team(editor)
        if person_id is not None:
            found = await people.find(editor.session, person_id) is not None
        else:
            found = await organisations.is_member(editor.session, organisation_id or 0)
        if not found:
            raise Gone
        whom = {"person_id": person_id, "organisation_id": organisation_id}
        await guests.add(editor.session, workshop.key, editor.now, **whom)

    return await editor.edit("invite", act)


async def uninvite(editor: Editor, invitee_id: int) -> Change:
    async def act(workshop: Workshop) -> None:
        await _require_team(editor)
        await guests.remove(editor.session, workshop.key, invitee_id)

    return await editor.edit("uninvite", act)


async def _require_team(editor: Editor) -> None:
    """Whom an event is for is no matter of a guarantor, who leads but meetings of their pillar."""
    event = await planning.locked(editor.session, editor.workshop_id)
    await leading.require_team(editor.session, event, editor.me, editor.now)


async def open_registration(editor: Editor, at: datetime | None) -> Change:
    """None: at once. Raises `OpensTooLate`."""

    async def act(workshop: Workshop) -> None:
        event = await planning.locked(editor.session, workshop.key)
        closes_at = min(workshop.closes_at or event.starts_at, event.starts_at)
        if at is not None and at >= closes_at:
            raise OpensTooLate(closes_at)
        workshop.opens_at = at

    return await editor.edit("open_registration", act)


async def close_registration(editor: Editor, at: datetime | None) -> Change:
    """None: as each part begins. Raises `InPast`, `ClosesTooEarly` and `ClosesTooLate`."""

    async def act(workshop: Workshop) -> None:
        event = await planning.locked(editor.session, workshop.key)
        if at is not None:
            _check_closing(event, at, editor.now)
        workshop.closes_at = at

    return await editor.edit("close_registration", act)


def _check_closing(event: Event, at: datetime, now: datetime) -> None:
    if at < now:
        raise InPast
    if event.opens_at is not None and at <= event.opens_at:
        raise ClosesTooEarly(event.opens_at)
    if at > event.starts_at:
        raise ClosesTooLate(event.starts_at)


async def limit_organisations(editor: Editor, limit: int | None) -> Change:
    """Seats of a part that one organisation may take. Raises `BadLimit`."""

    async def act(workshop: Workshop) -> None:
        event = await planning.locked(editor.session, workshop.key)
        most = max(part.capacity for part in event.parts)
        if limit is not None and not 1 <= limit <= most:
            raise BadLimit(most)
        workshop.organisation_limit = limit

    return await editor.edit("limit_organisations", act)


async def make_provisional(editor: Editor, provisional: bool) -> Change:
    async def act(workshop: Workshop) -> None:
        workshop.provisional = provisional

    return await editor.edit("make_provisional", act)


async def make_event(editor: Editor, kind: Kind) -> Change:
    """What it counts as in the plan of the year."""

    async def act(workshop: Workshop) -> None:
        await _require_team(editor)
        workshop.kind = kind

    return await editor.edit("make_event", act)


async def name_project(editor: Editor, project: str) -> Change:
    """Empty: none. Raises `BadLength`."""

    async def act(workshop: Workshop) -> None:
        workshop.project = planning.short(project, PROJECT) if project else ""

    return await editor.edit("name_project", act)


async def take_topics(editor: Editor, until: datetime | None) -> Change:
    """None: not at all. Raises `InPast`."""

    async def act(workshop: Workshop) -> None:
        if until is not None and until <= editor.now:
            raise InPast
        workshop.topics_until = until

    return await editor.edit("take_topics", act)


async def make_part(editor: Editor, part_id: int, kind: PartKind) -> Change:
    async def act(_: Workshop) -> None:
        part = await editor.part(part_id)
        part.kind = kind
        if kind != PartKind.ONLINE:
            part.link = ""

    return await editor.edit("make_part", act)


async def place_part(editor: Editor, part_id: int, place: str) -> Change:
    """Empty: where the event is."""

    async def act(_: Workshop) -> None:
        part = await editor.part(part_id)
        part.place = planning.short(place, planning.PLACE) if place else ""

    return await editor.edit("place_part", act)


async def link_part(editor: Editor, part_id: int, link: str) -> Change:
    """Empty: none. Raises `BadLink`."""

    async def act(_: Workshop) -> None:
        part = await editor.part(part_id)
        part.link = checked_link(link) if link else ""

    return await editor.edit("link_part", act)


def checked_link(typed: str) -> str:
    """The address of a page; `https://` may be left out. Raises `BadLink`."""
    link = typed.strip()
    if "://" not in link:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        raise BadLink from None
    legible = link.isprintable() and not any(sign.isspace() for sign in link)
    named = "." in host.strip(".") and ".." not in host
    if parts.scheme not in SCHEMES or not legible or not named or len(link) > LINK:
        raise BadLink
    return link


def overlapping(event: Event) -> list[tuple[Slot, Slot]]:
    """Parts at the same time, which is allowed where people choose between them."""
    return [
        (one, other)
        for one, other in combinations(event.parts, 2)
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at
    ]
