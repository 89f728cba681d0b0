"""The one place where a no is put into words: why, and what can be done."""

from bot.domain import announcements, confirmations, invitations, refusals, roles
from bot.domain.refusals import Refusal
from bot.kit.context import Context


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
    return t.plain("This cannot be done.")
