"""How announcements say no: on their way, too late, to nobody."""

from bot.domain import announcements
from bot.domain.announcements import composing, corrections, responses, rewriting, saving, signing
from bot.domain.letters import CannotReach, TooManyLetters
from bot.domain.letters.forum import NoDesk
from bot.domain.refusals import Refusal
from bot.kit.texts import Texts


def words(t: Texts, refusal: Refusal) -> str:
    """Empty for what is not about announcements."""
    match refusal:
        case responses.OnlyShown():
            return t.plain(
                "This is what it looks like. Answers count from those who were sent it."
            )
        case TooManyLetters(limit=n):
            return t.plain(
                "You have written {n} letters within an hour. Please rest a while.", n=n
            )
        case NoDesk():
            return t.plain(
                "The desk is a forum of the team alone, where I may manage topics. Please give me"
                " that right and add me again."
            )
        case CannotReach(name=name):
            return t.plain("{name} cannot be reached any more: they have left the bot.", name=name)
        case announcements.AlreadySent():
            return t.plain("This announcement has been sent already and cannot be changed.")
        case announcements.Leaving():
            return t.plain("It is about to leave. To change it, take it back first.")
        case announcements.Changed():
            return t.plain("The announcement has changed in the meantime. Please open it again.")
        case rewriting.Rewritten():
            return t.plain("Somebody has written it anew in the meantime. Please open it again.")
        case announcements.NobodyThere():
            return t.plain("There is nobody to send this to. Please choose others.")
        case announcements.LeavesInPast():
            return t.plain("This time has passed. Please choose a later one.")
        case announcements.LeavesTooLate():
            return t.plain("This is more than a year ahead. Please choose an earlier time.")
        case announcements.NoReason():
            return t.plain(
                "Please write the reason, {limit} characters at most.",
                limit=announcements.LONGEST_REASON,
            )
        case announcements.NotRunning():
            return t.plain("It is not on its way any more. Please open it again.")
        case announcements.TooOld():
            return t.plain(
                "Telegram lets bots delete a message for 48 hours only, and these are over."
            )
        case corrections.OtherKind():
            return t.plain(
                "Only its words can be corrected, and a file of the same kind can take the place"
                " of another. For more, delete it and send it anew."
            )
        case signing.TooLongToSign(limit=n):
            return t.plain(
                "With the signature this is too long: at most {limit} characters.", limit=n
            )
        case corrections.NewBlank():
            return t.plain(
                "I cannot fill in a name or an organisation that was not there before. Please"
                " write it without."
            )
        case composing.Overtaken(name=""):
            return t.plain("It was changed in the meantime. This is how it is now.")
        case composing.Overtaken(name=name):
            return t.plain("{name} has just changed it. This is how it is now.", name=name)
        case composing.TooManyConditions(limit=n):
            return t.plain("That is too much: {n} ticks at most, please.", n=n)
        case saving.NothingChosen():
            return t.plain("Nobody is chosen yet, so there is nothing to save.")
        case saving.NameTaken():
            return t.plain("Another audience has this name. Please write a different one.")
        case saving.RefersToItself():
            return t.plain("The audience would refer to itself. Take it out of the draft first.")
    return ""
