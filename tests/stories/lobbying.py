"""A pillar whose members want something changed."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import select

from bot.app import App
from storage.groups.members import PillarMember
from storage.groups.topics import Progress, Topic, TopicSupport
from storage.organisations import Tenure
from storage.people import by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.pillars import OPTICS, add_pillar, appoint

WORDS = {
    "title": "Export licences",
    "issue": "A licence for an export of lasers takes half a year.",
    "impact": "Each order waits; two were lost last year.",
    "evidence": "Eleven cases of our members.",
    "wanted": "Thirty days by law.",
}


class Lasers:
    """The pillar Lasers: the organisation of Ann, Bořek and Karel stands in it, its `leader` is
    its guarantor, and the others are in it as people."""

    key: int

    def __init__(self, app: App) -> None:
        self.app = app

    async def found(self, leader: Actor, others: Iterable[Actor]) -> "Lasers":
        self.key = await add_pillar(self.app, stand=OPTICS)
        await appoint(self.app, leader, self.key)
        async with self.app.db.writing() as session:
            for actor in others:
                person = await by_telegram(session, actor.id)
                assert person is not None
                session.add(PillarMember(pillar_id=self.key, person_id=person.key, since=NOW))
        return self

    async def put(
        self, author: Actor, title: str = "Export licences", progress: Progress = Progress.NEW
    ) -> int:
        """A topic that is there already, with nobody behind it."""
        async with self.app.db.writing() as session:
            person = await by_telegram(session, author.id)
            assert person is not None
            topic = Topic(
                pillar_id=self.key,
                person_id=person.key,
                organisation_id=person.organisation_id,
                progress=progress,
                put_at=NOW - timedelta(days=1),
                title=title,
                issue=WORDS["issue"],
                wanted=WORDS["wanted"],
            )
            session.add(topic)
            await session.flush()
            return topic.key

    async def leaves(self, actor: Actor) -> None:
        """The pillar, as a person."""
        async with self.app.db.writing() as session:
            person = await by_telegram(session, actor.id)
            assert person is not None
            query = select(PillarMember).where(PillarMember.person_id == person.key)
            for row in (await session.exec(query)).all():
                row.until = NOW

    async def parts_with(self, organisation_id: int) -> None:
        """It is no member of the cluster any more."""
        async with self.app.db.writing() as session:
            query = select(Tenure).where(Tenure.organisation_id == organisation_id)
            for row in (await session.exec(query)).all():
                row.until = NOW

    async def supports(self) -> list[TopicSupport]:
        async with self.app.db.reading() as session:
            return [*(await session.exec(select(TopicSupport))).all()]


async def begins(who: Actor, lasers: Lasers) -> None:
    await who.says("/menu")
    await who.presses_data(f"pt.put:{lasers.key}")


async def types(who: Actor, **words: str) -> None:
    """An answer to each question; those that are not named get the usual one."""
    for part in WORDS:
        await who.says({**WORDS, **words}[part])
