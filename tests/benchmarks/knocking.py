"""A storm at the door of a pillar's group: a thousand join requests at once, and how they end.

Half of those who ask are of the pillar. They have to be in, the others have to be asked, nobody
may be forgotten, and Telegram may not have to tell us to wait.
"""

import contextlib
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import col, select

from bot.sandbox.records import Chat, InviteLink
from storage.database import Database
from storage.groups.chats import GroupChat, Stay
from storage.groups.members import PillarMember
from storage.people import Person
from storage.pillars import Pillar
from tests.benchmarks.stage import FIRST, House, Stage, house, stage

ASKING = 1000
CLUB, LINK = -1001, "https://t.me/+benchmarkbenchmark"
RIGHTS = {
    "can_manage_chat": True,
    "can_invite_users": True,
    "can_restrict_members": True,
    "can_pin_messages": True,
    "can_manage_tags": True,
}
TOO_MANY = 429


async def found(made: House) -> None:
    """A pillar with a group; every second person is in the pillar."""
    db = Database(f"sqlite:///{made.database}")
    now = datetime.now(UTC)
    async with db.writing() as session:
        everybody = (await session.exec(select(Person).order_by(col(Person.telegram_id)))).all()
        pillar = Pillar(name_cs="Optika", name_en="Optics", position=1, since=now)
        session.add(pillar)
        session.add(Stay(chat_id=CLUB, title="Optika", is_super=True, rights=[*RIGHTS], since=now))
        await session.flush()
        session.add(
            GroupChat(
                chat_id=CLUB,
                pillar_id=pillar.key,
                title="Optika",
                invite_link=LINK,
                linked_at=now,
                linked_by=everybody[0].key,
                checked_at=now,
            )
        )
        ours = [each for each in everybody if is_ours(each.telegram_id or 0)]
        session.add_all(
            PillarMember(pillar_id=pillar.key, person_id=each.key, since=now) for each in ours
        )
    await db.dispose()


def is_ours(number: int) -> bool:
    return number >= FIRST and number % 2 == 0


def open_group(scene: Stage) -> Chat:
    bot = scene.sandbox.world.bot.id
    chat = Chat(CLUB, "supergroup", "Optika", administrators=[bot], rights={bot: RIGHTS})
    chat.links.append(InviteLink(LINK, bot, asks=True))
    scene.sandbox.world.chats[CLUB] = chat
    return chat


async def storm(scene: Stage, chat: Chat) -> tuple[float, float]:
    """Seconds until the last of ours is in, and until the last of the others is asked."""
    ours = {person.id for person in scene.people if is_ours(person.id)}
    others = {person.id for person in scene.people} - ours
    began = time.time()
    for person in scene.people:
        person.follows_invitation(LINK)
    await scene.until(lambda: ours <= set(chat.members) and others <= set(asked(scene)))
    assert set(chat.members) == ours
    assert set(chat.join_requests) == others
    last = max(call.at.timestamp() for call in scene.ended("approveChatJoinRequest"))
    return last - began, max(asked(scene).values()) - began


def asked(scene: Stage) -> dict[int, float]:
    """Who has been sent our question, and when."""
    ended = scene.ended("sendMessage")
    return {int(call.chat_id or 0): call.at.timestamp() for call in ended}


def written_down(made: House) -> tuple[int, int]:
    """Requests, and those of them that wait for a guarantor."""
    query = "select count(*), sum(granted is null) from group_join_request"
    with contextlib.closing(sqlite3.connect(made.database, timeout=30)) as db:
        total, waiting = db.execute(query).fetchone()
    return int(total), int(waiting)


def most_in_a_second(times: Sequence[float]) -> int:
    """Of questions; Telegram lets thirty pass to people who have not written to us."""
    ordered, most, first = sorted(times), 0, 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def run(asking: int = ASKING) -> Sequence[tuple[str, str]]:
    async with stage(asking) as scene:
        chat = open_group(scene)
        with house(asking) as made:
            await found(made)
            with made.bot(scene.url):
                await scene.until(lambda: bool(scene.ended("getMe")))
                let_in, told = await storm(scene, chat)
            assert written_down(made) == (asking, asking // 2)
        refused = sum(call.status == TOO_MANY for call in scene.sandbox.calls)
        most = most_in_a_second([*asked(scene).values()])
    return [
        (f"{asking} join requests at once: {asking // 2} of the pillar are in", f"{let_in:.1f} s"),
        (f"… the {asking // 2} others are asked", f"{told:.1f} s (most in one second: {most})"),
        ("… times that Telegram told us to wait", str(refused)),
    ]
