"""How working groups say no: their people, chats, meetings and topics."""

from bot.domain import announcements
from bot.domain.groups import door, joining, linking, pillars
from bot.domain.refusals import Refusal
from bot.kit.texts import Texts


def words(t: Texts, refusal: Refusal) -> str:
    """Plain words, ≤ 200 characters; empty for what is not said here."""
    match refusal:
        case linking.LinkedAlready(pillar=pillar):
            return t.plain(
                "This place is linked already, to the pillar {pillar}. "
                "It would have to be unlinked first.",
                pillar=pillar.name_in(t.language),
            )
        case linking.HasGroup(title=title):
            return t.plain("This pillar has its group, {title}. Unlink it first.", title=title)
        case linking.NotThere():
            return t.plain("You are not in that group. Only somebody who is may link it.")
        case door.NoGroup():
            return t.plain("This pillar has no Telegram group yet. Its guarantor can link one.")
        case door.NotInIt(pillar=pillar):
            name = pillar.name_in(t.language)
            return t.plain(
                "The group is for people of the pillar {pillar}. Join it first.", pillar=name
            )
        case joining.AskedAlready():
            return t.plain("You have asked already. I will write as soon as it is decided.")
        case joining.AskedEnough():
            return t.plain("You wait for three pillars already. Please see how they decide.")
        case joining.TurnedDownLately(until=at):
            return t.plain("It was not possible lately. You can ask again {when}.", when=t.day(at))
        case joining.WhyTooLong(limit=n):
            return t.plain("One sentence will do: {n} characters at most.", n=n)
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
    return ""
