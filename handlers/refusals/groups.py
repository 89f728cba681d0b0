"""How working groups say no: their people, chats, meetings and topics."""

from bot.domain import announcements, goals
from bot.domain.groups import (
    commenting,
    door,
    joining,
    linking,
    memos,
    moving,
    pillars,
    rewording,
    support,
    topics,
)
from bot.domain.refusals import Refusal
from bot.kit.texts import Texts
from handlers.refusals import meetings


def words(t: Texts, refusal: Refusal) -> str:
    """Plain words, ≤ 200 characters; empty for what is not said here."""
    match refusal:
        case linking.LinkedAlready(pillar=pillar):
            return t.plain(
                "This place is linked already, to the pillar {pillar}. "
                "It would have to be unlinked first.",
                pillar=pillar,
            )
        case linking.HasGroup(title=title):
            return t.plain("This pillar has its group, {title}. Unlink it first.", title=title)
        case linking.NotThere():
            return t.plain("You are not in that group. Only somebody who is may link it.")
        case door.NoGroup():
            return t.plain("This pillar has no Telegram group yet. Its guarantor can link one.")
        case door.NotInIt(pillar=pillar):
            return t.plain(
                "The group is for people of the pillar {pillar}. Join it first.", pillar=pillar
            )
        case joining.AskedAlready():
            return t.plain("You have asked already. I will write as soon as it is decided.")
        case joining.AskedEnough():
            return t.plain("You wait for three pillars already. Please see how they decide.")
        case joining.TurnedDownLately(until=at):
            return t.plain("It was not possible lately. You can ask again {when}.", when=t.day(at))
        case joining.WhyTooLong(limit=n):
            return t.plain("One sentence will do: {n} characters at most.", n=n)
        case goals.GoalTaken():
            return t.plain("There is a goal of that name already.")
        case goals.TooManyGoals():
            return t.plain("A year's plan has at most {n} goals.", n=goals.GOALS)
        case pillars.BadName(limit=n):
            return t.plain("A name has from 1 to {n} characters, with a letter in it.", n=n)
        case pillars.NameTaken(name=name):
            return t.plain("There is a pillar called “{name}”. Choose another name.", name=name)
        case pillars.TooManyPillars(limit=n):
            return t.plain("There can be {n} pillars at most. Please close one first.", n=n)
        case announcements.WroteLately(free_from=at):
            return t.plain(
                "The pillar has had this week's message. The next one can go {when}.",
                when=t.moment(at),
            )
        case topics.NotOfPillar():
            return t.plain("This is for those who are in the pillar. Its card shows how to join.")
        case topics.EnoughOpenTopics(limit=n):
            return t.plain("{n} of your topics are open here. Please wait for these.", n=n)
        case topics.TopicClosed():
            return t.plain("This topic is done or dropped. If it matters again, put it anew.")
        case rewording.WordsStay():
            return t.plain("Others stand behind these words, so they stay. Write a comment.")
        case support.SupportNotCounted():
            return t.plain("Your organisation is no member of the cluster, so it would not count.")
        case support.SupportedAlready(name=""):
            return t.plain("Your organisation stands behind it already: you said so yourself.")
        case support.SupportedAlready(name=name):
            return t.plain(
                "Your organisation stands behind it already: {name} said so.", name=name
            )
        case commenting.EnoughComments(limit=n):
            return t.plain("You have said {n} things of this topic. Let others speak, too.", n=n)
        case moving.TopicMoved():
            return t.plain("Somebody has moved this topic in the meantime. Please open it again.")
        case memos.NothingAdopted():
            return t.plain("No topic stands as adopted, so there is nothing for a memo yet.")
    return meetings.words(t, refusal)
