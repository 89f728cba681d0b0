"""Every way to what can be done in working groups, and the pillar that it is done in."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.rights import Action
from bot.kit.buttons import Button
from handlers import links, workshops
from handlers.groups import chat_ways, joining, keeping, meeting_ways, roster, topic_ways, ways
from storage.groups.chats import Departure, GroupChat, JoinRequest, Stay
from storage.groups.meetings import DatePoll
from storage.groups.members import PillarRequest
from storage.groups.topics import Topic
from storage.pillars import Pillar
from tests.conftest import NOW

PILLAR = TOPIC = 1
MEETING = 4  # an event
AUTHOR = 3
CHAT, NOBODY = -1001, 9_999

OF_MEMBERS = (ways.ListRoster(PILLAR), ways.ShowNumbers(PILLAR), roster.ListNames(PILLAR, 1))
OF_KEEPER = (
    ways.KeepPillars(),
    keeping.OpenKept(PILLAR),
    keeping.AddPillar(),
    keeping.RenamePillar(PILLAR),
    keeping.MovePillar(PILLAR, 1),
    keeping.ClosePillar(PILLAR),
)
OF_GUARANTOR = (
    ways.RunPillar(PILLAR),
    ways.ListPillarRequests(PILLAR),
    joining.OpenPillarRequest(1),
    joining.TurnDown(1),
)
OF_CHAT = (
    ways.OpenPillarChat(PILLAR),
    chat_ways.ListWaiting(PILLAR),
    chat_ways.ListLeaving(PILLAR),
    chat_ways.CheckGroup(1),
    chat_ways.LetIn(1),
    chat_ways.TurnAway(1),
    chat_ways.RemoveFromGroup(1),
    chat_ways.KeepInGroup(1),
    chat_ways.UnlinkGroup(1),
)
OF_MEETINGS = (meeting_ways.FindDate(PILLAR), meeting_ways.NewTask(PILLAR))
ABOUT_GROUPS: dict[Action, tuple[Button | str, ...]] = {
    Action.JOIN_PILLAR: (ways.JoinPillar(PILLAR),),
    Action.KEEP_PILLARS: (*OF_KEEPER, topic_ways.ChooseMemo(PILLAR)),
    Action.ANNOUNCE_TO_PILLAR: (links.AnnounceToPillar(PILLAR),),
    Action.RUN_PILLAR: (*OF_GUARANTOR, topic_ways.MoveTopic(TOPIC), *OF_CHAT, *OF_MEETINGS),
    Action.LEAD_MEETING: (workshops.ways.Change(MEETING), workshops.leading.Cancel(MEETING)),
    Action.PUT_TOPIC: (topic_ways.PutTopic(PILLAR), topic_ways.SupportTopic(TOPIC)),
}


async def found_pillars(session: AsyncSession) -> None:
    session.add(Pillar(id=PILLAR, name_cs="Lasery", name_en="Lasers", position=1, since=NOW))
    await session.flush()
    session.add(
        Topic(
            id=TOPIC,
            pillar_id=PILLAR,
            person_id=AUTHOR,
            title="Exports",
            issue="Licences take half a year.",
            put_at=NOW,
        )
    )
    await session.flush()
    session.add(PillarRequest(pillar_id=PILLAR, person_id=AUTHOR, asked_at=NOW))
    await _found_chat(session)


async def call_meeting(session: AsyncSession) -> None:
    """As it came of a vote for its date."""
    session.add(
        DatePoll(
            pillar_id=PILLAR,
            title="Spring",
            begun_by=AUTHOR,
            begun_at=NOW,
            closes_at=NOW,
            workshop_id=MEETING,
        )
    )
    await session.flush()


async def _found_chat(session: AsyncSession) -> None:
    """With somebody at its door, and somebody who is to go."""
    session.add(Stay(chat_id=CHAT, since=NOW))
    session.add(GroupChat(chat_id=CHAT, pillar_id=PILLAR, linked_at=NOW, linked_by=AUTHOR))
    session.add(JoinRequest(chat_id=CHAT, telegram_id=NOBODY, pillar_id=PILLAR, asked_at=NOW))
    session.add(
        Departure(
            chat_id=CHAT, telegram_id=NOBODY, pillar_id=PILLAR, why="stranger", listed_at=NOW
        )
    )
    await session.flush()
