"""What the members of a pillar want changed: putting it forward, and looking at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments.enquiries import said
from bot.domain.refusals import Gone, MembersOnly, Refusal
from bot.domain.rights import Action
from storage import organisations, people
from storage import pillars as all_pillars
from storage.groups import membership, supports
from storage.groups import topics as store
from storage.groups.topics import Topic, TopicMove, TopicSupport
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar

LIMITS = {"title": 120, "issue": 1000, "impact": 600, "evidence": 600, "wanted": 600}
OPTIONAL = ("impact", "evidence")
EACH = 10  # open topics that one person may have in a pillar
END_OF_SENTENCE = (". ", "! ", "? ", "\n")


class NotOfPillar(Refusal):
    """Topics are put forward, supported and spoken of by those who are in the pillar."""


@dataclass(eq=False)
class EnoughOpenTopics(Refusal):
    limit: int


class TopicClosed(Refusal):
    """It is done or dropped."""


class Shown(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    MINE = "mine"
    CLOSED = "closed"


OF_SHOWN = {
    Shown.OPEN: store.OPEN,
    Shown.ADOPTED: store.ADOPTED,
    Shown.CLOSED: store.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the topics of a pillar, each with how many organisations stand behind it."""

    pillar: Pillar
    topics: Sequence[tuple[Topic, int]]
    count: int
    may_put: bool
    may_export: bool


@dataclass(frozen=True, slots=True)
class Supporter:
    support: TopicSupport
    organisation: Organisation
    person: Person


@dataclass(frozen=True, slots=True)
class Card:
    topic: Topic
    pillar: Pillar
    author: Person | None
    author_home: Organisation | None  # to which they belonged then
    supporters: list[Supporter]
    uncounted: list[Supporter]  # who have left the pillar or the cluster since
    comments: int
    last: TopicMove | None
    inside: bool  # the reader may comment, and support as somebody of an organisation
    ours: Supporter | None  # what the reader's organisation has said
    may_support: bool
    may_withdraw: bool
    may_run: bool

    @property
    def closed(self) -> bool:
        return self.topic.progress in store.CLOSED


async def shelf(
    session: AsyncSession,
    pillar_id: int,
    shown: Shown,
    number: int,
    size: int,
    me: Person,
    now: datetime,
) -> Shelf:
    """Raises `Gone`, `MembersOnly`."""
    pillar = await visible_pillar(session, pillar_id, me, now)
    if shown == Shown.MINE:
        count = await supports.count_mine(session, pillar_id, me)
        skip = first_row(number, count, size)
        found = await supports.of_mine(session, pillar_id, me, skip=skip, limit=size)
    else:
        of = OF_SHOWN[shown]
        count = await supports.count(session, pillar_id, of)
        skip = first_row(number, count, size)
        found = await supports.of_pillar(session, pillar_id, of, skip=skip, limit=size)
    may_put = pillar.until is None and await is_inside(session, pillar_id, me, now)
    may_export = await rights.may(session, me, Action.KEEP_PILLARS, now)
    return Shelf(pillar, found, count, may_put, may_export)


def first_row(number: int, count: int, size: int) -> int:
    """Where a page begins; one that is not there any more is the last one."""
    last = max(0, -(-count // size) - 1)
    return min(max(number, 0), last) * size


async def look(session: AsyncSession, topic_id: int, me: Person, now: datetime) -> Card:
    """Raises `Gone`, `MembersOnly`."""
    topic, pillar = await visible(session, topic_id, me, now)
    moves = await store.moves(session, topic_id)
    supporters = await behind(session, topic, counted=True)
    uncounted = await behind(session, topic, counted=False)
    inside = await is_inside(session, pillar.key, me, now)
    home, put_for = me.organisation_id, topic.organisation_id
    ours = next((s for s in (*supporters, *uncounted) if s.organisation.key == home), None)
    return Card(
        topic=topic,
        pillar=pillar,
        author=await people.find(session, topic.person_id),
        author_home=await organisations.find(session, put_for) if put_for else None,
        supporters=supporters,
        uncounted=uncounted,
        comments=await store.count_comments(session, topic_id),
        last=moves[0][0] if moves else None,
        inside=inside,
        ours=ours,
        may_support=inside and me.is_member and ours is None,
        may_withdraw=ours is not None and await may_withdraw(session, ours.support, me, now),
        may_run=await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar.key),
    )


async def may_withdraw(
    session: AsyncSession, support: TopicSupport, me: Person, now: datetime
) -> bool:
    """Whoever has said so, and the contact person of their organisation."""
    if support.person_id == me.key:
        return True
    return support.organisation_id in await rights.spoken_for(session, me, now)


async def behind(session: AsyncSession, topic: Topic, *, counted: bool) -> list[Supporter]:
    found = await supports.behind(session, topic, counted=counted)
    return [Supporter(*each) for each in found]


async def visible(
    session: AsyncSession, topic_id: int, me: Person, now: datetime, *, lock: bool = False
) -> tuple[Topic, Pillar]:
    """Also where the pillar has been closed since: what was said in it stays to be read.

    Raises `Gone`, `MembersOnly`.
    """
    topic = await store.find(session, topic_id, lock=lock)
    if topic is None:
        raise Gone
    return topic, await visible_pillar(session, topic.pillar_id, me, now)


async def visible_pillar(
    session: AsyncSession, pillar_id: int, me: Person, now: datetime
) -> Pillar:
    """For members of the cluster, and guests whom its guarantor has let in."""
    pillar = await all_pillars.find(session, pillar_id)
    if pillar is None:
        raise Gone
    if await membership.is_in(session, pillar_id, me.key):
        return pillar
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    return pillar


async def is_inside(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> bool:
    """Whether they may put topics forward in it, and say something of those of others."""
    try:
        await require_inside(session, pillar_id, me, now)
    except (MembersOnly, NotOfPillar):
        return False
    return True


async def require_inside(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> None:
    """In the pillar themselves, maybe as its guest, or by their organisation, or leading it.

    Raises `MembersOnly`, `NotOfPillar`.
    """
    if await membership.is_in(session, pillar_id, me.key):
        return
    await rights.require(session, me, Action.PUT_TOPIC, now)
    home = me.organisation_id if me.is_member else None
    if home is not None and await supports.standing(session, pillar_id, home):
        return
    if not await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id):
        raise NotOfPillar


async def may_put(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Pillar:
    """Raises `Gone`, `MembersOnly`, `NotOfPillar`, `EnoughOpenTopics`."""
    await require_inside(session, pillar_id, me, now)
    pillar = await all_pillars.find(session, pillar_id)
    if pillar is None or (pillar.until is not None and pillar.until <= now):
        raise Gone
    if await store.count_open_of(session, pillar_id, me.key) >= EACH:
        raise EnoughOpenTopics(EACH)
    return pillar


async def put(
    session: AsyncSession, pillar_id: int, words: Mapping[str, str], me: Person, now: datetime
) -> tuple[Topic, Pillar, list[Person]]:
    """With those who lead the pillar and are to hear of it. The organisation of whoever puts it
    forward stands behind it. Raises what `may_put` raises, and `Illegible`."""
    await people.lock(session, me.key)
    pillar = await may_put(session, pillar_id, me, now)
    topic = Topic(
        pillar_id=pillar_id,
        person_id=me.key,
        organisation_id=me.organisation_id if me.is_member else None,
        title=clean("title", words.get("title", "")),
        issue=clean("issue", words.get("issue", "")),
        impact=clean("impact", words.get("impact", "")),
        evidence=clean("evidence", words.get("evidence", "")),
        wanted=clean("wanted", words.get("wanted", "")),
        put_at=now,
    )
    session.add(topic)
    await session.flush()
    await _stand_behind(session, topic, me, now)
    leaders = {
        person.key: person for _, person in await membership.leaders(session, pillar_id, now)
    }
    leaders.pop(me.key, None)
    return topic, pillar, [*leaders.values()]


async def _stand_behind(session: AsyncSession, topic: Topic, me: Person, now: datetime) -> None:
    home = topic.organisation_id
    if home is None or not await organisations.is_member(session, home):
        return
    own = TopicSupport(topic_id=topic.key, organisation_id=home, person_id=me.key, since=now)
    session.add(own)
    await session.flush()


def clean(name: str, text: str) -> str:
    """Raises `Illegible`."""
    if not text.strip() and name in OPTIONAL:
        return ""
    legible = said(text, LIMITS[name])
    return " ".join(legible.split()) if name == "title" else legible


def shortened(text: str, most: int) -> str:
    """Its beginning, to the end of a sentence where there is one in the second half of it."""
    head = text[:most]
    ends = [head.rfind(end) for end in END_OF_SENTENCE]
    if max(ends) >= most // 2:
        return head[: max(ends) + 1].strip()
    return head.rpartition(" ")[0].strip() or head
