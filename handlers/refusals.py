"""The one place where a no is put into words: why, and what can be done."""

from bot.domain import announcements, confirmations, invitations, refusals, roles, workshops
from bot.domain.refusals import Refusal
from bot.kit.context import Context
from bot.kit.screens import Screen
from handlers.links import way_back


def screen(ctx: Context, refusal: Refusal) -> Screen:
    """For whoever typed it goes into the chat with a way home; over a button it pops up."""
    said = words(ctx, refusal)
    return Screen(ctx.t("{words}", words=said), way_back(ctx.t), toast=said, alert=True)


def words(ctx: Context, refusal: Refusal) -> str:
    """Plain words, ≤ 200 characters: they may be shown over the chat."""
    t = ctx.t
    match refusal:
        case refusals.Gone():
            return t.plain("This is not here any more. Please open the menu: /menu")
        case refusals.MembersOnly():
            return t.plain("This is for members of the cluster. /start shows how to join.")
        case refusals.NotAllowed():
            return t.plain("You may not do this. If you should, please write to the manager.")
        case announcements.AlreadySent():
            return t.plain("This announcement has been sent already and cannot be changed.")
        case announcements.Changed():
            return t.plain("The announcement has changed in the meantime. Please open it again.")
        case announcements.NobodyThere():
            return t.plain("There is nobody to send this to. Please choose others.")
        case invitations.TooManyTries():
            return t.plain("That was too many tries. Please wait a minute and try once more.")
        case confirmations.MemberAlready():
            return t.plain("You are a verified member already. Everything is in the menu: /menu")
        case confirmations.AskedTooOften():
            return t.plain("You have asked three times today. Please try again tomorrow.")
        case roles.NotAMember():
            return t.plain("Roles are for verified members. Please have this person confirmed.")
        case workshops.Cancelled():
            return t.plain("This event has been cancelled.")
        case workshops.TooLate():
            return t.plain("It has begun already, so this cannot be changed any more.")
        case workshops.InPast():
            return t.plain("It would begin in the past. Please choose a later time.")
        case workshops.BadTimes():
            return t.plain("It would end before it starts.")
        case workshops.BadLength(limit=n):
            return t.plain("Please write a text of at most {n} characters.", n=n)
        case workshops.BadCapacity():
            return t.plain("There can be from 1 to 100,000 seats.")
        case workshops.Seated(number=n):
            return t.plain_n(
                "{n} person has a seat already; there cannot be fewer seats.",
                "{n} people have a seat already; there cannot be fewer seats.",
                n,
            )
        case workshops.HasPeople(number=n):
            return t.plain_n(
                "{n} person has signed up for this part, so it has to stay.",
                "{n} people have signed up for this part, so it has to stay.",
                n,
            )
        case workshops.LastPart():
            return t.plain("An event has at least one part. You can cancel the whole event.")
        case workshops.TooManyParts():
            return t.plain("An event can have eight parts at most.")
        case workshops.AlreadyPublished():
            return t.plain("It is published already. You can cancel it instead.")
    return t.plain("This cannot be done.")
