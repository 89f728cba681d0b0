"""How meetings of working groups say no: their dates, agendas, minutes and tasks."""

from bot.domain.groups import agenda, dates, marking, minutes, proposing, rearranging, tasks
from bot.domain.refusals import Refusal
from bot.kit.texts import Texts


def words(t: Texts, refusal: Refusal) -> str:
    """Plain words, ≤ 200 characters; empty for what is not said here."""
    match refusal:
        case proposing.OneDate():
            return t.plain("With one date there is nothing to choose from. Write at least two.")
        case proposing.TooManyDates():
            return t.plain("A poll takes twelve dates at most. Please leave some out.")
        case proposing.SameDate(at=at):
            return t.plain("{when} is there twice. Please leave one out.", when=t.moment(at))
        case proposing.PastDate(at=at):
            return t.plain("{when} has passed already.", when=t.moment(at))
        case proposing.BadDeadline():
            return t.plain("People can vote for an hour at least and for thirty days at most.")
        case proposing.DeadlineAfterDate(at=at):
            return t.plain(
                "The vote has to end before the first of the dates, {when}.", when=t.moment(at)
            )
        case dates.PollOver():
            return t.plain("This vote is over. Its result can still be seen.")
        case agenda.NoMeeting():
            return t.plain("This event is no meeting of a pillar, so it has no agenda here.")
        case agenda.MeetingBegun():
            return t.plain("The meeting has begun; the agenda cannot be changed any more.")
        case agenda.EnoughPoints(limit=n):
            return t.plain("You have put {n} points. Please remove one of them first.", n=n)
        case marking.NothingToMark():
            return t.plain("Reply with /minutes to a message that has some text.")
        case marking.NotLinked():
            return t.plain("This group is linked to no pillar, so it has no minutes.")
        case marking.MarkedAlready():
            return t.plain("It is noted for the minutes already.")
        case minutes.NotBegunYet():
            return t.plain("The meeting has not begun yet. Please come back afterwards.")
        case minutes.MinutesSent():
            return t.plain("These minutes have been sent, so they stay as they are.")
        case minutes.MinutesChanged():
            return t.plain("Somebody has changed this text in the meantime. Please open it again.")
        case minutes.NoWords():
            return t.plain("There is nothing in the minutes yet. Please write something first.")
        case minutes.MinutesFull(limit=n):
            return t.plain(
                "The minutes would be longer than {n} characters. Please shorten them.",
                n=t.number(n),
            )
        case tasks.DuePast():
            return t.plain("This day has passed already. Please choose a later one.")
        case tasks.DueTooFar():
            return t.plain("This is more than two years away. Please choose an earlier day.")
        case tasks.NotInPillar():
            return t.plain("This person is not in the pillar (any more). Choose somebody else.")
        case tasks.TaskOver():
            return t.plain("This task is done or dropped already.")
        case rearranging.DayMoved():
            return t.plain("The task has got another day in the meantime. Please look at it.")
    return ""
